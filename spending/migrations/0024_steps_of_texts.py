"""The steps of the texts that can be searched, whose index takes the place of the keys' one."""

from itertools import islice

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations

import spending.models.search

HELP = "The text as search finds it: one sign for each step from letter to letter."
INDEXED = {
    "allocation": ("allocation_search", ("description",)),
    "buyer": ("buyer_search", ("name",)),
    "project": ("project_search", ("name",)),
    "projectdisbursement": ("project_disbursement_search", ("name",)),
    "supplier": ("supplier_search", ("name", "tax_id")),
}
BATCH = 50_000
MAKE = "CREATE TEMPORARY TABLE steps_of_texts (id bigint PRIMARY KEY, steps text) ON COMMIT DROP"
WRITE = (
    "UPDATE spending_{0} SET search_steps = steps FROM steps_of_texts AS made WHERE made.id = spending_{0}.id"
)

# How often parts of titles stand among all is known of a thousand titles rather than of a hundred: by that the
# database chooses between the index and the rows in their order, and a search whether it counts what it finds.
SAMPLED = "ALTER TABLE spending_{} ALTER COLUMN {} SET STATISTICS {}"


def write_steps(apps, schema_editor):
    """Write the steps of rows that are older than the column, as many rows at a time as memory has room for."""
    for name in INDEXED:
        model = apps.get_model("spending", name)
        field = model._meta.get_field("search_steps")
        rows = model.objects.order_by("pk").only(*field.of).iterator(2_000)
        with schema_editor.connection.cursor() as cursor:
            while batch := list(islice(rows, BATCH)):
                cursor.execute(MAKE)
                with cursor.copy("COPY steps_of_texts FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row((row.pk, field.pre_save(row, add=False)))
                cursor.execute(WRITE.format(name))
                cursor.execute("DROP TABLE steps_of_texts")


def searching(name, index):
    """The index of the steps; of rows that are read block by block too, with the block of each."""
    if name in ("allocation", "projectdisbursement"):
        block = spending.models.search.Block("id")
        return GinIndex(block, OpClass("search_steps", name="gin_trgm_ops"), name=index)
    return GinIndex(fields=["search_steps"], opclasses=["gin_trgm_ops"], name=index)


def of_each(make):
    return [make(name, index, of) for name, (index, of) in INDEXED.items()]


def sampled(name, column, now, before):
    return migrations.RunSQL(SAMPLED.format(name, column, now), SAMPLED.format(name, column, before))


class Migration(migrations.Migration):
    dependencies = [("spending", "0023_districts_of_purchases")]

    operations = [
        *of_each(lambda name, index, of: migrations.RemoveIndex(model_name=name, name=index)),
        *of_each(
            lambda name, index, of: migrations.AddField(
                name, "search_steps", spending.models.search.SearchStepsField(help_text=HELP, of=of)
            )
        ),
        migrations.RunPython(write_steps, migrations.RunPython.noop),
        BtreeGinExtension(),
        *of_each(lambda name, index, of: migrations.AddIndex(name, searching(name, index))),
        sampled("project", "search_key", -1, 1000),
        sampled("project", "search_steps", 1000, -1),
    ]

"""Keys of the texts that can be searched, and the words that were met in them."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import spending.models.search

HELP = "The text as search reads it: one or more signs for each letter."
KEYED = {
    "activity": ("name",),
    "agency": ("name", "name_en"),
    "allocation": ("description",),
    "category": ("path",),
    "plan": ("name",),
    "projectdisbursement": ("name",),
}
BATCH = 2_000


def write_keys(apps, schema_editor):
    """Write the keys of rows that are older than the column."""
    for name in KEYED:
        model = apps.get_model("spending", name)
        field = model._meta.get_field("search_key")
        batch = []
        for row in model.objects.filter(search_key="").iterator(BATCH):
            field.pre_save(row, add=False)
            batch.append(row)
            if len(batch) == BATCH:
                model.objects.bulk_update(batch, ["search_key"])
                batch = []
        model.objects.bulk_update(batch, ["search_key"])


class Migration(migrations.Migration):
    dependencies = [("spending", "0003_provinces")]

    operations = [
        TrigramExtension(),
        *(
            migrations.AddField(
                model_name=name,
                name="search_key",
                field=spending.models.search.SearchKeyField(help_text=HELP, of=of),
            )
            for name, of in KEYED.items()
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text",
                    models.CharField(help_text="The word, as search reads it.", max_length=100, unique=True),
                ),
                (
                    "sound",
                    models.CharField(
                        help_text="How it sounds: letters that sound alike are written alike.",
                        max_length=100,
                    ),
                ),
                ("met", models.PositiveIntegerField(help_text="In how many published texts it was met.")),
            ],
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=GinIndex(fields=["search_key"], name="allocation_search", opclasses=["gin_trgm_ops"]),
        ),
        migrations.AddIndex(
            model_name="projectdisbursement",
            index=GinIndex(
                fields=["search_key"], name="project_disbursement_search", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]

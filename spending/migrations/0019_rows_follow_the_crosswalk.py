"""Which rows of figures stand under another agency than they were loaded under, and by which match."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spending", "0018_lines_in_order_of_amount")]

    operations = [
        migrations.CreateModel(
            name="MovedFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "table",
                    models.CharField(
                        choices=[
                            ("allocation", "budget lines"),
                            ("commitment", "obligations"),
                            ("disbursement", "weekly report"),
                            ("projectdisbursement", "projects of past years"),
                        ],
                        help_text="In which table of figures the row stands.",
                        max_length=24,
                    ),
                ),
                ("fact", models.BigIntegerField(help_text="The row, by its key in that table.")),
                (
                    "match",
                    models.ForeignKey(
                        help_text=(
                            "The match that it followed; its body says under which agency it was loaded."
                        ),
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved",
                        to="spending.bodymatch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("table", "fact"), name="a_fact_is_moved_by_one_match")
                ]
            },
        )
    ]

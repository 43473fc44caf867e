"""The month's spending targets, which the weekly report prints under its tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spending", "0012_open_standards")]

    operations = [
        migrations.AddField(
            model_name="disbursement",
            name="target",
            field=models.DecimalField(
                decimal_places=4,
                help_text="Share of the budget, in percent, that should be paid or bound by then, as printed "
                "under the tables; of the whole budget and its two classes.",
                max_digits=7,
                null=True,
            ),
        ),
    ]

"""The largest lines are read in their order, of all and of a body: indexes without the edition between, as
nearly all rows at hand are of current editions.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("spending", "0017_shipped_successions"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="allocation",
            name="allocation_agency",
        ),
        migrations.RemoveIndex(
            model_name="allocation",
            name="allocation_activity",
        ),
        migrations.RemoveIndex(
            model_name="allocation",
            name="allocation_largest",
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(fields=["-amount"], name="allocation_amount"),
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(fields=["ministry", "-amount"], name="allocation_ministry"),
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(fields=["agency", "-amount"], name="allocation_agency"),
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(fields=["activity", "-amount"], name="allocation_activity"),
        ),
    ]

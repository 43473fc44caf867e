"""How often the API is asked, counted for a minute. The table is not logged: it may be lost with a crash."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spending", "0008_flags")]

    operations = [
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                (
                    "caller",
                    models.CharField(
                        help_text="Keyed hash of the caller's address, under a key that changes each day.",
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("minute", models.BigIntegerField(help_text="The minute, counted from 1970.")),
                ("count", models.PositiveIntegerField(help_text="How many requests were counted in it.")),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE spending_requestcount SET UNLOGGED",
            "ALTER TABLE spending_requestcount SET LOGGED",
        ),
    ]

"""Count how often an edition was amended after it was published, so that answers need not read its notes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spending", "0028_bodies_called_as_they_call_themselves")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="amended",
            field=models.PositiveIntegerField(
                default=0,
                help_text="How often a natural person was left out of it after it was published.",
            ),
        ),
    ]

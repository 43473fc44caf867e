"""What became of some bodies, from data/successions.csv: each row with the law, announcement or file that says so.

Staff change the rows in the admin; what they entered is kept."""

import csv
from datetime import date
from pathlib import Path

from django.db import migrations

SUCCESSIONS = Path(__file__).resolve().parent.parent / "data" / "successions.csv"


def read() -> list[dict[str, str]]:
    with SUCCESSIONS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed(apps, schema_editor):
    Succession = apps.get_model("spending", "Succession")
    for row in read():
        since = date.fromisoformat(row["since"]) if row["since"] else None
        Succession.objects.get_or_create(
            old_code=row["old_code"], new_code=row["new_code"], defaults={**row, "since": since}
        )


def remove(apps, schema_editor):
    Succession = apps.get_model("spending", "Succession")
    for row in read():
        Succession.objects.filter(old_code=row["old_code"], new_code=row["new_code"], entered_by="").delete()


class Migration(migrations.Migration):
    dependencies = [("spending", "0016_successions")]

    operations = [migrations.RunPython(seed, remove)]

"""The 77 provinces, from data/provinces.csv: codes of the Department of Provincial Administration, names in Thai and
English after thailand-geography-data/thailand-geography-json (MIT), one English misspelling put right."""

import csv
from pathlib import Path

from django.db import migrations

PROVINCES = Path(__file__).resolve().parent.parent / "data" / "provinces.csv"


def read() -> list[dict[str, str]]:
    with PROVINCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed(apps, schema_editor):
    Province = apps.get_model("spending", "Province")
    for row in read():
        Province.objects.update_or_create(
            code=row["code"], defaults={"name": row["name"], "name_en": row["name_en"]}
        )


def remove(apps, schema_editor):
    Province = apps.get_model("spending", "Province")
    Province.objects.filter(code__in=[row["code"] for row in read()]).delete()


class Migration(migrations.Migration):
    dependencies = [("spending", "0002_edition_origin")]

    operations = [migrations.RunPython(seed, remove)]

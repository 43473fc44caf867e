"""`manage.py export_fiscal_package <resource> <folder> --year <year>`: a budget as a Fiscal Data Package."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import simplejson
from django.core.management.base import BaseCommand, CommandError

from spending.exports import csv_rows
from spending.fiscal import buddhist, read_year
from spending.fiscal_packages import MAPPINGS, descriptor
from spending.resources import RESOURCES


class Command(BaseCommand):
    help = "Write the rows of a fiscal year as a Fiscal Data Package: datapackage.json and its table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("resource", choices=list(MAPPINGS))
        parser.add_argument("folder", type=Path)
        parser.add_argument("--year", type=read_year, required=True, help="fiscal year, in either calendar")

    def handle(self, *args: Any, **options: Any) -> None:
        resource, year = RESOURCES[options["resource"]], options["year"]
        lines = resource.filter({"year": str(buddhist(year))}).lines().order_by("pk")
        if not lines.exists():
            raise CommandError(f"There are no {resource.name} of fiscal year {year} (C.E.).")
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        table = f"{resource.name}-{year}.csv"
        columns = resource.columns
        with (folder / table).open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_rows(resource.read(lines, columns), [column.name for column in columns]))
        described = descriptor(resource.name, columns, resource.kinds, year, table)
        text = simplejson.dumps(described, ensure_ascii=False, indent=1)
        (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"{folder / 'datapackage.json'}: {lines.count()} rows")

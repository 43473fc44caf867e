"""`manage.py export_ocds --year <year> <file>`: the purchases of a year as OCDS."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from spending.fiscal import read_year
from spending.models import Project
from spending.ocds import Json, record_package, release_package
from spending.ocds_exports import as_text, pairs, published_at


class Command(BaseCommand):
    help = "Write the purchases of a fiscal year as an OCDS 1.1 release package, or as a record package."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=read_year, required=True, help="fiscal year, in either calendar")
        parser.add_argument("--records", action="store_true", help="a record package with compiled releases")
        parser.add_argument("--uri", default="", help="the address at which the file will be published")

    def handle(self, *args: Any, **options: Any) -> None:
        projects = Project.objects.current().counted().in_year(options["year"])
        if not projects.exists():
            raise CommandError(f"There are no purchases of fiscal year {options['year']} (C.E.).")
        path: Path = options["file"]
        address = options["uri"] or path.resolve().as_uri()
        with path.open("w", encoding="utf-8") as file:
            file.writelines(_pieces(projects, address, records=options["records"]))
        self.stdout.write(f"{path}: {projects.count()} processes, {path.stat().st_size} bytes")


def _pieces(projects: Any, address: str, *, records: bool) -> Iterator[str]:
    """The text of the package, a process at a time: their list is the last member of the wrapping."""
    when = published_at()
    make, name = (_records, "records") if records else (_releases, "releases")
    head, tail = as_text(make([], address, when)).rsplit("[]", 1)
    yield f"{head}[\n"
    for number, pair in enumerate(pairs(projects)):
        yield (",\n" if number else "") + as_text(make([pair], address, when)[name][0])
    yield f"\n]{tail}\n"


def _records(some: list[tuple[Json, Json]], address: str, when: Any) -> Json:
    return record_package(some, uri=address, published=when)


def _releases(some: list[tuple[Json, Json]], address: str, when: Any) -> Json:
    return release_package([release for release, _compiled in some], uri=address, published=when)

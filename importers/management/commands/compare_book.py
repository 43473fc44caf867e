"""`manage.py compare_book <pdf> <csv>`: a printed volume beside the table that was extracted from it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from importers.errors import FileError
from importers.records import AllocationRecord, CommitmentRecord, Control, Entry, Head, Refusal
from importers.sources import SOURCES
from spending.obligations import is_part
from spending.readings import Agreement, Comparison, Kind, Pair, Reading, compared

KINDS = {
    Kind.SAME: "agree in words and amount",
    Kind.WORDS: "agree in amount, words differ",
    Kind.AMOUNT: "differ in amount",
    Kind.PART: "counted in the table although printed as part of another line",
    Kind.ONLY_PRINT: "only in print",
    Kind.ONLY_TABLE: "only in the table",
}


class Command(BaseCommand):
    help = "Compare a printed volume of the budget book with its extracted table, by line and amount."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pdf", type=Path, help="the printed volume")
        parser.add_argument("table", type=Path, help="the table extracted from it, CSV or XLSX")
        parser.add_argument("--all", action="store_true", help="list lines whose words differ, too")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            printed = list(SOURCES["budget_book_pdf"].entries(options["pdf"]))
            extracted = list(SOURCES["budget_book"].entries(options["table"]))
        except FileError as error:
            raise CommandError(str(error)) from error
        part, other = _part(printed), _part(extracted)
        if part != other:
            raise CommandError(f"These are two volumes: {part} is printed, {other} is the table.")
        found = compared(readings(printed), readings(extracted), totals(printed))
        self.stdout.write(f"{part}: {found.lines} printed lines")
        self._refusals(printed)
        self._report(found, every=options["all"])

    def _refusals(self, entries: list[Entry]) -> None:
        for entry in entries:
            if isinstance(entry, Refusal):
                self.stdout.write(f"  refused: {entry.column}: {entry.value}: {entry.reason}")

    def _report(self, found: Comparison, *, every: bool) -> None:
        for kind, words in KINDS.items():
            self.stdout.write(f"  {found.count(kind):6} {words}")
        for agency in found.agencies:
            self.stdout.write(_sums(agency))
        for pair in found.pairs if every else found.differences:
            if pair.kind is not Kind.SAME:
                self.stdout.write(_pair(pair))


def _part(entries: list[Entry]) -> str:
    return next((entry.part for entry in entries if isinstance(entry, Head)), "")


def readings(entries: list[Entry]) -> list[Reading]:
    """The lines of a volume, and its own year of what is printed as part of a line."""
    year = next(entry.fiscal_year for entry in entries if isinstance(entry, Head))
    found = []
    for entry in entries:
        if isinstance(entry, AllocationRecord):
            found.append(
                Reading(entry.item_id, entry.agency.name, entry.page, entry.amount, entry.description)
            )
        elif isinstance(entry, CommitmentRecord) and is_part(entry) and entry.fiscal_year == year:
            found.append(
                Reading(entry.item_id, entry.agency.name, entry.page, entry.amount, entry.description, True)
            )
    return found


def totals(entries: list[Entry]) -> dict[str, Any]:
    """The printed totals of agencies, in baht."""
    named = {entry.agency.name for entry in entries if isinstance(entry, AllocationRecord)}
    controls = [entry for entry in entries if isinstance(entry, Control)]
    return {
        name: control.expected
        for control in controls
        for name in [control.name.rpartition(" · ")[2]]
        if name in named
    }


def _sums(agency: Agreement) -> str:
    return (
        f"{agency.agency}: total {agency.total:,}, print {agency.printed:,}, table {agency.extracted:,}"
        f" · right: {agency.right}"
    )


def _pair(pair: Pair) -> str:
    sides = [
        f"{side.item_id} {side.words[:80]} {side.amount:,}" if side else "–"
        for side in (pair.printed, pair.extracted)
    ]
    page = pair.printed or pair.extracted
    return f"  p. {page.page if page else '–'}: {KINDS[pair.kind]}: {sides[0]} | {sides[1]}"

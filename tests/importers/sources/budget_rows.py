"""Rows of the budget book as tests state them: only what matters, in a file of their own."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, TypeVar

from importers.records import AllocationRecord, Entry, Note, Refusal
from importers.sources.bb_budget_book import BudgetBook
from importers.sources.bb_budget_rows import COLUMNS

T = TypeVar("T")

HEADER = ["", *COLUMNS, "DEBUG_LOG"]
WITHOUT_INDEX = list(COLUMNS)
USUAL = {
    "REF_DOC": "2022.3.9",
    "REF_PAGE_NO": "16",
    "MINISTRY": "กระทรวงยุติธรรม",
    "BUDGETARY_UNIT": "กรมราชทัณฑ์",
    "CROSS_FUNC?": "False",
    "BUDGET_PLAN": "แผนงานบุคลากรภาครัฐ",
    "CATEGORY_LV1": "งบบุคลากร",
    "CATEGORY_LV2": "เงินเดือนและค่าจ้างประจำ",
    "ITEM_DESCRIPTION": "เงินเดือน",
    "FISCAL_YEAR": "2022",
    "AMOUNT": "800,000",
    "OBLIGED?": "False",
}


def row(number: int = 0, **changed: str) -> dict[str, str]:
    """A healthy row with some cells changed; `CROSS_FUNC` and `OBLIGED` stand without their question mark."""
    marked = {"CROSS_FUNC": "CROSS_FUNC?", "OBLIGED": "OBLIGED?"}
    cells = USUAL | {marked.get(name, name): value for name, value in changed.items()}
    return {"ITEM_ID": f"{cells['REF_DOC']}.{number}"} | cells


def obligation(*years: tuple[int, str], start: int = 0, **changed: str) -> list[dict[str, str]]:
    """The rows of one obligation, one for each year and amount."""
    return [
        row(start + i, FISCAL_YEAR=str(year), AMOUNT=amount, OBLIGED="True", **changed)
        for i, (year, amount) in enumerate(years)
    ]


def written(folder: Path, *rows: dict[str, str], header: list[str] = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "book.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        table = csv.DictWriter(file, header, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return path


def read(folder: Path, *rows: dict[str, str], **how: Any) -> list[Entry]:
    return list(BudgetBook().entries(written(folder, *rows, **how)))


def only(kind: type[T], entries: list[Entry]) -> list[T]:
    return [entry for entry in entries if isinstance(entry, kind)]


def the_line(folder: Path, **changed: str) -> AllocationRecord:
    (line,) = only(AllocationRecord, read(folder, row(**changed)))
    return line


def the_refusal(folder: Path, **changed: str) -> Refusal:
    """The refusal of a row behind a healthy one."""
    (refusal,) = only(Refusal, read(folder, row(1), row(2, **changed)))
    return refusal


def notes(entries: list[Entry]) -> list[tuple[str, str, str]]:
    return [(note.kind, note.published, note.read_as) for note in only(Note, entries)]

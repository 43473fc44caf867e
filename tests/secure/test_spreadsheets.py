"""S4: exports opened again by LibreOffice, told to take for a formula whatever looks like one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from complaints import exporting
from complaints.marks import Mark, Purpose
from complaints.models import Complaint
from spending.exports import csv_rows
from spending.workbooks import chunks, xlsx_file
from tests.complaints.cases import complaint
from tests.complaints.staff import account

from .conftest import Count
from .test_words import PREFIXES

SOFFICE = shutil.which("soffice") or ""
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SOFFICE, reason="LibreOffice is missing here: .ci/install-libreoffice"),
]
AS_FORMULAS = "CSV:44,34,76,1,,0,false,true,false,false,false,0,true"
"""Commas, quotes, UTF-8; numbers are detected, and formulas worked out."""
SECONDS = 120
AMOUNTS = [Decimal(amount) for amount in ("-1234567.89", "-0.01", "0.00", "12.50", "-5")]
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@dataclass(frozen=True)
class Cell:
    """What a spreadsheet made of one cell."""

    text: str
    kind: str
    number: str
    acts: bool
    """Whether it is a formula, or leads elsewhere."""


def opened(folder: Path, files: dict[str, Iterable[bytes]]) -> dict[str, list[Cell]]:
    """The cells of each file, once LibreOffice has opened it."""
    for name, content in files.items():
        (folder / name).write_bytes(b"".join(content))
    home = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "fods"]
    for suffix, how in ((".csv", [f"--infilter={AS_FORMULAS}"]), (".xlsx", [])):
        given = [str(folder / name) for name in files if name.endswith(suffix)]
        if given:
            command = [SOFFICE, *home, "--outdir", str(folder / "out"), *how, *given]
            subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=SECONDS)
    return {name: list(cells_of(folder / "out" / f"{Path(name).stem}.fods")) for name in files}


def cells_of(sheet: Path) -> Iterable[Cell]:
    for cell in ElementTree.parse(sheet).iter(f"{TABLE}table-cell"):
        links = any(part.tag.endswith("}a") for part in cell.iter())
        yield Cell(
            "".join(cell.itertext()).strip(),
            cell.get(f"{OFFICE}value-type", ""),
            cell.get(f"{OFFICE}value", ""),
            links or cell.get(f"{TABLE}formula") is not None,
        )


def test_spreadsheet_takes_a_formula_for_one_where_nothing_is_done(tmp_path: Path) -> None:
    (cells,) = opened(tmp_path, {"raw.csv": [b"a,b\n=1+1,-5.00\n"]}).values()

    assert [(cell.acts, cell.number) for cell in cells[2:]] == [(True, "2"), (False, "-5")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_of_a_published_export_is_a_formula_and_amounts_are_numbers(
    kind: str, tmp_path: Path, count: Count
) -> None:
    inside = [f"words{end}=1+1 calc" for end in ("\r", "\n", "\r\n", "\x0b", "\u2028", '",', ",")]
    said_so = [*PREFIXES, *inside]
    rows = [(words, AMOUNTS[place % len(AMOUNTS)]) for place, words in enumerate(said_so)]
    names = ("words", "amount")
    written: Iterable[Any] = (
        (line.encode() for line in csv_rows(rows, names, mark=True))
        if kind == "csv"
        else chunks(xlsx_file(rows, names))
    )

    (cells,) = opened(tmp_path, {f"data.{kind}": written}).values()

    said = [cell for cell in cells if "calc" in cell.text]
    numbers = [Decimal(cell.number) for cell in cells if cell.kind == "float"]
    for cell in said:
        count("S4", got_through=cell.acts or cell.kind != "string", what=repr(cell))
    assert not any(cell.acts for cell in cells)
    assert len(said) == len(rows)
    assert len(PREFIXES) == 60
    assert numbers == [amount for _words, amount in rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_of_a_list_of_staff_is_a_formula(kind: str, tmp_path: Path, count: Count) -> None:
    cases = [complaint(agency_code=prefix) for prefix in PREFIXES]
    mark = Mark('=HYPERLINK("http://x")', timezone.now(), Purpose.COURT, "=1+1")
    chosen = Complaint.objects.filter(pk__in=[case.pk for case in cases])

    answer = exporting.answer(chosen, account("supervisor"), kind, mark)
    (cells,) = opened(tmp_path, {f"cases.{kind}": list(answer)}).values()  # type: ignore[arg-type]

    said = [cell for cell in cells if "calc" in cell.text]
    for cell in said:
        count("S4", got_through=cell.acts, what=repr(cell))
    assert not any(cell.acts for cell in cells)
    assert len(said) == len(PREFIXES)

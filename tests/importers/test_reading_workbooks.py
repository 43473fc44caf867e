"""Tables in workbooks and archives, long tables, and the published ones: read as the same rows."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings

from importers.errors import FileError
from importers.reading import Row, open_table
from importers.records import Refusal

COLUMNS = ("", "ITEM_ID", "MINISTRY", "AMOUNT")
ROWS = (
    ("0", "2022.3.10.57", "กระทรวงมหาดไทย", "800,000,000"),
    ("1", "2022.3.10.58", "งบกลาง", "28,643,300.0"),
)


def as_csv(rows: Iterable[Iterable[str]], header: Iterable[str] = COLUMNS) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()


def read(path: Path, columns: tuple[str, ...] | None = COLUMNS, **options: object) -> list[Row | Refusal]:
    return list(open_table(path, columns, **options))


def refused(path: Path, columns: tuple[str, ...] | None = COLUMNS, **options: object) -> FileError:
    with pytest.raises(FileError) as error:
        read(path, columns, **options)
    assert error.value.reason.endswith((".", ")"))
    return error.value


def as_workbook(path: Path, sheets: dict[str, list[tuple[object, ...]]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def test_a_spreadsheet_with_the_same_header_is_read_as_the_same_rows(tmp_path: Path) -> None:
    path = as_workbook(
        tmp_path / "table.xlsx",
        {
            "Meta": [("FIELD_NAME", "NOTE"), ("ITEM_ID", "-")],
            "Output": [
                ("ITEM_ID", "MINISTRY", "AMOUNT", "OBLIGED?"),
                ("2022.3.5-1", "กระทรวงคมนาคม", 21905000, False),
                (None, None, None, None),
                ("2022.3.5-2", None, 28643300.1, True),
            ],
        },
    )

    rows = read(path, ("ITEM_ID", "MINISTRY", "AMOUNT", "OBLIGED?"), optional=("",))

    assert rows == [
        Row(
            2,
            {
                "ITEM_ID": "2022.3.5-1",
                "MINISTRY": "กระทรวงคมนาคม",
                "AMOUNT": "21905000",
                "OBLIGED?": "False",
                "": "",
            },
        ),
        Row(4, {"ITEM_ID": "2022.3.5-2", "MINISTRY": "", "AMOUNT": "28643300.1", "OBLIGED?": "True", "": ""}),
    ]


def test_a_spreadsheet_without_the_published_header_is_refused(tmp_path: Path) -> None:
    path = as_workbook(tmp_path / "table.xlsx", {"Output": [("ITEM_ID", "amount"), ("a", 1)]})

    assert "Unexpected: “amount”" in refused(path, ("ITEM_ID", "AMOUNT")).reason


def test_a_row_of_a_spreadsheet_that_is_wider_than_the_header_is_refused(tmp_path: Path) -> None:
    path = as_workbook(tmp_path / "table.xlsx", {"Output": [("ITEM_ID", "AMOUNT"), ("a", 1, "?"), ("b", 2)]})

    rows = read(path, ("ITEM_ID", "AMOUNT"))

    assert rows[0] == Refusal(2, "", "", "The row has 3 cells, but the header has 2.", "Output")
    assert rows[1] == Row(3, {"ITEM_ID": "b", "AMOUNT": "2"})


def test_a_spreadsheet_without_anything_in_it_is_refused(tmp_path: Path) -> None:
    assert refused(as_workbook(tmp_path / "table.xlsx", {"Output": []}), None).reason


def test_a_table_wrapped_in_a_zip_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "table.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2565/ตาราง.csv", as_csv(ROWS))

    assert [row.line for row in read(path)] == [2, 3]


def test_a_long_table_is_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(as_csv([]))
        for number in range(200_000):
            file.write(f'{number},2022.3.10.{number},กระทรวงมหาดไทย,"800,000,000"\n')
    program = (
        "import resource, sys; from pathlib import Path; from importers.reading import open_table;"
        "used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "before = used(); rows = sum(1 for _ in open_table(Path(sys.argv[1])));"
        "print(rows, used() - before)"
    )

    finished = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )

    rows, kilobytes = map(int, finished.stdout.split())
    assert rows == 200_000
    assert kilobytes < 20_000


def test_the_published_tables_are_read_whole(shared_data: Path) -> None:
    counts = {
        "procurement/dga-egp-contract-2568-250.csv": 250,
        "procurement/egp_drone_projects_2565-2568.redacted.csv": 2698,
        "procurement/egp_ics_company_contracts.csv": 5,
        "budget/2022.3.17.csv": 275,
        "budget/output_example_v2.csv": 10,
        "budget/output_example_v2.xlsx": 12,
        "local/lamphun-pao/20250121-lpao-budgeting-mini.csv": 415,
        "disbursement/mof-monthly/moi_monthly_2547-2562.csv": 176,
    }

    rows = {name: read(shared_data / name, None) for name in counts}

    assert {name: len(found) for name, found in rows.items()} == counts
    assert all(isinstance(row, Row) for found in rows.values() for row in found)


def test_every_line_of_the_budget_book_has_its_number_and_its_columns(shared_data: Path) -> None:
    lines = 0
    for path in (shared_data / "budget/fy2565-whitebook-csv").glob("*.csv"):
        rows = read(path, None)
        lines += len(rows)
        assert [row.line for row in rows] == list(range(2, len(rows) + 2))
        assert set(rows[0].values) >= {"", "ITEM_ID", "AMOUNT", "DEBUG_LOG"}

    assert lines == 31_911

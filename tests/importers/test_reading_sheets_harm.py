"""Workbooks that are bombs, cut off, or something else: refused, and nobody is harmed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from importers.cells import Cell
from importers.errors import FileError
from importers.parsing import money
from importers.reading import cell_name, open_sheets
from importers.reading.archives import Limits

from .workbooks import SHEET, refused, rows_of, with_part

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ฮา">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    "part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize(
    "declaration",
    [
        LAUGHS + "]>",
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x">',
    ],
)
def test_declared_entities_are_refused_before_anything_expands_them(
    workbook, part: str, declaration: str
) -> None:
    path = with_part(
        workbook(("ก",)), part, f"<?xml version='1.0'?><!-- {'x' * 40_000} -->{declaration}<x>&a;</x>"
    )

    error = refused(path)

    assert "declares entities" in error.reason
    assert error.place == part


def test_entities_declared_in_utf_16_are_refused_too(workbook) -> None:
    path = with_part(workbook(("ก",)), SHEET, f"{LAUGHS}]><x>&j;</x>".encode("utf-16"))

    assert "declares entities" in refused(path).reason


def test_a_part_that_must_be_read_whole_may_not_be_huge(workbook) -> None:
    path = with_part(
        workbook(("ก",)), "xl/styles.xml", b"<x>" + b"".join(b"%d" % n for n in range(3_000_000))
    )

    assert "Save its sheet as CSV" in refused(path).reason


def test_a_sheet_that_unpacks_to_hundreds_of_times_its_size_is_refused(workbook) -> None:
    path = with_part(workbook(("ก",)), SHEET, b"<worksheet>" + b" " * 20_000_000)

    error = refused(path)

    assert "times its size" in error.reason
    assert error.place == SHEET


def test_a_workbook_may_not_unpack_to_more_than_the_limit(workbook) -> None:
    with (
        pytest.raises(FileError, match="unpacks to"),
        open_sheets(workbook(("ก",)), limits=Limits(unpacked=1000)),
    ):
        pass


def test_a_workbook_cut_off_in_transfer_is_refused(workbook) -> None:
    path = workbook(*[(f"แถว {number}", number) for number in range(300)])
    path.write_bytes(path.read_bytes()[:-400])

    assert "cut off in transfer" in refused(path).reason


def test_a_workbook_with_flipped_bytes_is_refused(workbook) -> None:
    path = workbook(*[(f"แถว {number}", number * 1.5) for number in range(2000)])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(SHEET).header_offset + 200
    content[start : start + 40] = bytes(40)
    path.write_bytes(content)

    assert "damaged" in refused(path).reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Excel file or one with a password"),
        (b"<html><body>Login</body></html>", "web page"),
        (b"%PDF-1.4", "PDF"),
        (b"ITEM_ID,AMOUNT\na,1\n", "text file"),
    ],
)
def test_another_kind_of_file_under_the_name_of_a_workbook_is_named(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(content)

    assert said in refused(path).reason


def test_another_office_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")

    assert "holds no .xlsx" in refused(path).reason


def test_a_cell_is_named_as_spreadsheets_show_it() -> None:
    assert [cell_name(7, column) for column in (0, 25, 26, 16_383)] == ["A7", "Z7", "AA7", "XFD7"]


TEXTS = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"], exclude_characters="_\ufffe\uffff")
)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**15), 10**15), TEXTS.map(lambda text: text or None),
    st.decimals(min_value=0, max_value=10**7, places=8).map(float),
)  # fmt: skip


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(rows=st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_whatever_stands_in_the_cells_is_read_back(tmp_path: Path, rows: list[list[Cell]]) -> None:
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(rows):
            sheet.write_row(line, 0, cells)

    read = dict(rows_of(path))

    for line, cells in enumerate(rows, start=1):
        while cells and cells[-1] is None:
            cells.pop()
        assert list(read.get(line, ())) == cells


def test_a_long_sheet_is_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for line in range(30_000):
            sheet.write_row(line, 0, [f"กระทรวง {line}", line, line / 7])
    program = (
        "import resource, sys; from pathlib import Path; from importers.reading import open_sheets;"
        "used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; before = used()\n"
        "with open_sheets(Path(sys.argv[1])) as sheets: rows = sum(1 for _ in sheets['Sheet1'].rows())\n"
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
    assert rows == 30_000
    assert kilobytes < 12_000


def test_the_weekly_report_is_read_as_a_person_sees_it(shared_data: Path) -> None:
    with open_sheets(shared_data / "disbursement/cgd-weekly-fy2569/2026_07_03.xlsx") as sheets:
        titles = list(sheets)
        ministries = dict(sheets["2.กระทรวง"].rows())
        municipalities = list(sheets["7.เทศบาล"].rows())
        overview = dict(sheets["1.สรุปภาพรวม"].rows())

    assert len(titles) == 15
    assert ministries[4][0] == "ลำดับ\nที่"
    assert ministries[6][1] == "กระทรวงคมนาคม"
    assert ministries[6][7] == 9253.39711287
    assert ministries[6][21] == "08"
    assert sum(1 for row in municipalities if isinstance(row.cells[0], int)) == 2472
    assert money(overview[6][1], unit=1_000_000) == Decimal("3780600000000")

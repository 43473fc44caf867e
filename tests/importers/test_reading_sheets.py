"""Spreadsheets are read cell by cell; what would harm the reader or the sums is refused with the cell."""

from __future__ import annotations

import contextlib
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from importers.cells import Unreadable
from importers.errors import FileError, RecordError
from importers.parsing import money
from importers.reading import open_sheets

from .workbooks import NAMESPACE, SHEET, refused, rows_of, with_part


def with_cells(path: Path, rows: str) -> Path:
    """The workbook whose first sheet holds these rows of XML."""
    sheet = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    return with_part(path, SHEET, sheet)


def test_rows_come_with_their_number_and_blank_ones_do_not_come(workbook) -> None:
    path = workbook(("รายงาน",), (), (None, "กระทรวง", None, 12.5, None), (" ",))

    assert rows_of(path) == [(1, ("รายงาน",)), (3, (None, "กระทรวง", None, 12.5)), (4, (" ",))]


def test_every_type_of_cell_keeps_its_value(workbook) -> None:
    cells = ("ข้อความ", 75, 74.5, True, False, date(2026, 7, 3), datetime(2026, 7, 3, 12, 30), time(8, 15))
    path = workbook(cells)

    ((_, read),) = rows_of(path)

    assert read == (
        "ข้อความ",
        75,
        74.5,
        True,
        False,
        datetime(2026, 7, 3),
        datetime(2026, 7, 3, 12, 30),
        time(8, 15),
    )
    assert [type(cell) for cell in read[1:5]] == [int, float, bool, bool]


def test_durations_and_dates_of_1904_are_understood(workbook) -> None:
    def counted_from_1904(book: openpyxl.Workbook) -> None:
        book.epoch = datetime(1904, 1, 1)
        book.active.append((date(2026, 7, 3), timedelta(hours=30)))

    ((_, read),) = rows_of(workbook(change=counted_from_1904))

    assert read == (datetime(2026, 7, 3), timedelta(hours=30))


@pytest.mark.parametrize("constant_memory", [True, False])
def test_texts_within_the_sheet_and_shared_ones_are_read_alike(tmp_path: Path, constant_memory: bool) -> None:
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": constant_memory}) as book:
        sheet = book.add_worksheet("ก")
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, ["วงเงิน\nงบประมาณ", "  ", "a_x000D_b", "<&>"])
        sheet.write_rich_string(1, 0, "กระ", bold, "ทรวง")

    rows = rows_of(path)

    assert rows[0].cells[0] == "วงเงิน\nงบประมาณ"
    assert rows[0].cells[3] == "<&>"
    assert rows[1] == (2, ("กระทรวง",))


def test_a_line_end_that_a_spreadsheet_has_escaped_is_one(workbook) -> None:
    path = with_cells(workbook(), '<row r="1"><c r="A1" t="str"><v>ก_x000D_\nข</v></c></row>')

    assert rows_of(path) == [(1, ("ก\r\nข",))]


@pytest.mark.parametrize("escaped", ["_x0000_", "_xD800_"])
def test_a_cell_that_hides_no_letter_is_damaged(workbook, escaped: str) -> None:
    path = with_cells(workbook(), f'<row r="1"><c r="A1" t="str"><v>20{escaped}22</v></c></row>')

    ((_, (cell,)),) = rows_of(path)

    assert isinstance(cell, Unreadable)
    assert cell.reason == "The cell A1 of the spreadsheet is damaged."


def test_cells_under_a_merged_one_are_empty(workbook) -> None:
    path = workbook(("รวม", "x", 5), change=lambda book: book.active.merge_cells("A1:B1"))

    assert rows_of(path) == [(1, ("รวม", None, 5))]


def test_hidden_sheets_are_marked(workbook) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.create_sheet("ซ่อน").sheet_state = "hidden"
        book.create_sheet("ซ่อนมาก").sheet_state = "veryHidden"

    with open_sheets(workbook(("ก",), change=hide)) as sheets:
        assert {title: sheet.hidden for title, sheet in sheets.items()} == {
            "2.กระทรวง": False,
            "ซ่อน": True,
            "ซ่อนมาก": True,
        }


def test_the_result_of_a_formula_is_read(workbook) -> None:
    path = with_cells(
        workbook(),
        '<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>840318.54</v></c>'
        '<c r="B1" t="str"><f>""</f><v></v></c></row>',
    )

    assert rows_of(path) == [(1, (840318.54,))]


def test_a_formula_without_its_result_is_refused_by_whoever_reads_its_cell(workbook) -> None:
    path = workbook(("รวม", 1, 2, "=SUM(B1:C1)"))

    ((_, cells),) = rows_of(path)

    assert cells[:3] == ("รวม", 1, 2)
    with pytest.raises(RecordError, match="cell D1 holds a formula without its result"):
        money(cells[3], "เบิกจ่าย")


@pytest.mark.parametrize("shown", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!"])
def test_a_cell_that_shows_an_error_is_refused_by_whoever_reads_it(workbook, shown: str) -> None:
    path = with_cells(workbook(), f'<row r="7"><c r="C7" t="e"><f>1/0</f><v>{shown}</v></c></row>')

    ((_, cells),) = rows_of(path)

    assert isinstance(cells[2], Unreadable)
    assert str(cells[2]) == shown
    with pytest.raises(RecordError, match="cell C7 shows an error"):
        money(cells[2], "เบิกจ่าย")


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" t="s"><v>99999</v></c>',
        '<c r="B2" t="s"><v>x</v></c>',
        '<c r="B2"><v>nan</v></c>',
        '<c r="B2"><v>1e99999</v></c>',
        '<c r="B2"><v>0x10</v></c>',
        '<c r="B2" t="b"><v>ใช่</v></c>',
        '<c r="B2" t="d"><v>ก.ค. 69</v></c>',
    ],
)
def test_a_damaged_cell_is_refused_by_whoever_reads_it(workbook, cell: str) -> None:
    path = with_cells(workbook(), f'<row r="2"><c r="A2"><v>5</v></c>{cell}</row>')

    ((_, cells),) = rows_of(path)

    assert cells[0] == 5
    with pytest.raises(RecordError, match="cell B2"):
        money(cells[1], "เบิกจ่าย")


def test_rows_and_cells_without_a_name_follow_each_other(workbook) -> None:
    path = with_cells(workbook(), "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")

    assert rows_of(path) == [(1, (1, 2)), (2, (3,))]


def test_elements_may_carry_a_prefix(workbook) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{NAMESPACE}"><x:sheetData><x:row r="4"><x:c r="B4"><x:v>5</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )

    assert rows_of(with_part(workbook(), SHEET, sheet)) == [(4, (None, 5))]


def test_a_stated_size_that_is_wrong_cuts_nothing_off(workbook) -> None:
    path = with_part(
        workbook(("ก", "ข"), ("ค", "ง")),
        SHEET,
        lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml),
    )

    assert rows_of(path) == [(1, ("ก", "ข")), (2, ("ค", "ง"))]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="2"/><row r="2"/>',
        '<row r="0"/>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="99999999999999999999"/>',
        '<row r="x"/>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c r="AAAAAAAAAAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="x"><v>1</v></c></row>',
    ],
)
def test_a_sheet_whose_rows_contradict_each_other_is_refused(workbook, rows: str) -> None:
    error = refused(with_cells(workbook(), rows))

    assert "damaged" in error.reason
    assert error.place.startswith("2.กระทรวง row ")


def test_a_sheet_that_ends_early_is_refused_with_the_last_row_read(workbook) -> None:
    path = with_part(
        workbook(*[(f"แถว {number}",) for number in range(1, 500)]), SHEET, lambda xml: xml[: len(xml) // 2]
    )

    error = refused(path)

    assert "damaged after this row" in error.reason
    assert int(error.place.rpartition(" ")[2]) > 100


@pytest.mark.parametrize("part", ["xl/workbook.xml", "[Content_Types].xml", SHEET])
def test_a_workbook_without_one_of_its_parts_is_refused(workbook, part: str) -> None:
    assert refused(with_part(workbook(("ก",)), part, None)).reason


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
@pytest.mark.parametrize("content", ["", "<", "<x/>", "not xml", "<workbook xmlns='x'><sheets/></workbook>"])
def test_a_workbook_with_a_broken_part_is_refused(workbook, part: str, content: str) -> None:
    path = with_part(workbook(("ก", 1)), part, content)

    with contextlib.suppress(FileError):
        rows = rows_of(path)
        assert all(
            cell is None or isinstance(cell, (Unreadable, int, str)) for row in rows for cell in row.cells
        )

"""Tables in sheets made for reading are found by the words of their headers."""

from __future__ import annotations

import re

import pytest

from importers.cells import Cell
from importers.printed_tables import Column, Header, cell, find_header, folded, is_number
from importers.reading import SheetRow

CORNER = re.compile("ลำดับที่")


def rows(*cells: tuple[Cell, ...], first: int = 1) -> list[SheetRow]:
    return [SheetRow(line, row) for line, row in enumerate(cells, start=first)]


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("PO+สำรอง\nเงินมีหนี้", "PO+สำรองเงินมีหนี้"),
        ("งบจัดสรรถือจ่าย\u00a0จังหวัด ", "งบจัดสรรถือจ่ายจังหวัด"),
        ("เเละ", "และ"),
        ("จํานวนเงิน", "จำนวนเงิน"),
        ("พ.ศ. ๒๕๖๙", "พ.ศ.2569"),
        (12.0, "12"),
        (None, ""),
    ],
)
def test_words_are_compared_without_what_only_the_layout_needs(written: Cell, compared: str) -> None:
    assert folded(written) == compared


def test_header_of_one_row_is_followed_by_figures() -> None:
    header = find_header(rows(("ชื่อรายงาน",), ("ลำดับ\nที่", "หน่วยงาน"), (1, "กรมการข้าว"), first=2), CORNER)

    assert header == Header(3, 3, (Column("", "ลำดับที่", 0), Column("", "หน่วยงาน", 1)))


def test_header_of_two_rows_groups_what_stands_under_a_heading() -> None:
    header = find_header(
        rows(
            ("ลำดับที่", "จังหวัด", "รายจ่ายประจำ", None, "รหัส"),
            (None, None, "เบิกจ่าย", "ร้อยละ"),
            (1, "ยะลา", 2.5, 50, "9500"),
        ),
        CORNER,
    )

    assert header is not None
    assert (header.top, header.bottom) == (1, 2)
    assert header.columns[2:] == (
        Column("รายจ่ายประจำ", "เบิกจ่าย", 2),
        Column("รายจ่ายประจำ", "ร้อยละ", 3),
        Column("", "รหัส", 4),
    )


def test_table_may_begin_right_of_the_first_column() -> None:
    header = find_header(rows((None, "ลำดับที่", "จังหวัด"), (None, 1, "ยะลา")), CORNER)

    assert header is not None
    assert header.columns[0] == Column("", "ลำดับที่", 1)


def test_sheet_without_the_corner_has_no_table() -> None:
    assert find_header(rows(("ลำดับ", "จังหวัด"), (1, "ยะลา")), CORNER) is None
    assert find_header([], CORNER) is None


def test_header_on_the_last_row_has_one_row() -> None:
    header = find_header(rows(("ลำดับที่", "จังหวัด")), CORNER)

    assert header is not None
    assert header.bottom == 1


def test_column_is_named_as_a_person_finds_it() -> None:
    column = Column("รายจ่ายลงทุน", "เบิกจ่าย", 27)

    assert (column.letter, column.title) == ("AB", "AB รายจ่ายลงทุน เบิกจ่าย")


def test_cell_beyond_the_end_of_its_row_is_empty() -> None:
    assert (cell((1, 2), 1), cell((1, 2), 2)) == (2, None)


def test_truth_is_no_number() -> None:
    assert [is_number(value) for value in (1, 1.5, True, "1", None)] == [True, True, False, False, False]

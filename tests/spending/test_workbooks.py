"""XLSX: what a spreadsheet reads is what was written: numbers, days, truth and text, never a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spending import workbooks
from spending.models import Edition
from spending.workbooks import SHEET, TooManyRows, chunks, xlsx_file

ROW = (
    "กรมควบคุมโรค",
    Decimal("310600000000.10"),
    7,
    True,
    date(2026, 7, 3),
    datetime(2026, 7, 3, 13, 5, 59, tzinfo=UTC),
    None,
    ["ก", Decimal("0.10")],
)
NAMES = [f"c{number}" for number in range(len(ROW))]
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "=HYPERLINK(0)",
    "http://example.org/",
    "mailto:a@example.org",
)


def packed(rows: Sequence[Sequence[Any]], **said: str) -> BytesIO:
    return BytesIO(b"".join(chunks(xlsx_file(rows, [f"c{place}" for place in range(len(rows[0]))], **said))))


def opened(rows: Sequence[Sequence[Any]], **said: str) -> Any:
    return openpyxl.load_workbook(packed(rows, **said))


def test_each_value_is_read_as_what_it_is() -> None:
    header, row = opened([ROW])["data"].iter_rows()

    assert [cell.value for cell in header] == NAMES
    assert all(cell.font.bold for cell in header)
    assert [cell.value for cell in row] == [
        "กรมควบคุมโรค", 310600000000.1, 7, True, datetime(2026, 7, 3), datetime(2026, 7, 3, 13, 5, 59), None,
        '["ก",0.10]',
    ]  # fmt: skip
    assert [cell.number_format for cell in row[1:6]] == [
        "#,##0.00", "General", "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss",
    ]  # fmt: skip


def test_choices_and_labels_are_text() -> None:
    row = opened([(Edition.State.HELD, Edition.State.HELD.label)])["data"][2]

    assert row[0].value == "held"
    assert isinstance(row[1].value, str)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_is_never_a_formula_nor_a_link(text: str) -> None:
    cell = opened([(text,)])["data"]["A2"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_days_that_spreadsheets_do_not_know_are_text() -> None:
    days = date(1899, 12, 31), date(1900, 2, 28), date(1900, 3, 1), date(9999, 12, 31)

    found = [cell.value for cell in opened([days])["data"][2]]

    assert found == ["1899-12-31", "1900-02-28", datetime(1900, 3, 1), datetime(9999, 12, 31)]


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
@settings(deadline=None, max_examples=60)
@example(text="\x00")
@example(text="_x0041_\r\n\x0b\ufffe")
@example(text=" ก ")
@example(text="<a>&amp;]]>")
def test_any_text_stands_as_the_library_writes_it(text: str) -> None:
    """The library is asked for the same cell: what it marks, escapes and keeps is so here."""
    file = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.add_worksheet("data").write_string(1, 0, text)

    assert _cell(packed([(text,)])) == _cell(file)


def _cell(file: BytesIO) -> str:
    with ZipFile(file) as book:
        sheet = book.read(SHEET).decode()
    (found,) = re.findall(
        r'<c r="A2" t="inlineStr"><is><t(?: xml:space="preserve")?>(.*?)</t></is></c>', sheet, re.DOTALL
    )
    return str(found)


def test_a_text_longer_than_a_cell_is_cut_to_what_a_cell_holds() -> None:
    assert opened([("ก" * 40_000,)])["data"]["A2"].value == "ก" * 32_767


def test_what_stands_above_and_the_note_are_there() -> None:
    book = opened([("a",)], note="หมายเหตุ", above="ใช้ภายใน R&D")

    assert [cell.value for (cell,) in book["data"].iter_rows()] == ["ใช้ภายใน R&D", "c0", "a"]
    assert book["note"]["A1"].value == "หมายเหตุ"
    assert book["data"].oddFooter.left.text == "ใช้ภายใน R&&D"


def test_no_rows_are_a_header_alone() -> None:
    book = openpyxl.load_workbook(BytesIO(b"".join(chunks(xlsx_file([], ["a", "b"])))))

    assert list(book["data"].iter_rows(values_only=True)) == [("a", "b")]


def test_every_row_is_as_long_as_the_header_whatever_is_empty_in_it() -> None:
    rows: list[tuple[Any, ...]] = [("1", None, None), (None, "2", ""), (None, None, None)]
    book = openpyxl.load_workbook(packed(rows), read_only=True)

    assert [len(row) for row in book["data"].iter_rows(values_only=True)] == [3, 3, 3, 3]


def test_texts_that_come_again_are_forgotten_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "KEPT", 3)
    rows = [(f"t{number % 7}",) for number in range(50)]

    found = [cell.value for (cell,) in opened(rows)["data"].iter_rows(min_row=2)]

    assert found == [text for (text,) in rows]


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "SHEET_ROWS", 10)

    assert opened([(1,)] * 9)["data"].max_row == 10
    with pytest.raises(TooManyRows):
        xlsx_file([(1,)] * 10, ["a"])


def test_more_bytes_than_a_program_unpacks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "SHEET_BYTES", 100_000)

    with pytest.raises(TooManyRows):
        xlsx_file([("ก" * 100,)] * 1_000, ["a"])


def test_rows_are_taken_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are not all taken first: a query of any length needs the memory of some rows."""
    monkeypatch.setattr(workbooks, "SHEET_ROWS", 1_000)
    taken: list[int] = []

    def rows() -> Iterator[tuple[int]]:
        for number in range(100_000):
            taken.append(number)
            yield (number,)

    with pytest.raises(TooManyRows):
        xlsx_file(rows(), ["a"])
    assert len(taken) < 2_000

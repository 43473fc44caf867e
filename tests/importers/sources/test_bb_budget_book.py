"""What a row of the budget book becomes, and when it is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from importers.errors import FileError
from importers.records import AllocationRecord, Head, Refusal
from importers.sources.bb_budget_book import BudgetBook
from importers.sources.bb_budget_rows import COLUMNS

from .budget_rows import HEADER, WITHOUT_INDEX, notes, only, read, row, the_line, the_refusal

# What a row becomes


def test_row_becomes_a_line_of_its_volume(tmp_path: Path) -> None:
    entries = read(tmp_path, row(7))

    head, line = entries
    assert head == Head("2022.3.9", 2022, date(2021, 10, 1))
    assert isinstance(line, AllocationRecord)
    assert (line.line, line.item_id, line.fiscal_year, line.page) == (2, "2022.3.9.7", 2022, 16)
    assert (line.ministry.name, line.ministry.kind) == ("กระทรวงยุติธรรม", "ministry")
    assert (line.agency.name, line.agency.kind) == ("กรมราชทัณฑ์", "agency")
    assert (line.plan, line.cross_cutting) == ("แผนงานบุคลากรภาครัฐ", False)
    assert line.category == ("งบบุคลากร", "เงินเดือนและค่าจ้างประจำ")
    assert (line.description, line.amount, line.obliged) == ("เงินเดือน", Decimal(800_000), False)


@pytest.mark.parametrize("header", [HEADER, WITHOUT_INDEX, [*WITHOUT_INDEX, "DEBUG_LOG"], HEADER[:-1]])
def test_index_and_debug_columns_may_be_missing(tmp_path: Path, header: list[str]) -> None:
    entries = read(tmp_path, row(), header=header)

    assert len(only(AllocationRecord, entries)) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_file_may_be_utf_8_with_or_without_mark_or_tis_620(tmp_path: Path, encoding: str) -> None:
    (line,) = only(AllocationRecord, read(tmp_path, row(), encoding=encoding))

    assert line.agency.name == "กรมราชทัณฑ์"


def test_spreadsheet_of_the_target_layout_is_read_like_csv(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    numbers = {
        "REF_PAGE_NO": 16,
        "FISCAL_YEAR": 2022,
        "AMOUNT": 800_000.5,
        "OBLIGED?": False,
        "CROSS_FUNC?": True,
    }
    cells: dict[str, Any] = row(1) | numbers | {"ITEM_ID": "2022.3.9-1"}
    sheet.append(list(COLUMNS))
    sheet.append([cells.get(column) for column in COLUMNS])
    workbook.create_sheet("Meta").append(["FIELD_NAME", "NOTE"])
    workbook.save(tmp_path / "book.xlsx")

    _, line = BudgetBook().entries(tmp_path / "book.xlsx")

    assert isinstance(line, AllocationRecord)
    assert (line.item_id, line.amount, line.page, line.cross_cutting) == (
        "2022.3.9-1",
        Decimal("800000.5"),
        16,
        True,
    )


@pytest.mark.parametrize(
    ("amount", "baht"),
    [("28,643,300.0", "28643300"), ("0", "0"), ("0.0", "0"), ("1,234.5", "1234.5"), ("12", "12")],
)
def test_amount_is_exact_in_both_shapes_and_may_be_zero(tmp_path: Path, amount: str, baht: str) -> None:
    assert the_line(tmp_path, AMOUNT=amount).amount == Decimal(baht)


@pytest.mark.parametrize(("cut", "left"), [("18,250,00", "1825000"), ("25,", "25"), ("00", "0")])
def test_amount_that_lost_digits_counts_as_it_stands_and_is_noted(
    tmp_path: Path, cut: str, left: str
) -> None:
    entries = read(tmp_path, row(AMOUNT=cut))

    assert only(AllocationRecord, entries)[0].amount == Decimal(left)
    assert notes(entries) == [("amount_cut_short", cut, f"{Decimal(left):,.2f}")]


@pytest.mark.parametrize(
    ("column", "kind", "name"),
    [("OUTPUT", "output", "การจัดบริการ"), ("PROJECT", "project", "โครงการชลประทาน")],
)
def test_line_stands_under_an_output_or_a_project(tmp_path: Path, column: str, kind: str, name: str) -> None:
    line = the_line(tmp_path, **{column: name})

    assert (line.activity_kind, line.activity) == (kind, name)


def test_personnel_has_neither_output_nor_project(tmp_path: Path) -> None:
    line = the_line(tmp_path)

    assert (line.activity_kind, line.activity) == ("", "")


def test_thai_digits_in_a_description_stay(tmp_path: Path) -> None:
    assert the_line(tmp_path, ITEM_DESCRIPTION="รถบรรทุก ๑๒ คัน").description == "รถบรรทุก ๑๒ คัน"


def test_split_vowels_are_joined(tmp_path: Path) -> None:
    assert the_line(tmp_path, ITEM_DESCRIPTION="ค่าจ้างประจํา").description == "ค่าจ้างประจำ"


def test_finest_level_is_the_item_where_no_description_is_printed(tmp_path: Path) -> None:
    line = the_line(tmp_path, CATEGORY_LV3="เงินเดือน", ITEM_DESCRIPTION="")

    assert line.category == ("งบบุคลากร", "เงินเดือนและค่าจ้างประจำ")
    assert line.description == "เงินเดือน"


def test_page_may_be_blank_and_is_noted(tmp_path: Path) -> None:
    entries = read(tmp_path, row(REF_PAGE_NO=""))

    assert only(AllocationRecord, entries)[0].page is None
    assert [kind for kind, _, _ in notes(entries)] == ["missing_page"]


def test_doubts_of_the_extraction_are_noted(tmp_path: Path) -> None:
    entries = read(tmp_path, row(DEBUG_LOG="NO BULLET FOUND"))

    assert notes(entries) == [("extraction_warning", "NO BULLET FOUND", "")]


def test_file_may_hold_several_volumes(tmp_path: Path) -> None:
    first, second = row(1), row(1, REF_DOC="2022.3.3(1)")

    heads = only(Head, read(tmp_path, first, second))

    assert [head.part for head in heads] == ["2022.3.9", "2022.3.3(1)"]


# What is refused


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"AMOUNT": ""}, "AMOUNT"),
        ({"AMOUNT": "-5"}, "AMOUNT"),
        ({"AMOUNT": "5 ล้าน"}, "AMOUNT"),
        ({"AMOUNT": "0.3333"}, "AMOUNT"),
        ({"FISCAL_YEAR": "2565"}, "FISCAL_YEAR"),
        ({"FISCAL_YEAR": "2023"}, "FISCAL_YEAR"),
        ({"OBLIGED": "maybe"}, "OBLIGED?"),
        ({"CROSS_FUNC": ""}, "CROSS_FUNC?"),
        ({"ITEM_ID": "2022.3.10.5"}, "ITEM_ID"),
        ({"ITEM_ID": "2022.3.9"}, "ITEM_ID"),
        ({"REF_DOC": "2565.3.9"}, "REF_DOC"),
        ({"REF_DOC": "…"}, "REF_DOC"),
        ({"REF_PAGE_NO": "หน้า 5"}, "REF_PAGE_NO"),
        ({"MINISTRY": ""}, "MINISTRY"),
        ({"MINISTRY": "หน่วยงานอน(cid:201)ืของรฐั"}, "MINISTRY"),
        ({"BUDGETARY_UNIT": " "}, "BUDGETARY_UNIT"),
        ({"BUDGETARY_UNIT": "กรม" * 80}, "BUDGETARY_UNIT"),
        ({"BUDGET_PLAN": ""}, "BUDGET_PLAN"),
        ({"BUDGET_PLAN": "แผนงาน" * 50}, "BUDGET_PLAN"),
        ({"ITEM_ID": "2022.3.9." + "9" * 60}, "ITEM_ID"),
        ({"OUTPUT": "ผลผลิต", "PROJECT": "โครงการ"}, "PROJECT"),
        ({"OUTPUT": "ผลผลิตท(cid:201)ี1"}, "OUTPUT"),
        ({"CATEGORY_LV1": "งบลับ"}, "CATEGORY_LV1"),
        ({"CATEGORY_LV1": ""}, "CATEGORY_LV1"),
        ({"CATEGORY_LV1": "", "CATEGORY_LV2": ""}, "CATEGORY_LV1"),
        ({"CATEGORY_LV4": "ครุภัณฑ์การแพทย์"}, "CATEGORY_LV3"),
        ({"ITEM_DESCRIPTION": "เคร\ufffdอง"}, "ITEM_DESCRIPTION"),
        ({"ITEM_DESCRIPTION": "", "CATEGORY_LV2": ""}, "ITEM_DESCRIPTION"),
    ],
)
def test_row_is_refused_with_its_line_and_cell(tmp_path: Path, changed: dict[str, str], column: str) -> None:
    refusal = the_refusal(tmp_path, **changed)

    assert (refusal.line, refusal.column) == (3, column)
    assert refusal.reason


def test_repeated_row_is_kept_and_noted(tmp_path: Path) -> None:
    entries = read(tmp_path, row(1), row(2))

    assert len(only(AllocationRecord, entries)) == 2
    assert notes(entries) == [("repeated_row", "เงินเดือน", "2022.3.9.2")]


def test_row_refused_before_the_first_volume_is_known_comes_behind_its_head(tmp_path: Path) -> None:
    entries = read(tmp_path, row(1, REF_DOC="…"), row(2))

    assert [type(entry) for entry in entries] == [Head, Refusal, AllocationRecord]


def test_file_whose_rows_name_no_volume_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="volume") as error:
        read(tmp_path, row(1, REF_DOC="เล่ม 9"))

    assert error.value.place == "line 2, REF_DOC “เล่ม 9”"


def test_other_columns_are_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="AMOUNT"):
        read(tmp_path, header=[column for column in HEADER if column != "AMOUNT"])


def test_header_without_rows_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        read(tmp_path)

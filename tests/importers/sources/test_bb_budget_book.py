"""The budget book: each of its traps on rows of our own, and the nineteen real volumes to the baht."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from openpyxl import Workbook

from importers.errors import FileError
from importers.records import AllocationRecord, CommitmentRecord, Entry, Head, Note, Refusal
from importers.sources.bb_budget_book import BudgetBook
from importers.sources.bb_budget_rows import COLUMNS

T = TypeVar("T")

HEADER = ["", *COLUMNS, "DEBUG_LOG"]
WITHOUT_INDEX = list(COLUMNS)
VOLUMES = BudgetBook.expects.totals
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


# Names


@pytest.mark.parametrize("suffix", ["", " (1)", " (5)", "(2)"])
def test_ministry_stands_without_the_number_of_its_volume(tmp_path: Path, suffix: str) -> None:
    name = "กระทรวงการอุดมศึกษา วิทยาศาสตร์ วิจัยและนวัตกรรม"

    entries = read(tmp_path, row(MINISTRY=name + suffix))

    assert only(AllocationRecord, entries)[0].ministry.name == name
    assert notes(entries) == []


@pytest.mark.parametrize(
    ("ministry", "unit", "name", "kind"),
    [
        ("จังหวัดและกลุ่มจังหวัด (2)", "จังหวัดเลย", "จังหวัดเลย", "province"),
        ("องค์กรปกครองส่วนท้องถิ่น", "เมืองพัทยา", "เมืองพัทยา", "agency"),
        ("องค์กรปกครองส่วนท้องถิ่น", "องค์การบริหารส่วนจังหวัดเลย", "องค์การบริหารส่วนจังหวัดเลย", "pao"),
        (
            "องค์กรปกครองส่วนท้องถิ่น",
            "เทศบาลนครในพื้นที่จังหวัดสงขลา เทศบาลนครหาดใหญ่",
            "เทศบาลนครหาดใหญ่",
            "municipality",
        ),
        (
            "องค์กรปกครองส่วนท้องถิ่น",
            "เทศบาลเมืองในพื้นที่จังหวัดสงขลา เทศบาลเมืองกำแพงเพชร",
            "เทศบาลเมืองในพื้นที่จังหวัดสงขลา เทศบาลเมืองกำแพงเพชร",
            "municipality",
        ),
    ],
)
def test_local_body_has_its_kind_and_own_name(
    tmp_path: Path, ministry: str, unit: str, name: str, kind: str
) -> None:
    agency = the_line(tmp_path, MINISTRY=ministry, BUDGETARY_UNIT=unit).agency

    assert (agency.name, agency.kind) == (name, kind)


def test_damaged_agency_and_plan_are_repaired_and_noted(tmp_path: Path) -> None:
    entries = read(tmp_path, row(BUDGETARY_UNIT="กรมราชทัณฑ P.", BUDGET_PLAN="แผนงานบุคลากรภาครัฐde"))

    (line,) = only(AllocationRecord, entries)
    assert (line.agency.name, line.plan) == ("กรมราชทัณฑ์", "แผนงานบุคลากรภาครัฐ")
    assert notes(entries) == [
        ("repaired_agency", "กรมราชทัณฑ P.", "กรมราชทัณฑ์"),
        ("repaired_plan", "แผนงานบุคลากรภาครัฐde", "แผนงานบุคลากรภาครัฐ"),
    ]


def test_unknown_names_stay_as_printed(tmp_path: Path) -> None:
    entries = read(tmp_path, row(BUDGETARY_UNIT="กรมพระจันทร์", BUDGET_PLAN="แผนงานบูรณาการสำรวจดวงจันทร์"))

    (line,) = only(AllocationRecord, entries)
    assert (line.agency.name, line.plan) == ("กรมพระจันทร์", "แผนงานบูรณาการสำรวจดวงจันทร์")
    assert notes(entries) == []


@pytest.mark.parametrize(
    ("printed", "legal"),
    [
        ("งบรายจ่ายอิน", "งบรายจ่ายอื่น"),
        ("งบรายจ่ายอิ่น", "งบรายจ่ายอื่น"),
        ("งบดาเนินงาน", "งบดำเนินงาน"),
        ("งบรายจ่ายอื่น 405,074,800", "งบรายจ่ายอื่น"),
        ("งบรายจ่ายอื่น เอิน", "งบรายจ่ายอื่น"),
        ("งบรายจ่ายอื่น ยจ่ายอิน", "งบรายจ่ายอื่น"),
        ("งบรายจ่ายอื่น ว่ายอิน", "งบรายจ่ายอื่น"),
        ("งบเงินอุดหนุน 2,024,200", "งบเงินอุดหนุน"),
    ],
)
def test_budget_type_is_repaired_and_noted(tmp_path: Path, printed: str, legal: str) -> None:
    entries = read(tmp_path, row(CATEGORY_LV1=printed, CATEGORY_LV2=""))

    assert only(AllocationRecord, entries)[0].category == (legal,)
    assert notes(entries) == [("repaired_category", printed, legal)]


@pytest.mark.parametrize(
    ("levels", "path"),
    [
        (("เงินอุดหนุนทั่วไป", "ค่าครุภัณฑ์"), ("งบเงินอุดหนุน", "เงินอุดหนุนทั่วไป", "ค่าครุภัณฑ์")),
        (
            ("ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง", "ค่าครุภัณฑ์"),
            ("งบลงทุน", "ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง", "ค่าครุภัณฑ์"),
        ),
        (
            ("ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง", "ค่าที่ดินและสิ่งก่อสร้าง", "งบเงินอุดหนุน", "เงินอุดหนุนทั่วไป"),
            ("งบเงินอุดหนุน", "เงินอุดหนุนทั่วไป"),
        ),
    ],
)
def test_category_that_slipped_a_level_is_put_in_its_place(
    tmp_path: Path, levels: tuple[str, ...], path: tuple[str, ...]
) -> None:
    cells = {f"CATEGORY_LV{level}": name for level, name in enumerate(levels, start=1)}

    entries = read(tmp_path, row(**cells))

    assert only(AllocationRecord, entries)[0].category == path
    assert [kind for kind, _, _ in notes(entries)] == ["repaired_category"]


def test_finer_category_is_repaired_and_its_slash_is_no_separator(tmp_path: Path) -> None:
    line = the_line(tmp_path, CATEGORY_LV1="งบลงทุน", CATEGORY_LV2="ค่าที่ดิน/สิ่ก่อสร้าง")

    assert line.category == ("งบลงทุน", "ค่าที่ดิน∕สิ่งก่อสร้าง")


def test_central_fund_has_no_category_and_is_money(tmp_path: Path) -> None:
    line = the_line(
        tmp_path,
        MINISTRY="งบกลาง",
        BUDGETARY_UNIT="งบกลาง",
        CATEGORY_LV1="",
        CATEGORY_LV2="",
        AMOUNT="5,000,000,000",
    )

    assert (line.category, line.amount) == ((), Decimal(5_000_000_000))


# Obligations


def test_obligation_is_a_line_and_a_commitment_for_each_year(tmp_path: Path) -> None:
    entries = read(tmp_path, *obligation((2021, "10"), (2022, "20.0"), (2023, "30")))

    (line,) = only(AllocationRecord, entries)
    commitments = only(CommitmentRecord, entries)
    assert (line.item_id, line.amount, line.obliged) == ("2022.3.9.1", 20, True)
    assert [(c.fiscal_year, c.until_year, c.amount) for c in commitments] == [
        (2021, 2021, 10),
        (2022, 2022, 20),
        (2023, 2023, 30),
    ]
    assert {c.line_item_id for c in commitments} == {"2022.3.9.1"}


def test_obligation_without_this_year_belongs_to_no_line(tmp_path: Path) -> None:
    entries = read(tmp_path, *obligation((2023, "10"), (2024, "20")))

    assert [c.line_item_id for c in only(CommitmentRecord, entries)] == ["", ""]
    assert only(AllocationRecord, entries) == []


def test_obligation_begins_anew_where_the_years_do(tmp_path: Path) -> None:
    first = obligation((2022, "10"), (2023, "20"))
    second = obligation((2022, "30"), (2023, "40"), start=2)

    commitments = only(CommitmentRecord, read(tmp_path, *first, *second))

    assert [c.line_item_id for c in commitments] == ["2022.3.9.0", "2022.3.9.0", "2022.3.9.2", "2022.3.9.2"]


def test_obligation_of_another_page_is_another_one(tmp_path: Path) -> None:
    first = obligation((2022, "10"), REF_PAGE_NO="16")
    second = obligation((2023, "20"), REF_PAGE_NO="17", start=1)

    commitments = only(CommitmentRecord, read(tmp_path, *first, *second))

    assert [c.line_item_id for c in commitments] == ["2022.3.9.0", ""]


def test_refused_year_does_not_part_an_obligation(tmp_path: Path) -> None:
    entries = read(tmp_path, *obligation((2021, "10"), (2022, "20"), (2023, ""), (2024, "40")))

    assert [c.line_item_id for c in only(CommitmentRecord, entries)] == ["2022.3.9.1"] * 3
    assert [refusal.column for refusal in only(Refusal, entries)] == ["AMOUNT"]


def test_range_of_years_that_was_split_is_restored(tmp_path: Path) -> None:
    part = "891,666.6666666666"
    rows = obligation((2017, part), (2018, part), (2019, part), (2020, "5"), (2022, "7"))

    entries = read(tmp_path, *rows)

    first, *others = only(CommitmentRecord, entries)
    assert (first.item_id, first.fiscal_year, first.until_year) == ("2022.3.9.0", 2017, 2019)
    assert (first.amount, first.line_item_id) == (Decimal(2_675_000), "2022.3.9.4")
    assert [c.fiscal_year for c in others] == [2020, 2022]
    assert notes(entries) == [("restored_range", "891,666.6666666666 × 3", "2,675,000 (2017–2019)")]


@pytest.mark.parametrize(
    "parts",
    [
        [(2017, "891,666.6666666666")],
        [(2017, "891,666.61234"), (2018, "891,666.61234")],
        [(2016, "891,666.6666666666"), (2018, "891,666.6666666666"), (2019, "891,666.6666666666")],
        [(2021, "891,666.6666666666"), (2022, "891,666.6666666666"), (2023, "891,666.6666666666")],
    ],
    ids=["alone", "not whole baht", "a year missing", "over the book's own year"],
)
def test_part_of_a_sum_that_cannot_be_restored_is_refused(
    tmp_path: Path, parts: list[tuple[int, str]]
) -> None:
    entries = read(tmp_path, *obligation(*parts))

    assert [refusal.column for refusal in only(Refusal, entries)] == ["AMOUNT"] * len(parts)
    assert only(CommitmentRecord, entries) == []


def test_exact_satang_in_many_years_are_plain_money(tmp_path: Path) -> None:
    commitments = only(CommitmentRecord, read(tmp_path, *obligation((2025, "1,234.5"), (2026, "1,234.5"))))

    assert [(c.fiscal_year, c.until_year, c.amount) for c in commitments] == [
        (2025, 2025, Decimal("1234.5")),
        (2026, 2026, Decimal("1234.5")),
    ]


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
        ({"BUDGET_PLAN": ""}, "BUDGET_PLAN"),
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
    with pytest.raises(FileError, match="volume"):
        read(tmp_path, row(1, REF_DOC="เล่ม 9"))


def test_other_columns_are_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="AMOUNT"):
        read(tmp_path, header=[column for column in HEADER if column != "AMOUNT"])


def test_header_without_rows_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        read(tmp_path)


# The real files


def volume_path(shared_data: Path, part: str) -> Path:
    return shared_data / "budget" / "fy2565-whitebook-csv" / f"{part.replace('.', '-')}.csv"


@pytest.mark.parametrize("part", VOLUMES)
def test_volume_adds_up_to_its_verified_total(shared_data: Path, part: str) -> None:
    entries = list(BudgetBook().entries(volume_path(shared_data, part)))

    heads, lines = only(Head, entries), only(AllocationRecord, entries)
    commitments = only(CommitmentRecord, entries)
    assert [head.part for head in heads] == [part]
    assert sum(line.amount for line in lines) == VOLUMES[part]
    assert only(Refusal, entries) == []
    assert {c.line_item_id for c in commitments} == {line.item_id for line in lines if line.obliged}
    assert {line.category[:1] for line in lines} <= {
        ("งบบุคลากร",), ("งบดำเนินงาน",), ("งบลงทุน",), ("งบเงินอุดหนุน",), ("งบรายจ่ายอื่น",), ()
    }  # fmt: skip


def test_nineteen_volumes_are_read_whole(shared_data: Path) -> None:
    entries = [entry for part in VOLUMES for entry in BudgetBook().entries(volume_path(shared_data, part))]

    lines, commitments = only(AllocationRecord, entries), only(CommitmentRecord, entries)
    kinds = Counter(note.kind for note in only(Note, entries))
    assert (len(lines), len(commitments)) == (26_724, 6_493)
    assert sum(line.obliged for line in lines) == 1_670
    assert sum(line.amount for line in lines) == Decimal(2_111_296_325_593)
    assert sum(line.amount for line in lines if not line.category) == Decimal(571_047_326_800)
    assert (kinds["restored_range"], kinds["repeated_row"], kinds["amount_cut_short"]) == (62, 7, 11)
    assert len({line.plan for line in lines}) == 60
    assert len({(line.ministry.name, line.agency.name) for line in lines}) == 548
    assert len({line.ministry.name for line in lines}) == 25
    assert (min(c.fiscal_year for c in commitments), max(c.until_year for c in commitments)) == (1967, 2066)


def test_published_target_layout_is_read_alike_from_csv_and_spreadsheet(shared_data: Path) -> None:
    from_csv = list(BudgetBook().entries(shared_data / "budget" / "output_example_v2.csv"))
    from_sheet = list(BudgetBook().entries(shared_data / "budget" / "output_example_v2.xlsx"))

    lines, same = only(AllocationRecord, from_csv), only(AllocationRecord, from_sheet)
    assert [line.item_id for line in lines] == [f"2022.3.5-{n}" for n in (1, 2, 3, 4, 7, 10)]
    assert sum(line.amount for line in lines) == Decimal(39_260_800)
    assert [(line.item_id, line.amount) for line in same] == [(line.item_id, line.amount) for line in lines]
    assert [refusal.value for refusal in only(Refusal, from_sheet)] == ["…", "…"]


def test_rows_of_the_poorer_extraction_are_refused(shared_data: Path) -> None:
    entries = list(BudgetBook().entries(shared_data / "budget" / "2022.3.17.csv"))

    assert only(Head, entries)[0].part == "2022.3.17"
    assert Counter(refusal.column for refusal in only(Refusal, entries)) == {"MINISTRY": 262, "AMOUNT": 13}
    assert only(AllocationRecord, entries) == []


def test_known_bad_extract_lacks_a_row_and_its_total(shared_data: Path) -> None:
    entries = list(BudgetBook().entries(shared_data / "budget" / "2022-3-3(2)-bug.csv"))

    lines = only(AllocationRecord, entries)
    assert [(refusal.line, refusal.column) for refusal in only(Refusal, entries)] == [(9, "CATEGORY_LV4")]
    assert sum(line.amount for line in lines) == Decimal(61_362_400) != VOLUMES["2022.3.3(2)"]


def test_extract_without_rows_is_refused_as_a_whole(shared_data: Path) -> None:
    with pytest.raises(FileError):
        list(BudgetBook().entries(shared_data / "budget" / "2022.3.13(1).csv"))

"""Names of the budget book: ministries in several volumes, local bodies, repairs of what scanning damaged."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from importers.records import AllocationRecord

from .budget_rows import notes, only, read, row, the_line


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


ITEM = "ค่าใช้จ่ายในการคุ้มครองแหล่งและซากดึกดำบรรพ์"


@pytest.mark.parametrize("left_over", ["ค่าครุภัณฑ์", "ค่าที่ดินและสิ่งก่อสร้าง I", "ค่าที่ดินและสิ่ก่อสร้าง"])
def test_item_that_stood_in_the_place_of_its_category_is_put_back_and_noted(
    tmp_path: Path, left_over: str
) -> None:
    entries = read(tmp_path, row(CATEGORY_LV1="งบรายจ่ายอื่น", CATEGORY_LV2=ITEM, ITEM_DESCRIPTION=left_over))

    (line,) = only(AllocationRecord, entries)
    assert (line.category, line.description) == (("งบรายจ่ายอื่น",), ITEM)
    assert notes(entries) == [("repaired_item", f"{ITEM} / {left_over}", ITEM)]


@pytest.mark.parametrize(
    ("levels", "description"),
    [
        (("งบรายจ่ายอื่น", "ค่าครุภัณฑ์"), "พัฒนาระบบฐานข้อมูลด้านการข่าว ระยะที่ 4"),
        (("งบรายจ่ายอื่น", "ค่าที่ดิน∕สิ่งก่อสร้าง"), "ค่าที่ดินและสิ่งก่อสร้าง"),
        (("งบรายจ่ายอื่น", "ค่าใช้จ่ายในการดำรงสภาพกำลังกองทัพ"), "ค่าใช้จ่ายในการปรับปรุงหน่วย"),
        (("งบเงินอุดหนุน", "เงินอุดหนุนทั่วไป"), "ค่าครุภัณฑ์"),
    ],
)
def test_any_other_category_keeps_its_place(
    tmp_path: Path, levels: tuple[str, ...], description: str
) -> None:
    cells = {f"CATEGORY_LV{level}": name for level, name in enumerate(levels, start=1)}

    line = the_line(tmp_path, ITEM_DESCRIPTION=description, **cells)

    assert (line.category, line.description) == (levels, description)

"""Damaged names lead to the true ones they stand for, and never one true name to another."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from importers import known
from importers.names import KnownNames, alone, match, public_form, same_name

WELL_BEING = "แผนงานยุทธศาสตร์เสริมสร้างให้คนมีสุขภาวะที่ดี"
ENVIRONMENT = "แผนงานพื้นฐานด้านการสร้างการเติบโตบนคุณภาพชีวิตที่เป็นมิตรต่อสิ่งแวดล้อม"
PROVINCES = "แผนงานยุทธศาสตร์ส่งเสริมการพัฒนาจังหวัดและกลุ่มจังหวัดแบบบูรณาการ"
POLLUTION = "แผนงานยุทธศาสตร์จัดการมลพิษและสิ่งแวดล้อม"
EQUALITY = "แผนงานยุทธศาสตร์สร้างความเสมอภาคทางการศึกษา"
RESOURCES = "แผนงานยุทธศาสตร์สร้างการเติบโตอย่างยั่งยืน อนุรักษ์ ฟื้นฟู และป้องกันการทำลายทรัพยากรธรรมชาติ"

DAMAGED_PLANS = [
    ("แผนงานยุทธศาสตร์เสริมสร้างให้คนมีสุขภาวะทีดี", WELL_BEING, "marks"),
    ("แผนงานยุทธศาสตรส่งเสริมการพัฒนาจังหวัดและกลุ่มจังหวัดแบบบูรณาการ", PROVINCES, "marks"),
    ("แผนงานยุทธศาสตร์พัฒนาศักยภาพคนตลอดช่วงชีวิตde", "แผนงานยุทธศาสตร์พัฒนาศักยภาพคนตลอดช่วงชีวิต", "specks"),
    ("แผนงานบูรณาการรัฐบาลดิจิทัลaedde", "แผนงานบูรณาการรัฐบาลดิจิทัล", "specks"),
    (f"{POLLUTION}1 : โครงการเฝ้าระวังด้านอนามัย 7,471,800 บาท", POLLUTION, "specks"),
    (f"{ENVIRONMENT}ลิตที่ 1 : ฐานความรู้ 26,151,700 บาทวัตถุประสงค์ :", ENVIRONMENT, "specks"),
    (f"{EQUALITY} 1,703,417,000 บาท", EQUALITY, "specks"),
    (f"{WELL_BEING}ดี", WELL_BEING, "echo"),
    (f"{WELL_BEING}ราง", WELL_BEING, "echo"),
    (f"{PROVINCES}6ญ", PROVINCES, "echo"),
    (f"{ENVIRONMENT}มีตรต่อสิ่งแวดล้อม", ENVIRONMENT, "echo"),
    ("แผนงานยุทธศาสตร์สร้างความร้างความเสมอภาคทางการศึกษา", EQUALITY, "echo"),
    ("แผนงานยุทธศาสตร์สร้างควร้างความเสมอภาคทางการศึกษา", EQUALITY, "echo"),
    ("แผนงานยุทธศาสตร์จัดการมลพิษและสิ่งแวดล์วดล้อม", POLLUTION, "echo"),
    (
        "แผนงานพื้นฐานด้านการพัฒนาและเสริมสร้างศักยภาพหรัพยากรมนุษย์",
        "แผนงานพื้นฐานด้านการพัฒนาและเสริมสร้างศักยภาพทรัพยากรมนุษย์",
        "letters",
    ),
    (f"แผนงานงบรายจ่าย งบบุคลากร รวม 30.5768 105.7370 แผนงาน และ ผลผลิต/โครงการ{PROVINCES}", PROVINCES, "table"),
    (RESOURCES.replace(" ", "").removesuffix("ทรัพยากรธรรมชาติ"), RESOURCES, "listed"),
]

PLANS_OF_OTHER_YEARS = [
    "แผนงานพื้นฐานด้านการสร้างความสามารถในการแข่งขันของประเทศ",
    "แผนงานพื้นฐานด้านความมั่นคงและการต่างประเทศ",
    "แผนงานพื้นฐานด้านการปรับสมดุลและพัฒนาระบบบริหารจัดการภาครัฐ",
    "แผนงานบุคลากรภาครัฐ (ด้านการปรับสมดุลและพัฒนาระบบบริหารจัดการภาครัฐ)",
    "แผนงานบูรณาการสร้างรายได้จากการท่องเที่ยวและบริการ",
    "แผนงานบูรณาการพัฒนาเศรษฐกิจฐานรากและชุมชนเข้มแข็ง",
    "แผนงานบูรณาการพัฒนาพื้นที่เขตเศรษฐกิจพิเศษ",
    "แผนงานยุทธศาสตร์รักษาความสงบเรียบร้อยภายในประเทศ",
    "แผนงานยุทธศาสตร์จัดการผลกระทบจากการเปลี่ยนแปลงสภาวะภูมิอากาศ และภัยพิบัติ",
    "ไม่ระบุ",
]

DAMAGED_AGENCIES = [
    ("สำนักงานทรัพยากรนำแห่งชาติ", "สำนักงานทรัพยากรน้ำแห่งชาติ", "marks"),
    ("กรมทรัพยากรทางทะเลและชายฝั่ง ญ", "กรมทรัพยากรทางทะเลและชายฝั่ง", "specks"),
    ("มหาวิทยาลัยเทคโนโลยีราชมงคลศรีวิชัย de u", "มหาวิทยาลัยเทคโนโลยีราชมงคลศรีวิชัย", "specks"),
    ("กรมส่งเสริมคุณภาพิ่งแวดล้อม", "กรมส่งเสริมคุณภาพสิ่งแวดล้อม", "letters"),
    ("กรมสรรพกร", "กรมสรรพากร", "listed"),
    ("จังหวัดสิงค์บุรี", "จังหวัดสิงห์บุรี", "listed"),
    ("สถาบันพัฒนาองค์กรชุมชน", "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)", "listed"),
]

DAMAGED_CATEGORIES = [
    ("ค่าก่อสร้างอื่นๆ", "ค่าก่อสร้างอื่น ๆ", "marks"),
    ("ค่าครุภัณฑ์ 140,548,800", "ค่าครุภัณฑ์", "specks"),
    ("ค่าครุภัณฑ์ 6 ที่ดินและสิ่งก่อสร้าง ส่e", "ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง", "specks"),
    ("ค่าใช้จ่ายดำเนินงาน シ 」", "ค่าใช้จ่ายดำเนินงาน", "specks"),
    ("ค่าครุภัณฑ์ ที่ดินและสี ที่ดินและสิ่งก่อสร้าง", "ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง", "echo"),
    ("ด่าตอบแทน ใช้สอยและวัสดุ", "ค่าตอบแทน ใช้สอยและวัสดุ", "letters"),
    ("ค่าครูภัณฑ์", "ค่าครุภัณฑ์", "listed"),
]


@pytest.mark.parametrize(("printed", "true", "how"), DAMAGED_PLANS)
def test_damaged_plan_is_read_as_the_true_one(printed: str, true: str, how: str) -> None:
    assert known.plans().find(printed) == (true, how)


@pytest.mark.parametrize("printed", PLANS_OF_OTHER_YEARS)
def test_plan_of_another_year_is_no_damaged_plan(printed: str) -> None:
    assert known.plans().find(printed) is None


@pytest.mark.parametrize(("printed", "true", "how"), DAMAGED_AGENCIES)
def test_damaged_agency_is_read_as_the_true_one(printed: str, true: str, how: str) -> None:
    assert known.agencies().find(printed) == (true, how)


@pytest.mark.parametrize(("printed", "true", "how"), DAMAGED_CATEGORIES)
def test_damaged_category_is_read_as_the_true_one(printed: str, true: str, how: str) -> None:
    assert known.categories().find(printed) == (true, how)


def test_categories_that_differ_in_a_word_stay_two() -> None:
    with_and = known.categories().find("ค่าที่ดินและสิ่งก่อสร้าง")
    with_slash = known.categories().find("ค่าที่ดิน/สิ่งก่อสร้าง")

    assert with_and is not None
    assert with_slash is not None
    assert with_and.name != with_slash.name


@pytest.mark.parametrize("printed", ["กลุ่มจังหวัดภาคเหนือตอนบน", "กลุ่มจังหวัดภาคตะวันออกเฉียงเหนือตอนล่าง"])
def test_group_of_provinces_without_its_number_is_neither_one(printed: str) -> None:
    assert known.agencies().find(printed) is None


def listed(kind: str) -> list[str]:
    path = Path(known.__file__).parent / f"{kind}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def as_plans(names: Iterable[str]) -> KnownNames:
    return KnownNames(dict.fromkeys(names, ()), letter_from=25, digits_matter=False)


def as_categories(names: Iterable[str]) -> KnownNames:
    return KnownNames(dict.fromkeys(names, ()), letter_from=12, digits_matter=False, specks_of=3)


def as_agencies(names: Iterable[str]) -> KnownNames:
    return KnownNames(dict.fromkeys(names, ()), letter_from=10)


@pytest.mark.parametrize(
    ("kind", "build"), [("plans", as_plans), ("categories", as_categories), ("agencies", as_agencies)]
)
def test_no_listed_name_is_taken_for_another(kind: str, build: Callable[[Iterable[str]], KnownNames]) -> None:
    names = listed(kind)

    taken = {name: build(other for other in names if other != name).find(name) for name in names}

    assert {name: found for name, found in taken.items() if found} == {}


@pytest.mark.parametrize("kind", ["plans", "categories", "agencies"])
def test_each_listed_name_is_itself(kind: str) -> None:
    names: KnownNames = getattr(known, kind)()

    assert all(names.find(name) == (name, "same") for name in listed(kind))


def test_ministry_keeps_the_name_that_was_printed() -> None:
    printed = "หน่วยงานขององค์กรอิสระและองค์กรอัยการ"

    assert known.ministries().find(printed) == (printed, "same")


# Matching with a list that may be incomplete

AGENCIES = ["กรมชลประทาน", "สำนักงานความร่วมมือ (องค์การมหาชน)", "จังหวัดระยอง", "สำนักงานปลัดกระทรวงสาธารณสุข"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("กรมชลประทาน", "กรมชลประทาน"),
        ("กรม ชลประทาน", "กรมชลประทาน"),
        ("กรมชลประทาน P.", "กรมชลประทาน"),
        ("สำนักงานความรวมมือ", "สำนักงานความร่วมมือ (องค์การมหาชน)"),
        ("สํานักงานปลัดกระทรวงสาธารณสุข", "สำนักงานปลัดกระทรวงสาธารณสุข"),
        ("สำนักงานปลัดกระหรวงสาธารณสุข", "สำนักงานปลัดกระทรวงสาธารณสุข"),
    ],
)
def test_printed_name_is_matched(printed: str, meant: str) -> None:
    found = match(printed, AGENCIES)

    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize("printed", ["จังหวัดระนอง", "กรมชลประทาน 2", "กรมการข้าว", ""])
def test_other_body_is_not_matched(printed: str) -> None:
    assert match(printed, AGENCIES) is None


def test_name_that_may_mean_two_is_not_matched() -> None:
    candidates = ["กลุ่มจังหวัดภาคเหนือตอนบน1", "กลุ่มจังหวัดภาคเหนือตอนบน2"]

    assert match("กลุ่มจังหวัดภาคเหนือตอนบน", candidates) is None
    assert match("กลุ่มจังหวัดภาคเหนือตอนบน 2", candidates) == ("กลุ่มจังหวัดภาคเหนือตอนบน2", "marks")


def test_public_organisation_and_its_namesake_stay_two() -> None:
    candidates = ["สถาบันเทคโนโลยี", "สถาบันเทคโนโลยี (องค์การมหาชน)"]

    assert match("สถาบันเทคโนโลยี", candidates) == (candidates[0], "same")
    assert match("สถาบันเทคโนโลยี (องค์การมหาชน)", candidates) == (candidates[1], "same")


def test_names_are_the_same_whatever_marks_are_lost() -> None:
    assert same_name("สำนักงานสภาความมั่นคงแห่งชาติ", "สํานักงาน สภาความมันคงแห่งชาติ")
    assert not same_name("จังหวัดระยอง", "จังหวัดระนอง")


def test_amount_read_into_a_name_is_left_out() -> None:
    assert alone("โครงการปราบปรามการกระทำความผิด 115,548,800") == "โครงการปราบปรามการกระทำความผิด"
    assert alone("ค่าเช่ารถยนต์ 90 คัน") == "ค่าเช่ารถยนต์ 90 คัน"


def test_public_form_leaves_out_what_kind_of_body_it_is() -> None:
    assert public_form("หอภาพยนตร์ (องค์การมหาชน)") == "หอภาพยนตร์"


def test_plans_of_2560_and_2561_are_taken_for_none_but_themselves(shared_data: Path) -> None:
    folder = shared_data / "disbursement" / "govspending-bbgfproject"
    printed = {
        json.loads(line)["plan_name"].strip()
        for path in folder.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }

    found = {name: known.plans().find(name) for name in printed}

    assert all(kept.name == name for name, kept in found.items() if kept)
    assert sum(kept is not None for kept in found.values()) == 8

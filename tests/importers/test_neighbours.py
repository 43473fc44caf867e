"""Persons by whose house a place is told, and villages called after somebody. The names are made up."""

from __future__ import annotations

import pytest

from importers.neighbours import without_neighbours
from importers.persons import NAMED_PERSON, without_persons

TOLD_BY_SOMEBODY = [
    ("ก่อสร้างถนน คสล. สายบ้าน", "นายมั่นหมาย ดวงประเสริฐ", " หมู่ที่ 3 ตำบลตัวอย่าง"),
    ("ขุดสระน้ำ บริเวณบ้าน", "นางสาวมั่นหมาย ดวงประเสริฐ", "หมู่ที่ 8 บ้านตัวอย่าง"),
    ("ขุดสระน้ำ ที่ตั้งบริเวณที่ดินของ", "นายมั่นหมาย ดวงประเสริฐ", " หมู่ที่ 8"),
    ("ถนนลาดยาง (จากบ้าน", "นางมั่นหมาย", " ถึงวัดตัวอย่าง)"),
    ("ถนนลาดยาง จากที่นา", "นางมั่นหมาย ดวงประเสริฐ", " ถึงคันคลอง"),
    ("ถนนสายแยก", "นายมั่นหมาย", "-สำนักสงฆ์"),
    ("ถนนเลียบคลอง จากบ้า", "นายมั่นหมายดวงประเสริฐ", " หมู่ที่ 1"),
    ("วางท่อประปา -บ้าน", "นายดวง", " หมู่ที่ 9"),
    ("ถนน หมู่ที่ 3 หน้าร้านค้า", "นายกมล ดวงประเสริฐ", " กว้าง 4 เมตร"),
    ("ถนน หมู่ที่ 3 สวน", "นายเรืองศักดิ์", ")"),
    ("ถนนสายข้างบ้านอาจารย์", "มั่นหมาย", " หมู่ 6"),
    ("ขุดลอก (บริเวณบ้านผู้ใหญ่", "มั่นหมาย", ")ตำบลตัวอย่าง"),
    ("ขุดลอก หลังบ้านกำนัน", "มั่นหมาย", ") เทศบาล"),
    ("ถนนสายบ้าน สท.", "มั่นหมาย ดวงประเสริฐ", " บ้านท่า"),
]
PLACES = [
    "ถนน หมู่ที่ 8 บ้านนางนม ตำบลขุนทะเล",
    "ถนน หมู่ที่ 5 บ้านนายยอดทอง - ทุ่งไพร",
    "เทศบาลตำบลบางนายสี อำเภอตะกั่วป่า",
    "ถนน บ้านทุ่งนายพัน ตำบลโคกสัก",
    "องค์การบริหารส่วนตำบลนางแดด",
    "โรงเรียนเทศบาลวัดนางวัง และวัดนางสาว",
    "ถนนสายบ้านนางรอง-บ้านนายายอาม บ้านนายูง",
    "สายบ้านนางสว่างหมู่ที่ 5",
    "ที่ทำการผู้ใหญ่บ้าน หลังบ้านพักนายอำเภอ ข้างบ้านครูบาศรี",
    "จากนครนายก ถึงบ้านนา จังหวัดนครนายก",
    "หน้าที่ทำการนายกเทศมนตรี ทนายความ",
]  # fmt: skip


@pytest.mark.parametrize(("before", "somebody", "behind"), TOLD_BY_SOMEBODY)
def test_place_is_told_without_the_person_who_lives_there(before: str, somebody: str, behind: str) -> None:
    assert without_neighbours(before + somebody + behind) == (f"{before}{NAMED_PERSON}{behind}", 1)


@pytest.mark.parametrize("text", PLACES)
def test_place_called_after_somebody_keeps_its_name(text: str) -> None:
    assert without_neighbours(text) == (text, 0)


@pytest.mark.parametrize("name", ["นายกมล", "นายกิตติศักดิ์", "นายเรืองชัย", "นายพลวัต", "นายพลกฤต"])
@pytest.mark.parametrize("before", ["จ้าง", "จ้างเหมาบริการ ", "โดย"])
def test_person_whose_name_begins_like_an_office_is_left_out(before: str, name: str) -> None:
    assert without_persons(f"{before}{name} ดวงประเสริฐ 1 งาน") == (f"{before}{NAMED_PERSON} 1 งาน", 1)


@pytest.mark.parametrize(
    "text",
    [
        "ปรับปรุงบ้านพักนายกเทศมนตรี และนายกองค์การบริหารส่วนตำบล นายก อบต.",
        "ถนนในจังหวัดนครนายกพร้อมป้าย พัฒนายกระดับคุณภาพ",
        "ถนนในตำบลบางนายสี อำเภอตะกั่วป่า และตำบลนางแดด เทศบาล",
        "โรงเรียนวัดนางสาว ตำบลท่าไม้ สถานสงเคราะห์เด็กชายบ้านเชียงใหม่ พัฒนาเด็กชายขอบ",
        "สมเด็จพระเจ้าน้องนางเธอ เจ้าฟ้าจุฬาภรณวลัยลักษณ์",
        "เครื่องแบบนายเรือ นายทหาร พลเรือน นายพลตำรวจ ค่าทนายความอาสา",
    ],
)
def test_office_that_begins_like_a_title_stays(text: str) -> None:
    assert without_persons(text) == (text, 0)

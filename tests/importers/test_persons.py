"""Natural persons are told from companies, in doubt as persons, and taken out of words. Names are made up."""

from __future__ import annotations

import pytest

from importers.persons import is_id, is_person_like, is_usable, winner_of, without_persons


@pytest.mark.parametrize(
    ("tax_id", "name"),
    [
        ("3619900xxxxxx", "นายสมมุติ ทดสอบ"),
        ("3619900…xxxx", "ร้านทดสอบ"),
        ("000000000xxxx", "บุคคลธรรมดา"),
        ("3619900123456", "บริษัท ทดสอบ จำกัด"),  # the id of a natural person outweighs the name
        ("3.6199E+12", "หจก.ทดสอบ"),
        ("0.0000E+00", "บุคคลธรรมดา"),
        ("1.05559E+11", "นางสาวสมมุติ ทดสอบ"),
        ("0105559000018", "นายสมมุติ ทดสอบ"),
        ("", "ร้านสมมุติพาณิชย์"),
        ("", "ส.ต.ท. สมมุติ ทดสอบ"),
        ("-", "ว่าที่ร้อยตรีหญิง สมมุติ ทดสอบ"),
        ("", "Mr. John Example"),
        ("0105559000019", "สมมุติ ทดสอบ"),  # a wrong check digit: no usable id, no legal form
    ],
)
def test_natural_person_leaves_nothing_behind(tax_id: str, name: str) -> None:
    winner = winner_of(tax_id, name)

    assert (winner.kind, winner.tax_id, winner.name, winner.refused_id) == ("person", "", "", "")


def test_company_with_a_whole_id_is_known_by_it() -> None:
    winner = winner_of("0105559000018", "บริษัท  ตัวอย่าง จำกัด")

    assert (winner.kind, winner.tax_id, winner.name) == ("numbered", "0105559000018", "บริษัท ตัวอย่าง จำกัด")


@pytest.mark.parametrize("tax_id", ["1.05559E+11", "9.94E+11", "105559000018", "0105559000019", "", "-"])
def test_company_without_usable_id_is_known_by_name_alone(tax_id: str) -> None:
    winner = winner_of(tax_id, "บริษัท ตัวอย่าง จำกัด")

    assert (winner.kind, winner.tax_id, winner.name) == ("unnumbered", "", "บริษัท ตัวอย่าง จำกัด")
    assert winner.refused_id == tax_id.strip("-")


def test_row_without_a_winner_says_so() -> None:
    assert winner_of("-", " - ").kind == "unknown"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("จ้างเหมานายสมมุติ ทดสอบ โดยวิธีเฉพาะเจาะจง", "จ้างเหมา(ชื่อบุคคล) โดยวิธีเฉพาะเจาะจง"),
        ("จ้าง นาง สมหญิง ทดสอบ จำนวน 1 ราย", "จ้าง (ชื่อบุคคล) จำนวน 1 ราย"),
        ("จ้าง น.ส.สมหญิง ทดสอบ", "จ้าง (ชื่อบุคคล)"),
        ("ค่าจ้าง ว่าที่ร้อยตรีหญิง สมหญิง ทดสอบ", "ค่าจ้าง (ชื่อบุคคล)"),
    ],
)
def test_person_named_in_words_is_taken_out(text: str, left: str) -> None:
    assert without_persons(text) == (left, 1)


@pytest.mark.parametrize(
    "text",
    [
        "เลือกตั้งนายกองค์การบริหารส่วนจังหวัด โดยวิธีเฉพาะเจาะจง",
        "ถนนสายนางรอง - ละหานทราย",
        "เฉลิมพระเกียรติสมเด็จพระนางเจ้าสิริกิติ์ พระบรมราชินีนาถ",
        "งานพัฒนางานประชาสัมพันธ์ โดยวิธีเฉพาะเจาะจง",
        "ลงวันที่ 23 มิถุนายน 2565 โครงการศึกษา",
        "โรงเรียนนายเรืออากาศ อำเภอมวกเหล็ก",
        "ที่ว่าการอำเภอ นายอำเภอเมือง จังหวัดตาก",
    ],
)
def test_words_that_only_look_like_a_person_stay(text: str) -> None:
    assert without_persons(text) == (text, 0)


def test_winner_is_taken_out_of_a_title_without_a_title_of_their_own() -> None:
    text, found = without_persons("จ้างเหมา สมหญิง  ทดสอบ ทำความสะอาด", "นางสาวสมหญิง ทดสอบ")

    assert (text, found) == ("จ้างเหมา (ชื่อบุคคล) ทำความสะอาด", 1)


def test_check_digit_of_an_id_must_be_right() -> None:
    assert is_usable("0305560001659")
    assert not is_usable("0305560001658")
    assert not is_usable("0000000000000")


def test_shape_of_an_id_tells_a_shifted_row() -> None:
    assert all(map(is_id, ["", "-", "0105559000018", "1.05559E+11", "3619900xxxxxx"]))
    assert not is_id("บริษัท ตัวอย่าง จำกัด")
    assert not is_id("13.7563")


def test_text_that_begins_with_a_title_is_like_a_person() -> None:
    assert is_person_like("นาย สมมุติ")
    assert not is_person_like("เชียงใหม")


@pytest.mark.parametrize(
    ("tax_id", "name"),
    [
        ("", "Example Aerospace GmbH"),
        ("HRB 1234", "Example Trading Co., Ltd."),
        ("-", "EXAMPLE SYSTEMS INC"),
        ("123456789", "Example Optics Pte Ltd"),
    ],
)
def test_foreign_company_without_a_persons_id_is_known_by_its_name(tax_id: str, name: str) -> None:
    winner = winner_of(tax_id, name)

    assert (winner.kind, winner.name) == ("unnumbered", name)


@pytest.mark.parametrize(
    ("tax_id", "name"),
    [
        ("9940000123456", "Example Aerospace GmbH"),  # whole, but a person may bear it: in doubt hidden
        ("3619900xxxxxx", "Example Trading Co., Ltd."),
        ("", "Example Brothers"),  # says no legal form
        ("", "Mr. John Example Co., Ltd."),
    ],
)
def test_foreign_winner_is_hidden_where_a_person_may_stand_behind(tax_id: str, name: str) -> None:
    winner = winner_of(tax_id, name)

    assert (winner.kind, winner.name) == ("person", "")

"""Public bodies are called on English pages what they call themselves."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from importers.bodies import Bodies
from importers.known import _read
from importers.records import Body
from spending.bodies_in_english import english_body
from spending.models import Agency


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("กรมชลประทาน", "Royal Irrigation Department"),
        ("ศูนย์คุณธรรม", "Moral Promotion Center"),
        ("ศูนย์คุณธรรม (องค์การมหาชน)", "Moral Promotion Center (Public Organisation)"),
        ("จังหวัดเชียงใหม่", "Chiang Mai Province"),
        ("องค์การบริหารส่วนจังหวัดตาก", "Tak Provincial Administrative Organisation"),
        ("กรมประชาสัมพันธ์", "The Government Public Relations Department"),
        ("สำนักงานการตรวจเงินแผ่นดิน", "State Audit Office of the Kingdom of Thailand"),
        ("การรถไฟแห่งประเทศไทย", "State Railway of Thailand"),
        (
            "กรมอุทยานแห่งชาติ สัตว์ป่าและพันธุ์พืช",
            "Department of National Parks, Wildlife and Plant Conservation",
        ),
        ("กองทุนเงินให้กู้ยืมเพื่อการศึกษา", "Student Loan Fund"),
        ("เทศบาลนครเชียงใหม่", ""),
        ("กรมที่ไม่มี", ""),
    ],
)
def test_body_has_the_name_it_gives_itself(name: str, english: str) -> None:
    assert english_body(name) == english


def test_every_listed_agency_has_an_english_name_of_its_own() -> None:
    english = {name: english_body(name) for name in _read("agencies")}

    assert [name for name, said in english.items() if not said] == []
    assert len(set(english.values())) == len(english)


@pytest.mark.django_db
def test_new_body_is_kept_with_its_english_name() -> None:
    bodies = Bodies.from_database()
    bodies.find(Body("กรมการข้าว", "07015", Agency.Kind.AGENCY, ""))
    bodies.save()

    found = Agency.objects.get(code="07015")
    assert found.name_en == "Rice Department"
    assert Agency.objects.filter(search_key__holds="rice dep").get() == found


@pytest.mark.django_db
def test_bodies_loaded_before_get_their_english_names_and_lose_them_again() -> None:
    steps = import_module("spending.migrations.0025_bodies_in_english")
    bodies = (("กรมการข้าว", ""), ("กรมประมง", "Fishery"), ("กรมที่ไม่มี", ""))
    before = [
        Agency.objects.create(code=name, name=name, name_en=name_en, kind=Agency.Kind.AGENCY)
        for name, name_en in bodies
    ]

    steps.name(apps, None)
    named = [Agency.objects.get(pk=one.pk).name_en for one in before]
    steps.forget(apps, None)
    forgotten = [Agency.objects.get(pk=one.pk).name_en for one in before]

    assert named == ["Rice Department", "Fishery", ""]
    assert forgotten == ["", "Fishery", ""]


@pytest.mark.django_db
def test_names_that_were_not_the_bodys_own_are_mended_and_those_that_staff_gave_stay() -> None:
    steps = import_module("spending.migrations.0028_bodies_called_as_they_call_themselves")
    bodies = (
        ("กรมประชาสัมพันธ์", "Public Relations Department", Agency.Kind.AGENCY),
        ("สำนักงานการตรวจเงินแผ่นดิน", "Auditors", Agency.Kind.AGENCY),
        ("ธนาคารออมสิน", "", Agency.Kind.STATE_ENTERPRISE),
        ("กองทุนผู้สูงอายุ", "", Agency.Kind.FUND),
        ("กรมการข้าว", "Rice Department", Agency.Kind.AGENCY),
    )
    before = [
        Agency.objects.create(code=str(n), name=one[0], name_en=one[1], kind=one[2])
        for n, one in enumerate(bodies)
    ]

    steps.mend(apps, None)
    mended = [Agency.objects.get(pk=one.pk) for one in before]
    steps.undo(apps, None)
    undone = [Agency.objects.get(pk=one.pk).name_en for one in before]

    assert [one.name_en for one in mended] == [
        "The Government Public Relations Department",
        "Auditors",
        "Government Savings Bank",
        "",
        "Rice Department",
    ]
    assert Agency.objects.filter(search_key__holds="savings").count() == 0
    assert undone == [one.name_en for one in before]

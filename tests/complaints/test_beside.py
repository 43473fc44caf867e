"""Two cases side by side: the same fields aligned, both openings written down, joined and parted there."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from complaints import duplicates, handling, roles, sealing
from complaints.admin.beside import compared
from complaints.handling import NotPossible
from complaints.models import Complaint, Event

from .cases import complaint
from .staff import account, signed_in

pytestmark = pytest.mark.django_db


def told(**matter: str) -> Complaint:
    return complaint(matter=sealing.seal_words(matter, settings.COMPLAINT_PUBLIC_KEYS[0]))


def there(left: Complaint, right: Complaint) -> str:
    return f"/admin/complaints/complaint/{left.pk}/beside/{right.pk}/"


def test_same_fields_stand_beside_each_other_and_say_whether_they_differ() -> None:
    left = told(subject="ถนน", detail="ลาดยางไม่ครบ", place="ขอนแก่น")
    right = told(detail="ลาดยางบาง", subject="ถนน")

    rows = {str(row.name): row for row in compared(left, right, "triage")}

    said = {name: (row.left, row.right, row.is_same) for name, row in rows.items()}
    assert said["เรื่อง"] == ("ถนน", "ถนน", True)
    assert said["สิ่งที่เกิดขึ้น"] == ("ลาดยางไม่ครบ", "ลาดยางบาง", False)
    assert said["สถานที่"] == ("ขอนแก่น", "–", False)
    assert all((row.left, row.right) != ("–", "–") for row in rows.values())


def test_both_openings_are_written_down_and_nothing_later_is_told() -> None:
    left, right = told(subject="ก"), told(subject="ข")
    handling.triage.write_note(left, "บันทึกลับ", "triage")

    said = signed_in(roles.TRIAGE).get(there(left, right)).text

    assert "บันทึกลับ" not in said
    opened = Event.objects.filter(kind=Event.Kind.OPENED, actor=roles.TRIAGE)
    assert {event.complaint_id for event in opened} == {left.pk, right.pk}


@pytest.mark.parametrize(("act", "outcome"), [("link", ""), ("merge", "duplicate")])
@pytest.mark.parametrize("main", [0, 1])
def test_they_are_joined_in_the_direction_that_was_chosen_and_parted_again(
    act: str, outcome: str, main: int
) -> None:
    cases, client = [complaint(), complaint()], signed_in(roles.TRIAGE)
    followed, other = cases[main], cases[1 - main]

    client.post(there(*cases), {"act": act, "followed": followed.reference})
    other.refresh_from_db()
    joined = (other.duplicate_of, other.outcome)
    client.post(there(*cases), {"act": "part"})

    other.refresh_from_db()
    assert joined == (followed, outcome)
    assert (other.duplicate_of, other.outcome) == (None, "")
    assert {"linked", "unlinked"} <= {event.kind for event in followed.events.all()}


@pytest.mark.parametrize("wrong", [{}, {"act": "x"}, {"act": "part"}])
def test_what_cannot_be_done_is_said(wrong: dict[str, str]) -> None:
    cases = [complaint(), complaint()]

    answer = signed_in(roles.TRIAGE).post(there(*cases), wrong, follow=True)

    assert "messagelist" in answer.text
    assert not Event.objects.filter(kind=Event.Kind.LINKED).exists()


def test_case_is_joined_with_one_other_case_at_a_time() -> None:
    case, first, second = complaint(), complaint(), complaint()
    duplicates.link(case, first, "triage")

    with pytest.raises(NotPossible):
        duplicates.link(case, second, "triage")
    duplicates.merge(case, first, "triage")

    assert case.outcome == "duplicate"


@pytest.mark.parametrize("kept", [0, 1])
@pytest.mark.parametrize("method", ["get", "post"])
def test_case_that_is_kept_from_a_person_stands_beside_none(kept: int, method: str) -> None:
    cases, client = [complaint(), complaint()], signed_in(roles.TRIAGE)
    handling.keep_from(cases[kept], account(roles.TRIAGE), "supervisor")

    answer = getattr(client, method)(there(*cases), {"act": "link"})

    assert answer.status_code == 404
    assert not Event.objects.filter(kind__in=["opened", "linked"]).exists()


def test_number_that_is_typed_leads_beside_and_changes_nothing() -> None:
    case, other, client = complaint(), complaint(), signed_in(roles.TRIAGE)
    page = f"/admin/complaints/complaint/{case.pk}/change/"

    def pressed(number: str) -> Any:
        return client.post(page, {"joined_with": number, "joining": "merge", "_beside": "1"})

    assert pressed(other.reference).url == there(case, other)
    assert [pressed(number).url for number in ("", "000000000", case.reference)] == [page] * 3
    assert not case.events.exists()


@pytest.mark.parametrize("role", [roles.INTAKE, roles.AUDITOR, roles.LIAISON, "superuser", "no role"])
def test_who_may_not_read_learns_of_no_number_and_joins_nothing(role: str) -> None:
    case, other, client = complaint(), complaint(), signed_in(role)
    page = f"/admin/complaints/complaint/{case.pk}/change/"

    typed = client.post(page, {"joined_with": other.reference, "_beside": "1"})
    client.post(there(case, other), {"act": "link", "followed": case.reference})

    assert "beside" not in typed.headers.get("Location", "")
    assert not Event.objects.exists()


def test_candidates_lead_to_the_page() -> None:
    case, other = complaint(about="/agencies/1/"), complaint(about="/agencies/1/")

    said = signed_in(roles.TRIAGE).get(f"/admin/complaints/complaint/{case.pk}/change/").text

    assert there(case, other) in said
    assert signed_in(roles.TRIAGE).get(there(case, case)).status_code == 404

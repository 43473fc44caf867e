"""Letters that staff post or take there: with what a delivery on paper is closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from complaints import handing_over, roles
from complaints.models import Change, Dispatch, Handover

from .cases import complaint, dispatch
from .staff import signed_in

pytestmark = pytest.mark.django_db


def day(after: int) -> str:
    return (timezone.localdate() + timedelta(days=after)).isoformat()


def letter(**changes: str) -> dict[str, str]:
    said = {
        "letter_number": "ศก 0012/2569", "letter_on": day(-2), "way": "ems", "sent_on": day(-1),
        "unit": "กลุ่มรับเรื่อง", "parcel": "ex 473124829 th",
    }  # fmt: skip
    return said | changes


def taken_in(**changes: str) -> dict[str, str]:
    said = {"decision": "acknowledged", "registered_as": "ปปท 12/2569", "register_day": day(0)}
    return said | {"register_unit": "งานสารบรรณ"} | changes


@pytest.fixture
def sent() -> Dispatch:
    """A delivery on paper that waits for staff."""
    waiting = dispatch(state="exhausted", next_attempt_at=None)
    type(waiting.desk).objects.filter(pk=waiting.desk_id).update(channel="paper")
    return Dispatch.objects.get(pk=waiting.pk)


def save(sent: Dispatch, said: dict[str, str], role: str = roles.TRIAGE) -> Any:
    answer = signed_in(role).post(f"/admin/complaints/dispatch/{sent.pk}/change/", said, follow=True)
    sent.refresh_from_db()
    return answer


def test_letter_is_known_by_all_its_lines_and_has_arrived(sent: Dispatch) -> None:
    save(sent, letter())

    handover = Handover.objects.get(dispatch=sent)
    assert (sent.state, sent.receipt) == ("delivered", "ศก 0012/2569 ems EX473124829TH")
    assert (handover.parcel, handover.unit, handover.sent_on.isoformat()) == (
        "EX473124829TH", "กลุ่มรับเรื่อง", day(-1),
    )  # fmt: skip
    assert [event.kind for event in sent.complaint.events.all()] == ["delivered"]
    assert Change.objects.get(table="complaints_handover").actor == roles.TRIAGE


@pytest.mark.parametrize(
    "wrong",
    [{"letter_number": ""}, {"letter_number": "no number"}, {"letter_on": ""}, {"way": ""}, {"sent_on": ""},
     {"unit": ""}, {"parcel": ""}, {"parcel": "EX473124828TH"}, {"parcel": "EX12"}, {"way": "dove"},
     {"sent_on": day(-3)}, {"sent_on": day(1)}, {"letter_on": "2/11/2569"}, {"unit": "นางสาวใจดี"}],
    ids=str,
)  # fmt: skip
def test_letter_without_one_of_its_lines_closes_nothing(sent: Dispatch, wrong: dict[str, str]) -> None:
    answer = save(sent, letter(**wrong))

    assert "errorlist" in answer.text
    assert (sent.state, Handover.objects.count()) == ("exhausted", 0)


def test_letter_by_hand_needs_no_parcel(sent: Dispatch) -> None:
    save(sent, letter(way="hand", parcel=""))

    assert sent.state == "delivered"


def test_what_the_body_said_has_a_number_a_day_and_whoever_took_it_in(sent: Dispatch) -> None:
    save(sent, letter())
    answer = save(sent, taken_in())

    assert (sent.state, sent.register_number) == ("acknowledged", "ปปท 12/2569")
    assert (sent.registered_on, sent.taken_in_by) == (timezone.localdate(), "งานสารบรรณ")
    page = signed_in(roles.TRIAGE).get(f"/admin/complaints/dispatch/{sent.pk}/change/").text
    assert "EX473124829TH" in page
    assert "งานสารบรรณ" in page
    assert 'name="letter_number"' not in page
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"registered_as": ""}, {"register_day": ""}, {"register_unit": ""}, {"register_day": day(1)},
     {"register_unit": "นาย สมชาย ใจดี"}, {"decision": "refused", "register_unit": ""}],
    ids=str,
)  # fmt: skip
def test_what_the_body_said_is_not_taken_in_halves(sent: Dispatch, wrong: dict[str, str]) -> None:
    save(sent, letter())

    answer = save(sent, taken_in(**wrong))

    assert "errorlist" in answer.text
    assert sent.state == "delivered"


def test_letter_on_paper_is_not_closed_before_it_was_handed_over(sent: Dispatch) -> None:
    save(sent, taken_in())
    alone = sent.state
    save(sent, letter() | taken_in())  # both at once

    assert (alone, sent.state) == ("exhausted", "acknowledged")


def test_page_of_what_is_stuck_says_what_can_be_done(sent: Dispatch) -> None:
    address = f"/en/admin/complaints/dispatch/{sent.pk}/change/"

    stuck = signed_in(roles.TRIAGE).get(address).text
    save(sent, letter() | taken_in())
    done = signed_in(roles.TRIAGE).get(address).text

    assert "tick it in the list of deliveries" in stuck
    assert "If it goes by letter or by hand" in stuck
    assert "tick it in the list of deliveries" not in done
    assert "If it goes by letter or by hand" not in done
    assert "It cannot be changed afterwards" in done


def test_letter_is_handed_over_once(sent: Dispatch) -> None:
    save(sent, letter())
    save(sent, letter(letter_number="99/2569"))

    assert Handover.objects.get().letter_number == "ศก 0012/2569"


def test_liaison_reads_what_to_do_first() -> None:
    ready = dispatch(complaint=complaint(), state="ready", next_attempt_at=None, receipt="x")

    page = signed_in(roles.LIAISON).get(f"/en/admin/complaints/dispatch/{ready.pk}/change/").text

    assert "Take the dossier first." in page
    assert "By letter, by telephone" not in page


def test_liaison_says_nothing_of_letters() -> None:
    ready = dispatch(complaint=complaint(), state="ready", next_attempt_at=None, receipt="x")

    save(ready, letter(), role=roles.LIAISON)

    assert (ready.state, Handover.objects.count()) == ("ready", 0)


@pytest.mark.parametrize(
    ("number", "checks_out"),
    [("EX473124829TH", True), ("EX473124820TH", False), ("EX47312482๙TH", False), ("RR123456785TH", True),
     ("473124829", False)],
)  # fmt: skip
def test_digits_of_a_parcel_check_out(number: str, checks_out: bool) -> None:
    assert handing_over.is_parcel(number) == checks_out

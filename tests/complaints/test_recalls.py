"""What was cancelled while it was being sent, and reached the body all the same: said to all, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client

from complaints import clocks, duplicates, filing, handling, queues, roles, triage
from complaints.admin import recalls
from complaints.filing import file_complaint
from complaints.models import Complaint, Desk, Dispatch, Event, Handover
from complaints.models.desks import TIRED_AFTER

from .cases import complaint, dispatch
from .staff import account, signed_in
from .test_filing import told

pytestmark = pytest.mark.django_db
State, Recall = Dispatch.State, Dispatch.Recall


@pytest.fixture
def sent() -> Dispatch:
    """A delivery whose attempt is running."""
    made = dispatch()
    assert made.claim() == 1
    return made


def cancelled(sent: Dispatch) -> Dispatch:
    sent.mark_cancelled("triage")
    sent.refresh_from_db()
    assert sent.state == State.CANCELLED
    return sent


def kinds(case: Complaint) -> list[str]:
    return list(case.events.order_by("number").values_list("kind", flat=True))


def withdrawn(case: Complaint) -> None:
    filing.withdraw(case)


def rerouted(case: Complaint) -> None:
    handling.reroute(case, Desk.objects.get(code="nacc"), "reason", "triage")


def merged(case: Complaint) -> None:
    duplicates.merge(case, complaint(), "triage")


def stopped(case: Complaint) -> None:
    case.dispatches.get().mark_cancelled("triage")


WAYS = {
    withdrawn: "the citizen withdrew the report",
    rerouted: "another body follows the case: ",
    merged: "the matter is followed in another case",
    stopped: "it was not to be sent",
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_whatever_stopped_it_that_it_arrived_is_known(way: Any, sent: Dispatch, settings: Any) -> None:
    way(sent.complaint)

    assert sent.mark_sent(1, "A-1")

    sent.refresh_from_db()
    assert (sent.state, sent.recall, sent.receipt) == (State.DELIVERED, Recall.DUE, "A-1")
    assert sent.delivered_at is not None
    assert (sent.leased_until, sent.leased_by) == (None, None)
    assert kinds(sent.complaint)[-2:] == ["delivered", "reached"]
    assert Event.objects.broken() == []


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_staff_are_told_what_the_body_should_hear(way: Any, sent: Dispatch) -> None:
    way(sent.complaint)
    sent.mark_sent(1, "A-1")
    page = f"/en/admin/complaints/dispatch/{sent.pk}/change/"

    first = signed_in(roles.TRIAGE).get("/en/admin/").text
    said = signed_in(roles.TRIAGE).get(page).text

    assert "?recall__exact=due" in first
    assert WAYS[way] in said
    assert said.index('name="told"') < said.index("field-number")  # what is urgent comes first


def test_body_is_told_once_and_the_task_is_done(sent: Dispatch) -> None:
    cancelled(sent).mark_sent(1, "A-1")
    page, triager = f"/admin/complaints/dispatch/{sent.pk}/change/", signed_in(roles.TRIAGE)

    triager.post(page, {"told": "on"})

    sent.refresh_from_db()
    assert (sent.state, sent.recall) == (State.DELIVERED, Recall.TOLD)
    assert sent.complaint.events.latest("number").actor == "triage"
    assert kinds(sent.complaint)[-1] == "recalled"
    assert not sent.mark_told("triage")
    assert 'name="told"' not in triager.get(page).text
    assert "recall__exact" not in triager.get("/admin/").text


def test_task_is_no_task_of_those_who_only_sort(sent: Dispatch) -> None:
    cancelled(sent).mark_sent(1, "A-1")

    assert [list_ for list_ in queues.waiting_for(account(roles.TRIAGE)) if "recall" in list_.address]
    for role in (roles.INTAKE, roles.AUDITOR, roles.LIAISON, roles.CUSTODIAN):
        assert not [list_ for list_ in queues.waiting_for(account(role)) if "recall" in list_.address]


def test_citizen_reads_that_it_had_left_and_that_the_body_is_told(client: Client) -> None:
    receipt = file_complaint(told(files=[], about=None))
    sent = Dispatch.objects.get()
    sent.claim()
    case = sent.complaint

    def page() -> str:
        return str(client.post("/en/complaints/status/", {"key": receipt.key}).text)

    filing.withdraw(case)
    before = page()
    sent.mark_sent(1, "A-1")
    after = page()
    sent.mark_told("triage")

    assert "Should it have reached the body, that is said here" in before
    assert "Staff tell the body that it was." in after
    assert "Staff have told the body so." in page()


def test_late_acknowledgement_of_a_cancelled_delivery_is_heard_once(sent: Dispatch) -> None:
    assert cancelled(sent).mark_acknowledged("acknowledged", "ปปท 1")
    assert not sent.mark_acknowledged("refused", "")
    assert not sent.mark_sent(1, "A-1")  # the receipt comes later still

    sent.refresh_from_db()
    assert (sent.state, sent.recall, sent.register_number) == (State.ACKNOWLEDGED, Recall.DUE, "ปปท 1")
    assert kinds(sent.complaint) == ["cancelled", "delivered", "reached", "acknowledged"]


def test_what_arrived_by_an_earlier_attempt_is_known_too(sent: Dispatch) -> None:
    Dispatch.objects.update(next_attempt_at=Now(), leased_until=Now())
    assert sent.claim() == 2
    cancelled(sent)

    assert sent.mark_sent(1, "A-1")


def test_cancelled_attempt_that_fails_stays_cancelled_and_frees_its_place(sent: Dispatch) -> None:
    cancelled(sent)

    sent.mark_failed(1, "The server answered 500.")

    sent.refresh_from_db()
    assert (sent.state, sent.recall, sent.leased_until) == (State.CANCELLED, "", None)
    assert kinds(sent.complaint) == ["cancelled"]


@pytest.mark.parametrize("ends", ["mark_ready", "leave"])
def test_cancelled_attempt_that_reached_nobody_frees_its_place(sent: Dispatch, ends: str) -> None:
    cancelled(sent)

    getattr(sent, ends)(1, *(["ready"] if ends == "mark_ready" else []))

    sent.refresh_from_db()
    assert (sent.state, sent.leased_until) == (State.CANCELLED, None)


def test_letter_of_mail_that_came_back_was_never_there(sent: Dispatch) -> None:
    cancelled(sent).mark_sent(1, f"<{sent.number}@site.example>")

    assert sent.mark_bounced("4.4.7", is_hard=False)

    sent.refresh_from_db()
    assert (sent.state, sent.recall, sent.delivered_at, sent.receipt) == (State.CANCELLED, "", None, "")
    assert sent.next_attempt_at is None


def test_no_clock_waits_for_a_body_that_was_not_to_have_it(sent: Dispatch) -> None:
    case = sent.complaint
    triage.move(case, Complaint.State.IN_TRIAGE, "triage")
    triage.move(case, Complaint.State.ROUTED, "triage")
    rerouted(case)

    sent.mark_sent(1, "A-1")

    assert clocks.facts_of(case).delivered is None


def test_desk_that_took_it_is_not_tired(sent: Dispatch) -> None:
    Desk.objects.update(failures=TIRED_AFTER)
    cancelled(sent).mark_sent(1, "A-1")

    assert Desk.objects.get(pk=sent.desk_id).failures == 0


def test_liaison_reads_that_nobody_waits_for_their_body(sent: Dispatch) -> None:
    withdrawn(sent.complaint)
    sent.mark_sent(1, "A-1")

    page = signed_in(roles.LIAISON).get(f"/en/admin/complaints/dispatch/{sent.pk}/change/").text

    assert "cancelled while it was being sent: the citizen withdrew the report" in page
    assert 'name="told"' not in page


def test_letter_that_was_posted_before_it_was_cancelled_is_written_down() -> None:
    sent = cancelled(dispatch(state="exhausted", next_attempt_at=None))
    letter = {"letter_number": "1/2569", "letter_on": "2026-11-02", "sent_on": "2026-11-02"}

    signed_in(roles.TRIAGE).post(
        f"/admin/complaints/dispatch/{sent.pk}/change/", letter | {"way": "hand", "unit": "งานสารบรรณ"}
    )

    sent.refresh_from_db()
    assert (sent.state, sent.recall) == (State.DELIVERED, Recall.DUE)
    assert Handover.objects.get().dispatch == sent


def test_what_was_never_cancelled_asks_for_nothing(sent: Dispatch) -> None:
    sent.mark_sent(1, "A-1")

    sent.refresh_from_db()
    assert (sent.recall, recalls.for_staff(sent), recalls.for_the_body(sent)) == ("", "–", "–")
    assert not sent.mark_told("triage")
    assert not sent.mark_cancelled("triage")

"""Acts on many deliveries: shown before, done by the row's own method, told where they could not be done."""

from __future__ import annotations

from typing import Any

import pytest

from complaints import handling, roles
from complaints.admin import delivery_acts
from complaints.models import Dispatch, Event

from .cases import complaint, dispatch
from .staff import account, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/complaints/dispatch/"
ACTS = [act.name for act in delivery_acts.REGISTER]


def act(client: Any, name: str, sent: list[Dispatch], **more: Any) -> Any:
    return client.post(
        LIST, {"action": name, "_selected_action": [one.pk for one in sent]} | more, follow=True
    )


def stuck() -> Dispatch:
    return dispatch(state="exhausted", next_attempt_at=None, attempts=10)


@pytest.mark.parametrize("known", delivery_acts.REGISTER, ids=ACTS)
def test_what_will_happen_to_which_deliveries_is_shown_and_nothing_done(known: Any) -> None:
    sent = [stuck(), stuck()]

    page = act(signed_in(roles.TRIAGE), known.name, sent)

    assert known.told(2, {}) in page.text
    assert all(one.complaint.reference in page.text for one in sent)
    assert not Event.objects.exists()


def test_stuck_delivery_is_sent_again_once_that_is_confirmed() -> None:
    sent = stuck()

    act(signed_in(roles.TRIAGE), "send_again", [sent], step="do")

    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == ("pending", 0)
    assert [event.kind for event in sent.complaint.events.all()] == ["resent"]


def test_what_had_arrived_is_named_and_the_rest_is_stopped() -> None:
    arrived, sent = stuck(), stuck()
    arrived.mark_handed_over("triage", "x")

    page = act(signed_in(roles.SUPERVISOR), "cancel", [arrived, sent], step="do")

    sent.refresh_from_db()
    said = [str(message) for message in page.context["messages"]]
    assert sent.state == "cancelled"
    assert [arrived.complaint.reference in line for line in said] == [False, True]


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", [roles.INTAKE, roles.LIAISON, roles.AUDITOR, "superuser", "no role"])
def test_who_may_not_act_moves_no_delivery(role: str, name: str) -> None:
    sent = stuck()

    act(signed_in(role), name, [sent], step="do")

    sent.refresh_from_db()
    assert sent.state == "exhausted"


@pytest.mark.parametrize("name", ACTS)
def test_delivery_of_a_case_kept_from_a_person_is_not_moved_by_them(name: str) -> None:
    sent = dispatch(complaint=complaint(), state="held", next_attempt_at=None)
    client = signed_in(roles.TRIAGE)
    handling.keep_from(sent.complaint, account(roles.TRIAGE), "supervisor")

    page = act(client, name, [sent], step="do")

    sent.refresh_from_db()
    assert sent.state == "held"
    assert sent.complaint.reference not in page.text


def test_page_before_costs_as_much_for_many(django_assert_max_num_queries: Any) -> None:
    sent, client = [stuck() for _number in range(5)], signed_in(roles.TRIAGE)

    with django_assert_max_num_queries(14):
        act(client, "send_again", sent)

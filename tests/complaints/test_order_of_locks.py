"""Two connections at once: a worker records what became of an attempt, while a person acts on the case.

Each test stops the worker in the middle of its transaction until the other one waits for it, or is done.
Before locks were taken in one order, PostgreSQL ended one of the two as a deadlock.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections

from complaints import duplicates, filing, handling
from complaints.models import Complaint, Desk, Dispatch, dispatches

from .cases import complaint, dispatch

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
Act = Callable[[Complaint], Any]


def rerouted(case: Complaint) -> None:
    handling.reroute(case, Desk.objects.get(code="nacc"), "because", "triage")


def merged(case: Complaint) -> None:
    duplicates.merge(case, complaint(), "triage")


def added(case: Complaint) -> None:
    filing.supplement(case, words="หมู่ 4")


ACTS: dict[str, Act] = {
    "withdraw": filing.withdraw,
    "merge": merged,
    "reroute": rerouted,
    "supplement": added,
}


def in_a_connection_of_its_own(act: Act, case: Complaint) -> Any:
    try:
        return act(case)
    finally:
        connections.close_all()


def meanwhile(act: Act, case: Complaint, pool: ThreadPoolExecutor) -> Future[Any]:
    """Begin the act, and go on once it waits for a lock of ours or has ended."""
    begun = pool.submit(in_a_connection_of_its_own, act, Complaint.objects.get(pk=case.pk))
    for _step in range(200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if begun.done() or cursor.fetchone()[0]:
                return begun
        time.sleep(0.02)
    return begun


@pytest.mark.parametrize("place", ["before the log", "behind the log"])
@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_act_of_a_person_and_record_of_an_attempt_never_wait_for_each_other(
    act: Act, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, begun = dispatch(), list[Future[Any]]()
    attempt = sent.claim()
    with ThreadPoolExecutor(1) as pool:
        name = "refresh" if place == "before the log" else "note"
        real = getattr(dispatches, name)

        def stopped(*args: Any, **more: Any) -> None:
            real(*args, **more)
            if not begun:
                begun.append(meanwhile(act, sent.complaint, pool))

        monkeypatch.setattr(dispatches, name, stopped)
        recorded = sent.mark_sent(attempt, "receipt")
        begun[0].result(timeout=30)

    sent.refresh_from_db()
    assert recorded
    assert sent.state == Dispatch.State.DELIVERED
    kinds = [str(event.kind) for event in sent.complaint.events.all()]
    assert "delivered" in kinds
    assert len(kinds) > 1


def test_two_cases_are_joined_with_each_other_at_once_and_one_is_told_why_not() -> None:
    one, two = complaint(), complaint()

    def link(case: Complaint, main: Complaint) -> str:
        try:
            duplicates.link(case, main, "triage")
        except handling.NotPossible:
            return "not possible"
        finally:
            connections.close_all()
        return "linked"

    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(link, one, two), pool.submit(link, two, one)]

    assert sorted(answer.result() for answer in answers) == ["linked", "not possible"]

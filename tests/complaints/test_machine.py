"""Deliveries under any order of claims, failures, crashes, sweeps, acknowledgements and staff's hands."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from complaints.delivery import sweep
from complaints.duplicates import merge
from complaints.filing import file_complaint, withdraw
from complaints.handling import NotPossible, reroute
from complaints.models import Complaint, Desk, Dispatch, Event
from complaints.models.dispatches import MOST_ATTEMPTS

from .test_filing import told

EXAMPLES = int(os.environ.get("EXAMPLES", "0"))
"""More of them, and longer ones, in `make chaos`."""
State = Dispatch.State
NO_PROCESS = 2**31 - 1
"""A number that no connection to the database has."""
END = {State.ACKNOWLEDGED, State.REFUSED}
ARRIVED = {State.DELIVERED, *END}


class Deliveries(RuleBasedStateMachine):
    """The agency is a set: what it got, by number."""

    sent: Any = Bundle("sent")
    running: Any = Bundle("running")

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.filed: set[int] = set()
        self.agency: set[str] = set()
        self.ready: set[str] = set()
        self.cases = 0
        self.ended: dict[int, str] = {}
        self.cancelled: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @rule(target=sent)
    def submit(self) -> int:
        file_complaint(told(files=[], about=None))
        newest = Dispatch.objects.latest("pk").pk
        self.filed.add(newest)
        self.cases += 1
        return int(newest)

    @rule(pk=sent)
    def time_passes(self, pk: int) -> None:
        past = timezone.now() - timedelta(hours=1)
        Dispatch.objects.filter(pk=pk, state=State.PENDING).update(next_attempt_at=past)
        Dispatch.objects.filter(pk=pk, leased_until__isnull=False).update(leased_until=past)
        Desk.objects.update(rests_until=None)

    @rule(target=running, pk=sent)
    def claim(self, pk: int) -> Any:
        attempt = Dispatch.objects.get(pk=pk).claim()
        return (pk, attempt) if attempt else multiple()

    @rule(work=running)
    def arrives(self, work: tuple[int, int]) -> None:
        dispatch = Dispatch.objects.get(pk=work[0])
        self.agency.add(str(dispatch.number))
        dispatch.mark_sent(work[1], "A-1")
        dispatch.refresh_from_db()
        assert dispatch.state != State.CANCELLED

    @rule(work=running)
    def arrives_and_the_worker_dies(self, work: tuple[int, int]) -> None:
        self.agency.add(str(Dispatch.objects.get(pk=work[0]).number))

    @rule(work=running)
    def the_worker_dies_and_its_connection_goes(self, work: tuple[int, int]) -> None:
        running = Dispatch.objects.filter(pk=work[0], leased_by__isnull=False)
        running.update(leased_by=NO_PROCESS)

    @rule(work=running)
    def nobody_foresaw_it(self, work: tuple[int, int]) -> None:
        Dispatch.objects.get(pk=work[0]).leave(work[1])

    @rule(work=running, permanent=st.booleans())
    def fails(self, work: tuple[int, int], permanent: bool) -> None:
        Dispatch.objects.get(pk=work[0]).mark_failed(work[1], "failed", permanent=permanent)

    @rule()
    def swept(self) -> None:
        sweep()

    @rule(pk=sent, kind=st.sampled_from(["acknowledged", "refused"]))
    def agency_speaks(self, pk: int, kind: str) -> None:
        dispatch = Dispatch.objects.get(pk=pk)
        if str(dispatch.number) in self.agency:
            dispatch.mark_acknowledged(kind, "ปปท 1")
            dispatch.refresh_from_db()
            assert dispatch.state in END

    @rule(pk=sent)
    def staff_send_again(self, pk: int) -> None:
        Dispatch.objects.get(pk=pk).mark_due("staff")

    @rule(work=running)
    def lies_ready(self, work: tuple[int, int]) -> None:
        dispatch = Dispatch.objects.get(pk=work[0])
        if dispatch.mark_ready(work[1], "ready"):
            self.ready.add(str(dispatch.number))

    @rule(pk=sent)
    def liaison_picks_up(self, pk: int) -> None:
        dispatch = Dispatch.objects.get(pk=pk)
        if dispatch.state == State.READY and dispatch.mark_handed_over("liaison", "picked up"):
            self.agency.add(str(dispatch.number))

    @rule(pk=sent)
    def staff_cancel(self, pk: int) -> None:
        Dispatch.objects.get(pk=pk).mark_cancelled("staff")

    @rule(pk=sent)
    def staff_tell_the_body(self, pk: int) -> None:
        Dispatch.objects.get(pk=pk).mark_told("staff")

    @rule(target=sent, pk=sent, code=st.sampled_from(["nacc", "sao"]))
    def staff_choose_another_desk(self, pk: int, code: str) -> Any:
        case, desk = Dispatch.objects.get(pk=pk).complaint, Desk.objects.get(code=code)
        try:
            with transaction.atomic():
                further = reroute(case, desk, "reason", "staff")
        except NotPossible:
            return multiple()
        self.filed.add(further.pk)
        return int(further.pk)

    @rule(pk=sent, other=sent)
    def staff_merge(self, pk: int, other: int) -> None:
        case, main = (Dispatch.objects.get(pk=each).complaint for each in (pk, other))
        with suppress(NotPossible), transaction.atomic():
            merge(case, main, "staff")

    @rule(pk=sent)
    def citizen_withdraws(self, pk: int) -> None:
        withdraw(Dispatch.objects.get(pk=pk).complaint)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert set(Dispatch.objects.values_list("pk", flat=True)) == self.filed
        assert Complaint.objects.count() == self.cases

    @invariant()
    def whatever_waits_will_come_due(self) -> None:
        for dispatch in Dispatch.objects.filter(state=State.PENDING):
            assert dispatch.next_attempt_at is not None
            assert dispatch.attempts <= MOST_ATTEMPTS

    @invariant()
    def no_desk_has_more_places_than_it_may(self) -> None:
        running = Dispatch.objects.filter(leased_until__gt=Now()).exclude(leased_by=NO_PROCESS)
        for desk in Desk.objects.annotate(held=Count("dispatches", Q(dispatches__in=running))):
            assert desk.held <= desk.at_once

    @invariant()
    def what_is_delivered_is_at_the_agency(self) -> None:
        done = Dispatch.objects.filter(state__in=ARRIVED)
        assert {str(number) for number in done.values_list("number", flat=True)} <= self.agency

    @invariant()
    def each_delivery_is_written_down_once(self) -> None:
        for kind in (Event.Kind.DELIVERED, Event.Kind.REACHED, Event.Kind.RECALLED, Event.Kind.CANCELLED):
            events = [event.detail["dispatch"] for event in Event.objects.filter(kind=kind)]
            assert len(events) == len(set(events))
        assert Event.objects.broken() == []

    @invariant()
    def what_has_ended_stays_ended(self) -> None:
        for pk, state in Dispatch.objects.values_list("pk", "state"):
            assert self.ended.get(pk, state) == state
            if state in END:
                self.ended[pk] = state

    @invariant()
    def what_was_cancelled_moves_only_because_the_body_has_it(self) -> None:
        for dispatch in Dispatch.objects.all():
            if dispatch.state == State.CANCELLED:
                self.cancelled.add(dispatch.pk)
            assert dispatch.pk not in self.cancelled or dispatch.state in {State.CANCELLED, *ARRIVED}
            assert bool(dispatch.recall) == (dispatch.pk in self.cancelled and dispatch.state in ARRIVED)


@pytest.mark.django_db
def test_no_order_of_events_loses_or_doubles_a_delivery() -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    limits = settings(
        max_examples=EXAMPLES or 40,
        stateful_step_count=50 if EXAMPLES else 30,
        deadline=None,
        suppress_health_check=checks,
    )

    run_state_machine_as_test(Deliveries, settings=limits)

"""What is due next in a case, and when: the limits of `Clock`, on the calendar of `Holiday`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max, Q
from django.utils import timezone

from . import calendars
from .models import Clock, Complaint, Dispatch, Event, Holiday
from .models.events import SYSTEM, note

Step = Clock.Step
State = Complaint.State
READING = (State.IN_TRIAGE, State.REOPENED)
GONE = (State.ROUTED, State.WITH_AGENCY)
ACCEPTING = (Step.ACCEPT, Step.ACCEPT_LATE, Step.ACCEPT_MISSING)


@dataclass(frozen=True, slots=True)
class Facts:
    """The moments from which the clocks of a case run."""

    state: str
    began: datetime
    """When it was received, or opened again."""
    delivered: datetime | None = None
    """When the oldest delivery arrived that no body has accepted yet; of those that it should have."""
    told: datetime | None = None
    """When the citizen last heard from us."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The limits and the days off, read once for many cases."""

    limits: Mapping[str, Clock]
    holidays: Collection[date]

    def ends(self, step: str, begin: datetime) -> datetime:
        """The end of the last day of a step that begins at a moment."""
        clock = self.limits[step]
        begun = timezone.localdate(begin)
        last = calendars.limit(begun, clock.days, self.holidays, in_working_days=clock.in_working_days)
        return timezone.make_aware(datetime.combine(last, time(23, 59, 59)))

    def next_due(self, facts: Facts, now: datetime) -> tuple[str, datetime | None]:
        """The step that is due next, and when; nothing of a closed case."""
        if facts.state == State.CLOSED:
            return "", None
        if facts.state == State.RECEIVED:
            return Step.READ, self.ends(Step.READ, facts.began)
        if facts.state in READING:
            return Step.DECIDE, self.ends(Step.DECIDE, facts.began)
        if facts.state in GONE and facts.delivered is not None:
            return self._accepting(facts.delivered, now)
        return Step.TELL, self.ends(Step.TELL, facts.told or facts.began)

    def _accepting(self, delivered: datetime, now: datetime) -> tuple[str, datetime]:
        """Reminder, second letter, another way: the first that has not passed, or the last."""
        ends = [(step, self.ends(step, delivered)) for step in ACCEPTING]
        return next(((step, end) for step, end in ends if end >= now), ends[-1])


def timetable() -> Timetable:
    """The limits and days off of today."""
    limits = {clock.step: clock for clock in Clock.objects.all()}
    return Timetable(limits, frozenset(Holiday.objects.values_list("day", flat=True)))


def facts_of(case: Complaint) -> Facts:
    """The moments of a case, as the tables have them."""
    reopened = Q(kind=Event.Kind.MOVED, detail__state=str(State.REOPENED))
    told = Q(kind__in=[Event.Kind.ASKED, Event.Kind.ACKNOWLEDGED])
    moments = case.events.aggregate(began=Max("at", filter=reopened), told=Max("at", filter=told))
    arrived = case.dispatches.filter(state=Dispatch.State.DELIVERED, recall="")
    waiting = arrived.order_by("delivered_at").first()
    delivered = waiting.delivered_at if waiting else None
    return Facts(case.state, moments["began"] or case.received_at, delivered, moments["told"])


def wind(case: Complaint, table: Timetable | None = None) -> None:
    """Write beside a case what is due next, so that lists may be sorted by it."""
    step, due_at = (table or timetable()).next_due(facts_of(case), timezone.now())
    if (case.due_step, case.due_at) != (step, due_at):
        Complaint.objects.filter(pk=case.pk).update(due_step=step, due_at=due_at)
        case.due_step, case.due_at = step, due_at


def wind_all() -> int:
    """Wind the clocks of every open case; write down, once for each step, what ran out. How many did."""
    table, now, late = timetable(), timezone.now(), 0
    for case in Complaint.objects.open().iterator():
        wind(case, table)
        if case.due_at is not None and case.due_at < now:
            late += _remind(case)
    return late


def _remind(case: Complaint) -> bool:
    """Write down that a clock ran out, unless that stands there already."""
    assert case.due_at is not None
    detail = {"step": str(case.due_step), "due": timezone.localdate(case.due_at).isoformat()}
    if case.events.filter(kind=Event.Kind.REMINDED, detail=detail).exists():
        return False
    note(case, Event.Kind.REMINDED, SYSTEM, **detail)
    return True

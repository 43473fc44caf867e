"""How the office does, for staff: how old open cases are, which clocks were kept, who has how much to do.

Whoever may not read complaints sees small groups joined, as the public does (`statistics.joined`), and one
number for each group only: two would tell a third by subtraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import queues, roles
from .models import Clock, Complaint, Dispatch, Event
from .models.vocabulary import Outcome
from .statistics import joined
from .withholding import LEAST

URGENT = Complaint.Priority.URGENT
AGES = (7, 15, 30, 90)
"""Days that part the groups of age."""
DONE = {
    Clock.Step.READ: Q(kind=Event.Kind.MOVED),
    Clock.Step.DECIDE: Q(kind__in=[Event.Kind.ROUTED, Event.Kind.ASKED]) | Q(detail__state="routed"),
    Clock.Step.ACCEPT: Q(kind__in=[Event.Kind.ACKNOWLEDGED, Event.Kind.REFUSED]),
    Clock.Step.TELL: Q(kind__in=[Event.Kind.ASKED, Event.Kind.ACKNOWLEDGED]),
}
"""The events by which a step counts as done."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its title, its columns, and a row of numbers for each group."""

    title: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]


def tables(user: Any) -> Sequence[Table]:
    """All tables, as far as this member of staff may see them."""
    cases = Complaint.objects.open_to(user)
    waiting = _waiting(cases)
    made = [_ages(waiting), _clocks(cases, waiting), _desks(cases), _outcomes(cases), _people(waiting)]
    if roles.has(user, roles.MAY_READ):
        return made
    return [coarse(table) for table in made]


def coarse(table: Table) -> Table:
    """The first column alone, its small groups joined; nothing where all of it is small."""
    counts = {label: numbers[0] for label, numbers in table.rows}
    large, others = joined(counts)
    rows = [(label, [number]) for label, number in large]
    if others >= LEAST:
        rows.append((_("other groups, joined"), [others]))
    return Table(table.title, table.columns[:1], rows)


def lines(shown: Sequence[Table]) -> Iterator[tuple[str, str, str, int]]:
    """Each number with its table, group and column: the shape of the file."""
    for table in shown:
        for label, numbers in table.rows:
            for column, number in zip(table.columns, numbers, strict=True):
                yield table.title, label, column, number


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open case, as far as it counts here."""

    received_at: datetime
    step: str
    """What is due next."""
    is_late: bool
    is_urgent: bool
    worker: str
    """Nothing where it is given to nobody."""


def _waiting(cases: Any) -> Sequence[Waiting]:
    """The open cases, asked for once for all tables."""
    now = timezone.now()
    names = ("received_at", "due_step", "due_at", "priority", "assigned_to__username")
    return [
        Waiting(at, step, due_at is not None and due_at < now, priority == URGENT, worker or "")
        for at, step, due_at, priority, worker in cases.open().values_list(*names).iterator()
    ]


def _ages(waiting: Sequence[Waiting]) -> Table:
    today = timezone.localdate()
    counted: Counter[int] = Counter()
    late: Counter[int] = Counter()
    for case in waiting:
        age = (today - timezone.localdate(case.received_at)).days
        group = next((place for place, most in enumerate(AGES) if age <= most), len(AGES))
        counted[group] += 1
        late[group] += case.is_late
    rows = [(_age(group), (counted[group], late[group])) for group in range(len(AGES) + 1)]
    return Table(_("Open cases by age"), [_("open"), _("overdue")], rows)


def _age(group: int) -> str:
    if group == len(AGES):
        return _("more than %(days)s days") % {"days": AGES[-1]}
    return _("up to %(days)s days") % {"days": AGES[group]}


def _clocks(cases: Any, waiting: Sequence[Waiting]) -> Table:
    marks, counts = {}, {}
    for step, done in DONE.items():
        marks[f"late_{step}"] = BoolOr(Q(kind=Event.Kind.REMINDED, detail__step=str(step)), default=False)
        marks[f"done_{step}"] = BoolOr(done, default=False)
        counts[f"missed_{step}"] = Count("complaint", filter=Q(**{f"late_{step}": True}))
        counts[f"kept_{step}"] = Count("complaint", filter=Q(**{f"done_{step}": True, f"late_{step}": False}))
    events = Event.objects.filter(complaint__in=cases.values("pk")).order_by().values("complaint")
    found = events.annotate(**marks).aggregate(**counts)
    running = Counter(case.step for case in waiting if case.is_late)
    rows = [
        (str(Clock.Step(step).label), (found[f"kept_{step}"], found[f"missed_{step}"], running[step]))
        for step in DONE
    ]
    return Table(_("Clocks"), [_("kept"), _("missed"), _("overdue now")], rows)


def _desks(cases: Any) -> Table:
    stuck = Dispatch.objects.filter(state__in=queues.STUCK)
    counted = cases.values("desk__name", "desk__name_en").order_by("desk__order", "desk__code")
    rows = counted.annotate(
        all=Count("pk"),
        open=Count("pk", filter=~Q(state=Complaint.State.CLOSED)),
        stuck=Count("pk", filter=Q(pk__in=stuck.values("complaint"))),
    )
    named = [(_spoken(row), (row["all"], row["open"], row["stuck"])) for row in rows]
    return Table(_("By competent body"), [_("cases"), _("open"), _("not delivered")], named)


def _spoken(row: Mapping[str, Any]) -> str:
    return str(row["desk__name"] if get_language() == "th" else row["desk__name_en"])


def _outcomes(cases: Any) -> Table:
    closed = cases.filter(state=Complaint.State.CLOSED).values_list("outcome")
    counted = dict(closed.order_by("outcome").annotate(n=Count("pk")))
    rows = [(str(outcome.label), (counted.get(outcome.value, 0),)) for outcome in Outcome]
    return Table(_("Closed cases by outcome"), [_("cases")], rows)


def _people(waiting: Sequence[Waiting]) -> Table:
    counted: dict[str, list[int]] = {}
    for case in waiting:
        numbers = counted.setdefault(case.worker, [0, 0, 0])
        for place, is_so in enumerate((True, case.is_late, case.is_urgent)):
            numbers[place] += is_so
    named = [(name or _("given to nobody"), counted[name]) for name in sorted(counted, key=_last)]
    return Table(_("Who has how much to do"), [_("open"), _("overdue"), _("urgent")], named)


def _last(name: str) -> tuple[bool, str]:
    """Those that are given to nobody stand below the people."""
    return not name, name

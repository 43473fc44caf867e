"""What may be published of the complaints: by quarter, agency and outcome, and how long the steps take.

No number under five is published, and none can be computed from those that are. Small groups are not left
out, which subtraction would undo, but joined: within a quarter the small agencies become one row, within an
agency the small outcomes; while what was joined is still under five, the next smallest joins it. Totals are
sums of what is shown. Only finished quarters count, as they stood on the last day of the last one, so that
nobody learns of one case by looking every day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db.models import Min, Q
from django.utils import timezone

from spending.fiscal import first_day
from spending.models import Agency

from .models import Complaint, Event

LEAST = 5
STILL_OPEN, OTHERS, UNNAMED = "open", "*", ""
STEPS = (
    ("read", Event.Kind.FILED, Event.Kind.MOVED),
    ("deliver", Event.Kind.FILED, Event.Kind.DELIVERED),
    ("accept", Event.Kind.DELIVERED, Event.Kind.ACKNOWLEDGED),
)
"""A step's name, and the events between which it lies."""
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Row:
    """So many complaints of a quarter about an agency ended in this way, or are open."""

    year: int
    """Fiscal year, Common Era; 0 for quarters that were joined."""
    quarter: int
    """1 begins in October; 0 for quarters that were joined."""
    agency_code: str
    """`*` for small agencies that were joined, empty where the citizen named none."""
    agency: str
    outcome: str
    """A code of `Outcome`, `open`, or `*` for small ones that were joined."""
    cases: int


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a step took in the middle of all cases."""

    step: str
    """`read`, `deliver`, `accept` or `close`."""
    cases: int
    days: int
    """In at least half of the cases it took so many days or fewer."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that is published of the complaints."""

    until: date
    """The day after the last finished quarter; nothing later is counted."""
    rows: Sequence[Row]
    durations: Sequence[Duration]

    @property
    def total(self) -> int:
        """All complaints that are shown."""
        return sum(row.cases for row in self.rows)


def joined(counts: Mapping[K, int]) -> tuple[list[tuple[K, int]], int]:
    """Groups of five and more, the largest first, and the sum of the others, which is 0 or five and more
    unless there are fewer than five in all.
    """
    large = sorted(((key, n) for key, n in counts.items() if n >= LEAST), key=lambda pair: -pair[1])
    others = sum(n for n in counts.values() if n < LEAST)
    while 0 < others < LEAST and large:
        others += large.pop()[1]
    return large, others


def statistics(today: date | None = None) -> Statistics:
    """What may be published on a day."""
    until = quarter_begin(today or timezone.localdate())
    end = timezone.make_aware(datetime.combine(until, time()))
    cases = Complaint.objects.filter(received_at__lt=end)
    counts: Counter[tuple[tuple[int, int], str, str]] = Counter()
    values = cases.values_list("received_at", "agency_code", "outcome", "closed_at")
    for received_at, agency, outcome, closed_at in values.iterator():
        ended = outcome if closed_at is not None and closed_at < end else STILL_OPEN
        counts[quarter_of(timezone.localdate(received_at)), agency, ended] += 1
    rows = list(_rows(counts))
    return Statistics(until, _named(rows), list(_durations(end)) if rows else [])


def quarter_of(day: date) -> tuple[int, int]:
    """Fiscal year (Common Era) and quarter of a day; the first one begins in October."""
    year = day.year + (day.month >= first_day(day.year).month)
    return year, (day.month - 10) % 12 // 3 + 1


def quarter_begin(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _rows(counts: Mapping[tuple[tuple[int, int], str, str], int]) -> Iterable[Row]:
    quarters, rest = joined(_summed((key[0], n) for key, n in counts.items()))
    for quarter, _cases in sorted(quarters):
        inside = {key[1:]: n for key, n in counts.items() if key[0] == quarter}
        yield from _of_quarter(quarter, inside)
    if rest >= LEAST:
        yield Row(0, 0, OTHERS, "", OTHERS, rest)


def _of_quarter(quarter: tuple[int, int], counts: Mapping[tuple[str, str], int]) -> Iterable[Row]:
    agencies, rest = joined(_summed((agency, n) for (agency, _outcome), n in counts.items()))
    named = {agency for agency, _cases in agencies}
    for agency, _cases in agencies:
        inside = {outcome: n for (code, outcome), n in counts.items() if code == agency}
        yield from _of_agency(quarter, agency, inside)
    if rest:
        inside = _summed((outcome, n) for (code, outcome), n in counts.items() if code not in named)
        yield from _of_agency(quarter, OTHERS, inside)


def _of_agency(quarter: tuple[int, int], agency: str, counts: Mapping[str, int]) -> Iterable[Row]:
    outcomes, rest = joined(counts)
    for outcome, cases in outcomes:
        yield Row(*quarter, agency, "", outcome, cases)
    if rest:
        yield Row(*quarter, agency, "", OTHERS, rest)


def _summed(pairs: Iterable[tuple[K, int]]) -> Counter[K]:
    total: Counter[K] = Counter()
    for key, number in pairs:
        total[key] += number
    return total


def _named(rows: Sequence[Row]) -> Sequence[Row]:
    codes = {row.agency_code for row in rows}
    names = dict(Agency.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        Row(r.year, r.quarter, r.agency_code, names.get(r.agency_code, r.agency_code.strip(OTHERS)),
            r.outcome, r.cases)
        for r in rows
    ]  # fmt: skip


def _durations(end: datetime) -> Iterable[Duration]:
    first = {kind: Min("at", filter=Q(kind=kind)) for _step, *pair in STEPS for kind in pair}
    events = Event.objects.filter(at__lt=end, complaint__isnull=False).order_by().values("complaint")
    moments: list[Any] = list(events.annotate(**{f"first_{kind}": at for kind, at in first.items()}))
    for step, begin, stop in STEPS:
        pairs = ((row[f"first_{begin}"], row[f"first_{stop}"]) for row in moments)
        yield from _middle(step, pairs)
    closed = Complaint.objects.filter(closed_at__lt=end).values_list("received_at", "closed_at")
    yield from _middle("close", closed)


def _middle(step: str, pairs: Iterable[tuple[datetime | None, datetime | None]]) -> Iterable[Duration]:
    days = sorted((stop - begin).days for begin, stop in pairs if begin is not None and stop is not None)
    if len(days) >= LEAST:
        yield Duration(step, len(days), days[(len(days) - 1) // 2])

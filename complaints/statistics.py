"""What may be published of the complaints: by quarter and agency how far they came and what came of them, and
how long the steps take.

No number under five is published, and none can be computed from those that are. Small groups are not left
out, which subtraction would undo, but joined: within a quarter the small agencies become one row, within an
agency the small outcomes; while what was joined is still under five, the next smallest joins it. Totals are
sums of what is shown. Only finished quarters count, as they stood on the last day of the last one, so that
nobody learns of one case by looking every day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone

from spending.fiscal import first_day
from spending.models import Agency

from .models import Complaint, Dispatch, Event
from .sightings import step as at_least
from .withholding import LEAST
from .withholding import published as shown_of

Quarter = tuple[int, int]
STILL_OPEN, OTHERS, ALL, UNNAMED = "open", "*", "all", ""
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
class Progress:
    """How far the complaints of a quarter about an agency had come; None where the number is withheld."""

    year: int
    """Fiscal year, Common Era; 0 for quarters that were joined."""
    quarter: int
    """1 begins in October; 0 for quarters that were joined."""
    agency_code: str
    """`*` for small agencies that were joined, empty where the citizen named none, `all` for the quarter."""
    agency: str
    received: int
    delivered: int | None
    """Those that had reached a competent body."""
    acknowledged: int | None
    """Those that a body had taken over, with a number of its own."""
    overdue: int | None
    """Those in which a limit of time had run out, once or more."""


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a step took in the middle of all cases."""

    step: str
    """`read`, `deliver`, `accept` or `close`."""
    cases: int
    """At least so many, in steps: the exact number would tell others by subtraction."""
    days: int
    """In at least half of the cases it took so many days or fewer."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that is published of the complaints."""

    until: date
    """The day after the last finished quarter; nothing later is counted."""
    rows: Sequence[Row]
    progress: Sequence[Progress]
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
    counts: Counter[tuple[Quarter, str, str]] = Counter()
    came: dict[tuple[Quarter, str], list[int]] = {}
    for quarter, agency, ended, marks in _cases(end):
        counts[quarter, agency, ended] += 1
        numbers = came.setdefault((quarter, agency), [0, 0, 0, 0])
        for place, is_so in enumerate((True, *marks)):
            numbers[place] += is_so
    rows, progress = list(_rows(counts)), list(_progress(came))
    names = _names({row.agency_code for row in rows} | {row.agency_code for row in progress})
    return Statistics(
        until,
        [replace(row, agency=names.get(row.agency_code, "")) for row in rows],
        [replace(row, agency=names.get(row.agency_code, "")) for row in progress],
        list(_durations(end)) if rows else [],
    )


def _cases(end: datetime) -> Iterable[tuple[Quarter, str, str, tuple[bool, bool, bool]]]:
    """Of each case before a moment: quarter, agency, how it ended, and whether it was delivered, acknowledged
    and overdue by then.
    """
    mine = Event.objects.filter(complaint=OuterRef("pk"), at__lt=end)
    cases = Complaint.objects.filter(received_at__lt=end).annotate(
        arrived=Exists(Dispatch.objects.filter(complaint=OuterRef("pk"), delivered_at__lt=end)),
        accepted=Exists(mine.filter(kind=Event.Kind.ACKNOWLEDGED)),
        late=Exists(mine.filter(kind=Event.Kind.REMINDED)),
    )
    names = ("received_at", "agency_code", "outcome", "closed_at", "arrived", "accepted", "late")
    for received_at, agency, outcome, closed_at, arrived, accepted, late in cases.values_list(
        *names
    ).iterator():
        ended = outcome if closed_at is not None and closed_at < end else STILL_OPEN
        quarter = quarter_of(timezone.localdate(received_at))
        yield quarter, agency, ended, (arrived or accepted, accepted, late)


def quarter_of(day: date) -> Quarter:
    """Fiscal year (Common Era) and quarter of a day; the first one begins in October."""
    year = day.year + (day.month >= first_day(day.year).month)
    return year, (day.month - 10) % 12 // 3 + 1


def quarter_begin(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _rows(counts: Mapping[tuple[Quarter, str, str], int]) -> Iterable[Row]:
    quarters, rest = joined(_summed((key[0], n) for key, n in counts.items()))
    for quarter, _cases in sorted(quarters):
        inside = {key[1:]: n for key, n in counts.items() if key[0] == quarter}
        yield from _of_quarter(quarter, inside)
    if rest >= LEAST:
        yield Row(0, 0, OTHERS, "", OTHERS, rest)


def _of_quarter(quarter: Quarter, counts: Mapping[tuple[str, str], int]) -> Iterable[Row]:
    agencies, rest = joined(_summed((agency, n) for (agency, _outcome), n in counts.items()))
    named = {agency for agency, _cases in agencies}
    for agency, _cases in agencies:
        inside = {outcome: n for (code, outcome), n in counts.items() if code == agency}
        yield from _of_agency(quarter, agency, inside)
    if rest:
        inside = _summed((outcome, n) for (code, outcome), n in counts.items() if code not in named)
        yield from _of_agency(quarter, OTHERS, inside)


def _progress(came: Mapping[tuple[Quarter, str], Sequence[int]]) -> Iterable[Progress]:
    quarters, rest = joined(_summed((quarter, numbers[0]) for (quarter, _agency), numbers in came.items()))
    for quarter, _cases in sorted(quarters):
        inside = {agency: numbers for (at, agency), numbers in came.items() if at == quarter}
        agencies, others = joined({agency: numbers[0] for agency, numbers in inside.items()})
        groups = {agency: inside.pop(agency) for agency, _cases in agencies}
        if others:
            groups[OTHERS] = _added(inside.values())
        yield from _shown(quarter, groups)
    if rest >= LEAST:
        large = dict(quarters)
        yield from _shown((0, 0), {OTHERS: _added(n for (at, _agency), n in came.items() if at not in large)})


def _shown(quarter: Quarter, groups: Mapping[str, Sequence[int]]) -> Iterable[Progress]:
    """What may be told of the agencies of a quarter, and of the quarter as a whole."""
    rows, whole = shown_of([tuple(numbers) for numbers in groups.values()])  # type: ignore[misc]
    for agency, counts in [*zip(groups, rows, strict=True), (ALL, whole)]:
        yield Progress(
            *quarter, agency, "", counts.received, counts.delivered, counts.acknowledged, counts.overdue
        )


def _added(rows: Iterable[Sequence[int]]) -> Sequence[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _of_agency(quarter: Quarter, agency: str, counts: Mapping[str, int]) -> Iterable[Row]:
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


def _names(codes: Iterable[str]) -> Mapping[str, str]:
    """Names of agencies by their codes; of one that is not known the code."""
    names = dict(Agency.objects.filter(code__in=codes).values_list("code", "name"))
    return {code: names.get(code, code) for code in codes if code not in (OTHERS, ALL)}


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
        yield Duration(step, at_least(len(days)), days[(len(days) - 1) // 2])

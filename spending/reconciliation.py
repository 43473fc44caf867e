"""From parliament to payment: an agency's stations in a year, and what explains the money between them. Pure.

Between two known stations stands a difference (the earlier less the later); its causes add up to it to the
satang. What no source says is said to be unknown and is never zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .fiscal import last_day
from .stations import Figure, Source, Station


class Cause(StrEnum):
    """Why money differs between two stations, or why a station is empty."""

    NOT_COVERED = "not_covered"  # no edition at hand covers it
    CARRIED_OVER = "carried_over"  # contracts signed before the fiscal year began
    OTHER_CUT = "other_cut"  # the two publications delimit the money differently
    TRANSFERRED = "transferred"  # moved into or out of the budget during the year
    ORDERED = "ordered"  # bound by order or reserved, not yet paid on the day of the report
    OPEN = "open"  # the year was not over on that day: not yet allotted, ordered or paid
    NOT_BOUGHT = "not_bought"  # salaries: no contract is made for them
    UNKNOWN = "unknown"  # the published figures do not say


class Kind(StrEnum):
    """What an entry of a reconciliation says."""

    AMOUNT = "amount"  # what stands at a station; no amount where no edition covers it
    BESIDE = "other_cut"  # what another source says of the same station
    DIFFERENCE = "difference"  # a station less the next known one
    CAUSE = "cause"  # one named part of a difference


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a reconciliation. `until` is the later station of a difference and of its causes."""

    kind: Kind
    station: Station
    amount: Decimal | None
    until: Station | None = None
    source: Source | None = None
    cause: Cause | None = None
    as_of: date | None = None
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One agency and fiscal year (Common Era): the entries in the order of the way."""

    agency: int
    year: int
    entries: tuple[Entry, ...]

    def at(self, station: Station) -> Entry:
        """What stands at a station."""
        return next(one for one in self.entries if one.kind is Kind.AMOUNT and one.station is station)

    @property
    def known(self) -> int:
        """At how many stations something is known."""
        return sum(1 for station in Station if self.at(station).amount is not None)


def reconcile(
    agency: int, year: int, figures: Sequence[Figure], *, extracts: Collection[Source] = ()
) -> Reconciliation:
    """The stations of an agency and year; `extracts` are sources of which only a part of the year is at
    hand.
    """
    at: dict[Station, list[Figure]] = {station: [] for station in Station}
    for figure in figures:
        at[figure.station].append(figure)
    entries: list[Entry] = []
    known: list[Figure] = []
    for station, found in at.items():
        for earlier in _compared(known, found):
            entries.extend(_between(earlier, found[0], year, extracts))
        entries.extend(_standing(station, found))
        known += found[:1]
    return Reconciliation(agency, year, tuple(entries))


def _compared(known: Sequence[Figure], found: Sequence[Figure]) -> list[Figure]:
    """What a station is compared with: the known one before it, and the last before it of its own source."""
    if not known or not found:
        return []
    last = known[-1]
    own = [figure for figure in known if figure.source is found[0].source][-1:]
    return [last] if last in own else [last, *own]


def _standing(station: Station, found: Sequence[Figure]) -> Iterator[Entry]:
    """What is known at a station, by the first source, and beside it by the others."""
    if not found:
        yield Entry(Kind.AMOUNT, station, None, cause=Cause.NOT_COVERED)
        return
    first, *others = found
    yield _told(Kind.AMOUNT, first, None)
    for other in others:
        yield _told(Kind.BESIDE, other, Cause.OTHER_CUT)


def _told(kind: Kind, figure: Figure, cause: Cause | None) -> Entry:
    return Entry(
        kind,
        figure.station,
        figure.amount,
        source=figure.source,
        cause=cause,
        as_of=figure.as_of,
        bodies=figure.bodies,
    )


def _between(one: Figure, other: Figure, year: int, extracts: Collection[Source]) -> Iterator[Entry]:
    """The difference of two stations and its causes, of which the last takes what the others leave."""
    difference = one.amount - other.amount
    yield Entry(Kind.DIFFERENCE, one.station, difference, until=other.station)
    named = list(_named(one, other))
    for cause, amount in named:
        yield Entry(Kind.CAUSE, one.station, amount, until=other.station, cause=cause)
    rest = difference - sum((amount for _cause, amount in named), Decimal(0))
    if rest:
        cause = _cause_of_rest(one, other, year, extracts)
        yield Entry(Kind.CAUSE, one.station, rest, until=other.station, cause=cause)


def _named(one: Figure, other: Figure) -> Iterable[tuple[Cause, Decimal]]:
    """The parts of a difference that rows give. What lies in the later station lessens it."""
    if other.source is Source.CONTRACTS:
        if Cause.NOT_BOUGHT in one.within:
            yield Cause.NOT_BOUGHT, one.within[Cause.NOT_BOUGHT]
        if Cause.CARRIED_OVER in other.within:
            yield Cause.CARRIED_OVER, -other.within[Cause.CARRIED_OVER]
    if one.source is other.source and other.station is Station.AFTER_TRANSFER:
        if Cause.TRANSFERRED in one.within:
            yield Cause.TRANSFERRED, one.within[Cause.TRANSFERRED]
    elif one.source is other.source and Cause.ORDERED in one.within:
        yield Cause.ORDERED, one.within[Cause.ORDERED]
    if one.source is other.source is Source.PROJECTS:
        missing = one.within.get(Cause.NOT_COVERED, Decimal(0)) - other.within.get(
            Cause.NOT_COVERED, Decimal(0)
        )
        if missing:
            yield Cause.NOT_COVERED, missing


def _cause_of_rest(one: Figure, other: Figure, year: int, extracts: Collection[Source]) -> Cause:
    if one.source in extracts or other.source in extracts:
        return Cause.NOT_COVERED
    if one.source is not other.source:
        return Cause.OTHER_CUT
    return Cause.OPEN if other.as_of < last_day(year) else Cause.UNKNOWN

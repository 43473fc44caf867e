"""Where a body's projects were budgeted and where they were paid, by province, as the former site
published it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from .models import Agency, ProjectDisbursement, Province
from .purses import share
from .querysets import ProjectDisbursementQuerySet


@dataclass(frozen=True, slots=True)
class Place:
    """One province: what was budgeted for it and what was paid in it, in baht; `name` is empty where none
    is given.
    """

    name: str
    budgeted: Decimal
    paid: Decimal

    @property
    def paid_share(self) -> Decimal | None:
        """Paid there as a share of budgeted there: over 1 where money was budgeted elsewhere."""
        return share(self.paid, self.budgeted)


@dataclass(frozen=True, slots=True)
class ByPlace:
    """A body's projects of one fiscal year (Common Era) by province, largest budget first; sums in baht."""

    year: int
    places: Sequence[Place]
    budgeted: Decimal
    paid: Decimal


def by_place(agency: Agency, year: int, day: date | None = None) -> ByPlace:
    """The provinces of a body's projects in one year, in two queries: budgeted and paid may be in
    different ones.
    """
    own = Q(ministry=agency) if agency.kind == Agency.Kind.MINISTRY else Q(agency=agency)
    facts = ProjectDisbursement.objects.current(day).in_year(year).filter(own)
    budgeted, paid = _sums(facts, "budget_province", "budgeted"), _sums(facts, "paid_province", "disbursed")
    none = Decimal(0)
    return ByPlace(year, _places(budgeted, paid), sum(budgeted.values(), none), sum(paid.values(), none))


def places_of(rows: Iterable[ProjectDisbursement]) -> Sequence[Place]:
    """The provinces of some rows: where they were budgeted and where they were paid, largest budget first."""
    budgeted: dict[str, Decimal] = {}
    paid: dict[str, Decimal] = {}
    for row in rows:
        if row.budgeted is not None:
            budgeted[row.budget_province] = budgeted.get(row.budget_province, Decimal(0)) + row.budgeted
        if row.disbursed is not None:
            paid[row.paid_province] = paid.get(row.paid_province, Decimal(0)) + row.disbursed
    return _places(budgeted, paid)


def codes_of_provinces() -> dict[str, tuple[str, str]]:
    """The published code and the English name of each province by its Thai name, in one query."""
    found = Province.objects.values_list("name", "code", "name_en")
    return {name: (code, english) for name, code, english in found}


def _places(budgeted: Mapping[str, Decimal], paid: Mapping[str, Decimal]) -> list[Place]:
    none = Decimal(0)
    places = [Place(name, budgeted.get(name, none), paid.get(name, none)) for name in {*budgeted, *paid}]
    return sorted(places, key=lambda place: (-place.budgeted, -place.paid, place.name))


def _sums(facts: ProjectDisbursementQuerySet, place: str, measure: str) -> dict[str, Decimal]:
    rows = facts.order_by().values(place).annotate(sum=Sum(measure))
    return {row[place]: row["sum"] for row in rows if row["sum"] is not None}

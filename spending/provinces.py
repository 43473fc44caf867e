"""Where a body's projects were budgeted and where they were paid, by province, as the former site
published it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from .models import Agency, ProjectDisbursement
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
    places = [Place(name, budgeted.get(name, none), paid.get(name, none)) for name in {*budgeted, *paid}]
    places.sort(key=lambda place: (-place.budgeted, -place.paid, place.name))
    return ByPlace(year, places, sum(budgeted.values(), none), sum(paid.values(), none))


def _sums(facts: ProjectDisbursementQuerySet, place: str, measure: str) -> dict[str, Decimal]:
    rows = facts.order_by().values(place).annotate(sum=Sum(measure))
    return {row[place]: row["sum"] for row in rows if row["sum"] is not None}

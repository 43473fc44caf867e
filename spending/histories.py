"""A budget through the years: the published totals of the whole and of each ministry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .models import Agency, ReferenceTotal
from .purses import share
from .querysets import ReferenceTotalQuerySet

Measure = ReferenceTotal.Measure


@dataclass(frozen=True, slots=True)
class YearTotals:
    """What was given, adjusted and paid in one fiscal year (Common Era), in baht; None where nobody
    published it.
    """

    year: int
    act: Decimal | None = None
    adjusted: Decimal | None = None
    paid: Decimal | None = None

    @property
    def paid_share(self) -> Decimal | None:
        """The part (0 to 1) of the act, or of the adjusted budget where no act is published, that was
        paid.
        """
        return share(self.paid, self.act if self.act is not None else self.adjusted)


def of_whole_budget(day: date | None = None) -> Sequence[YearTotals]:
    """The whole budget through the years, oldest first, in one query."""
    return _by_year(ReferenceTotal.objects.current(day).of_whole_budget())


def of_ministry(agency: Agency, day: date | None = None) -> Sequence[YearTotals]:
    """One ministry through the years, oldest first, in one query."""
    return _by_year(ReferenceTotal.objects.current(day).of_bodies().filter(agency=agency))


def _by_year(totals: ReferenceTotalQuerySet) -> Sequence[YearTotals]:
    """The totals of each year; of several publishers the one that said so last."""
    rows = totals.order_by("edition__as_of", "edition").values_list("fiscal_year", "measure", "amount")
    years: dict[int, dict[str, Decimal]] = {}
    for year, measure, amount in rows:
        years.setdefault(year, {})[measure] = amount
    return [
        YearTotals(year, found.get(Measure.ACT), found.get(Measure.ADJUSTED), found.get(Measure.PAID))
        for year, found in sorted(years.items())
    ]

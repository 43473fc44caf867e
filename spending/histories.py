"""Money through the years: the published totals of the whole and of each ministry, and what is known of
one body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from .models import Agency, AllocationTotal, Disbursement, ProjectDisbursement, ReferenceTotal
from .purses import PRINCIPAL_CUTS, share
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


@dataclass(frozen=True, slots=True)
class BodyYear:
    """What the sources say of one body in one fiscal year (Common Era), in baht; None where a source is
    silent.

    `book` is the sum of its lines in the budget book; `after_transfer` and `disbursed` stand in the
    newest weekly report of the year; `budgeted` and `paid` are the sums of the former site's projects.
    """

    year: int
    book: Decimal | None = None
    after_transfer: Decimal | None = None
    disbursed: Decimal | None = None
    budgeted: Decimal | None = None
    paid: Decimal | None = None


def of_body(agency: Agency, day: date | None = None) -> Sequence[BodyYear]:
    """One body through the years, newest first, in three queries. A ministry's years are those of all its
    agencies.
    """
    own = Q(ministry=agency) if agency.kind == Agency.Kind.MINISTRY else Q(agency=agency)
    book = _sums(AllocationTotal.objects.current(day).filter(own), book="amount")
    weekly = Disbursement.objects.current(day).for_agency(agency).filter(cut__in=PRINCIPAL_CUTS)
    projects = ProjectDisbursement.objects.current(day).filter(own)
    years: dict[int, dict[str, Decimal]] = {}
    for sums in (
        book,
        _sums(weekly, after_transfer="after_transfer", disbursed="disbursed"),
        _sums(projects, budgeted="budgeted", paid="disbursed"),
    ):
        for year, found in sums.items():
            years.setdefault(year, {}).update(found)
    return [BodyYear(year, **found) for year, found in sorted(years.items(), reverse=True)]


def datasets_of(years: Sequence[BodyYear]) -> list[str]:
    """The data sets that say something of a body in some years."""
    said = {
        "cgd_weekly": ("after_transfer", "disbursed"),
        "budget_book": ("book",),
        "bbgfproject": ("budgeted", "paid"),
    }
    return [
        dataset
        for dataset, names in said.items()
        if any(getattr(year, name) is not None for year in years for name in names)
    ]


def _sums(facts: QuerySet[Any], **measures: str) -> dict[int, dict[str, Decimal]]:
    """Sums of some amounts by fiscal year; the names of the sums must not be those of columns."""
    named = {f"sum_{name}": Sum(column) for name, column in measures.items()}
    rows = facts.order_by().values("fiscal_year").annotate(**named)
    return {row["fiscal_year"]: {name: row[f"sum_{name}"] for name in measures} for row in rows}


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

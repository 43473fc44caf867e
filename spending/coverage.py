"""How much of a year's budget act the published lines account for. What is missing is said, never scaled
away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from .breakdowns import share_of
from .models import AllocationTotal, Edition, ReferenceTotal
from .statements import kept_rows

BOOK = "budget_book"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The budget act of a year and the lines known of it, in baht. `act` is None where no total is
    published.
    """

    year: int
    known: Decimal
    act: Decimal | None

    @property
    def unknown(self) -> Decimal:
        """What the act gave and no published line accounts for; never below zero."""
        return Decimal(0) if self.act is None else max(self.act - self.known, Decimal(0))

    @property
    def whole(self) -> Decimal:
        """What shares of the year are shares of: the act, or the known lines where it is not published."""
        return self.known if self.act is None else self.act

    @property
    def share(self) -> Decimal | None:
        """The known part of the act (0 to 1); None where the act is not published or is zero."""
        return None if self.act is None else share_of(self.known, self.act)


def acts(day: date | None = None) -> dict[int, Decimal]:
    """The budget act of each year (Common Era) in baht, in one query; of several publishers the latest to
    say so.
    """
    totals = (
        ReferenceTotal.objects.current(day)
        .of_whole_budget()
        .filter(measure=ReferenceTotal.Measure.ACT)
        .order_by("edition__as_of", "edition")
        .values_list("fiscal_year", "amount")
    )
    return dict(totals)


def book_years(day: date | None = None) -> tuple[int, ...]:
    """The fiscal years (Common Era) of which budget lines are published, oldest first."""

    def told() -> QuerySet[Edition, tuple[int | None]]:
        editions = Edition.objects.of(BOOK).known_on(day)
        return editions.order_by("fiscal_year").values_list("fiscal_year").distinct()

    rows = told() if day else kept_rows("years of the book", told)
    return tuple(year for (year,) in rows if year is not None)


def unextracted(year: int, code: str, day: date | None = None) -> Coverage | None:
    """The coverage of a year (Common Era) whose published volumes have no line of the ministry or agency
    `code` and leave a part of the act open: what the body was given is not known. None where it is known.
    """
    lines = AllocationTotal.objects.current(day).in_year(year)
    if lines.filter(Q(agency__code=code) | Q(ministry__code=code)).exists():
        return None
    covered = coverage(year, day)
    return covered if covered.act is None or covered.unknown else None


def coverages(day: date | None = None) -> list[Coverage]:
    """The coverage of every year of which lines or an act are published, oldest first, in two queries."""
    known = AllocationTotal.objects.current(day).order_by().values_list("fiscal_year")
    sums = dict(known.annotate(Sum("amount")))
    whole = acts(day)
    return [Coverage(year, sums.get(year, Decimal(0)), whole.get(year)) for year in sorted({*sums, *whole})]


def coverage(year: int, day: date | None = None) -> Coverage:
    """The coverage of one fiscal year (Common Era), in two queries."""
    known = AllocationTotal.objects.current(day).in_year(year).total()
    return Coverage(year, known, acts(day).get(year))

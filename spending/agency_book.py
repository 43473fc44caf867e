"""What the newest budget book says of one body: its sum, what it is for, its largest lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from .breakdowns import Breakdown, Dimension, break_down, share_of
from .coverage import coverage
from .models import Agency, Allocation, AllocationTotal, Commitment, Edition
from .obligations import Instalment, promised

PARTS = 6  # plans shown one by one
LARGEST = 6  # lines


@dataclass(frozen=True, slots=True)
class AgencyBook:
    """A body in the newest book that has it. Year in Common Era, amounts in baht.

    `whole` is the budget act of the year, or the sum of all known lines where the act is not published.
    `promised` is what its obligations cost in the years after the book's.
    """

    year: int
    total: Decimal
    lines: int
    whole: Decimal
    by_plan: Breakdown
    by_category: Breakdown
    largest: Sequence[Allocation]
    promised: Sequence[Instalment]

    @property
    def share(self) -> Decimal | None:
        """The body's share (0 to 1) of the year's budget."""
        return share_of(self.total, self.whole)


def agency_book(agency: Agency, day: date | None = None, wanted: int | None = None) -> AgencyBook | None:
    """The book of a body as known on `day` (None: now), in seven queries: of the fiscal year `wanted` (Common
    Era), or the newest that has it. None where no book has a line of it.
    """
    own = _own(agency)
    totals = AllocationTotal.objects.current(day).filter(own)
    if wanted is not None:
        totals = totals.in_year(wanted)
    years = totals.order_by().values("fiscal_year").annotate(sum=Sum("amount"), counted=Sum("lines"))
    newest = years.order_by("fiscal_year").last()
    if newest is None:
        return None
    year = newest["fiscal_year"]
    lines = Allocation.objects.current(day).in_year(year).filter(own).largest_first()
    promises = Commitment.objects.current(day).filter(own, edition__fiscal_year=year)
    return AgencyBook(
        year=year,
        total=newest["sum"],
        lines=newest["counted"],
        whole=coverage(year, day).whole,
        by_plan=break_down(totals.in_year(year), Dimension.PLAN, limit=PARTS),
        by_category=break_down(totals.in_year(year), Dimension.CATEGORY),
        largest=list(lines.select_related("activity", "plan")[:LARGEST]),
        promised=promised(promises, after=year),
    )


def book_editions(agency: Agency, year: int, day: date | None = None) -> QuerySet[Edition]:
    """The editions that have lines of a body in the book of a fiscal year, in the order of the volumes."""
    totals = AllocationTotal.objects.current(day).in_year(year).filter(_own(agency))
    return Edition.objects.filter(pk__in=totals.order_by().values("edition")).order_by("part")


def _own(agency: Agency) -> Q:
    return Q(ministry=agency) if agency.kind == Agency.Kind.MINISTRY else Q(agency=agency)

"""What is asked of one line of the budget book: the line, its neighbours, its earlier editions, what it
is a part of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from .breakdowns import share_of
from .models import Allocation, AllocationTotal, Commitment, Edition
from .querysets import AllocationQuerySet


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The other lines of the same output or project of an agency: the largest of them, and what all of
    them sum to.

    `total` is in baht and `lines` counts them; both without the line itself.
    """

    largest: tuple[Allocation, ...]
    total: Decimal
    lines: int


@dataclass(frozen=True, slots=True)
class Version:
    """The line as one published edition gives it: its amount in baht and whether it differs from the
    edition before.
    """

    edition: Edition
    amount: Decimal
    description: str
    changed: bool


@dataclass(frozen=True, slots=True)
class PartOf:
    """What a line is a part of: the sums of its agency and its ministry in the year, in baht."""

    amount: Decimal
    agency: Decimal
    ministry: Decimal

    @property
    def of_agency(self) -> Decimal | None:
        """The line's share (0 to 1) of its agency's budget."""
        return share_of(self.amount, self.agency)

    @property
    def of_ministry(self) -> Decimal | None:
        """The line's share (0 to 1) of its ministry's budget."""
        return share_of(self.amount, self.ministry)


def find(item_id: str, year: int, day: date | None = None) -> Allocation | None:
    """The line of a published id in a fiscal year (Common Era), as the editions answering on `day` give
    it.
    """
    lines = Allocation.objects.current(day).in_year(year).filter(item_id=item_id).with_names()
    found: Allocation | None = lines.select_related("edition__source_file").first()
    return found


def obligation_of(item_id: str, day: date | None = None) -> Commitment | None:
    """The obligation that an id names where it is another year's row of it, not a line of the book's own
    year.
    """
    found: Commitment | None = Commitment.objects.current(day).filter(item_id=item_id).first()
    return found


def neighbours(line: Allocation, day: date | None = None, limit: int = 8) -> Neighbours:
    """The lines beside a line, in two queries."""
    beside = beside_of(line, day).exclude(pk=line.pk)
    sums = beside.aggregate(total=Sum("amount"), lines=Count("pk"))
    largest = beside.largest_first()[:limit] if sums["lines"] else ()
    return Neighbours(tuple(largest), sums["total"] or Decimal(0), sums["lines"])


def beside_of(line: Allocation, day: date | None = None) -> AllocationQuerySet:
    """All lines of the same agency, plan and output or project."""
    lines: Any = Allocation.objects.current(day).in_year(line.fiscal_year)
    beside: AllocationQuerySet = lines.filter(
        agency=line.agency_id, plan=line.plan_id, activity=line.activity_id
    )
    return beside


def part_of(line: Allocation, day: date | None = None) -> PartOf:
    """The sums that a line is a part of, in one query."""
    of_agency = Q(agency=line.agency_id)
    totals = AllocationTotal.objects.current(day).in_year(line.fiscal_year).for_ministry(line.ministry_id)
    sums = totals.aggregate(agency=Sum("amount", filter=of_agency), ministry=Sum("amount"))
    return PartOf(line.amount, sums["agency"] or Decimal(0), sums["ministry"] or Decimal(0))


def versions(item_id: str) -> Sequence[Version]:
    """What each published edition says of a line, the oldest first, in one query."""
    rows = (
        Allocation.objects.filter(item_id=item_id, edition__state=Edition.State.PUBLISHED)
        .select_related("edition")
        .order_by("edition__as_of", "edition__published_at", "edition")
    )
    found: list[Version] = []
    for row in rows:
        before = found[-1] if found else None
        changed = before is not None and (before.amount, before.description) != (row.amount, row.description)
        found.append(Version(row.edition, row.amount, row.description, changed))
    return found

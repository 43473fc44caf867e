"""What the book has promised over the years (งบผูกพัน): the timeline of one line, and the sums of an
agency.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.db.models import Count, Max, Sum

from .models import Allocation, Commitment
from .querysets import CommitmentQuerySet


@dataclass(frozen=True, slots=True)
class Instalment:
    """What an obligation costs in one year, or in one printed range of years. Years in Common Era, amount
    in baht.

    `lines` is how many published rows were summed; `item_id` the published id where it is one row, else
    empty.
    """

    first_year: int
    last_year: int
    amount: Decimal
    lines: int = 1
    item_id: str = ""

    @property
    def is_range(self) -> bool:
        return self.last_year != self.first_year


@dataclass(frozen=True, slots=True)
class Timeline:
    """The instalments of one obligation, oldest first, as the book of `book_year` (Common Era) prints
    them.
    """

    book_year: int
    instalments: tuple[Instalment, ...]

    @property
    def total(self) -> Decimal:
        """All instalments together, in baht."""
        return _sum(self.instalments)

    @property
    def before(self) -> Decimal:
        """What earlier years bore, in baht."""
        return _sum(step for step in self.instalments if step.last_year < self.book_year)

    @property
    def after(self) -> Decimal:
        """What is promised for later years, in baht."""
        return _sum(step for step in self.instalments if step.first_year > self.book_year)

    @property
    def last_year(self) -> int:
        return max(step.last_year for step in self.instalments)


def timeline(line: Allocation, commitments: Iterable[Commitment]) -> Timeline | None:
    """The years of an obligation with the line's own year among them; None for a line that obliges no
    other year.
    """
    own = Instalment(line.fiscal_year, line.fiscal_year, line.amount, item_id=line.item_id)
    others = [
        Instalment(step.fiscal_year, step.until_year, step.amount, item_id=step.item_id)
        for step in commitments
        if step.item_id != line.item_id  # the book's own year stands among the published instalments
        and not is_part(step)
    ]
    if not others:
        return None
    ordered = sorted([own, *others], key=lambda step: (step.first_year, step.last_year, step.item_id))
    return Timeline(line.fiscal_year, tuple(ordered))


class Step(Protocol):
    """What one year of an obligation is known by."""

    @property
    def item_id(self) -> str: ...
    @property
    def line_item_id(self) -> str: ...


def is_part(step: Step) -> bool:
    """Whether an obligation is only a part of its budget line: the book lists it below the line, and its id
    goes on from that of the line (`2022.3.17.p51-3.1`).
    """
    return step.item_id.startswith(f"{step.line_item_id}.") if step.line_item_id else False


def promised(commitments: CommitmentQuerySet, after: int) -> Sequence[Instalment]:
    """What is promised for the years after a book year (Common Era), summed by year or printed range, in
    one query.
    """
    groups = (
        commitments.after(after)
        .order_by()
        .values("fiscal_year", "until_year")
        .annotate(sum=Sum("amount"), counted=Count("pk"))
        .order_by("fiscal_year", "until_year")
    )
    return [
        Instalment(group["fiscal_year"], group["until_year"], group["sum"], group["counted"])
        for group in groups
    ]


def _sum(steps: Iterable[Instalment]) -> Decimal:
    return sum((step.amount for step in steps), Decimal(0))


@dataclass(frozen=True, slots=True)
class Promise:
    """What one line of a book promises for later years, in baht, and the last of these years (Common Era).

    `line_item_id` is the published id of the line; empty where the book has no line of its own year for it.
    """

    line_item_id: str
    description: str
    agency: str
    amount: Decimal
    last_year: int


def largest_promises(commitments: CommitmentQuerySet, limit: int) -> Sequence[Promise]:
    """The lines that promise most under a query, largest first, in one query."""
    groups = (
        commitments.order_by()
        .values("line_item_id", "description", "agency__name")
        .annotate(sum=Sum("amount"), last=Max("until_year"))
        .order_by("-sum", "line_item_id", "description")[:limit]
    )
    return [
        Promise(one["line_item_id"], one["description"], one["agency__name"], one["sum"], one["last"])
        for one in groups
    ]


def promising_books(commitments: CommitmentQuerySet) -> Sequence[int]:
    """The fiscal years (Common Era) of the books that promise anything, newest first."""
    years = commitments.order_by().values_list("edition__fiscal_year", flat=True).distinct()
    return sorted((year for year in years if year is not None), reverse=True)

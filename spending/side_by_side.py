"""Two public bodies side by side: what each source says of both, in the same years and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from .breakdowns import Breakdown, Dimension, break_down
from .histories import BodyYear, of_body
from .models import Agency, AllocationTotal
from .purchases import bought_by
from .purses import Week, weeks

FEW = 12  # bodies offered where a name means several


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. `week` is its newest weekly report, `book` its lines of one budget book by category of
    expenditure, `bought` what it bought through e-GP: year, projects, agreed price.
    """

    body: Agency
    week: Week | None
    years: Sequence[BodyYear]
    book_year: int | None
    book: Breakdown | None
    bought: Sequence[tuple[int, int, Decimal]]


Pair = tuple[Side, Side]


def side_by_side(first: Agency, second: Agency, day: date | None = None) -> Pair:
    """Both bodies as known on `day` (None: now). The book is the newest that has lines of both; where none
    has, neither is told of.
    """
    sides = (first, second)
    reports = [weeks(body, day) for body in sides]
    year = _common_book(sides, day)
    one, other = (
        Side(
            body=body,
            week=found[-1] if found else None,
            years=of_body(body, day),
            book_year=year,
            book=_book(body, year, day) if year is not None else None,
            bought=bought_by(body, day),
        )
        for body, found in zip(sides, reports, strict=True)
    )
    return one, other


def meant_by(text: str) -> Sequence[Agency]:
    """The bodies that a code or a name means: one by its code or whole name, else all that have it within
    theirs, a few at most.
    """
    bodies = Agency.objects.select_related("ministry")
    exact = (
        bodies.filter(code=text)[:1]
        or bodies.filter(Q(name=text) | Q(name_en__iexact=text) | Q(names__name=text)).distinct()
    )
    return list(exact[:FEW]) or list(bodies.filter(Q(search_key__holds=text)).order_by("code")[:FEW])


def times(more: Decimal | None, less: Decimal | None) -> Decimal | None:
    """How many times the smaller of two amounts the larger is; None where either is unknown or zero."""
    if more is None or less is None or min(more, less) <= 0:
        return None
    return max(more, less) / min(more, less)


def _own(body: Agency) -> Q:
    return Q(ministry=body) if body.kind == Agency.Kind.MINISTRY else Q(agency=body)


def _common_book(bodies: Iterable[Agency], day: date | None) -> int | None:
    """The newest fiscal year whose book has lines of every one of the bodies."""
    known: list[set[int]] = []
    for body in bodies:
        totals = AllocationTotal.objects.current(day).filter(_own(body)).order_by()
        rows = totals.values("fiscal_year").annotate(sum=Sum("amount"))
        known.append({row["fiscal_year"] for row in rows if row["sum"]})
    return max(set.intersection(*known), default=None)


def _book(body: Agency, year: int, day: date | None) -> Breakdown:
    totals = AllocationTotal.objects.current(day).filter(_own(body)).in_year(year)
    return break_down(totals, Dimension.CATEGORY)

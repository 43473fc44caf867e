"""The figures of two public bodies side by side: the same on the page, in the API and in files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from .fiscal import fiscal_year_of
from .models import Agency, AllocationTotal, Disbursement, Edition, ProjectBuyerTotal, ProjectDisbursement
from .purchases import departments_of
from .purses import PRINCIPAL_CUTS, Purse, Week
from .side_by_side import Pair, Side

BY_YEAR = ("after_transfer", "disbursed", "book", "budgeted", "paid")


class Topic(StrEnum):
    """What the two are compared by."""

    WEEK = "week"
    BOOK = "book"
    YEARS = "years"
    PURCHASES = "purchases"


@dataclass(frozen=True, slots=True)
class Value:
    """What one body has of a figure: baht, and its share of the money it is part of (0 to 1); None where no
    edition at hand says it.
    """

    amount: Decimal | None = None
    share: Decimal | None = None

    @property
    def is_known(self) -> bool:
        return self.amount is not None or self.share is not None


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that both are compared by; `name` is the published category of a `category`. The fiscal year
    is Common Era.
    """

    topic: Topic
    fiscal_year: int
    measure: str
    values: tuple[Value, Value]
    name: str = ""


def figures(pair: Pair) -> list[Figure]:
    """All figures that either body has a value in: as topics, and in a topic as the page has them."""
    told = (*_week(pair), *_book(pair), *_years(pair), *_purchases(pair))
    return [figure for figure in told if any(value.is_known for value in figure.values)]


def same_year(pair: Pair) -> tuple[Week, Week] | None:
    """The newest reports of both, where they speak of one fiscal year: others are not compared."""
    one, other = (side.week for side in pair)
    if one is None or other is None or fiscal_year_of(one.as_of) != fiscal_year_of(other.as_of):
        return None
    return one, other


def _week(pair: Pair) -> Iterator[Figure]:
    reports = same_year(pair)
    if reports is None:
        return
    year = fiscal_year_of(reports[0].as_of)
    one, other = (_of_week(week) for week in reports)
    for measure in one:
        yield Figure(Topic.WEEK, year, measure, (one[measure], other[measure]))


def _of_week(week: Week) -> dict[str, Value]:
    """What a report says of one body, by measure."""
    none = Purse("")
    total, recurrent, investment = week.total, week.recurrent or none, week.investment or none
    return {
        "after_transfer": Value(total.after_transfer),
        "disbursed": Value(total.disbursed, total.disbursed_share),
        "committed": Value(total.committed),
        "remaining": Value(total.remaining),
        "recurrent_spent": Value(recurrent.bound_or_paid, recurrent.spent_share),
        "recurrent_target": Value(share=recurrent.target_share),
        "investment_spent": Value(investment.bound_or_paid, investment.spent_share),
        "investment_target": Value(share=investment.target_share),
    }


def _book(pair: Pair) -> Iterator[Figure]:
    books = [{row.code: row for row in side.book.rows} for side in pair if side.book]
    year = pair[0].book_year
    if len(books) != len(pair) or year is None:
        return
    for code in dict.fromkeys(code for book in books for code in book):
        rows = [book.get(code) for book in books]
        name = next(row.name for row in rows if row is not None)
        one, other = (Value(row.amount, row.share) if row else Value() for row in rows)
        yield Figure(Topic.BOOK, year, "category", (one, other), name)


def _years(pair: Pair) -> Iterator[Figure]:
    known = [{one.year: one for one in side.years} for side in pair]
    for year in sorted({year for side in known for year in side}, reverse=True):
        for measure in BY_YEAR:
            one, other = (Value(getattr(side.get(year), measure, None)) for side in known)
            yield Figure(Topic.YEARS, year, measure, (one, other))


def _purchases(pair: Pair) -> Iterator[Figure]:
    known = [{year: agreed for year, _number, agreed in side.bought} for side in pair]
    for year in sorted({year for side in known for year in side}, reverse=True):
        one, other = (Value(side.get(year)) for side in known)
        yield Figure(Topic.PURCHASES, year, "agreed_price", (one, other))


# Where they come from


def editions_of(pair: Pair, topic: Topic, day: date | None = None) -> QuerySet[Edition]:
    """The editions that the figures of a topic are read from, as known on `day` (None: now)."""
    facts = [rows for side in pair for rows in _facts(side, topic, day)]
    found = Q()
    for rows in facts:
        found |= Q(pk__in=rows.order_by().values("edition"))
    return Edition.objects.filter(found).order_by("dataset", "part")


def _facts(side: Side, topic: Topic, day: date | None) -> Iterator[Any]:
    """The facts about one body that a topic sums."""
    body = side.body
    own = Q(ministry=body) if body.kind == Agency.Kind.MINISTRY else Q(agency=body)
    book = AllocationTotal.objects.current(day).filter(own)
    if topic is Topic.WEEK and side.week is not None:
        yield Disbursement.objects.for_agency(body).filter(as_of=side.week.as_of).by_week(day)
    elif topic is Topic.BOOK:
        yield book.in_year(side.book_year or 0)
    elif topic is Topic.YEARS:
        yield book
        yield Disbursement.objects.current(day).for_agency(body).filter(cut__in=PRINCIPAL_CUTS)
        yield ProjectDisbursement.objects.current(day).filter(own)
    elif topic is Topic.PURCHASES:
        yield ProjectBuyerTotal.objects.current(day).filter(buyer__in=departments_of(body))

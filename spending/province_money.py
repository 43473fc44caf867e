"""Public money by province, from each source that names provinces. Sources overlap and are never added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count, Sum

from .models import Disbursement, Edition, ProjectDisbursement, ProjectYearTotal, Province
from .overview import WEEKLY
from .purchase_filters import DATASETS as PURCHASES
from .purses import added, share
from .yardsticks import Ratio

Cut = Disbursement.Cut
OWN_NAME = "จังหวัด"  # how the report calls a province that holds a budget of its own
PAST_PROJECTS = "bbgfproject"


class Source(StrEnum):
    """Whose figures of the provinces are asked for; the value is its name in addresses (`?source=`)."""

    CENTRAL = "central"  # money of central agencies allotted to the province (weekly report, sheet 13)
    OWN = "own"  # the province's own budget (weekly report, sheet 11)
    PROJECTS = "projects"  # projects of past years, as the former site published them
    PURCHASES = "purchases"  # purchases through e-GP


class Show(StrEnum):
    """What of the figures is shown; the value is its name in addresses (`?show=`)."""

    GIVEN = "given"  # the budget, in baht
    PAID = "paid"  # what is paid (of purchases: agreed), in baht
    SHARE = "share"  # paid as a share of given
    PERSON = "person"  # the budget per person, in baht
    COUNT = "count"  # the number of projects


COUNTED = (Source.PROJECTS, Source.PURCHASES)
"""Sources that count projects."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one source says of one province in one fiscal year, in baht; None where it says nothing.

    `given` is what was allotted or budgeted for it, `paid` what was paid in it (of purchases: what was
    agreed), `count` the number of projects, `people` how many were counted in it on a day of the year. A
    holding without a `code` is of no province.
    """

    code: str
    name: str
    name_en: str
    given: Decimal | None = None
    paid: Decimal | None = None
    count: int | None = None
    people: Decimal | None = None

    @property
    def per_person(self) -> Decimal | None:
        """The budget by the people of the province, in baht; None where they are not counted."""
        return None if self.given is None or not self.people else Ratio(by=self.people).of(self.given, 2)

    @property
    def paid_share(self) -> Decimal | None:
        """Paid as a share (0 to 1) of given; over 1 where money was given elsewhere."""
        return share(self.paid, self.given)

    @property
    def is_known(self) -> bool:
        return any(value is not None for value in (self.given, self.paid, self.count))

    def shown(self, show: Show) -> Decimal | None:
        """The one figure that a map is drawn of."""
        if show is Show.COUNT:
            return None if self.count is None else Decimal(self.count)
        figures = {Show.GIVEN: self.given, Show.PAID: self.paid, Show.PERSON: self.per_person}
        return figures.get(show, self.paid_share)


@dataclass(frozen=True, slots=True)
class Provinces:
    """All 77 provinces by one source in one fiscal year (Common Era), in the order of their codes.

    `elsewhere` is what the source places in no province: paid centrally, or without a place. The two
    together are all that the source tells of the year.
    """

    source: Source
    year: int
    holdings: tuple[Holding, ...]
    elsewhere: Holding

    @property
    def total(self) -> Holding:
        """All provinces and what is in none, together."""
        every = (*self.holdings, self.elsewhere)
        counts = [one.count for one in every if one.count is not None]
        return Holding(
            "",
            "",
            "",
            added(*(one.given for one in every)),
            added(*(one.paid for one in every)),
            sum(counts) if counts else None,
        )

    def of(self, code: str) -> Holding:
        """What the source says of the province with a code."""
        return next(one for one in self.holdings if one.code == code)


Figures = Mapping[str, Any]  # given, paid, count of one province


def years_of(source: Source, day: date | None = None) -> tuple[int, ...]:
    """The fiscal years (Common Era) of which a source tells on `day` (None: now), newest first, in one
    query.
    """
    datasets = {Source.PROJECTS: (PAST_PROJECTS,), Source.PURCHASES: PURCHASES}.get(source, (WEEKLY,))
    if source is Source.PURCHASES:
        years = (
            ProjectYearTotal.objects.current(day).order_by().values_list("fiscal_year", flat=True).distinct()
        )
    else:
        editions = Edition.objects.known_on(day).filter(dataset__in=datasets)
        years = editions.order_by().values_list("fiscal_year", flat=True).distinct()
    return tuple(sorted((year for year in years if year), reverse=True))


def by_province(
    source: Source, year: int, day: date | None = None, people: Mapping[str, Decimal] | None = None
) -> Provinces:
    """What one source says of every province in a fiscal year (Common Era), in two or three queries.

    `people` are those of the year by the code of their province. Sources leave provinces out or place money
    in none, so there is no figure per person of all together.
    """
    people = people or {}
    found = READERS[source](year, day)
    names = Province.objects.values_list("code", "name", "name_en")
    known = {name for _code, name, _english in names}
    holdings = tuple(
        Holding(code, name, english, **found.get(name, {}), people=people.get(code))
        for code, name, english in sorted(names)
    )
    beyond = [figures for name, figures in found.items() if name not in known]
    return Provinces(source, year, holdings, _together(beyond))


def _together(figures: Sequence[Figures]) -> Holding:
    counts = [one["count"] for one in figures if one.get("count") is not None]
    return Holding(
        "",
        "",
        "",
        added(*(one.get("given") for one in figures)),
        added(*(one.get("paid") for one in figures)),
        sum(counts) if counts else None,
    )


def _central(year: int, day: date | None) -> dict[str, Figures]:
    facts = Disbursement.objects.current(day).in_year(year).in_cut(Cut.CENTRAL_TO_PROVINCE)
    rows = facts.order_by().values("province__name")
    sums = rows.annotate(given=Sum("allotted"), paid=Sum("disbursed"))
    return {row["province__name"]: {"given": row["given"], "paid": row["paid"]} for row in sums}


def _own(year: int, day: date | None) -> dict[str, Figures]:
    facts = Disbursement.objects.current(day).in_year(year).in_cut(Cut.PROVINCE)
    rows = facts.order_by().values("body_code", "body_name")
    sums = rows.annotate(given=Sum("after_transfer"), paid=Sum("disbursed"))
    return {
        row["body_name"].removeprefix(OWN_NAME): {"given": row["given"], "paid": row["paid"]} for row in sums
    }


def _projects(year: int, day: date | None) -> dict[str, Figures]:
    facts = ProjectDisbursement.objects.current(day).in_year(year).order_by()
    budgeted = facts.exclude(budgeted=None).values("budget_province")
    given = budgeted.annotate(sum=Sum("budgeted"), number=Count("project_code", distinct=True))
    paid = facts.exclude(disbursed=None).values("paid_province").annotate(sum=Sum("disbursed"))
    found: dict[str, dict[str, Any]] = {}
    for row in given:
        found[row["budget_province"]] = {"given": row["sum"], "count": row["number"]}
    for row in paid:
        found.setdefault(row["paid_province"], {})["paid"] = row["sum"]
    return dict(found)


def _purchases(year: int, day: date | None) -> dict[str, Figures]:
    rows = ProjectYearTotal.objects.current(day).in_year(year).order_by().values("province__name")
    sums = rows.annotate(given=Sum("budget"), paid=Sum("agreed_price"), number=Sum("lines"))
    return {
        row["province__name"] or "": {"given": row["given"], "paid": row["paid"], "count": row["number"]}
        for row in sums
    }


READERS: Mapping[Source, Callable[[int, date | None], dict[str, Figures]]] = {
    Source.CENTRAL: _central,
    Source.OWN: _own,
    Source.PROJECTS: _projects,
    Source.PURCHASES: _purchases,
}
"""How each source is read: figures by the name of the province, as published."""

"""Two public bodies side by side as rows of files and of the API, and the rows behind each amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext_noop as _

from .breakdowns import NONE_CODE
from .columns import YEARS, Column, part
from .fiscal import buddhist
from .models import Agency, Buyer, Disbursement
from .pair_figures import Figure, Topic, Value, figures
from .purses import CUTS
from .side_by_side import Pair, Side

RESOURCES_OF = {
    "after_transfer": "disbursements",
    "disbursed": "disbursements",
    "book": "allocations",
    "category": "allocations",
    "budgeted": "project-disbursements",
    "paid": "project-disbursements",
    "agreed_price": "projects",
}
"""The resource of the API that has the rows of a measure; of all others the weekly report."""
DATASETS_OF = {
    "disbursements": "cgd_weekly",
    "allocations": "budget_book",
    "project-disbursements": "bbgfproject",
    "projects": "egp_contracts",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows of one of the two stand: the day asked for, that of its newest weekly report where
    another answers by now, the cut it is read in, and whether departments of a ministry are its own.
    """

    side: Side
    day: date | None
    week_day: date | None
    cut: str
    buys_itself: bool

    def addresses(self, figure: Figure) -> Iterator[str]:
        """The questions to the API whose rows a figure is made of."""
        resource = RESOURCES_OF.get(figure.measure, "disbursements")
        body = self.side.body
        words = {"year": str(buddhist(figure.fiscal_year))}
        if resource == "disbursements":
            economic = figure.measure.partition("_")[0]
            words |= {"agency": body.code}
            words |= {"economic": economic} if economic in Disbursement.Economic.values else {}
            day = self.week_day if figure.topic is Topic.WEEK else self.day
            for cut in self._cuts(figure):
                yield _address(resource, words | {"cut": cut}, day)
            return
        is_ministry = body.kind == Agency.Kind.MINISTRY
        words |= {"ministry" if is_ministry else "agency": body.code}
        words |= {"category": figure.name or NONE_CODE} if figure.measure == "category" else {}
        yield _address(resource, words, self.day)
        if is_ministry and self.buys_itself and resource == "projects":
            yield _address(resource, {"year": words["year"], "agency": body.code}, self.day)

    def _cuts(self, figure: Figure) -> tuple[str, ...]:
        """The cuts of the weekly report: targets stand beside the amounts, in a cut of their own."""
        if not figure.measure.endswith(("_spent", "_target")):
            return (self.cut,)
        return next((cuts for cuts in CUTS.values() if self.cut in cuts), (self.cut,))


@dataclass(frozen=True, slots=True)
class Line:
    """What one of the two has of a figure, as one row."""

    figure: Figure
    body: Agency
    value: Value
    rows: str

    @property
    def fiscal_year(self) -> int:
        return self.figure.fiscal_year

    @property
    def dataset(self) -> str:
        return DATASETS_OF[RESOURCES_OF.get(self.figure.measure, "disbursements")]


SHARE = models.DecimalField(max_digits=18, decimal_places=12)
COLUMNS = (
    Column("topic", lambda line: line.figure.topic, _("what is compared: week, book, years or purchases")),
    *YEARS,
    Column(
        "measure",
        lambda line: line.figure.measure,
        _("what the amount is, e.g. after_transfer, disbursed, category of expenditure or agreed_price"),
    ),
    Column("category", lambda line: line.figure.name, _("category of expenditure, of the budget book")),
    part("agency_code", "body.code", _("code of the body")),
    part("agency", "body.name", _("name of the body")),
    part("agency_en", "body.name_en", _("the same in English where that is published")),
    part("amount", "value.amount", _("baht; empty where no edition covers it, which is not zero")),
    part("share", "value.share", _("0 to 1: of the money after transfers, or of the body's sum in the book")),
    Column("dataset", lambda line: line.dataset, _("data set that says so")),
    Column("rows", lambda line: line.rows, _("addresses of the rows that it is made of")),
)
KIND_OF: dict[str, Any] = {
    **dict.fromkeys(column.name for column in COLUMNS),
    **dict.fromkeys(("fiscal_year_be", "fiscal_year"), models.IntegerField()),
    "amount": Disbursement._meta.get_field("disbursed"),
    "share": SHARE,
}
"""The kind of value of each column as a field of a model; None for text."""


def lines_of(pair: Pair, day: date | None, topic: Topic | None = None) -> Iterator[Line]:
    """The figures of a pair as known on `day` (None: now), each with a row for either body."""
    origins = [origin_of(side, day) for side in pair]
    for figure in figures(pair):
        if topic not in (None, figure.topic):
            continue
        for origin, value in zip(origins, figure.values, strict=True):
            rows = " ".join(origin.addresses(figure)) if value.is_known else ""
            yield Line(figure, origin.side.body, value, rows)


def origin_of(side: Side, day: date | None) -> Origin:
    """Where the rows of one of the two stand, in at most two queries."""
    body, week = side.body, side.week
    week_day = day
    if week is not None:
        answering = Disbursement.objects.current(day).for_agency(body).filter(cut=week.cut, as_of=week.as_of)
        week_day = day if answering.exists() else week.as_of
    return Origin(
        side=side,
        day=day,
        week_day=week_day,
        cut=week.cut if week is not None else CUTS[Agency.Kind(body.kind)][0],
        buys_itself=body.kind == Agency.Kind.MINISTRY and Buyer.objects.filter(agency=body).exists(),
    )


def _address(resource: str, words: dict[str, str], day: date | None) -> str:
    asked = words | ({"as_of": day.isoformat()} if day else {})
    return f"/api/v1/{resource}/?{urlencode(asked)}"

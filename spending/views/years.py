"""The figures of a sum through the years, on the pages of the budget and of agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from .. import charts, histories, sentences, slices
from ..breakdowns import Dimension, Point, Series, over_years
from ..filters import AllocationFilter
from ..histories import YearTotals
from ..models import Agency, Edition, ReferenceTotal
from ..palette import PLAIN
from ..provenance import Provenance, provenance_of
from ..references import Measure, unasked
from ..speech import shortened
from ..standing import change
from ..tables import Column, Kind, Row, Table
from ..trends import Run, Trend, trend
from ..yardsticks import Per
from . import measures

LEAST = 2  # years that make a line
LARGEST = 5  # slices drawn as lines through the years of the book
NAME = 20  # letters of a line's name that fit beside it
LINE_HUES = ("c1", "c2", "c3", "c5", "c7")  # where the slices have no colours of their own


@dataclass(frozen=True, slots=True)
class History:
    """The totals of a body or of the whole through the years, oldest first, and the colour of its line."""

    totals: Sequence[YearTotals]
    hue: str = PLAIN

    @property
    def is_told(self) -> bool:
        """Whether there are years enough for a line."""
        return len(self.totals) >= LEAST


def history_of(query: AllocationFilter, *, whole_year: bool) -> History:
    """The published totals of what a query asks for: of the whole budget or one ministry; none of
    anything else.
    """
    if whole_year:
        return History(histories.of_whole_budget(query.as_of), "c1")
    if tuple(query.chosen) == (Dimension.MINISTRY,) and not query.reads_lines:
        agency = Agency.objects.filter(code=query.chosen[Dimension.MINISTRY]).first()
        return History(histories.of_ministry(agency, query.as_of) if agency else ())
    return History(())


def context(
    totals: Sequence[YearTotals],
    hue: str = PLAIN,
    chart: str = "",
    day: date | None = None,
    measure: Measure | None = None,
) -> dict[str, Any]:
    """What the component shows of a history; nothing where there are not two years. `chart` is its
    address, `measure` how its amounts are asked to be told.
    """
    if not History(totals).is_told:
        return {"years_table": None}
    return {
        "years_title": lazy(_title, str)(measure),
        "years_provenance": _origin(day),
        "years_sentence": "" if _of_years(measure) else _sentence(totals),
        "years_picture": picture(totals, hue, measure),
        "years_chart": chart,
        "years_table": table(totals, measure),
        **_measured(totals, measure),
    }


def _title(measure: Measure | None) -> str:
    """The figure's title, with what its lines count where they count no baht of their own year."""
    told = _of_years(measure)
    if told is None:
        return _("Through the years")
    return _("Through the years: %(unit)s") % {"unit": measures.unit(told)}


def _sentence(totals: Sequence[YearTotals]) -> str:
    return sentences.how_it_changed(change(Point(one.year, given(one)) for one in totals))


def _measured(totals: Sequence[YearTotals], measure: Measure | None) -> dict[str, Any]:
    """What the figure says of how its amounts were measured."""
    told = _of_years(measure)
    if told is None:
        return {"years_measured": None}
    for one in totals:
        told.yardstick.ratio(one.year)
    said = {f"years_{name}": words for name, words in measures.said_of(told).items()}
    return {**said, "years_note": measures.note(told)}


def _of_years(measure: Measure | None) -> Measure | None:
    """How the amounts of years are told: a share of the total says nothing of a year's whole."""
    return None if measure is None or measure.per is Per.TOTAL else unasked(measure)


def _told(amount: Decimal | None, year: int, measure: Measure | None) -> Decimal | None:
    """An amount of a year as it is drawn."""
    return amount if measure is None else measure.yardstick.measured(amount, year)


def given(totals: YearTotals) -> Any:
    """What was given in a year: by the act, or after adjustment where no act is published."""
    return totals.act if totals.act is not None else totals.adjusted


def picture(totals: Sequence[YearTotals], hue: str, measure: Measure | None = None) -> Trend:
    """What was given and what was paid, as two lines."""
    told = _of_years(measure)
    return trend(
        _("Given and paid, by fiscal year"),
        [sentences.year(one.year) for one in totals],
        [
            Run(_("Given"), hue, tuple(_told(given(one), one.year, told) for one in totals)),
            Run(_("Paid"), "co", tuple(_told(one.paid, one.year, told) for one in totals)),
        ],
        of_shares=told is not None and measures.is_share(told),
    )


def chart(history: History, measure: Measure | None = None) -> charts.Figure:
    """The same as a Plotly figure."""
    told = _of_years(measure)
    pairs = [
        (one.year, _told(given(one), one.year, told), _told(one.paid, one.year, told))
        for one in history.totals
    ]
    lines = (
        Series("given", _("Given"), "", tuple(Point(year, amount) for year, amount, _paid in pairs)),
        Series("paid", _("Paid"), "", tuple(Point(year, paid) for year, _amount, paid in pairs)),
    )
    return charts.lines(
        lines,
        title=_("Through the years"),
        label=sentences.year,
        say=sentences.amount if told is None else measures.say(told),
        hues=(history.hue, "co"),
    )


def table(totals: Sequence[YearTotals], measure: Measure | None = None) -> Table:
    """The same as a table, newest year first."""
    told = _of_years(measure)
    columns = (
        Column(_("Fiscal year"), Kind.NAME),
        Column(_("Given (baht)"), Kind.MONEY),
        Column(_("Paid (baht)"), Kind.MONEY, wide=True),
        Column(_("Paid"), Kind.PERCENT),
    )
    rows = [Row((sentences.year(one.year), given(one), one.paid, one.paid_share)) for one in reversed(totals)]
    made = Table(_("Given and paid, by fiscal year"), columns, tuple(rows))
    if told is None:
        return made
    return measures.beside(made, told, [_told(given(one), one.year, told) for one in reversed(totals)], None)


def in_the_books(query: AllocationFilter, shown: slices.Shown) -> dict[str, Any]:
    """The largest slices of a sum through all years of the book, in one query; nothing where the book has
    one.
    """
    every = AllocationFilter({name: text for name, text in query.texts.items() if name != "year"})
    codes = [row.code for row in shown.breakdown.rows[:LARGEST]]
    found = over_years(every.facts(), shown.breakdown.dimension, codes, level=query.level)
    if not found or len(found[0].points) < LEAST:
        return {"books_table": None}
    places = [sentences.year(point.year) for point in found[0].points]
    runs = [_run(one, shown, hue) for one, hue in zip(found, LINE_HUES, strict=False)]
    drawn = [replace(run, name=shortened(run.name, NAME)) for run in runs]
    return {
        "books_title": _("The largest of them in each budget book"),
        "books_picture": trend(_("The largest of them in each budget book"), places, drawn),
        "books_table": _books_table(runs, places),
    }


def _run(series: Series, shown: slices.Shown, hue: str) -> Run:
    row = next(row for row in shown.breakdown.rows if row.code == series.code)
    name, lang = shown.name_of(row)
    own = shown.hue_of(row) if shown.breakdown.dimension is Dimension.MINISTRY else hue
    return Run(name, own, tuple(point.amount for point in series.points), lang)


def _books_table(runs: Sequence[Run], places: Sequence[str]) -> Table:
    columns = (Column(_("Baht"), Kind.NAME), *(Column(place, Kind.MONEY) for place in places))
    rows = [Row((run.name, *run.values), hue=run.hue, lang=run.lang) for run in runs]
    return Table(_("The largest of them in each budget book"), columns, tuple(rows))


def _origin(day: date | None) -> Provenance | None:
    """The published totals, whoever published them last."""
    editions = ReferenceTotal.objects.current(day).filter(month=None).order_by().values("edition")
    return provenance_of(Edition.objects.filter(pk__in=editions).select_related("source_file"))

"""The figure of a sum through the years, on the pages of the budget and of agencies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from .. import histories, sentences
from ..breakdowns import Dimension, Point
from ..filters import AllocationFilter
from ..histories import YearTotals
from ..models import Agency
from ..standing import change
from ..tables import Column, Kind, Row, Table
from ..trends import Run, Trend, trend

LEAST = 2  # years that make a line


def figure(query: AllocationFilter, *, whole_year: bool) -> dict[str, Any]:
    """The years of the whole budget or of one ministry; of anything smaller the years of the book, if
    several.
    """
    if whole_year:
        return context(histories.of_whole_budget(query.as_of), hue="c1")
    if tuple(query.chosen) == (Dimension.MINISTRY,) and not query.reads_lines:
        agency = Agency.objects.filter(code=query.chosen[Dimension.MINISTRY]).first()
        return context(histories.of_ministry(agency, query.as_of) if agency else [])
    return context([])


def context(totals: Sequence[YearTotals], hue: str = "") -> dict[str, Any]:
    """What the component shows of a history; nothing where there are not two years."""
    if len(totals) < LEAST:
        return {"years_table": None}
    return {
        "years_title": _("Through the years"),
        "years_provenance": None,
        "years_sentence": sentences.how_it_changed(change(Point(one.year, given(one)) for one in totals)),
        "years_picture": picture(totals, hue),
        "years_table": table(totals),
    }


def given(totals: YearTotals) -> Any:
    """What was given in a year: by the act, or after adjustment where no act is published."""
    return totals.act if totals.act is not None else totals.adjusted


def picture(totals: Sequence[YearTotals], hue: str) -> Trend:
    """What was given and what was paid, as two lines."""
    return trend(
        _("Given and paid, by fiscal year"),
        [sentences.year(one.year) for one in totals],
        [
            Run(_("Given"), hue, tuple(given(one) for one in totals)),
            Run(_("Paid"), "co", tuple(one.paid for one in totals)),
        ],
    )


def table(totals: Sequence[YearTotals]) -> Table:
    """The same as a table, newest year first."""
    columns = (
        Column(_("Fiscal year"), Kind.NAME),
        Column(_("Given (baht)"), Kind.MONEY),
        Column(_("Paid (baht)"), Kind.MONEY, wide=True),
        Column(_("Paid"), Kind.PERCENT),
    )
    rows = [Row((sentences.year(one.year), given(one), one.paid, one.paid_share)) for one in reversed(totals)]
    return Table(_("Given and paid, by fiscal year"), columns, tuple(rows))

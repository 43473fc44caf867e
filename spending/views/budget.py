"""The budget book as a way down: a year's sum, split by one dimension, each slice a step deeper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import charts, sentences, slices, telling
from ..addresses import at_one_address
from ..breakdowns import Dimension, break_down, share_of
from ..breakdowns import Row as Slice
from ..coverage import Coverage, book_years, coverage
from ..dimension_names import split_by, title_of
from ..drilling import Step, deeper, parents_at, shown_by, steps, ways
from ..filters import AllocationFilter
from ..models import Disbursement
from ..palette import OTHER, PLAIN, UNKNOWN, hue_of
from ..parameters import PARAMETERS
from ..pictures import Part, Strip, strip
from ..references import Measure, measure_of, with_total
from ..tables import Column, Table
from ..treemaps import treemap
from . import book, measures, years
from .asked import day_of, one_of
from .figures import show
from .listing import Order, explaining_bad_queries, page_of, read_order

ROWS = 40  # slices on one page of the table
READ_HERE = ("sort", "page", "chart")
CHARTS = ("slices", "years")


@require_safe
@explaining_bad_queries
def newest(request: HttpRequest) -> HttpResponseBase:
    """The year asked for by `?year=`, else the newest year of which lines are published."""
    query = request.GET.copy()
    text = "".join(str(value) for value in query.pop("year", []))
    year = PARAMETERS["year"].value(text) if text else max(book_years(day_of(request.GET)), default=None)
    if year is None:
        raise Http404
    return redirect(book.with_query(reverse("spending:budget", args=[year]), query.urlencode()))


@require_safe
@at_one_address
@explaining_bad_queries
def budget(request: HttpRequest, year: int) -> HttpResponseBase:
    query = book.query_of(request.GET, year, READ_HERE, measured=True)
    measure = measure_of(query)
    covered = coverage(year, query.as_of)
    if not covered.whole:
        return book.unpublished(request, year, query.as_of)
    shown = _shown(query, covered)
    history = years.history_of(query, whole_year=is_whole_year(query))
    wanted = one_of(request.GET, "chart", CHARTS)
    if wanted:
        told = years.chart(history, measure) if wanted == "years" else _chart(query, shown, measure)
        return JsonResponse(told)
    order = read_order(request.GET, slices.SORTS, "-amount")
    way_down = steps(query)
    context = {
        "section": "budget",
        "year": year,
        "query": query,
        "coverage": covered,
        "coverage_picture": _coverage_picture(covered),
        "whole_year": is_whole_year(query),
        "steps": way_down,
        "trail": book.trail(year, way_down),
        "years": book.years(query, "budget"),
        "ways": _ways(query, shown.breakdown.dimension),
        "lines_address": book.with_query(
            reverse("spending:lines", args=[year]), query.query(by=None, per=None, prices=None)
        ),
        "query_text": query.query(),
        "agency": _agency(way_down),
        "paid_year": _is_paid_year(year, query.as_of),
        "elsewhere": [] if shown.breakdown.rows else book.elsewhere(query),
        "unextracted": None if shown.breakdown.rows else book.unextracted_in(query),
        "provenance": book.origin(query, shown.breakdown.dimension),
        **measures.control(measure, lambda words: f"?{query.query(**words)}", query.as_of),
        **_slices(request, query, shown, order, measure),
        **years.context(history.totals, history.hue, f"?{query.query(chart='years')}", query.as_of, measure),
        **years.in_the_books(query, shown),
    }
    return show(request, "spending/budget.html", context)


def _coverage_picture(covered: Coverage) -> Strip:
    known = Part(_("Known line by line"), covered.known, PLAIN)
    return strip(_("Known and unknown"), [known, Part(_("In no published line"), covered.unknown, UNKNOWN)])


def is_whole_year(query: AllocationFilter) -> bool:
    """Whether a query asks for the year and nothing less."""
    return not query.chosen and not query.reads_lines and "cross_cutting" not in query.values


def _shown(query: AllocationFilter, covered: Coverage) -> slices.Shown:
    dimension = shown_by(query)
    parents = parents_at(query) if dimension is Dimension.CATEGORY else frozenset()
    return slices.Shown(
        breakdown=break_down(query.facts(), dimension, level=query.level),
        link=lambda row: deeper(query, row, dimension, parents),
        hue=_hue(query),
        whole=covered.whole,
        unknown=covered.unknown if is_whole_year(query) else None,
    )


def _hue(query: AllocationFilter) -> str:
    """The colour of what lies under a ministry: the ministry's."""
    code = query.chosen.get(Dimension.MINISTRY) or query.chosen.get(Dimension.AGENCY)
    hue = hue_of(code) if code else PLAIN
    return PLAIN if hue == OTHER else hue


def _slices(
    request: HttpRequest, query: AllocationFilter, shown: slices.Shown, order: Order, measure: Measure | None
) -> dict[str, Any]:
    rows = slices.ordered(shown.breakdown.rows, order.key, descending=order.descending)
    page = page_of(Paginator(rows, ROWS), request.GET)
    heads = slices.columns(
        shown, lambda key: f"?{query.query(sort=order.turned(key))}", order.key, descending=order.descending
    )
    title = split_by(shown.breakdown.dimension)
    drawn = len(rows) > 1 and page.number == 1
    return {
        "breakdown": shown.breakdown,
        "share": share_of(shown.breakdown.total, shown.whole or Decimal(0)),
        "title": title,
        "sentence": sentences.where_it_goes(shown.breakdown),
        "picture": treemap(title, slices.parts(shown)) if drawn else None,
        **_told(query, shown, measure),
        "chart": f"?{query.query(chart='slices')}",
        "table": _table(query, shown, list(page.object_list), heads, measure),
        "page": page,
        "before": _page(query, order, page.previous_page_number()) if page.has_previous() else "",
        "after": _page(query, order, page.next_page_number()) if page.has_next() else "",
    }


def _told(query: AllocationFilter, shown: slices.Shown, measure: Measure | None) -> dict[str, Any]:
    """The whole sum as it is asked to be told, and what it was measured by."""
    if measure is None:
        return {"measured": None}
    _figures, more = telling.told_breakdown(query, shown.breakdown, measure)
    told = measures.is_told(measure, shown.breakdown.total, more["total"])
    return {"told": told, **measures.said_of(measure)}


def _table(
    query: AllocationFilter,
    shown: slices.Shown,
    rows: Sequence[Slice],
    heads: Sequence[Column],
    measure: Measure | None,
) -> Table:
    """The slices of one page as a table, with the measured figure of each where one is asked for."""
    table = slices.table(shown, rows, heads)
    if measure is None:
        return table
    every, more = telling.told_breakdown(query, shown.breakdown, measure)
    figures = dict(zip((row.code for row in shown.breakdown.rows), every, strict=True))
    return measures.beside(table, measure, [figures[row.code] for row in rows], more["total"])


def _page(query: AllocationFilter, order: Order, number: int) -> str:
    return f"?{query.query(sort=order.text, page=number)}"


def _ways(query: AllocationFilter, now: Dimension) -> list[tuple[str, str, bool]]:
    """The other ways to split this sum: in words, their address, whether it is the one shown."""
    return [(title_of(way), f"?{query.query(by=way.value)}", way is now) for way in ways(query)]


def _chart(query: AllocationFilter, shown: slices.Shown, measure: Measure | None) -> charts.Figure:
    """The picture of the slices as a Plotly figure, of their measured figures where those are known."""
    title = split_by(shown.breakdown.dimension)
    parts = slices.parts(shown)
    if measure is not None:
        kept = with_total(measure, shown.breakdown.total)
        told = [(part, kept.yardstick.measured(part.amount, query.year or 0)) for part in parts]
        known = [replace(part, amount=figure) for part, figure in told if figure is not None]
        if len(known) == len(parts):
            return charts.treemap(known, title=title, say=measures.say(measure))
    return charts.treemap(parts, title=title, say=sentences.amount)


def _agency(way_down: Sequence[Step]) -> str:
    """The code of the body whose money this is; empty for money of several."""
    bodies = [step.code for step in way_down if step.dimension in slices.OWN_HUES]
    return bodies[-1] if bodies else ""


def _is_paid_year(year: int, day: date | None) -> bool:
    """Whether a weekly report tells what was paid in a year."""
    return bool(Disbursement.objects.current(day).in_year(year).exists())

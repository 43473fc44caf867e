"""The first page: one fiscal year at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .. import charts, glance, histories, sentences
from ..breakdowns import Point, Series
from ..coverage import book_years, coverage
from ..fiscal import buddhist
from ..histories import YearTotals
from ..models import Agency, Edition, ReferenceTotal
from ..news import changes
from ..overview import Basis, Overview, Slice, overview, years_known
from ..progress import reported_budgets
from ..provenance import Provenance, data_links, provenance_of
from . import years as years_figure
from .asked import day_of, one_of, only_parameters, year_of
from .figures import show
from .listing import explaining_bad_queries

READ_HERE = ("year", "as_of", "chart")
CHARTS = ("years",)
QUESTIONS = ("ถนน ขอนแก่น", "อาหารกลางวัน", "โรงพยาบาล")
NEWS = 4  # changes told on the page


@require_safe
@explaining_bad_queries
def home(request: HttpRequest) -> HttpResponseBase:
    """The year of `?year=`, else the newest of which anything is published."""
    only_parameters(request.GET, READ_HERE)
    day = day_of(request.GET)
    reported = reported_budgets(day)
    totals = with_reported(histories.of_whole_budget(day), reported)
    if one_of(request.GET, "chart", CHARTS):
        return JsonResponse(_chart(totals))
    known = years_known(day)
    if not known:
        return render(request, "spending/empty.html", {"section": "home", "as_of": day})
    text = request.GET.get("year", "")
    found = overview(year_of(text, known) if text else max(known), day)
    assert found is not None  # the year is one of those of which something is published
    context = {**_context(found, known, totals, day), "years_note": _years_note(totals, reported)}
    return show(request, "spending/home.html", context)


def _context(
    year: Overview, known: Sequence[int], totals: Sequence[YearTotals], day: date | None
) -> dict[str, Any]:
    link = link_of(year)
    page = reverse("spending:home")
    return {
        "section": "home",
        "overview": year,
        "years": [(other, f"{page}?year={buddhist(other)}") for other in known],
        "picture": glance.picture(year, link, "#hundred", "#unknown"),
        "sentence": glance.stands_out(year),
        "unknown_name": glance.unknown_name(year),
        "table": glance.table(year, link),
        "provenance": origin_of(year),
        "headway": glance.headway(year.progress),
        "known_meter": glance.known_meter(year),
        "lines": coverage(year.year, day),
        "book_year": max(book_years(day), default=None),
        "past": _past(year, totals),
        "questions": QUESTIONS,
        "changes": changes(NEWS, until=day),
        **years_figure.context(totals, hue="c1"),
        "years_title": gettext_lazy("Through the years"),
        "years_provenance": _reference(day),
        "chart": f"{page}?chart=years",
    }


def with_reported(totals: Sequence[YearTotals], reported: Mapping[int, Decimal]) -> list[YearTotals]:
    """The published totals of the years, and the budgets of years that only the weekly report tells of."""
    known = {one.year for one in totals}
    more = [YearTotals(year, act=budget) for year, budget in reported.items() if year not in known]
    return sorted([*totals, *more], key=lambda one: one.year)


def _years_note(totals: Sequence[YearTotals], reported: Mapping[int, Decimal]) -> str:
    """Which year is not over: only the weekly report tells of it."""
    newest = totals[-1] if totals else None
    if newest is None or newest.paid is not None or newest.year not in reported:
        return ""
    note = _("The budget of %(year)s is from the weekly report; the year's payments are not complete yet.")
    return note % {"year": sentences.year(newest.year)}


def _past(year: Overview, totals: Sequence[YearTotals]) -> dict[str, Any] | None:
    """What was paid of the act in the whole year, and what was not; None where that is not published."""
    found = next((one for one in totals if one.year == year.year), None)
    if found is None or found.paid is None or year.act is None:
        return None
    return {"paid": found.paid, "paid_share": found.paid_share, "left": year.act - found.paid}


def _chart(totals: Sequence[YearTotals]) -> charts.Figure:
    """What was given and what was paid through the years, as a Plotly figure."""
    given = tuple(Point(one.year, years_figure.given(one)) for one in totals)
    paid = tuple(Point(one.year, one.paid) for one in totals)
    return charts.lines(
        [Series("given", _("Given"), "", given), Series("paid", _("Paid"), "", paid)],
        title=_("Through the years"),
        label=sentences.year,
        say=sentences.amount,
        hues=("c1", "co"),
    )


def _reference(day: date | None) -> Provenance | None:
    whole = ReferenceTotal.objects.current(day).of_whole_budget().order_by().values("edition")
    editions = Edition.objects.filter(pk__in=whole).select_related("source_file").order_by("as_of")
    downloads = data_links("reference-totals")
    return provenance_of(editions, downloads=downloads)


def link_of(year: Overview) -> glance.Link:
    """Where a slice leads: into the book where there is one, else to the body, else to its cut."""

    def link(one: Slice) -> str:
        if year.basis is Basis.BOOK:
            return f"{reverse('spending:budget', args=[year.year])}?ministry={one.code}"
        if one.kind in (Agency.Kind.MINISTRY, Agency.Kind.AGENCY):
            return reverse("spending:agency", args=[one.code]) if one.has_page else ""
        return f"{reverse('spending:disbursements', args=[year.year])}?cut={one.code}"

    return link


def origin_of(year: Overview) -> Provenance | None:
    """What the slices of a year are made of."""
    kinds = {Basis.WEEKLY: "disbursements", Basis.BOOK: "allocations"}
    kind = kinds.get(year.basis, "reference-totals")
    query = f"year={buddhist(year.year)}"
    downloads = data_links(kind, query)
    return provenance_of(year.editions, place=lazy(_place, str)(year), downloads=downloads, year=year.year)


def _place(year: Overview) -> str:
    return _("sheets 1, 2, 3, 5, 7, 10, 11 and 15") if year.basis is Basis.WEEKLY else ""

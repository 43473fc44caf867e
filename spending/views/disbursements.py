"""What was paid: the weekly report of a year, body by body; the yearly totals of years before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import body_tables, glance, histories, sentences
from ..addresses import at_one_address, with_day
from ..cuts import ORDERS, SECOND_LOOKS, TITLES, Held, bodies, ordered, together
from ..fiscal import buddhist, day_in_words
from ..models import Disbursement, Edition
from ..overview import WEEKLY, Overview, overview, years_known
from ..parameters import PARAMETERS
from ..progress import Progress, by_week, progress_of
from ..provenance import Provenance, data_links, provenance_of
from ..purses import Purse
from ..querysets import DisbursementQuerySet
from ..tables import Column
from ..trends import Run, Trend, trend
from .asked import day_of, one_of, only_parameters
from .figures import show
from .listing import explaining_bad_queries, page_of, read_order

Cut, Economic = Disbursement.Cut, Disbursement.Economic
READ_HERE = ("cut", "economic", "as_of", "sort", "page")
CLASSES = (Economic.RECURRENT, Economic.INVESTMENT)
ROWS = 60  # bodies on one page of the table
LEAST_WEEKS = 2  # weeks that make a line


@require_safe
@explaining_bad_queries
def newest(request: HttpRequest) -> HttpResponseBase:
    """The year asked for by `?year=`, else the newest with a weekly report, else the newest known."""
    only_parameters(request.GET, ("year", "as_of"))
    day = day_of(request.GET)
    text = request.GET.get("year", "")
    known = _weekly_years(day) or years_known(day)
    year = PARAMETERS["year"].value(text) if text else max(known, default=None)
    if year is None:
        return render(request, "spending/empty.html", {"section": "disbursements", "as_of": day})
    return redirect(with_day(reverse("spending:disbursements", args=[year]), day))


@require_safe
@at_one_address
@explaining_bad_queries
def disbursements(request: HttpRequest, year: int) -> HttpResponseBase:
    only_parameters(request.GET, READ_HERE)
    day = day_of(request.GET)
    edition = _edition(year, day)
    if edition is None:
        return _without_weeks(request, year, day)
    facts = Disbursement.objects.filter(edition=edition)
    progress = progress_of(facts)
    weeks = by_week(year)
    drawn = weeks if day is None else by_week(year, day)
    context = {
        **_shared(year, day),
        "edition": edition,
        "weeks": _other_weeks(weeks),
        "weeks_picture": _weeks_picture(drawn),
        "weeks_table": body_tables.weeks(drawn) if len(drawn) >= LEAST_WEEKS else None,
        **_whole(progress, edition),
        **_cut(request, edition, facts),
    }
    return show(request, "spending/disbursements.html", context)


def _shared(year: int, day: date | None) -> dict[str, Any]:
    """What both kinds of page hold: the section, the year and the other years."""
    return {
        "section": "disbursements",
        "year": year,
        "as_of": day,
        "years": [(other, reverse("spending:disbursements", args=[other])) for other in years_known(day)],
    }


def _weekly_years(day: date | None) -> list[int]:
    found = Edition.objects.of(WEEKLY).known_on(day).values_list("fiscal_year", flat=True)
    return [year for year in found if year is not None]


def _edition(year: int, day: date | None) -> Edition | None:
    """The edition of the year's weekly report that answers on a day (None: now)."""
    editions = Edition.objects.of(WEEKLY).known_on(day).filter(fiscal_year=year)
    return editions.select_related("source_file").first()


def _without_weeks(request: HttpRequest, year: int, day: date | None) -> HttpResponse:
    """The page of a year without a weekly report: what is published of it as a whole and by ministry."""
    found = overview(year, day)
    totals = next((one for one in histories.of_whole_budget(day) if one.year == year), None)
    if found is None and totals is None:
        return render(request, "spending/no_report.html", _shared(year, day), status=404)
    context = {**_shared(year, day), "totals": totals, **_by_ministry(found)}
    return render(request, "spending/paid_in_year.html", context)


def _by_ministry(year: Overview | None) -> dict[str, Any]:
    """The ministries of a year with what was paid of their budgets, where that is published."""
    if year is None or all(one.disbursed is None for one in year.slices):
        return {"table": None}

    def link(one: Any) -> str:
        return reverse("spending:agency", args=[one.code]) if one.has_page else ""

    return {"table": glance.table(year, link), "provenance": provenance_of(year.editions)}


def _whole(progress: Progress | None, edition: Edition) -> dict[str, Any]:
    if progress is None:
        return {"progress": None}
    return {
        "progress": progress,
        "whole": glance.on_its_way(_("The year's budget"), progress.whole),
        "headway": glance.headway(progress),
        "classes": body_tables.classes(progress),
        "classes_provenance": _provenance(edition, "overview", ""),
    }


def _other_weeks(weeks: Sequence[tuple[date, Purse]]) -> list[tuple[date, str]]:
    """Every published week, newest first, and the address of this page on that day."""
    return [(day, f"?as_of={day.isoformat()}") for day, _purse in reversed(weeks)]


def _weeks_picture(weeks: Sequence[tuple[date, Purse]]) -> Trend | None:
    if len(weeks) < LEAST_WEEKS:
        return None
    language = sentences.language()
    return trend(
        _("Paid and promised, week by week"),
        [day_in_words(day, language, short=True).rsplit(" ", 1)[0] for day, _purse in weeks],
        [
            Run(_("Paid or promised"), "co", tuple(purse.spent for _day, purse in weeks)),
            Run(_("Disbursed"), "c1", tuple(purse.disbursed for _day, purse in weeks)),
        ],
    )


def _cut(request: HttpRequest, edition: Edition, facts: DisbursementQuerySet) -> dict[str, Any]:
    """One cut of the report: its bodies as a table, the ways to see another."""
    given = {name: request.GET[name] for name in ("cut", "economic", "as_of") if request.GET.get(name)}
    cut = one_of(request.GET, "cut", list(TITLES)) or Cut.MINISTRY
    economic = one_of(request.GET, "economic", list(CLASSES))
    order = read_order(request.GET, ORDERS, "-budget")
    held = bodies(facts, cut, economic)
    page = page_of(Paginator(ordered(held, order.key, descending=order.descending), ROWS), request.GET)

    def address(**changes: str) -> str:
        texts = {**given, "sort": order.text, **changes}
        return "?" + urlencode({name: text for name, text in texts.items() if text}) + "#bodies"

    def head(key: str, column: Column) -> Column:
        if key not in ORDERS:
            return column
        now = ("descending" if order.descending else "ascending") if key == order.key else ""
        return replace(column, sort=address(sort=order.turned(key)), order=now)

    return {
        "cut_title": TITLES[cut],
        "cut_note": SECOND_LOOKS.get(cut, ""),
        "cuts": [(title, address(cut=code), code == cut) for code, title in TITLES.items()],
        "economics": _economics(economic, address),
        "sentence": sentences.how_far(together(held)),
        "table": body_tables.bodies(held, list(page.object_list), head, _link),
        "page": page,
        "before": address(page=str(page.previous_page_number())) if page.has_previous() else "",
        "after": address(page=str(page.next_page_number())) if page.has_next() else "",
        "provenance": _provenance(edition, cut, economic),
    }


def _economics(economic: str, address: Any) -> list[tuple[str, str, bool]]:
    """All the money, or one economic class of it: in words, its address, whether it is the one shown."""
    choices = [("", _("All spending")), *((one, str(sentences.SPENDING[one])) for one in CLASSES)]
    return [(words, address(economic=one), one == economic) for one, words in choices]


def _link(one: Held) -> str:
    return reverse("spending:agency", args=[one.agency]) if one.agency else ""


def _provenance(edition: Edition, cut: str, economic: str) -> Provenance | None:
    sheets = Disbursement.objects.filter(edition=edition, cut=cut).values_list("sheet", flat=True)
    sheet = sheets.order_by("pk").first() or ""
    texts = {"year": str(buddhist(edition.fiscal_year or 0)), "cut": cut, "economic": economic}
    query = urlencode({name: text for name, text in texts.items() if text})
    downloads = data_links("disbursements", query)
    place = lazy(_place, str)(sheet) if sheet else ""
    return provenance_of([edition], place=place, downloads=downloads)


def _place(sheet: str) -> str:
    return _("sheet “%(sheet)s”") % {"sheet": sheet}

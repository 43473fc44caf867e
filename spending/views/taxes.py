"""A receipt for one person's tax: where each baht of it went, down to single lines and contracts.

What is typed stands in the address of the page and is kept nowhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import glance, sentences
from ..fiscal import buddhist
from ..glance import Link
from ..overview import overview, years_known
from ..palette import UNKNOWN, hues_in_order
from ..parameters import BadQuery
from ..provenance import data_links
from ..receipts import (
    WORDS,
    Paid,
    Receipt,
    Singles,
    largest_contracts,
    largest_lines,
    paid_by,
    receipt,
    year_asked,
)
from ..speech import exact
from ..tables import Column, Kind, Row, Table, bar_lengths
from .asked import day_of, only_parameters
from .home import link_of, origin_of
from .listing import explaining_bad_queries

TYPED = WORDS[:3]
EXAMPLES = (
    {"income": "18000", "shopping": "8000"},
    {"income": "45000", "shopping": "15000"},
    {"tax": "30000"},
)
DAYS = 365


@require_safe
@explaining_bad_queries
def taxes(request: HttpRequest) -> HttpResponseBase:
    """The form; with a tax, or what it is reckoned from, the receipt of `?year=`, else of the newest year."""
    only_parameters(request.GET, WORDS)
    day = day_of(request.GET)
    known = years_known(day)
    if not known:
        return render(request, "spending/empty.html", {"section": "home", "as_of": day})
    year = year_asked(request.GET, known)
    context: dict[str, Any] = {
        "section": "taxes",
        "year": year,
        "years": [(other, _address(request, year=str(buddhist(other)))) for other in known],
        "typed": {name: request.GET.get(name, "") for name in TYPED},
        "examples": [_example(words) for words in EXAMPLES],
    }
    status = 200
    try:
        paid = paid_by(request.GET)
    except BadQuery as error:
        paid, status = None, 400
        context["error"] = error
    if paid is not None and paid.tax > 0:
        found = overview(year, day)
        assert found is not None  # the year is one of those of which something is published
        context |= _receipt(request, receipt(paid, found), day)
    page = render(request, "spending/taxes.html", {**context, "paid": paid}, status=status)
    page["Cache-Control"] = "no-store"
    return page


def _receipt(request: HttpRequest, found: Receipt, day: Any) -> dict[str, Any]:
    link = link_of(found.year)
    tax, year = found.paid.tax, found.year.year
    origin = origin_of(found.year)
    asked = _said(request) | {"year": str(buddhist(year))}
    return {
        "receipt": found,
        "a_day": tax / DAYS,
        "most": max(found.parts, key=lambda part: (part.holder is not None, part.amount), default=None),
        "steps": _steps(found.paid),
        "picture": glance.picture(found.year, link, "#parts", "#unknown"),
        "table": _table(found, link),
        "lines": _lines(largest_lines(tax, year, day)),
        "contracts": _contracts(largest_contracts(tax, year, day)),
        "provenance": origin and replace(origin, downloads=tuple(data_links("taxes", urlencode(asked)))),
    }


def _table(found: Receipt, link: Link) -> Table:
    """Every holder of the year's money with its part of the tax."""
    lengths = bar_lengths([part.amount for part in found.parts])
    large = [part for part in found.parts if part.share >= glance.SMALLEST and part.holder]
    hues = hues_in_order([*(part.holder.code for part in large if part.holder), ""])
    own = dict(zip((id(part) for part in large), hues, strict=False))
    rows = [
        Row(
            (part.name, part.amount, length, part.share),
            href=link(part.holder) if part.holder else "",
            hue=own.get(id(part), hues[-1]) if part.holder else UNKNOWN,
            lang=part.lang,
            anchor="" if part.holder else "unknown",
        )
        for part, length in zip(found.parts, lengths, strict=True)
    ]
    columns = (
        Column(_("Where it is"), Kind.NAME),
        Column(_("Of your tax (baht)"), Kind.MONEY),
        Column(_("Beside the largest"), Kind.BAR),
        Column(_("Baht of 100"), Kind.OF_HUNDRED),
    )
    sums = Row((_("Your tax"), found.paid.tax, None, sum(part.share for part in found.parts)))
    return Table(_("Where your tax went"), columns, tuple(rows), sums)


def _steps(paid: Paid) -> Table | None:
    """How a tax was reckoned, step by step."""
    rows = []
    if paid.of_income:
        one = paid.of_income
        rows += [
            Row((_("Salary of twelve months"), one.salary)),
            Row((_("Less half of it as expenses, 100,000 baht at most"), -one.expenses)),
            Row(
                (
                    _("Less the allowance for yourself, 60,000 baht at most"),
                    one.net - one.salary + one.expenses,
                )
            ),
            Row((_("Net income"), one.net)),
        ]
        for band in one.bands:
            words = (
                _("Tax of %(rate)s%% on the %(income)s baht above %(above)s")
                if band.rate
                else _("No tax on the first %(income)s baht")
            )
            said = {"income": exact(band.income), "above": exact(band.above), "rate": band.rate}
            rows.append(Row((words % said, band.tax)))
    if paid.of_shopping is not None:
        rows.append(Row((_("Value added tax in what you buy: 7 of every 107 baht"), paid.of_shopping)))
    columns = (Column(_("Step"), Kind.NAME), Column(_("Baht"), Kind.MONEY))
    return (
        Table(_("How it was reckoned"), columns, tuple(rows), Row((_("Your tax"), paid.tax)))
        if rows
        else None
    )


def _lines(found: Singles | None) -> Table | None:
    if found is None:
        return None
    rows = [
        Row(
            (one.fact.description, one.amount, one.fact.amount),
            href=reverse("spending:line", args=[one.fact.fiscal_year, one.fact.item_id]),
            lang=_thai(),
            note=one.fact.agency.name,
        )
        for one in found.facts
    ]
    title = _("The largest lines of the budget book %(year)s") % {"year": sentences.year(found.year)}
    return Table(title, _columns(_("What the money is for"), _("In the budget (baht)")), tuple(rows))


def _contracts(found: Singles | None) -> Table | None:
    if found is None:
        return None
    rows = [
        Row(
            (one.fact.supplier.name, one.amount, one.fact.amount),
            href=reverse("spending:project", args=[one.fact.project_number]),
            lang=_thai(),
            note=one.fact.buyer.name,
        )
        for one in found.facts
    ]
    title = _("The largest contracts of %(year)s that we know") % {"year": sentences.year(found.year)}
    return Table(title, _columns(_("Who got the contract"), _("Contract (baht)")), tuple(rows))


def _columns(name: str, whole: str) -> tuple[Column, ...]:
    return (
        Column(name, Kind.NAME),
        Column(_("Of your tax (baht)"), Kind.MONEY),
        Column(whole, Kind.MONEY, wide=True),
    )


def _thai() -> str:
    return "" if sentences.language() == "th" else "th"


def _example(words: dict[str, str]) -> tuple[str, str]:
    """An example as people say it, and its address."""
    said = {name: f"{int(text):,}" for name, text in words.items()}
    if "tax" in words:
        text = _("tax of %(tax)s a year") % said
    else:
        text = _("salary %(income)s, shopping %(shopping)s a month") % said
    return text, f"{reverse('spending:taxes')}?{urlencode(words)}"


def _address(request: HttpRequest, **changed: str) -> str:
    return f"{reverse('spending:taxes')}?{urlencode(_said(request) | changed)}"


def _said(request: HttpRequest) -> dict[str, str]:
    """The words of the address that say something."""
    return {name: str(word) for name, word in request.GET.items() if word and name in WORDS}

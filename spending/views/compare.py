"""Two public bodies side by side, chosen by name: what they were given, what they paid, what it is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import sentences, speech
from ..fiscal import buddhist, fiscal_year_of
from ..models import Agency, Disbursement, Edition
from ..pictures import Part, Strip, strip
from ..provenance import Download, Provenance, data_links, provenance_of
from ..purses import Purse, Week
from ..side_by_side import Pair, Side, meant_by, side_by_side, times
from ..tables import Column, Kind, Row, Table
from .asked import day_of, only_parameters
from .listing import explaining_bad_queries

SIDES = ("a", "b")
READ_HERE = (*SIDES, "as_of")
HUES = ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8")  # of the categories, the same on both sides
ALIKE = Decimal("1.05")  # times the smaller from which one is said to be more than the other


@require_safe
@explaining_bad_queries
def compare(request: HttpRequest) -> HttpResponseBase:
    only_parameters(request.GET, READ_HERE)
    day = day_of(request.GET)
    texts = {side: request.GET.get(side, "").strip() for side in SIDES}
    found = {side: meant_by(text) if text else [] for side, text in texts.items()}
    known = {side: bodies[0] for side, bodies in found.items() if len(bodies) == 1}
    context: dict[str, Any] = {
        "section": "agencies",
        "trail": [(_("Agencies"), reverse("spending:agencies")), (_("Two bodies side by side"), "")],
        "asked": [(side, _named(known[side]) if side in known else texts[side]) for side in SIDES],
        "as_of": request.GET.get("as_of", ""),
        "unclear": [
            (text, [(_named(body), _address({**texts, side: body.code}, day)) for body in found[side]])
            for side, text in texts.items()
            if text and side not in known
        ],
        "offered": Agency.objects.filter(kind=Agency.Kind.MINISTRY).order_by("code"),
    }
    if len(known) == len(SIDES) and known["a"] == known["b"]:
        context["is_one"] = True
    elif len(known) == len(SIDES):
        context |= _compared(side_by_side(known["a"], known["b"], day))
    return render(request, "spending/compare.html", context)


def _compared(pair: Pair) -> dict[str, Any]:
    return {
        "pair": pair,
        "names": [_named(side.body) for side in pair],
        "sentences": [said for said in (_more(pair), _paid(pair)) if said],
        "money_table": _money(pair),
        "shares_table": _shares(pair),
        "book_year": pair[0].book_year,
        "book_strips": [(_named(side.body), _strip(side, pair)) for side in pair if side.book],
        "book_table": _book(pair),
        "years_table": _years(pair),
        "bought_table": _bought(pair),
        "provenance": _origin(pair),
    }


def _named(body: Agency) -> str:
    return sentences.plain(sentences.named(body.name, body.name_en))


def _address(texts: dict[str, str], day: date | None) -> str:
    asked = {**texts, "as_of": day.isoformat() if day else ""}
    return uri_to_iri(f"?{urlencode({name: text for name, text in asked.items() if text})}")


def _same_year(pair: Pair) -> tuple[Week, Week] | None:
    """The newest reports of both, where they speak of one fiscal year: others are not compared."""
    one, other = (side.week for side in pair)
    if one is None or other is None or fiscal_year_of(one.as_of) != fiscal_year_of(other.as_of):
        return None
    return one, other


def _more(pair: Pair) -> str:
    """Which of the two has more, and how many times as much."""
    reports = _same_year(pair)
    given = [week.total.after_transfer for week in reports] if reports else [None, None]
    ratio = times(*given)
    if ratio is None or given[0] is None or given[1] is None:
        return ""
    first = 0 if given[0] >= given[1] else 1
    words = {
        "more": _named(pair[first].body),
        "less": _named(pair[1 - first].body),
        "amount": sentences.amount(given[first] or Decimal(0)),
        "other": sentences.amount(given[1 - first] or Decimal(0)),
        "times": f"{ratio:,.1f}",
    }
    if ratio < ALIKE:
        return _("%(more)s and %(less)s have about the same: %(amount)s and %(other)s.") % words
    return _("%(more)s has %(amount)s, %(times)s times as much as %(less)s: %(other)s.") % words


def _paid(pair: Pair) -> str:
    """How much of its money each has paid out."""
    reports = _same_year(pair)
    paid = [week.total.disbursed_share for week in reports] if reports else [None, None]
    if paid[0] is None or paid[1] is None:
        return ""
    return _("%(one)s has paid %(share)s of it, %(other)s %(other_share)s.") % {
        "one": _named(pair[0].body),
        "share": speech.percent(paid[0]),
        "other": _named(pair[1].body),
        "other_share": speech.percent(paid[1]),
    }


def _heads(pair: Pair, first: str, kind: Kind, unit: str = "") -> tuple[Column, ...]:
    """The column of rows' names, and one for each body."""
    return (
        Column(first, Kind.NAME),
        *(Column(f"{_named(side.body)} {unit}".strip(), kind) for side in pair),
    )


def _table(caption: str, heads: tuple[Column, ...], rows: Sequence[tuple[str, Any, Any]]) -> Table | None:
    """The rows that either body has a value in; None where there are none."""
    told = [Row(row) for row in rows if row[1] is not None or row[2] is not None]
    return Table(caption, heads, tuple(told)) if told else None


def _purses(pair: Pair, pick: Callable[[Week], Purse | None]) -> list[Purse]:
    none = Purse("")
    reports = _same_year(pair)
    return [pick(week) or none for week in reports] if reports else [none, none]


def _money(pair: Pair) -> Table | None:
    """The newest weekly report of both, in baht."""
    one, other = _purses(pair, lambda week: week.total)
    rows = [
        (_("After transfers"), one.after_transfer, other.after_transfer),
        (_("Paid"), one.disbursed, other.disbursed),
        (_("Bound by contract"), one.committed, other.committed),
        (_("Left"), one.remaining, other.remaining),
    ]
    heads = _heads(pair, _("What is counted"), Kind.MONEY, _("(baht)"))
    return _table(_("What was given, bound and paid"), heads, rows)


def _shares(pair: Pair) -> Table | None:
    """The newest weekly report of both, in shares, which bodies of any size are compared by."""
    total, recurrent, investment = (
        _purses(pair, pick)
        for pick in (lambda week: week.total, lambda week: week.recurrent, lambda week: week.investment)
    )
    rows = [
        (_("Paid"), *(purse.disbursed_share for purse in total)),
        (_("Recurrent, paid or bound"), *(purse.spent_share for purse in recurrent)),
        (_("Recurrent, target"), *(purse.target_share for purse in recurrent)),
        (_("Investment, paid or bound"), *(purse.spent_share for purse in investment)),
        (_("Investment, target"), *(purse.target_share for purse in investment)),
    ]
    heads = _heads(pair, _("Share of the money after transfers"), Kind.PERCENT)
    return _table(_("How far it was spent"), heads, rows)  # type: ignore[arg-type]


def _hues(pair: Pair) -> dict[str, str]:
    """The colour of each category of expenditure, the same on both sides."""
    codes = dict.fromkeys(row.code for side in pair if side.book for row in side.book.rows)
    return {code: HUES[place] if place < len(HUES) else "co" for place, code in enumerate(codes)}


def _strip(side: Side, pair: Pair) -> Strip:
    hues, book = _hues(pair), side.book
    rows = [row for row in book.rows if row.amount > 0] if book else []
    parts = [Part(_category(row.name), row.amount, hues[row.code]) for row in rows]
    return strip(", ".join([_named(side.body), *(part.name for part in parts)]), parts)


def _category(name: str) -> str:
    return sentences.plain(sentences.named(name))


def _book(pair: Pair) -> Table | None:
    """What the money of the book is for, in shares; amounts beside them on a wide screen."""
    books = [{row.code: row for row in side.book.rows} for side in pair if side.book]
    if len(books) != len(pair):
        return None
    names = [_named(side.body) for side in pair]
    columns = (
        Column(_("Category"), Kind.NAME),
        *(Column(name, Kind.PERCENT) for name in names),
        *(Column(f"{name} {_('(baht)')}", Kind.MONEY, wide=True) for name in names),
    )
    rows = []
    for code, hue in _hues(pair).items():
        slices = [book.get(code) for book in books]
        name = next(row for row in slices if row is not None)
        values = [row and row.share for row in slices], [row and row.amount for row in slices]
        lang = "" if sentences.language() == "th" or _category(name.name) != name.name else "th"
        rows.append(Row((_category(name.name), *values[0], *values[1]), hue=hue, lang=lang))
    return Table(_("What the money is for"), columns, tuple(rows))


def _years(pair: Pair) -> Table | None:
    """What each source says of both, year by year; the newest first."""
    sources = (
        ("after_transfer", _("after transfers")),
        ("disbursed", _("paid so far")),
        ("book", _("budget book")),
        ("budgeted", _("former site, budgeted")),
        ("paid", _("former site, paid")),
    )
    known = [{one.year: one for one in side.years} for side in pair]
    years = sorted({year for side in known for year in side}, reverse=True)
    rows = [
        (f"{sentences.year(year)} · {title}", *(getattr(side.get(year), name, None) for side in known))
        for year in years
        for name, title in sources
    ]
    heads = _heads(pair, _("Fiscal year and source"), Kind.MONEY, _("(baht)"))
    return _table(_("What each source says, year by year"), heads, rows)  # type: ignore[arg-type]


def _bought(pair: Pair) -> Table | None:
    """Agreed prices of what both bought through e-GP, year by year; the newest first."""
    known = [{year: agreed for year, _number, agreed in side.bought} for side in pair]
    years = sorted({year for side in known for year in side}, reverse=True)
    rows = [(sentences.year(year), *(side.get(year) for side in known)) for year in years]
    heads = _heads(pair, _("Fiscal year"), Kind.MONEY, _("(baht)"))
    return _table(_("Agreed prices of purchases"), heads, rows)  # type: ignore[arg-type]


def _origin(pair: Pair) -> Provenance | None:
    """The weekly report both are read from, and the rows of each as data."""
    reports = _same_year(pair)
    if reports is None:
        return None
    rows = Disbursement.objects.filter(as_of__in={week.as_of for week in reports})
    own = rows.filter(agency__in=[side.body for side in pair]).by_week(max(week.as_of for week in reports))
    editions = Edition.objects.filter(pk__in=own.order_by().values("edition")).select_related("source_file")
    downloads: list[Download] = []
    for side, week in zip(pair, reports, strict=True):
        query = {"year": buddhist(fiscal_year_of(week.as_of)), "agency": side.body.code, "cut": week.cut}
        links = data_links("disbursements", urlencode(query))
        downloads += [Download(f"{link.name} {side.body.code}", link.href) for link in links]
    return provenance_of(editions, downloads=downloads)

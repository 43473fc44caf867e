"""Two public bodies side by side, chosen by name: what they were given, what they paid, what it is for."""

from __future__ import annotations

from collections.abc import Sequence
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
from ..models import Agency
from ..pair_figures import Figure, Topic, editions_of, figures, same_year
from ..pictures import Part, Strip, strip
from ..provenance import Provenance, data_links, provenance_of
from ..side_by_side import Pair, Side, meant_by, side_by_side, times
from ..tables import Column, Kind, Row, Table
from .asked import day_of, only_parameters
from .listing import explaining_bad_queries

SIDES = ("a", "b")
READ_HERE = (*SIDES, "as_of")
HUES = ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8")  # of the categories, the same on both sides
ALIKE = Decimal("1.05")  # times the smaller from which one is said to be more than the other

Told = dict[Topic, list[Figure]]


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
        context |= _compared(side_by_side(known["a"], known["b"], day), day)
    return render(request, "spending/compare.html", context)


def _compared(pair: Pair, day: date | None) -> dict[str, Any]:
    told: Told = {topic: [] for topic in Topic}
    for figure in figures(pair):
        told[figure.topic].append(figure)
    return {
        "pair": pair,
        "names": [_named(side.body) for side in pair],
        "sentences": [said for said in (_more(pair), _paid(pair)) if said],
        "money_table": _money(pair, told),
        "shares_table": _shares(pair, told),
        "book_year": pair[0].book_year,
        "book_strips": [(_named(side.body), _strip(side, pair)) for side in pair if side.book],
        "book_table": _book(pair, told),
        "years_table": _years(pair, told),
        "bought_table": _bought(pair, told),
        **{f"{topic}_origin": _origin(pair, topic, day) for topic in Topic if told[topic]},
    }


def _named(body: Agency) -> str:
    return sentences.plain(sentences.named(body.name, body.name_en))


def _address(texts: dict[str, str], day: date | None) -> str:
    asked = {**texts, "as_of": day.isoformat() if day else ""}
    return uri_to_iri(f"?{urlencode({name: text for name, text in asked.items() if text})}")


def _more(pair: Pair) -> str:
    """Which of the two has more, and how many times as much."""
    reports = same_year(pair)
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
    reports = same_year(pair)
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


def _amounts(figure: Figure) -> tuple[Decimal | None, ...]:
    return tuple(value.amount for value in figure.values)


def _shares_of(figure: Figure) -> tuple[Decimal | None, ...]:
    return tuple(value.share for value in figure.values)


def _table(caption: str, heads: tuple[Column, ...], rows: Sequence[tuple[Any, ...]]) -> Table | None:
    """The rows that either body has a value in; None where there are none."""
    told = [Row(row) for row in rows if any(value is not None for value in row[1:])]
    return Table(caption, heads, tuple(told)) if told else None


def _money(pair: Pair, told: Told) -> Table | None:
    """The newest weekly report of both, in baht."""
    titles = {
        "after_transfer": _("After transfers"),
        "disbursed": _("Paid"),
        "committed": _("Bound by contract"),
        "remaining": _("Left"),
    }
    rows = [(titles[one.measure], *_amounts(one)) for one in told[Topic.WEEK] if one.measure in titles]
    heads = _heads(pair, _("What is counted"), Kind.MONEY, _("(baht)"))
    return _table(_("What was given, bound and paid"), heads, rows)


def _shares(pair: Pair, told: Told) -> Table | None:
    """The newest weekly report of both, in shares, which bodies of any size are compared by."""
    titles = {
        "disbursed": _("Paid"),
        "recurrent_spent": _("Recurrent, paid or bound"),
        "recurrent_target": _("Recurrent, target"),
        "investment_spent": _("Investment, paid or bound"),
        "investment_target": _("Investment, target"),
    }
    rows = [(titles[one.measure], *_shares_of(one)) for one in told[Topic.WEEK] if one.measure in titles]
    heads = _heads(pair, _("Share of the money after transfers"), Kind.PERCENT)
    return _table(_("How far it was spent"), heads, rows)


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


def _book(pair: Pair, told: Told) -> Table | None:
    """What the money of the book is for, in shares; amounts beside them on a wide screen."""
    if not told[Topic.BOOK]:
        return None
    names = [_named(side.body) for side in pair]
    columns = (
        Column(_("Category"), Kind.NAME),
        *(Column(name, Kind.PERCENT) for name in names),
        *(Column(f"{name} {_('(baht)')}", Kind.MONEY, wide=True) for name in names),
    )
    rows = []
    for figure, hue in zip(told[Topic.BOOK], _hues(pair).values(), strict=True):
        lang = "" if sentences.language() == "th" or _category(figure.name) != figure.name else "th"
        values = (_category(figure.name), *_shares_of(figure), *_amounts(figure))
        rows.append(Row(values, hue=hue, lang=lang))
    return Table(_("What the money is for"), columns, tuple(rows))


def _years(pair: Pair, told: Told) -> Table | None:
    """What each source says of both, year by year; the newest first."""
    sources = {
        "after_transfer": _("after transfers"),
        "disbursed": _("paid so far"),
        "book": _("budget book"),
        "budgeted": _("former site, budgeted"),
        "paid": _("former site, paid"),
    }
    rows = [
        (f"{sentences.year(one.fiscal_year)} · {sources[one.measure]}", *_amounts(one))
        for one in told[Topic.YEARS]
    ]
    heads = _heads(pair, _("Fiscal year and source"), Kind.MONEY, _("(baht)"))
    return _table(_("What each source says, year by year"), heads, rows)


def _bought(pair: Pair, told: Told) -> Table | None:
    """Agreed prices of what both bought through e-GP, year by year; the newest first."""
    rows = [(sentences.year(one.fiscal_year), *_amounts(one)) for one in told[Topic.PURCHASES]]
    heads = _heads(pair, _("Fiscal year"), Kind.MONEY, _("(baht)"))
    return _table(_("Agreed prices of purchases"), heads, rows)


def _origin(pair: Pair, topic: Topic, day: date | None) -> Provenance | None:
    """The editions that the figures of a topic are read from, and the figures as data."""
    asked = {side: one.body.code for side, one in zip(SIDES, pair, strict=True)}
    query = urlencode(asked | {"topic": topic} | ({"as_of": day.isoformat()} if day else {}))
    editions = editions_of(pair, topic, day).select_related("source_file")
    return provenance_of(editions, downloads=data_links("compare", query))

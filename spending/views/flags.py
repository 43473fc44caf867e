"""Questions that rules ask of purchases: all of them, and each rule with its basis."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import sentences
from ..breakdowns import NONE_CODE, Dimension, break_down
from ..breakdowns import Row as Slice
from ..dimension_names import split_by, title_of
from ..fiscal import buddhist
from ..flag_filters import SETTLED, FlagFilter
from ..flag_words import asked, rests_on, rule_address
from ..flags.register import RULES
from ..models import Dismissal, Edition
from ..parameters import BadQuery
from ..provenance import Provenance, data_links, provenance_of
from ..purchase_filters import DATASETS
from ..tables import Column, Kind, Row, Table, bar_lengths
from . import purchase_tables as tables
from .listing import explaining_bad_queries, page_of

ROWS = 15
SLICES = 10
REASONS = 20  # reasons on the page of a rule
SPLITS = (Dimension.BUYER, Dimension.YEAR)


@require_safe
@explaining_bad_queries
def flags(request: HttpRequest) -> HttpResponseBase:
    query = _query(request)
    found = query.lines()
    page = page_of(Paginator(found.with_names().largest_first(), ROWS), request.GET)
    context = {
        "section": "purchases",
        "query": query,
        "trail": [(_("Questions"), "")],
        "chosen": _chosen(query),
        "found": page.paginator.count,
        "settled": found.settled().count(),
        "rules_table": _rules_table(query),
        "splits": _splits(query),
        "asked": asked(page.object_list),
        **_pages(query, page),
        "states": _states(query),
        "provenance": _origin(query),
    }
    return render(request, "spending/flags.html", context)


@require_safe
@explaining_bad_queries
def rule(request: HttpRequest, code: str) -> HttpResponseBase:
    if code not in RULES:
        raise Http404
    query = _query(request, rule=code)
    found = query.lines()
    page = page_of(Paginator(found.with_names().largest_first(), ROWS), request.GET)
    one = RULES[code]
    context = {
        "section": "purchases",
        "rule": one,
        "words": {name: _(getattr(one, name)) for name in ("title", "question", "asks", "lawful", "unseen")},
        "basis": rests_on(one),
        "figures": [_(evidence.means) for evidence in one.evidence],
        "trail": [(_("Questions"), reverse("spending:flags")), (_(one.title), "")],
        "found": page.paginator.count,
        "settled": found.settled().count(),
        "chosen": _chosen(query),
        "splits": _splits(query),
        "asked": asked(page.object_list),
        "reasons": Dismissal.objects.filter(rule=code)[:REASONS],
        **_pages(query, page),
        "states": _states(query),
        "provenance": _origin(query),
    }
    return render(request, "spending/flag_rule.html", context)


def _query(request: HttpRequest, **fixed: str) -> FlagFilter:
    if fixed and "rule" in request.GET:
        raise BadQuery("rule", _("On this page the rule stands in the address itself."))
    query = FlagFilter(request.GET, also=("page",), measured=False, **fixed)
    if query.by is not None or "measure" in query.values:
        raise BadQuery("by", _("This page splits by itself; by and measure belong to the API."))
    return query


def _pages(query: FlagFilter, page: Any) -> dict[str, Any]:
    def address(number: int) -> str:
        return uri_to_iri(f"?{query.query(page=number)}")

    before = address(page.previous_page_number()) if page.has_previous() else ""
    return {
        "page": page,
        "before": before,
        "after": address(page.next_page_number()) if page.has_next() else "",
    }


def _states(query: FlagFilter) -> list[tuple[str, str, bool]]:
    """Words, address and whether chosen: all, open, settled."""
    words: Mapping[str, str] = {"": _("All"), "open": _("Open"), SETTLED: _("Settled")}
    chosen = query.texts.get("state", "")
    return [
        (text, uri_to_iri(f"?{query.query(state=state)}"), state == chosen) for state, text in words.items()
    ]


def _chosen(query: FlagFilter) -> list[tuple[str, object, str]]:
    """What is chosen, in words, each with the same page without it."""
    names = [one for one in FlagFilter.dimensions if one is not Dimension.YEAR and one is not Dimension.RULE]
    found: list[tuple[str, object, str]] = []
    if "rule" in query.values and "rule" not in query.fixed:
        code = query.texts["rule"]
        title = _(RULES[code].title) if code in RULES else code
        found.append((title_of(Dimension.RULE), title, _without(query, "rule")))
    if query.year is not None:
        found.append((title_of(Dimension.YEAR), sentences.year(query.year), _without(query, "year")))
    for one in names:
        if one.value in query.values:
            name = sentences.named(query.texts[one.value])
            found.append((title_of(one), name, _without(query, one.value)))
    if "project" in query.values:
        found.append((_("Project"), query.texts["project"], _without(query, "project")))
    return found


def _without(query: FlagFilter, name: str) -> str:
    return uri_to_iri(f"?{query.query(**{name: None})}")


def _rules_table(query: FlagFilter) -> Table:
    """How many questions each rule asks under the query, also where it asks none."""
    parts = {row.code: row for row in break_down(query.lines(), Dimension.RULE).rows}
    columns = (
        Column(_("Rule"), Kind.NAME),
        Column(_("Questions"), Kind.COUNT),
        Column(_("Bar"), Kind.BAR),
        Column(_("Baht"), Kind.MONEY, wide=True),
    )
    counts = [parts[code].lines if code in parts else 0 for code in RULES]
    lengths = bar_lengths([Decimal(number) for number in counts])
    rows = [
        Row(
            (_(one.title), number, length, parts[one.code].amount if one.code in parts else None),
            href=rule_address(one.code),
            note=_("law") if one.basis[0].is_law else _("published practice"),
        )
        for one, number, length in zip(RULES.values(), counts, lengths, strict=True)
    ]
    return Table(_("Questions by rule"), columns, tuple(rows))


def _splits(query: FlagFilter) -> list[tuple[str, Table]]:
    """The questions by buyer and by year, each where the query does not choose one; with the part's id."""
    return [(f"by-{one.value}", _split(query, one)) for one in SPLITS if one.value not in query.values]


def _split(query: FlagFilter, dimension: Dimension) -> Table:
    parts = break_down(query.lines(), dimension, limit=SLICES)

    def link(row: Slice) -> str:
        return (
            ""
            if row.code == NONE_CODE
            else uri_to_iri(f"?{query.query(**{dimension.value: _text(dimension, row)})}")
        )

    return tables.slices_table(parts, split_by(dimension), _("Baht asked about"), _("Questions"), link)


def _text(dimension: Dimension, row: Slice) -> str:
    return str(buddhist(int(row.code))) if dimension is Dimension.YEAR else row.code


def _origin(query: FlagFilter) -> Provenance | None:
    rule = query.texts.get("rule") if "rule" in query.fixed else None
    text = query.query(rule=rule) if rule else query.query()
    downloads = data_links("flags", text)
    editions = Edition.objects.current().filter(dataset__in=DATASETS).select_related("source_file")
    return provenance_of(editions.order_by("part"), downloads=downloads)

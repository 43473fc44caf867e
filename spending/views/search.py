"""Searching all that is published: what was found, how the question was read, and how to narrow it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .. import found, purchases_found, sentences
from ..breakdowns import NONE_CODE, Breakdown, Dimension
from ..coverage import book_years
from ..dimension_names import row_name, title_of
from ..filters import AllocationFilter
from ..found import Group, Hit, Kind
from ..in_order import FAR
from ..kept_readings import Among
from ..models import Edition, Project
from ..narrowing import splits
from ..provenance import Provenance, data_links, provenance_of
from ..purchase_filters import DATASETS as PURCHASES
from ..purchase_filters import OF_A_SEARCH, purchases_under
from ..questions import How
from ..search import OF_PROJECTS, PAGE, Results, among, paid_projects_under
from ..search import search as look_for
from .asked import one_of
from .home import QUESTIONS
from .listing import explaining_bad_queries, page_of, read_page
from .purchase_tables import buyer_address

READ_HERE = ("q", "in", "page")
MOST_NAMES = 200  # names of one kind on their own page
NARROWED_BY = (Dimension.MINISTRY, Dimension.CATEGORY, Dimension.YEAR)
CHOICES = 8  # ways to narrow a search by one dimension
OF_FACTS = (Kind.LINE, Kind.PROJECT, Kind.PURCHASE)  # records that are shown page by page
KINDS: Mapping[Kind, Promise] = {
    Kind.AGENCY: gettext_lazy("Agencies"),
    Kind.PLAN: gettext_lazy("Plans"),
    Kind.ACTIVITY: gettext_lazy("Outputs and projects"),
    Kind.LINE: gettext_lazy("Budget lines"),
    Kind.PROJECT: gettext_lazy("Projects of past years"),
    Kind.PURCHASE: gettext_lazy("Purchases"),
    Kind.SUPPLIER: gettext_lazy("Suppliers"),
    Kind.BUYER: gettext_lazy("Buying departments"),
}
ONE: Mapping[Kind, Promise] = {
    Kind.AGENCY: gettext_lazy("agency"),
    Kind.PLAN: gettext_lazy("plan"),
    Kind.ACTIVITY: gettext_lazy("output or project"),
    Kind.LINE: gettext_lazy("budget line"),
    Kind.PROJECT: gettext_lazy("project of a past year"),
    Kind.PURCHASE: gettext_lazy("purchase"),
    Kind.SUPPLIER: gettext_lazy("supplier"),
    Kind.BUYER: gettext_lazy("buying department"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as the page lists it: what sort it is in words, and where it leads ("" nowhere)."""

    hit: Hit
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a search, with the number of lines it leaves."""

    name: str
    lang: str
    count: int
    href: str


@require_safe
@explaining_bad_queries
def search(request: HttpRequest) -> HttpResponseBase:
    query = AllocationFilter(request.GET, also=READ_HERE)
    text = request.GET.get("q", "").strip()
    context: dict[str, Any] = {
        "section": "search",
        "text": text,
        "questions": QUESTIONS,
        "kept": [(name, value) for name, value in query.texts.items() if name != "how"],
    }
    if not text:
        return render(request, "spending/search.html", context)
    kind = one_of(request.GET, "in", [kind.value for kind in Kind])
    number = read_page(request.GET)
    results = look_for(
        text,
        lines=among(query),
        projects=paid_projects_under(query),
        purchases=purchases_under(query.texts),
        day=query.as_of,
        year=query.year,
        how=query.values.get("how"),
        start=(number - 1) * PAGE,
    )
    if results.problem is not None:
        return render(request, "spending/search.html", {**context, "problem": results.problem.value})
    context |= {
        "results": results,
        "counts": _counts(results),
        "tabs": _tabs(results, query, text, kind),
        "chosen": _chosen(query, text),
        "narrow": _narrow(results, query, text),
        "reading": _reading_words(results),
        "as_typed": _as_typed(results, query, text),
        "wider": _wider(results, query, text),
        "suggestions": [
            (one.text, one.count, _address(query, one.text, how=None)) for one in results.suggestions
        ],
        "provenance": _origin(results, query, text, Kind(kind) if kind else Kind.LINE),
        **_list(request, results, query, text, Kind(kind) if kind else None),
    }
    return render(request, "spending/search.html", context)


def _list(
    request: HttpRequest, results: Results, query: AllocationFilter, text: str, kind: Kind | None
) -> dict[str, Any]:
    """The records to list: the best of all kinds, or one page of one kind."""
    year = _book_year(results, query)
    if kind is None:
        return {"hits": [_shown(hit, year) for hit in results.best], "kind": ""}
    group = _group(results, kind, query)
    page = _page(request, kind, group)
    more = results.more.hits if kind is Kind.LINE and not page.has_next() else ()
    number = {"in": kind.value}
    return {
        "kind": kind.value,
        "group": group,
        "hits": [_shown(hit, year) for hit in group.hits],
        "more": [_shown(hit, year) for hit in more],
        "page": page,
        "before": _address(query, text, **number, page=page.number - 1) if page.has_previous() else "",
        "after": _address(query, text, **number, page=page.number + 1) if page.has_next() else "",
    }


def _group(results: Results, kind: Kind, query: AllocationFilter) -> Group:
    if kind is Kind.LINE:
        return results.lines
    if kind is Kind.PROJECT:
        return results.projects
    if kind is Kind.PURCHASE:
        return results.bought[kind]
    assert results.reading is not None
    if kind in results.bought:
        nothing = Among(Project.objects.none())
        more = purchases_found.purchases_found(
            nothing, results.reading, query.as_of, start=0, size=0, names=MOST_NAMES
        )
        return more[kind]
    return found.names_found(results.reading, query.as_of, size=MOST_NAMES)[kind]


def _page(request: HttpRequest, kind: Kind, group: Group) -> Page[Any]:
    """The page asked for, of as many pages as the records fill that were counted; where they were not, of
    those that are quickly found.
    """
    size = PAGE if kind in OF_FACTS else MOST_NAMES
    most = FAR if kind in OF_FACTS else MOST_NAMES
    reached = min(group.count, most) if group.about else group.count
    return page_of(Paginator(range(reached), size), request.GET)


def _book_year(results: Results, query: AllocationFilter) -> int | None:
    """The year of the budget book that names lead to: the one asked for, else the newest (Common Era)."""
    read = results.reading.year if results.reading else None
    return query.year or read or max(book_years(query.as_of), default=None)


def _shown(hit: Hit, book_year: int | None) -> Shown:
    return Shown(hit, str(ONE[hit.kind]), _leads_to(hit, book_year))


def _leads_to(hit: Hit, book_year: int | None) -> str:
    if hit.kind is Kind.AGENCY:
        return reverse("spending:agency", args=[hit.code])
    if hit.kind is Kind.LINE and hit.year:
        return reverse("spending:line", args=[hit.year, hit.code])
    if hit.kind is Kind.PROJECT and hit.year:
        return reverse("spending:past_project", args=[hit.year, hit.code])
    if hit.kind is Kind.PURCHASE:
        return reverse("spending:project", args=[hit.code])
    if hit.kind is Kind.SUPPLIER:
        return uri_to_iri(reverse("spending:supplier", args=[hit.code]))
    if hit.kind is Kind.BUYER and hit.year:
        return buyer_address(hit.code, hit.year)
    if book_year is None:
        return ""
    return uri_to_iri(
        f"{reverse('spending:budget', args=[book_year])}?{urlencode({hit.kind.value: hit.code})}"
    )


def _counts(results: Results) -> dict[str, Any]:
    groups = [*results.names.values(), results.lines, results.projects, *results.bought.values()]
    purchases = results.bought[Kind.PURCHASE]
    return {
        "every": sum(group.count for group in groups),
        "lines": results.lines.count,
        "amount": results.lines.amount,
        "projects": results.projects.count,
        "budgeted": results.projects.amount,
        "purchases": purchases.count,
        "purchases_about": purchases.about,
        "about": any(group.about for group in groups),
        "set_aside": purchases.amount,
    }


def _tabs(
    results: Results, query: AllocationFilter, text: str, kind: str
) -> list[tuple[str, int | None, bool, str, bool]]:
    """The kinds of records found: in words, how many, whether that is an estimate, their address, whether
    they are shown.
    """
    groups = {**results.names, Kind.LINE: results.lines, Kind.PROJECT: results.projects, **results.bought}
    every = [(_("The best of all"), None, False, _address(query, text), not kind)]
    return every + [
        (
            str(KINDS[one]),
            group.count,
            group.about,
            _address(query, text, **{"in": one.value}),
            kind == one.value,
        )
        for one, group in groups.items()
        if group.count or kind == one.value
    ]


def _chosen(query: AllocationFilter, text: str) -> list[tuple[str, object, str]]:
    """What narrows the search now, each with the same search without it."""
    titles = {dimension.value: title_of(dimension) for dimension in Dimension}
    return [
        (titles.get(name, name), value, _address(query, text, **{name: None}))
        for name, value in query.texts.items()
        if name not in ("how", "as_of")  # the day is said above
    ]


def _narrow(results: Results, query: AllocationFilter, text: str) -> list[tuple[str, list[Choice]]]:
    """Ways to narrow the lines found, by each dimension that splits them."""
    if results.reading is None or results.lines.count < 2:
        return []
    lines = found.answering(among(query), results.reading)
    dimensions = [dimension for dimension in NARROWED_BY if dimension.value not in query.texts]
    ways = [(split.dimension, _choices(split, query, text)) for split in splits(lines, dimensions)]
    return [(title_of(dimension), choices) for dimension, choices in ways if len(choices) > 1]


def _choices(split: Breakdown, query: AllocationFilter, text: str) -> list[Choice]:
    rows = [row for row in split.rows[:CHOICES] if row.code != NONE_CODE]
    choices = []
    for row in rows:
        if split.dimension is Dimension.YEAR:
            name, lang, code = sentences.year(int(row.code)), "", row.code
        else:
            name, lang = sentences.name_and_language(row_name(split.dimension, row), row.name_en)
            code = row.code
        href = _address(query, text, **{split.dimension.value: code, "in": Kind.LINE.value})
        choices.append(Choice(name, lang, row.lines, href))
    return choices


def _reading_words(results: Results) -> list[str]:
    """How the question was read, where it was not taken by the letter."""
    reading = results.reading
    if reading is None:
        return []
    said = []
    if reading.how is How.ALIKE:
        said.append(_("tone marks aside, which scanning loses"))
    elif reading.corrected:
        said.append(_("read as “%(words)s”") % {"words": reading.corrected})
    elif reading.how.value in ("words", "parts"):
        words = " · ".join(term.typed for term in reading.terms)
        said.append(_("all of these: %(words)s") % {"words": words})
    elif reading.how.value == "some":
        words = " · ".join(term.typed for term in reading.terms)
        said.append(_("most of these: %(words)s") % {"words": words})
    if reading.year is not None:
        said.append(_("fiscal year %(year)s") % {"year": sentences.year(reading.year)})
    said += [
        _("%(typed)s is the place %(name)s") % {"typed": typed, "name": name}
        for typed, name in reading.places
    ]
    return said


def _as_typed(results: Results, query: AllocationFilter, text: str) -> str:
    """The address of the same letters, looked for as they stand; empty where that is what was done."""
    reading = results.reading
    literal = reading is None or (reading.how is How.LETTERS and reading.year is None)
    return "" if literal else _address(query, text, how=How.LETTERS.value)


def _wider(results: Results, query: AllocationFilter, text: str) -> str:
    """The address of all that a less strict reading finds; empty where there is none."""
    if results.wider is None:
        return ""
    return _address(query, text, how=results.wider.how.value, **{"in": Kind.LINE.value})


def _origin(results: Results, query: AllocationFilter, text: str, kind: Kind) -> Provenance | None:
    """The files that the records listed were read from, and all of them as data; None for bare names."""
    known = {
        Kind.LINE: ("allocations", ("budget_book",), query.texts),
        Kind.PROJECT: ("project-disbursements", ("bbgfproject",), _only(query, OF_PROJECTS)),
        Kind.PURCHASE: ("projects", PURCHASES, _only(query, OF_A_SEARCH)),
    }
    counted = {Kind.LINE: results.lines, Kind.PROJECT: results.projects, **results.bought}
    if kind not in known or not counted[kind].count:
        return None
    resource, datasets, texts = known[kind]
    known_then = Edition.objects.known_on(query.as_of).select_related("source_file").defer("checks", "notes")
    editions = known_then.filter(dataset__in=datasets)
    if query.year is not None:
        editions = editions.filter(fiscal_year=query.year)
    return provenance_of(
        editions,
        downloads=data_links(resource, urlencode({**texts, "q": text})),
        subject=lazy(_searched, str)(text),
        year=query.year,
    )


def _searched(text: str) -> str:
    return _("Search for “%(text)s”") % {"text": text}


def _only(query: AllocationFilter, names: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in query.texts.items() if name in names}


def _address(query: AllocationFilter, text: str, **changes: str | int | None) -> str:
    return uri_to_iri(f"{reverse('spending:search')}?{query.query(q=text, **changes)}")

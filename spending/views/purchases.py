"""What the state bought in a year under one query: by method, department, place, supplier; and the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import sentences
from ..addresses import at_one_address, with_day
from ..breakdowns import NONE_CODE, Breakdown, Dimension, districts_in_english
from ..breakdowns import Row as Slice
from ..dimension_names import code_name, split_by, title_of
from ..fiscal import buddhist
from ..in_order import InOrder
from ..ladders import Rung, ladder
from ..models import Agency
from ..palette import OTHER, OTHERS
from ..parameters import BadQuery
from ..provenance import Provenance, data_links, provenance_of
from ..purchase_filters import ContractFilter, ProjectFilter
from ..purchases import SLICES, Reach, Sums, contracts_beside, purchase_years, reach, sums_of
from ..querysets import LARGEST_BUDGET
from ..tables import Column, Table
from . import purchase_tables as tables
from .asked import day_of, only_parameters
from .figures import show
from .listing import Order, explaining_bad_queries, page_of, read_order
from .splits import Split

FIRST = 10  # largest projects on the overview
ROWS = 50  # projects on a page of the list
SPLITS = (Dimension.METHOD, Dimension.BUYER, Dimension.PROVINCE, Dimension.DISTRICT, Dimension.TYPE)
READ_HERE = ("sort", "page")
SORTS: Mapping[str, str] = {
    "amount": "agreed_price",
    "budget": "budget",
    "name": "name",
    "day": "recorded_on",
}


@require_safe
@explaining_bad_queries
def newest(request: HttpRequest) -> HttpResponseBase:
    """The newest year of which there are purchases."""
    only_parameters(request.GET, ("as_of",))
    day = day_of(request.GET)
    years = purchase_years(day)
    if not years:
        return render(request, "spending/empty.html", {"section": "purchases", "as_of": day})
    return HttpResponseRedirect(with_day(reverse("spending:purchases", args=[years[0]]), day))


@require_safe
@at_one_address
@explaining_bad_queries
def purchases(request: HttpRequest, year: int) -> HttpResponseBase:
    query = _query(request.GET, year)
    if query.by is not None or "measure" in query.values:
        raise BadQuery(
            "by", _("This page splits by all dimensions at once; by and measure belong to the API.")
        )
    known = purchase_years(query.as_of)
    if year not in known:
        return _unpublished(request, year, known)
    won = contracts_beside(query.texts)
    sums = sums_of(query, won)
    covered = reach(year, query.as_of)
    context = {
        **_frame(query, year, known, "purchases"),
        "sums": sums,
        "ladder": _ladder(sums),
        "reach": covered,
        "splits": [_split(query, year, dimension) for dimension in SPLITS if _is_split(query, dimension)],
        "suppliers": None if query.reads_lines else _suppliers(won),
        "winners": None if query.reads_lines else _winners(won),
        "largest_table": tables.projects_table(_in_order(query, *LARGEST_BUDGET)[:FIRST]),
        "list_address": _address("projects", year, query),
        "elsewhere": [] if sums.projects else _elsewhere(query),
        "provenance": _origin(query, covered),
    }
    return show(request, "spending/purchases.html", context)


@require_safe
@at_one_address
@explaining_bad_queries
def projects(request: HttpRequest, year: int) -> HttpResponseBase:
    query = _query(request.GET, year, READ_HERE)
    if query.by is not None:
        raise BadQuery("by", _("A list of projects is not split; by belongs to the page above."))
    known = purchase_years(query.as_of)
    if year not in known:
        return _unpublished(request, year, known)
    order = read_order(request.GET, SORTS, "-amount")
    pages = Paginator(_sorted(query, order), ROWS)
    sums = sums_of(query, contracts_beside(query.texts))
    pages.count = sums.projects  # counted already
    page = page_of(pages, request.GET)
    context = {
        **_frame(query, year, known, "projects"),
        "sums": sums,
        "table": _list_table(query, page, order),
        "page": page,
        "before": _page(query, order, page.previous_page_number()) if page.has_previous() else "",
        "after": _page(query, order, page.next_page_number()) if page.has_next() else "",
        "overview_address": _address("purchases", year, query),
        "provenance": _origin(query, reach(year, query.as_of)),
    }
    return render(request, "spending/projects.html", context)


def _query(parameters: QueryDict, year: int, also: tuple[str, ...] = ()) -> ProjectFilter:
    if "year" in parameters:
        raise BadQuery("year", _("On this page the year stands in the address itself."))
    return ProjectFilter(parameters, also=also, year=str(buddhist(year)))


def _unpublished(request: HttpRequest, year: int, known: list[int]) -> HttpResponseBase:
    context = {"section": "purchases", "year": year, "years": known}
    return render(request, "spending/no_purchases.html", context, status=404)


def _frame(query: ProjectFilter, year: int, known: list[int], page: str) -> dict[str, Any]:
    """What both pages show of the query: what is chosen, the years, the way up."""
    words = _("Purchases %(year)s") % {"year": sentences.year(year)}
    top = reverse("spending:purchases", args=[year])
    chosen = _chosen(query)
    last = _("Projects") if page == "projects" else (chosen[-1][1] if chosen else "")
    return {
        "section": "purchases",
        "year": year,
        "query": query,
        "chosen": chosen,
        "trail": [(words, top), (last, "")] if last else [(words, "")],
        "years": [(one, _address(page, one, query)) for one in known],
        "kept": [(name, text) for name, text in query.texts.items() if name in _KEPT],
        "list_page": reverse("spending:projects", args=[year]),
    }


_KEPT = ("agency", "ministry", "buyer", "province", "district", "method", "type", "as_of")


def _chosen(query: ProjectFilter) -> list[tuple[str, object, str]]:
    """What is chosen, in words, each with the same page without it."""
    found: list[tuple[str, object, str]] = []
    for dimension in (Dimension.MINISTRY, Dimension.AGENCY, *SPLITS):
        name = dimension.value
        if name in query.values:
            found.append(
                (title_of(dimension), _chosen_name(dimension, str(query.values[name])), _without(query, name))
            )
    others = {"project": _("Project"), "as_of": _("As of"), "q": _("Words")}
    found += [(words, query.texts[n], _without(query, n)) for n, words in others.items() if n in query.values]
    return found


def _chosen_name(dimension: Dimension, code: str) -> object:
    if code == NONE_CODE:
        return code_name(dimension, code)
    if dimension in (Dimension.MINISTRY, Dimension.AGENCY):
        agency = Agency.objects.filter(code=code).first()
        return sentences.named(agency.name, agency.name_en) if agency else code
    english = dimension is Dimension.DISTRICT and sentences.language() != "th"
    name_en = districts_in_english().get(code, "") if english else ""
    return sentences.named(code_name(dimension, code), name_en)


def _without(query: ProjectFilter, name: str) -> str:
    return f"?{query.query(**{name: None})}"


def _ladder(sums: Sums) -> Any:
    return ladder(
        _("From budget to contract"),
        [
            Rung(_("Budget"), sums.budget, OTHER),
            Rung(_("Reference price"), sums.reference_price, OTHERS),
            Rung(_("Agreed price"), sums.agreed_price),
            Rung(_("In contracts"), sums.contracted if sums.contracts else None),
        ],
    )


def _is_split(query: ProjectFilter, dimension: Dimension) -> bool:
    """Whether the page splits by a dimension: where nothing of it is chosen, districts within a province."""
    if dimension is Dimension.DISTRICT and "province" not in query.values:
        return False
    return dimension.value not in query.values


def _split(query: ProjectFilter, year: int, dimension: Dimension) -> Split:
    parts = query.broken_down(dimension, limit=SLICES, measure="agreed_price")

    def link(row: Slice) -> str:
        return uri_to_iri(f"?{query.query(**{dimension.value: row.code})}")

    title = split_by(dimension)
    table = tables.slices_table(parts, title, _("Agreed (baht)"), _("Projects"), link)
    return Split(dimension, title, sentences.where_it_goes(parts), table)


def _suppliers(won: ContractFilter) -> Split | None:
    """Who won the most: companies by name, natural persons in one line."""
    parts = won.broken_down(Dimension.SUPPLIER, limit=SLICES)
    if not parts.lines:
        return None
    title = _("Who got the contracts")

    def link(row: Slice) -> str:
        return "" if row.code == NONE_CODE else tables.supplier_address(row.code)

    table = tables.slices_table(parts, title, _("In contracts (baht)"), _("Contracts"), link)
    return Split(Dimension.SUPPLIER, title, sentences.where_it_goes(parts), table)


def _winners(won: ContractFilter) -> Split | None:
    parts: Breakdown = won.broken_down(Dimension.WINNER)
    if not parts.lines:
        return None
    title = _("How well the winners are known")
    table = tables.slices_table(parts, title, _("In contracts (baht)"), _("Contracts"), lambda row: "")
    return Split(Dimension.WINNER, title, "", table)


def _elsewhere(query: ProjectFilter) -> list[tuple[int, str]]:
    """Years in which there are purchases under a query that finds none in its own."""
    other = ProjectFilter({name: text for name, text in query.texts.items() if name != "year"})
    years = other.facts().order_by().values_list("fiscal_year", flat=True).distinct()
    return [(year, _address("purchases", year, query)) for year in sorted(years, reverse=True)]


def _sorted(query: ProjectFilter, order: Order) -> Any:
    """The projects in one of `SORTS`, those without a value last, equal ones by number."""
    key = F(SORTS[order.key])
    first = key.desc(nulls_last=True) if order.descending else key.asc(nulls_last=True)
    return _in_order(query, first, F("number").asc())


def _in_order(query: ProjectFilter, *order: OrderBy) -> InOrder:
    return query.in_order(query.lines().select_related("buyer"), *order)


def _list_table(query: ProjectFilter, page: Page[Any], order: Order) -> Table:
    heads = dict(zip(("name", "budget", "amount", "", "day"), tables.project_columns(), strict=True))
    columns = [_head(column, key, query, order) for key, column in heads.items()]
    return tables.projects_table(page.object_list, columns)


def _head(column: Column, key: str, query: ProjectFilter, order: Order) -> Column:
    if not key:
        return column
    way = ("descending" if order.descending else "ascending") if key == order.key else ""
    return Column(column.title, column.kind, column.wide, f"?{query.query(sort=order.turned(key))}", way)


def _page(query: ProjectFilter, order: Order, number: int) -> str:
    return uri_to_iri(f"?{query.query(sort=order.text, page=number)}")


def _address(page: str, year: int, query: ProjectFilter) -> str:
    text = query.query()
    address = reverse(f"spending:{page}", args=[year])
    return uri_to_iri(f"{address}?{text}") if text else address


def _origin(query: ProjectFilter, covered: Reach) -> Provenance | None:
    downloads = data_links("projects", query.query(year=query.year_text))
    return provenance_of(covered.editions, downloads=downloads)

"""Who won the state's contracts: all suppliers, and each with what it won, from whom and how."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import sentences, winners
from ..breakdowns import Dimension, break_down
from ..flag_words import asked
from ..in_order import InOrder
from ..models import Contract, ContractTotal, Edition, Flag, Project, Supplier, SupplierName
from ..parameters import PARAMETERS
from ..provenance import Download, data_links, provenance_of
from ..purchase_filters import DATASETS
from ..purchases import Won, persons, shares_of_buyers, won_by
from ..querysets import LARGEST_AMOUNT
from ..tables import Column, Kind
from . import purchase_tables as tables
from .asked import day_of, only_parameters
from .listing import Order, explaining_bad_queries, page_of, read_order

ROWS = 50
QUESTIONS = 5  # questions shown one by one
BUYERS = 15  # departments shown one by one
SORTS = {"amount": "won", "contracts": "contracts", "name": "name"}


@require_safe
@explaining_bad_queries
def suppliers(request: HttpRequest) -> HttpResponseBase:
    only_parameters(request.GET, ("q", "as_of", "sort", "page"))
    day = day_of(request.GET)
    text = request.GET.get("q", "").strip()
    words = PARAMETERS["q"].value(text) if text else ""
    order = read_order(request.GET, SORTS, "-amount")
    pages = Paginator(_sorted(words, order, day), ROWS)
    if not words and day is None and (number := winners.counted()) is not None:
        pages.count = number  # counted already
    page = page_of(pages, request.GET)

    def address(sort: str, number: int | None = None) -> str:
        values = {"q": words, "sort": sort, "page": number or ""}
        return uri_to_iri(f"?{urlencode({name: value for name, value in values.items() if value})}")

    def head(title: str, kind: Kind, key: str, *, wide: bool = False) -> Column:
        way = ("descending" if order.descending else "ascending") if key == order.key else ""
        return Column(title, kind, wide, address(order.turned(key)), way)

    columns = (
        head(_("Supplier"), Kind.NAME, "name"),
        head(_("In contracts (baht)"), Kind.MONEY, "amount"),
        Column(_("Bar"), Kind.BAR),
        head(_("Contracts"), Kind.COUNT, "contracts", wide=True),
    )
    context = {
        "section": "purchases",
        "words": words,
        "found": page.paginator.count,
        "table": tables.suppliers_table(page.object_list, columns),
        "page": page,
        "before": address(order.text, page.previous_page_number()) if page.has_previous() else "",
        "after": address(order.text, page.next_page_number()) if page.has_next() else "",
        "persons": persons(day),
        "provenance": provenance_of(
            _editions(day), downloads=_of_all({"q": words, "as_of": request.GET.get("as_of", "")})
        ),
    }
    return render(request, "spending/suppliers.html", context)


def _sorted(words: str, order: Order, day: date | None) -> Any:
    """Suppliers with what they won, in one of `SORTS`."""
    found = winners.winners(day)
    if words:
        found = found.filter(supplier__in=Supplier.objects.filter(Q(search_key__holds=words)))
    key = SORTS[order.key]
    return found.order_by(f"-{key}" if order.descending else key, "code")


@require_safe
@explaining_bad_queries
def supplier(request: HttpRequest, code: str) -> HttpResponseBase:
    only_parameters(request.GET, ("as_of", "page"))
    day = day_of(request.GET)
    found = Supplier.objects.filter(code=code).first()
    if found is None:
        return render(
            request, "spending/no_supplier.html", {"section": "purchases", "code": code}, status=404
        )
    won, origin = won_by(found, day), _editions(day)
    standings = shares_of_buyers(found, won, day)
    pages: Paginator[Any] = Paginator(_contracts(found, [edition.pk for edition in origin]), ROWS)
    pages.count = won.contracts  # counted already
    page = page_of(pages, request.GET)
    rows = list(page.object_list)
    context = {
        "section": "purchases",
        "supplier": found,
        "won": won,
        "names": [one.name for one in found.names.all() if one.name != found.name],
        "namesakes": _namesakes(found),
        "trail": [(_("Suppliers"), reverse("spending:suppliers")), (sentences.named(found.name), "")],
        "standings_table": _from_whom(standings, won),
        "leading": standings[0] if standings else None,
        "splits": [_split(found, dimension, day) for dimension in (Dimension.YEAR, Dimension.METHOD)],
        "contracts_table": tables.won_table(rows, _titles(rows, day)),
        "asked": asked(_questions(found)[:QUESTIONS]),
        "questions_address": uri_to_iri(f"{reverse('spending:flags')}?{urlencode({'supplier': found.code})}"),
        "page": page,
        "before": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "after": f"?page={page.next_page_number()}" if page.has_next() else "",
        "provenance": provenance_of(origin, downloads=_of_one(found), subject=found.name),
    }
    return render(request, "spending/supplier.html", context)


def _contracts(supplier: Supplier, editions: list[int]) -> Any:
    won = Contract.objects.counted().won_by(supplier).select_related("buyer")
    return InOrder(won, editions, LARGEST_AMOUNT)


def _questions(supplier: Supplier) -> Any:
    """The questions about what it alone won, most money first."""
    return Flag.objects.current().filter(supplier=supplier).with_names().largest_first()


def _from_whom(standings: Any, won: Won) -> Any:
    if not standings:
        return None
    return tables.standings_table(standings[:BUYERS], standings[BUYERS:], won.years[-1])


def _namesakes(supplier: Supplier) -> list[Supplier]:
    """Other suppliers of the very same name, whether known by a tax id or by the name alone."""
    first = Supplier.objects.filter(name=supplier.name).order_by().values("pk")
    later = SupplierName.objects.filter(name=supplier.name).order_by().values("supplier")
    found = Supplier.objects.filter(pk__in=first.union(later)).exclude(pk=supplier.pk)
    return list(found.order_by("code")[:5])


def _split(supplier: Supplier, dimension: Dimension, day: date | None) -> tuple[str, Any]:
    parts = break_down(ContractTotal.objects.current(day).won_by(supplier), dimension)
    title = _("Year by year") if dimension is Dimension.YEAR else _("By method of purchase")
    table = tables.slices_table(parts, title, _("In contracts (baht)"), _("Contracts"), lambda row: "")
    return title, table


def _titles(contracts: list[Contract], day: date | None) -> dict[str, str]:
    """The titles of the projects that contracts belong to, by number, in one query."""
    numbers = [contract.project_number for contract in contracts]
    return dict(Project.objects.current(day).filter(number__in=numbers).values_list("number", "name"))


def _editions(day: date | None) -> list[Edition]:
    """The files that contracts are read from."""
    known = Edition.objects.known_on(day).filter(dataset__in=DATASETS)
    return list(known.select_related("source_file").order_by("part"))


def _of_all(texts: Mapping[str, str]) -> list[Download]:
    return data_links("suppliers", urlencode({name: text for name, text in texts.items() if text}))


def _of_one(supplier: Supplier) -> list[Download]:
    query = urlencode({"supplier": supplier.code})
    return data_links("contracts", query)

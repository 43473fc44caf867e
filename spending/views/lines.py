"""The lines of the budget book under a query: largest first, in a stable order, with the sum of them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from .. import sentences
from ..addresses import at_one_address
from ..breakdowns import Dimension, share_of
from ..coverage import coverage
from ..dimension_names import title_of
from ..drilling import Step, steps
from ..filters import AllocationFilter
from ..models import Allocation
from ..parameters import BadQuery
from ..querysets import AllocationQuerySet
from ..tables import Column, Kind, Row, Table
from . import book
from .listing import Order, explaining_bad_queries, page_of, read_order

ROWS = 50
READ_HERE = ("sort", "page")
FIRST_FEW = 10
SORTS: Mapping[str, tuple[str, ...]] = {
    "amount": ("amount", "item_id"),
    "name": ("description", "item_id"),
    "agency": ("agency__name", "item_id"),
    "page": ("edition__part", "page", "item_id"),
}


@dataclass(frozen=True, slots=True)
class Sums:
    """The whole result of a query: its sum in baht, its number of lines, the largest line and the first
    few.
    """

    total: Decimal
    lines: int
    largest: Decimal
    few: Decimal

    @property
    def largest_share(self) -> Decimal | None:
        return share_of(self.largest, self.total)

    @property
    def few_share(self) -> Decimal | None:
        return share_of(self.few, self.total)


@require_safe
@at_one_address
@explaining_bad_queries
def lines(request: HttpRequest, year: int) -> HttpResponseBase:
    query = book.query_of(request.GET, year, READ_HERE)
    if query.by is not None:
        raise BadQuery("by", _("A list of lines is not split; by belongs to the page above."))
    if not coverage(year, query.as_of).whole:
        return book.unpublished(request, year, query.as_of)
    order = read_order(request.GET, SORTS, "-amount")
    sums = sums_of(query)
    pages = Paginator(sorted_lines(query, order), ROWS)
    pages.count = sums.lines  # counted already
    page = page_of(pages, request.GET)
    way_down = steps(query)
    context = {
        "section": "budget",
        "year": year,
        "query": query,
        "steps": way_down,
        "sums": sums,
        "trail": book.trail(year, way_down, last=pgettext("of the budget", "Lines")),
        "years": book.years(query, "lines"),
        "chosen": _chosen(query, way_down),
        "kept": [(name, text) for name, text in query.texts.items() if name in _KEPT],
        "budget_address": book.with_query(reverse("spending:budget", args=[year]), query.query()),
        "table": _table(query, page, order, sums),
        "page": page,
        "before": _page(query, order, page.previous_page_number()) if page.has_previous() else "",
        "after": _page(query, order, page.next_page_number()) if page.has_next() else "",
        "elsewhere": [] if sums.lines else book.elsewhere(query),
        "unextracted": None if sums.lines else book.unextracted_in(query),
        "provenance": book.origin(query),
    }
    return render(request, "spending/lines.html", context)


_KEPT = ("ministry", "agency", "plan", "activity", "category", "cross_cutting", "as_of")


def sums_of(query: AllocationFilter) -> Sums:
    """The sums of all lines under a query, in two queries."""
    facts = query.facts()
    counted = Count("pk") if query.reads_lines else Sum("lines")
    found = facts.aggregate(total=Sum("amount"), counted=counted)
    few = list(query.lines().largest_first().values_list("amount", flat=True)[:FIRST_FEW])
    return Sums(
        total=found["total"] or Decimal(0),
        lines=found["counted"] or 0,
        largest=few[0] if few else Decimal(0),
        few=sum(few, Decimal(0)),
    )


def sorted_lines(query: AllocationFilter, order: Order) -> AllocationQuerySet:
    """The lines in one of `SORTS`; lines that are equal in it stand by their ids, so that pages never
    overlap.
    """
    first, *rest = SORTS[order.key]
    fields = [f"-{first}" if order.descending else first, *rest]
    found: AllocationQuerySet = query.lines().with_names().order_by(*fields)
    return found


def _table(query: AllocationFilter, page: Page[Any], order: Order, sums: Sums) -> Table:
    def head(title: str, kind: Kind, key: str = "", *, wide: bool = False) -> Column:
        way = ("descending" if order.descending else "ascending") if key == order.key else ""
        sort = f"?{query.query(sort=order.turned(key))}" if key else ""
        return Column(title, kind, wide=wide, sort=sort, order=way)

    columns = (
        head(_("What the money is for"), Kind.NAME, "name"),
        head(_("Baht"), Kind.MONEY, "amount"),
        head(_("Of these lines"), Kind.PERCENT, wide=True),
        head(_("Obliges"), Kind.TEXT, wide=True),
        head(_("Page"), Kind.COUNT, "page", wide=True),
    )
    rows = [_row(line, query, sums) for line in page.object_list]
    return Table(_("Lines of the budget book"), columns, tuple(rows), _sums_row(sums))


def _row(line: Allocation, query: AllocationFilter, sums: Sums) -> Row:
    address = uri_to_iri(reverse("spending:line", args=[line.fiscal_year, line.item_id]))
    under = [] if Dimension.AGENCY in query.chosen else [line.agency.name]
    if Dimension.ACTIVITY not in query.chosen:
        under.append(line.activity.name if line.activity else line.plan.name)
    obliges = _("later years") if line.obliged else ""
    values = (line.description, line.amount, share_of(line.amount, sums.total), obliges, line.page)
    lang = "" if sentences.language() == "th" else "th"
    return Row(values, href=address, lang=lang, note=" › ".join(under))


def _sums_row(sums: Sums) -> Row:
    words = _("All %(lines)s lines, on every page") % {"lines": f"{sums.lines:,}"}
    return Row((words, sums.total, Decimal(1) if sums.total else None, "", None))


def _chosen(query: AllocationFilter, way_down: tuple[Step, ...]) -> list[tuple[str, object, str]]:
    """What is chosen, in words, each with the same list without it."""
    last = {step.dimension: step for step in way_down}
    found: list[tuple[str, object, str]] = [
        (title_of(step.dimension), step.name, _without(query, step.dimension.value)) for step in last.values()
    ]
    if "line" in query.values:
        found.append((_("Line"), query.texts["line"], _without(query, "line")))
    return found  # the day is said, and lifted, above


def _without(query: AllocationFilter, name: str) -> str:
    return f"?{query.query(**{name: None})}"


def _page(query: AllocationFilter, order: Order, number: int) -> str:
    return f"?{query.query(sort=order.text, page=number)}"

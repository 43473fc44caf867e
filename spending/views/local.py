"""What local councils grant: by body, field of work, plan, task and type; and the lines of one body."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import sentences
from ..addresses import at_one_address, with_day
from ..breakdowns import Dimension, break_down, share_of
from ..breakdowns import Row as Slice
from ..dimension_names import code_name, split_by, title_of
from ..fiscal import buddhist
from ..local_filters import STEPS, LocalBudgetFilter
from ..local_money import LocalSums, editions_of, fullest_year, local_sums, local_years
from ..models import Agency, LocalBudget
from ..palette import PLAIN
from ..parameters import BadQuery
from ..provenance import Download, data_links, provenance_of
from ..tables import Column, Kind, Row, Table, bar_lengths
from . import purchase_tables as tables
from .asked import day_of, only_parameters
from .figures import show
from .listing import explaining_bad_queries, page_of
from .splits import Split

SLICES = 100  # slices of a dimension shown one by one: all 76 bodies
ROWS = 50  # lines of a body on a page
READ_HERE = ("page",)
CHOSEN = (Dimension.AGENCY, Dimension.PROVINCE, *STEPS, Dimension.BUDGET_TYPE, Dimension.GROUP)


@require_safe
@explaining_bad_queries
def newest(request: HttpRequest) -> HttpResponseBase:
    """The year of which most is known."""
    only_parameters(request.GET, ("as_of",))
    day = day_of(request.GET)
    year = fullest_year(day)
    if year is None:
        return render(request, "spending/empty.html", {"section": "local", "as_of": day})
    return HttpResponseRedirect(with_day(reverse("spending:local", args=[year]), day))


@require_safe
@at_one_address
@explaining_bad_queries
def local(request: HttpRequest, year: int) -> HttpResponseBase:
    query = _query(request.GET, year)
    known = local_years(query.as_of)
    if year not in known:
        context = {"section": "local", "year": year, "years": known}
        return render(request, "spending/no_local.html", context, status=404)
    lines = query.lines()
    sums = local_sums(lines)
    page = page_of(Paginator(_listed(query), ROWS), request.GET)
    chosen = _chosen(query)
    context = {
        "section": "local",
        "year": year,
        "years": [(one, _address(one, query)) for one in known],
        "chosen": chosen,
        "trail": _trail(year, chosen),
        "sums": sums,
        "way_table": _way_table(sums),
        "splits": [split for one in _splits(query) if (split := _split(query, one)) is not None],
        "lines_table": _lines_table(page.object_list) if "agency" in query.values else None,
        "page": page,
        "before": _page(query, page.previous_page_number()) if page.has_previous() else "",
        "after": _page(query, page.next_page_number()) if page.has_next() else "",
        "provenance": provenance_of(editions_of(lines), downloads=_downloads(query)),
    }
    return show(request, "spending/local.html", context)


def _query(parameters: QueryDict, year: int) -> LocalBudgetFilter:
    if "year" in parameters:
        raise BadQuery("year", _("On this page the year stands in the address itself."))
    query = LocalBudgetFilter(parameters, also=READ_HERE, year=str(buddhist(year)))
    if query.by is not None or "measure" in query.values:
        raise BadQuery(
            "by", _("This page splits by all dimensions at once; by and measure belong to the API.")
        )
    return query


def _listed(query: LocalBudgetFilter) -> Any:
    """The lines that are shown one by one: those of a chosen body."""
    lines = query.lines() if "agency" in query.values else LocalBudget.objects.none()
    return lines.largest_first()


def _splits(query: LocalBudgetFilter) -> list[Dimension]:
    """By what the sum is split: what is chosen already is not split any more."""
    step = query.next_step()
    found = [Dimension.AGENCY, *([] if step is None else [step]), Dimension.BUDGET_TYPE, Dimension.GROUP]
    return [dimension for dimension in found if dimension.value not in query.values]


def _split(query: LocalBudgetFilter, dimension: Dimension) -> Split | None:
    """A split; None where the files say nothing of the dimension, or there is only one local body."""
    parts = break_down(query.facts(), dimension, limit=SLICES, measure="approved")
    if all(not row.name for row in parts.rows) or (dimension is Dimension.AGENCY and len(parts.rows) == 1):
        return None

    def link(row: Slice) -> str:
        return uri_to_iri(f"?{query.query(**{dimension.value: row.code})}")

    title = split_by(dimension)
    table = tables.slices_table(parts, title, _("Granted (baht)"), _("Lines"), link)
    return Split(dimension, title, sentences.where_it_goes(parts), table)


def _way_table(sums: LocalSums) -> Table | None:
    """Granted, after transfers, paid, bound, left; None where the files do not say."""
    spent = sums.spending
    if spent is None:
        return None
    moved = sums.approved + spent.increased - spent.decreased
    amounts = (
        (_("Granted"), sums.approved),
        (_("After transfers"), moved),
        (_("Paid out"), spent.disbursed),
        (_("Bound, not yet paid"), spent.committed),
        (_("Left to spend"), spent.remaining),
    )
    columns = (
        Column(_("On the way"), Kind.NAME),
        Column(_("Baht"), Kind.MONEY),
        Column(_("Bar"), Kind.BAR),
        Column(_("Share"), Kind.PERCENT),
    )
    lengths = bar_lengths([amount for _name, amount in amounts])
    rows = [
        Row((name, amount, length, share_of(amount, moved)), hue=PLAIN)
        for (name, amount), length in zip(amounts, lengths, strict=True)
    ]
    return Table(_("From the grant to payment"), columns, tuple(rows))


def _lines_table(lines: Any) -> Table:
    columns = (
        Column(_("What for"), Kind.NAME),
        Column(_("Granted (baht)"), Kind.MONEY),
        Column(_("Paid out (baht)"), Kind.MONEY, wide=True),
        Column(_("Left (baht)"), Kind.MONEY, wide=True),
    )
    rows = tuple(
        Row((_what_for(one), one.approved, one.disbursed, one.remaining), lang="th", note=_where(one))
        for one in lines
    )
    return tables.without_blank_columns(Table(_("Budget lines"), columns, rows))


def _what_for(line: LocalBudget) -> str:
    return line.description or line.item or line.task


def _where(line: LocalBudget) -> str:
    """The place of a line in the budget, as far as it is published."""
    steps = (line.plan, line.task, line.budget_type, line.group)
    return " › ".join(dict.fromkeys(step for step in steps if step and step != _what_for(line)))


def _chosen(query: LocalBudgetFilter) -> list[tuple[str, object, str]]:
    """What is chosen, in words, each with the same page without it."""
    found: list[tuple[str, object, str]] = []
    for dimension in CHOSEN:
        name = dimension.value
        if name in query.values:
            words = _name(dimension, query.texts[name])
            found.append((title_of(dimension), words, f"?{query.query(**{name: None})}"))
    return found


def _name(dimension: Dimension, code: str) -> object:
    if dimension is Dimension.AGENCY:
        body = Agency.objects.filter(code=code).first()
        return sentences.named(body.name, body.name_en) if body else code
    return sentences.named(code) if code != "-" else code_name(dimension, code)


def _trail(year: int, chosen: list[tuple[str, object, str]]) -> list[tuple[object, str]]:
    words = _("Local government %(year)s") % {"year": sentences.year(year)}
    if not chosen:
        return [(words, "")]
    return [(words, reverse("spending:local", args=[year])), (chosen[-1][1], "")]


def _downloads(query: LocalBudgetFilter) -> list[Download]:
    text = query.query(year=query.year_text)
    return data_links("local-budgets", text)


def _page(query: LocalBudgetFilter, number: int) -> str:
    return uri_to_iri(f"?{query.query(page=number)}")


def _address(year: int, query: LocalBudgetFilter) -> str:
    text = query.query()
    address = reverse("spending:local", args=[year])
    return uri_to_iri(f"{address}?{text}") if text else address

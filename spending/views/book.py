"""What the pages of the budget book share: the query in their address, the way up, the volumes behind a
sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import sentences
from ..breakdowns import Dimension
from ..coverage import Coverage, acts, book_years, unextracted
from ..drilling import Step, body_of
from ..filters import AllocationFilter
from ..fiscal import buddhist
from ..models import Agency, Edition
from ..parameters import BadQuery
from ..provenance import Download, Provenance, data_links, provenance_of


def query_of(
    parameters: QueryDict, year: int, also: tuple[str, ...], *, measured: bool = False
) -> AllocationFilter:
    """The query of a page whose year (Common Era) stands in its path. Raises BadQuery."""
    if "year" in parameters:
        raise BadQuery("year", _("On this page the year stands in the address itself."))
    return AllocationFilter(parameters, also=also, measured=measured, year=str(buddhist(year)))


def unpublished(request: HttpRequest, year: int, day: date | None) -> HttpResponse:
    """The page for a year of which neither lines nor totals are published."""
    return render(request, "spending/no_year.html", {"year": year, "years": book_years(day)}, status=404)


def trail(year: int, way_down: Sequence[Step], last: str = "") -> list[tuple[str, str]]:
    """The way up from a page of a year: its steps, and `last` for a page below them."""
    words = _("Budget %(year)s") % {"year": sentences.year(year)}
    found = [
        (words, reverse("spending:budget", args=[year])),
        *((step.name, step.address) for step in way_down),
    ]
    return [*found, (last, "")] if last else [*found[:-1], (found[-1][0], "")]


def years(query: AllocationFilter, page: str) -> list[tuple[int, str]]:
    """The other years that this very page can show, newest first: those of the book, and those with an
    act.
    """
    known = {*book_years(query.as_of), *acts(query.as_of)}
    text = query.query()
    return [
        (year, with_query(reverse(f"spending:{page}", args=[year]), text))
        for year in sorted(known, reverse=True)
    ]


def unextracted_in(query: AllocationFilter) -> Coverage | None:
    """How far the year's book is published, where a query asks about a body that its volumes do not have;
    None where the body's money is known.
    """
    code = body_of(query)
    if not code or query.year is None or not Agency.objects.filter(code=code).exists():
        return None
    return unextracted(query.year, code, query.as_of)


def elsewhere(query: AllocationFilter) -> list[int]:
    """The years in which there is money under a query that finds none in its own, newest first."""
    other = AllocationFilter({name: text for name, text in query.texts.items() if name != "year"})
    found = other.facts().order_by().values_list("fiscal_year", flat=True).distinct()
    return sorted(found, reverse=True)


def origin(query: AllocationFilter, dimension: Dimension | None = None) -> Provenance | None:
    """The volumes behind a query, in one query, and the same figures as data."""
    editions = (
        Edition.objects.filter(pk__in=query.facts().order_by().values("edition"))
        .select_related("source_file")
        .order_by("part")
    )
    text = "&".join(filter(None, (f"year={query.year_text}", query.query(by=None))))
    split = f"breakdown?by={dimension.value}&{text}" if dimension else f"?{text}"
    downloads = [
        Download("JSON", f"/api/v1/allocations/{split}"),
        *data_links(
            "allocations",
            text,
            JSON=_("JSON of the lines"),
            CSV=_("CSV of the lines"),
            XLSX=_("XLSX of the lines"),
            Parquet=_("Parquet of the lines"),
        )[0 if dimension else 1 :],
    ]
    return provenance_of(editions, downloads=downloads)


def with_query(path: str, query: str) -> str:
    """A path with a query string, where there is one."""
    return f"{path}?{query}" if query else path

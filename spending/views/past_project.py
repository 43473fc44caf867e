"""Projects of past years as the former site published them: the list of a year, and one at its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F, Sum
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import sentences
from ..addresses import at_one_address
from ..breakdowns import Dimension
from ..dimension_names import title_of
from ..filters import ProjectDisbursementFilter
from ..fiscal import buddhist
from ..ladders import Ladder, Rung, ladder
from ..models import Edition, ProjectDisbursement
from ..palette import OTHERS
from ..parameters import BadQuery
from ..past_projects import PastProject, past_project
from ..provenance import Download, Provenance, data_links, mark_of, provenance_of
from . import past_project_tables as tables
from .asked import day_of, only_parameters
from .figures import show
from .listing import Order, explaining_bad_queries, page_of, read_order

ROWS = 50
SORTS = {"amount": "budgeted", "paid": "disbursed", "name": "name"}
NAMED = ("ministry", "agency", "plan", "province", "strategy", "category")


@require_safe
@at_one_address
@explaining_bad_queries
def past_projects(request: HttpRequest, year: int) -> HttpResponseBase:
    """The projects of a year under a query, each published record a row."""
    query = _query(request.GET, year)
    order = read_order(request.GET, SORTS, "-amount")
    records = _sorted(query, order)
    page = page_of(Paginator(records, ROWS), request.GET)
    sums = query.lines().aggregate(budgeted=Sum("budgeted"), paid=Sum("disbursed"))

    def address(**changes: str | int | None) -> str:
        return f"?{query.query(sort=order.text, **changes)}"

    context = {
        "section": "budget",
        "year": year,
        "years": _years(query),
        "trail": [(_budget(year), reverse("spending:budget", args=[year])), (_("Projects"), "")],
        "projects": page.paginator.count,
        "sums": sums,
        "chosen": _chosen(query),
        "kept": [(name, text) for name, text in query.texts.items() if name in NAMED],
        "words": query.q,
        "table": tables.records_table(
            page.object_list, lambda key: f"?{query.query(sort=order.turned(key))}", order
        ),
        "page": page,
        "before": address(page=page.previous_page_number()) if page.has_previous() else "",
        "after": address(page=page.next_page_number()) if page.has_next() else "",
        "provenance": _origin(query),
    }
    return render(request, "spending/past_projects.html", context)


@require_safe
@at_one_address
@explaining_bad_queries
def one(request: HttpRequest, year: int, code: str) -> HttpResponseBase:
    """One project; `?category=` keeps the money of one budget type."""
    only_parameters(request.GET, ("as_of", "category"))
    found = past_project(year, code, day_of(request.GET), request.GET.get("category", ""))
    if found is None:
        context = {"section": "budget", "year": year, "code": code, "elsewhere": _elsewhere(code)}
        return render(request, "spending/no_past_project.html", context, status=404)
    context = {
        "section": "budget",
        "project": found,
        "first": found.first,
        "year": year,
        "trail": _trail(found),
        "elsewhere": [(other, address) for other, address in _elsewhere(code) if other != year],
        "ladder": _ladder(found),
        "places_sentence": sentences.where_paid(found.places),
        "places_table": tables.places_table(found.places),
        "types_table": tables.types_table(found) if len(found.records) > 1 else None,
        "provenance": _provenance(found),
    }
    return show(request, "spending/past_project.html", context)


def _query(parameters: QueryDict, year: int) -> ProjectDisbursementFilter:
    """The query of the list, whose year stands in its path. Raises BadQuery."""
    if "year" in parameters:
        raise BadQuery("year", _("On this page the year stands in the address itself."))
    query = ProjectDisbursementFilter(parameters, also=("sort", "page"), year=str(buddhist(year)))
    if query.by is not None or "measure" in query.values:
        raise BadQuery("by", _("A list of projects is not split; by belongs to the API."))
    return query


def _sorted(query: ProjectDisbursementFilter, order: Order) -> Any:
    """The published records under a query in one of `SORTS`, each once however many provinces it has."""
    records = query.lines().order_by().values("edition", "line", "project_code", "fiscal_year", "name")
    found = records.annotate(
        agency_name=F("agency__name"),
        sum_budgeted=Sum("budgeted"),
        sum_disbursed=Sum("disbursed"),
    )
    key = F("name") if order.key == "name" else F(f"sum_{SORTS[order.key]}")
    first = key.desc(nulls_last=True) if order.descending else key.asc(nulls_last=True)
    return found.order_by(first, "edition", "line")


def _years(query: ProjectDisbursementFilter) -> list[tuple[int, str]]:
    """The years of which projects are published, newest first, each with the address of this list in it."""
    years = ProjectDisbursement.objects.current(query.as_of).order_by().values_list("fiscal_year", flat=True)
    text = query.query()
    return [
        (year, f"{reverse('spending:past_projects', args=[year])}{'?' if text else ''}{text}")
        for year in sorted(years.distinct(), reverse=True)
    ]


def _chosen(query: ProjectDisbursementFilter) -> list[tuple[str, object, str]]:
    """What narrows the list, each with the same list without it."""
    titles = {dimension.value: title_of(dimension) for dimension in Dimension}
    chosen = [name for name in NAMED if name in query.values]
    return [
        (titles[name], sentences.named(_name_of(query, name)), f"?{query.query(**{name: None})}")
        for name in chosen
    ]


def _name_of(query: ProjectDisbursementFilter, name: str) -> str:
    if name not in ("ministry", "agency"):
        return query.texts[name]
    found = query.lines().values_list(f"{name}__name", flat=True).first()
    return found or query.texts[name]


def _elsewhere(code: str) -> list[tuple[int, str]]:
    """The years of which a project with this code is published, newest first."""
    found = ProjectDisbursement.objects.current().of_project(code).order_by()
    years = sorted(found.values_list("fiscal_year", flat=True).distinct(), reverse=True)
    return [(year, reverse("spending:past_project", args=[year, code])) for year in years]


def _budget(year: int) -> str:
    return _("Budget %(year)s") % {"year": sentences.year(year)}


def _trail(project: PastProject) -> list[tuple[object, str]]:
    first, page = project.first, reverse("spending:past_projects", args=[project.year])
    bodies = [(body, reverse("spending:agency", args=[body.code])) for body in (first.ministry, first.agency)]
    named = [(sentences.named(body.name, body.name_en), address) for body, address in bodies]
    return [
        (_budget(project.year), reverse("spending:budget", args=[project.year])),
        (_("Projects"), page),
        *named,
        (project.code, ""),
    ]


def _ladder(project: PastProject) -> Ladder:
    return ladder(
        _("Budgeted and paid"),
        [Rung(_("Budgeted"), project.budgeted, OTHERS), Rung(_("Paid"), project.paid)],
    )


def _place(project: PastProject) -> str:
    lines = ", ".join(f"{record.first.line:,}" for record in project.records)
    where = {"line": lines, "file": project.first.edition.file_name}
    return _("record %(line)s of %(file)s as published") % where


def _provenance(project: PastProject) -> Provenance | None:
    editions = list({record.first.edition.pk: record.first.edition for record in project.records}.values())
    query = f"project={project.code}&year={buddhist(project.year)}"
    return provenance_of(
        editions,
        place=lazy(_place, str)(project),
        downloads=_downloads(query),
        subject=project.first.name,
        mark=mark_of("project", project.first.line, project.code),
    )


def _origin(query: ProjectDisbursementFilter) -> Provenance | None:
    rows = query.lines().order_by().values("edition")
    text = urlencode(query.texts)
    editions = Edition.objects.filter(pk__in=rows).select_related("source_file")
    return provenance_of(editions, downloads=_downloads(text))


def _downloads(query: str) -> list[Download]:
    return data_links("project-disbursements", query)

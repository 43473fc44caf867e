"""The API under /api/v1/: read-only, no key, one grammar with the pages, one error shape (RFC 9457).

Amounts are exact JSON numbers in baht.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import condition
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.views import exception_handler as default_handler

from .breakdowns import Breakdown, Series, break_down, over_years
from .exports import TooManyRows, as_row, chunks, csv_lines, json_lines, plain, xlsx_file
from .filters import BadQuery, Filter
from .models import Edition
from .resources import RESOURCES, Resource

MONEY = {"unit": "baht", "currency": "THB"}
SERIES_SLICES = 50  # slices of a series unless fewer are asked for


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error of the API in one shape."""
    if isinstance(error, BadQuery):
        error = ValidationError({"parameter": error.parameter, "detail": error.message})
    response = default_handler(error, context)
    if response is None:
        return None
    shape = {"type": "about:blank", "title": response.status_text, "status": response.status_code}
    if isinstance(error, ValidationError) and isinstance(error.detail, dict):
        shape |= {name: str(value) for name, value in error.detail.items()}
    elif isinstance(error, APIException):
        shape["detail"] = str(error.detail)
    response.data = shape
    response.content_type = "application/problem+json"
    return response


def generation(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """The ETag: changes whenever a visitor could be shown something else."""
    newest = (
        Edition.objects.shown().order_by("-published_at", "-pk").values_list("pk", "published_at").first()
    )
    current = Edition.objects.current().count()
    return f'"{newest[0]}-{newest[1]:%Y%m%d%H%M%S}-{current}"' if newest else '"empty"'


class Rows(CursorPagination):
    """Pages that begin behind the last row seen: a deep page costs what the first costs."""

    page_size = 100
    max_page_size = 1_000
    page_size_query_param = "limit"
    ordering = "pk"


class SpeakingView(APIView):
    """A view whose errors speak the language that the request asks for; Thai unless it asks."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        translation.activate(translation.get_language_from_request(request))
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Accept-Language"])
        return response


class FactsView(SpeakingView):
    """What the views of one resource share: the query, the editions that answer, the cache headers."""

    resource = RESOURCES["allocations"]

    def question(self, request: Request, *also: str) -> Filter:
        return self.resource.filter(request.query_params, also=("format", *also))

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=60)
        response["Access-Control-Allow-Origin"] = "*"
        return response


class ListView(FactsView):
    """The rows of a resource, page by page."""

    def get(self, request: Request) -> Response:
        query = self.question(request, "cursor", "limit")
        natural(request, "limit")
        pages = Rows()
        facts: list[Any] = pages.paginate_queryset(self.resource.rows(query), request, self) or []
        return Response(
            {
                "rows": [as_row(fact, self.resource.columns) for fact in facts],
                "next": pages.get_next_link(),
                "previous": pages.get_previous_link(),
                **MONEY,
            }
        )


class BreakdownView(FactsView):
    """The sum of a resource under a query, split by one dimension."""

    def get(self, request: Request) -> Response:
        query = self.question(request, "limit")
        if query.by is None:
            raise BadQuery("by", _("Say by which dimension: %(known)s.") % {"known": dimensions(query)})
        limit = natural(request, "limit")
        parts = break_down(query.facts(), query.by, limit=limit, level=query.level, measure=query.measure)
        return Response(breakdown_as_json(parts) | about(query) | MONEY)


class SeriesView(FactsView):
    """The sums of the largest slices of a dimension over the years."""

    def get(self, request: Request) -> Response:
        query = self.question(request, "limit")
        if query.by is None:
            raise BadQuery("by", _("Say by which dimension: %(known)s.") % {"known": dimensions(query)})
        limit = natural(request, "limit") or SERIES_SLICES
        largest = break_down(query.facts(), query.by, limit=limit, level=query.level, measure=query.measure)
        codes = [row.code for row in largest.rows]
        series = over_years(query.facts(), query.by, codes, level=query.level, measure=query.measure)
        return Response({"series": [series_as_json(line) for line in series]} | about(query) | MONEY)


class DownloadView(FactsView):
    """All rows under a query as a file: `.csv`, `.jsonl` or `.xlsx`."""

    def get(self, request: Request, kind: str) -> HttpResponseBase:
        query = self.question(request, "bom")
        facts = self.resource.rows(query).iterator(chunk_size=2_000)
        response = FORMATS[kind](facts, self.resource, wants_mark(request))
        response["Content-Disposition"] = f'attachment; filename="{self.resource.name}.{kind}"'
        return response


def _csv(facts: Any, resource: Resource, mark: bool) -> HttpResponseBase:
    return StreamingHttpResponse(
        csv_lines(facts, resource.columns, mark=mark), content_type="text/csv; charset=utf-8"
    )


def _json_lines(facts: Any, resource: Resource, mark: bool) -> HttpResponseBase:
    return StreamingHttpResponse(
        json_lines(facts, resource.columns), content_type="application/jsonl; charset=utf-8"
    )


def _xlsx(facts: Any, resource: Resource, mark: bool) -> HttpResponseBase:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    try:
        return StreamingHttpResponse(chunks(xlsx_file(facts, resource.columns)), content_type=kind)
    except TooManyRows as error:
        raise ValidationError({"detail": _("A worksheet cannot hold so many rows; take CSV.")}) from error


FORMATS: dict[str, Callable[[Any, Resource, bool], HttpResponseBase]] = {
    "csv": _csv,
    "jsonl": _json_lines,
    "xlsx": _xlsx,
}


class EditionsView(SpeakingView):
    """The editions a visitor may see, newest first."""

    def get(self, request: Request) -> Response:
        if request.query_params:
            name = next(iter(request.query_params))
            raise BadQuery(name, _("This address takes no parameters."))
        editions = Edition.objects.shown().select_related("source_file").order_by("-published_at", "-pk")
        return Response({"rows": [edition_as_json(edition) for edition in editions], **MONEY})


class UnknownView(SpeakingView):
    """What stands at an address of the API that does not exist."""

    def get(self, request: Request) -> Response:
        raise NotFound(_("There is nothing at this address; see %(list)s.") % {"list": "/api/v1/"})


class RootView(SpeakingView):
    """The resources, with what each holds and takes."""

    def get(self, request: Request) -> Response:
        return Response(
            {
                resource.name: {
                    "rows": request.build_absolute_uri(f"/api/v1/{resource.name}/"),
                    "means": resource.means,
                    "takes": sorted(resource.filter.takes()),
                    "by": [dimension.value for dimension in resource.filter.dimensions],
                }
                for resource in RESOURCES.values()
            }
        )


def natural(request: Request, name: str) -> int | None:
    """A parameter that is a number of 1 or more; None where it is not given."""
    text = request.query_params.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= Rows.max_page_size):
        message = _("%(name)s takes a whole number from 1 to %(most)s.")
        raise BadQuery(name, message % {"name": name, "most": Rows.max_page_size})
    return int(text)


def wants_mark(request: Request) -> bool:
    """Whether a byte order mark is asked for."""
    text = request.query_params.get("bom", "0")
    if text not in ("0", "1"):
        raise BadQuery("bom", _("%(name)s takes 1 or 0.") % {"name": "bom"})
    return text == "1"


def dimensions(query: Filter) -> str:
    return ", ".join(dimension.value for dimension in query.dimensions)


def about(query: Filter) -> dict[str, Any]:
    """What was asked, and which editions answer."""
    by = query.by
    answering = Edition.objects.filter(
        pk__in=Edition.objects.answering(query.as_of), dataset__in=query.datasets
    )
    return {
        "by": by and by.value,
        "query": {name: plain(text) for name, text in query.texts.items()},
        "editions": [edition.key for edition in answering],
    }


def breakdown_as_json(parts: Breakdown) -> dict[str, Any]:
    rows = [
        {
            "code": row.code,
            "name": row.name,
            "name_en": row.name_en,
            "amount": row.amount,
            "share": row.share,
            "lines": row.lines,
        }
        for row in parts.rows
    ]
    rest = parts.rest and {"amount": parts.rest.amount, "lines": parts.rest.lines, "slices": parts.hidden}
    return {"rows": rows, "rest": rest, "total": parts.total, "lines": parts.lines}


def series_as_json(series: Series) -> dict[str, Any]:
    points = [{"fiscal_year": point.year, "amount": point.amount} for point in series.points]
    return {"code": series.code, "name": series.name, "name_en": series.name_en, "points": points}


def edition_as_json(edition: Edition) -> dict[str, Any]:
    return {
        "key": edition.key,
        "dataset": edition.dataset,
        "part": edition.part,
        "as_of": plain(edition.as_of),
        "published_at": plain(edition.published_at),
        "current": edition.is_current,
        "rows": edition.rows,
        "refused": edition.refused,
        "total": edition.total,
        "checks": edition.checks,
        "publisher": edition.publisher,
        "licence": edition.licence,
        "file": {"name": edition.file_name, "sha256": edition.file_sha256},
    }


def view_of(kind: type[FactsView], resource: Resource) -> Callable[..., HttpResponseBase]:
    """A view of one resource that answers 304 while nothing new is published."""
    view = kind.as_view(resource=resource)
    conditional: Callable[..., HttpResponseBase] = condition(etag_func=generation)(view)
    return conditional

"""The API under /api/v1/: read-only, no key, one grammar with the pages, one error shape (RFC 9457).

Amounts are exact JSON numbers in baht; what other publishers tell of stands in the currency of each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from . import covered, kept, telling
from .allowance import Allowance
from .api_guide import BESIDE
from .arrivals import arrive
from .breakdowns import Breakdown, Series, over_years
from .columns import Column
from .coverage import Coverage
from .downloads import FORMS, Question, sent
from .exports import plain
from .filters import BadQuery, Filter
from .found import are_few
from .gaps import Gap, gap_of
from .kept_letters import kept_page_of_letters
from .kept_pages import can_be_kept, kept_page
from .keyset import BadCursor, Page, page
from .models import Edition
from .parameters import only_once
from .patience import within
from .problems import TooMany, TooManyCells
from .references import measure_of
from .renderers import ExactJSONRenderer, renderer_of
from .resources import RESOURCES
from .shapes import OF_FILES, OF_ROWS, OF_SUMS, PAGE, chosen, order_of, shape
from .validity import Version, version
from .workbooks import TooManyRows

MONEY = {"unit": "baht", "currency": "THB"}
SERIES_SLICES = 50  # slices of a series unless fewer are asked for
ANYTHING = "*/*"
CACHED = "public, max-age=60"
ANYBODY = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",  # data opens nothing
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Coverage, Not-Known, RateLimit, RateLimit-Policy, Retry-After, Content-Disposition"
    ),
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


class SpeakingView(APIView):
    """A view whose errors speak the language that the request asks for; Thai unless it asks."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        translation.activate(translation.get_language_from_request(request))
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Accept-Language"])
        return response


class ApiView(SpeakingView):
    """What all answers share: the language that is asked for, who may read them (anybody), how often one may
    ask, whether the caller holds the answer already, and how long the database may work on it.

    A view says what it answers in `answer`.
    """

    arrived: Version  # of the facts when the request came
    version: Version | None = None  # the same, once there is an answer that has it
    allowance: Allowance | None = None
    keeps = True  # whether answers may be kept, here or on their way: not where they tell of who asks

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        arrival = arrive(request)
        self.allowance, self.arrived = arrival.allowance, arrival.version
        if self.allowance is not None and self.allowance.is_spent:
            raise TooMany(self.allowance)

    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        self.version = self.arrived
        if self.version.is_known(request._request):
            return HttpResponse(status=304)
        name = kept.name(self.version, request)
        if (before := kept.found(name)) is not None:
            return before
        with self.patience():
            answer = self.answer(request, **kwargs)
        if self.keeps:
            kept.keep(name, answer)
        return answer

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[Any, str]:
        """JSON at once to whoever takes anything, as most programs say."""
        if request.META.get("HTTP_ACCEPT", ANYTHING) == ANYTHING:
            renderer = self.get_renderers()[0]
            return renderer, renderer.media_type
        found: tuple[Any, str] = super().perform_content_negotiation(request, force)
        return found

    def patience(self) -> AbstractContextManager[None]:
        """How long the database may work on the answer."""
        return within(int(settings.API_STATEMENT_SECONDS * 1_000))

    def answer(self, request: Request, **kwargs: str) -> HttpResponseBase:
        """What a GET is answered. Raises BadQuery."""
        raise NotImplementedError  # each address has its own

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """What a browser asks before it sends another site's question with headers of its own."""
        return HttpResponse(status=204, headers={"Allow": ", ".join(self.allowed_methods), **PREFLIGHT})

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        request.accepted_renderer = ExactJSONRenderer()  # what is no stream is JSON, errors of files too
        request.accepted_media_type = ExactJSONRenderer.media_type
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in self._headers(response.status_code).items():
            response[name] = value
        return response

    def _headers(self, status: int) -> dict[str, str]:
        headers = dict(ANYBODY)
        if self.allowance is not None:
            headers |= self.allowance.headers
        if self.version is None or status not in (200, 304):
            return headers | {"Cache-Control": "no-store"}
        return headers | self.version.headers | {"Cache-Control": CACHED if self.keeps else "no-store"}


class FactsView(ApiView):
    """What the views of one resource share: its query."""

    resource = RESOURCES["allocations"]

    def question(self, request: Request, also: Sequence[str]) -> Filter:
        return self.resource.filter(request.query_params, also=tuple(also), measured=True)

    def coverage(self, query: Filter) -> list[Coverage] | None:
        """How much of the acts asked about the rows account for; None where nothing is known to compare."""
        return covered.covered(query, self.version or version())


class ListView(FactsView):
    """The rows of a resource, page by page."""

    def answer(self, request: Request, **kwargs: str) -> Response:
        query = self.question(request, OF_ROWS)
        asked = shape(request.query_params, OF_ROWS)
        measure = measure_of(query)
        resource = telling.with_measured(self.resource, query, measure) if measure else self.resource
        columns = chosen(resource, asked.get("fields", ""))
        found = self._page(query, columns, asked)
        links = {"next": self._link(request, found.after), "previous": self._link(request, found.before)}
        counted = {"count": query.lines().order_by().count()} if asked.get("count") else {}
        names = [column.name for column in columns]
        rows = [dict(zip(names, row, strict=True)) for row in found.rows]
        gap = None if rows or asked.get("cursor") else gap_of(query)
        answer = Response({"rows": rows, **links, **counted, "not_known": gap_as_json(gap), **money(query)})
        answer.data |= telling.of_rows(measure, self.resource, found.keys)
        answer.data |= covered.in_answer(self.coverage(query))
        answer["Link"] = link_header(links, self._link(request, ""))
        return answer

    def _page(self, query: Filter, columns: tuple[Column, ...], asked: dict[str, Any]) -> Page:
        order = order_of(self.resource, asked.get("order", ""), query)
        size, cursor = asked.get("limit", PAGE), asked.get("cursor", "")
        try:
            if can_be_kept(self.resource, query):
                return kept_page(self.resource, query, columns, order, cursor, size)
            if "q" in query.values and (
                known := kept_page_of_letters(self.resource, query, columns, order, cursor, size)
            ):
                return known
            lines = query.lines()
            is_fast = self.resource.is_read_by_database
            sources = [self.resource.source(column) for column in columns] if is_fast else []
            few = "q" in query.values and are_few(lines)
            found = page(lines, sources, order, cursor, size, editions=query.editions, few=few)
        except BadCursor as error:
            message = _("cursor takes what the next page's address of the same question gives.")
            raise BadQuery("cursor", message) from error
        return found if is_fast else self._with_objects(found, lines, columns)

    def _with_objects(self, found: Page, lines: Any, columns: tuple[Column, ...]) -> Page:
        """The page with values that only Python makes."""
        objects = self.resource.related_to(lines).in_bulk(found.keys)
        rows = [tuple(column.value(objects[key]) for column in columns) for key in found.keys]
        return Page(rows, found.keys, found.after, found.before)

    def _link(self, request: Request, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        words = {name: text for name, text in request.query_params.items() if name != "cursor"}
        text = urlencode(words | ({"cursor": cursor} if cursor else {}))
        return request.build_absolute_uri(f"{request.path}?{text}" if text else request.path)


class BreakdownView(FactsView):
    """The sum of a resource under a query, split by one dimension."""

    def answer(self, request: Request, **kwargs: str) -> Response:
        query = self.question(request, OF_SUMS)
        limit = shape(request.query_params, OF_SUMS).get("limit")
        measure = measure_of(query, dimension_of(query))
        parts = query.broken_down(dimension_of(query), limit=limit, level=query.level, measure=query.measure)
        gap = None if parts.rows else gap_of(query)
        unknown = {"total": None} if gap else {}
        answer = telling.in_breakdown(breakdown_as_json(parts), query, parts, measure)
        whole = covered.in_answer(self.coverage(query))
        return Response(
            answer | unknown | {"not_known": gap_as_json(gap)} | whole | about(query) | money(query)
        )


class SeriesView(FactsView):
    """The sums of the largest slices of a dimension over the years."""

    def answer(self, request: Request, **kwargs: str) -> Response:
        query = self.question(request, OF_SUMS)
        by, level, measure = dimension_of(query), query.level, query.measure
        told = measure_of(query, by)
        limit = shape(request.query_params, OF_SUMS).get("limit", SERIES_SLICES)
        largest = query.broken_down(by, limit=limit, level=level, measure=measure)
        codes = [row.code for row in largest.rows]
        series = over_years(query.facts(by), by, codes, level=level, measure=measure)
        gap = gap_as_json(None if series else gap_of(query))
        lines = [series_as_json(line) for line in series]
        answer = telling.in_series({"series": lines, "not_known": gap}, query, series, by, told)
        return Response(answer | covered.in_answer(self.coverage(query)) | about(query) | money(query))


class DownloadView(FactsView):
    """All rows under a query as a file."""

    form = FORMS["csv"]

    def get_renderers(self) -> list[Any]:
        return [renderer_of(self.form.media_type)]

    def patience(self) -> AbstractContextManager[None]:
        """A file has a transaction of its own, which lasts until it is sent."""
        return nullcontext()

    def answer(self, request: Request, **kwargs: str) -> HttpResponseBase:
        query = self.question(request, OF_FILES)
        asked = shape(request.query_params, OF_FILES)
        order = order_of(self.resource, asked.get("order", ""), query)
        measure = measure_of(query)
        resource = telling.with_measured(self.resource, query, measure) if measure else self.resource
        columns = chosen(resource, asked.get("fields", ""))
        lines = order.sorts(query.lines())
        gap = gap_of(query)
        whole = self.coverage(query) or []
        note = gap.detail if gap else covered.in_words(whole)
        question = Question(resource, lines, columns, asked.get("bom", False), note, covered.in_file(whole))
        try:
            pieces = sent(self.form, question)
        except TooManyRows as error:
            raise TooManyCells from error
        response = StreamingHttpResponse(pieces, content_type=content_type(self.form.media_type))
        response["Content-Disposition"] = f'attachment; filename="{self.resource.name}.{self.form.kind}"'
        if gap:
            response["Not-Known"] = gap.reason.value
        if whole:
            response[covered.HEADER] = covered.in_header(whole)
        return response


class RootView(ApiView):
    """The resources, with what each holds and takes, and what the API answers beside them."""

    def answer(self, request: Request, **kwargs: str) -> Response:
        only_once(request.query_params, ())
        return Response(
            {
                resource.name: {
                    "rows": request.build_absolute_uri(f"/api/v1/{resource.name}/"),
                    "means": resource.means,
                    "takes": sorted(resource.filter.words_taken()),
                    "by": [dimension.value for dimension in resource.filter.dimensions],
                }
                for resource in RESOURCES.values()
            }
            | {
                one.name: {"address": request.build_absolute_uri(one.address), "means": one.means}
                for one in BESIDE
            }
        )


class UnknownView(ApiView):
    """What stands at an address of the API that does not exist."""

    schema = None

    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        raise NotFound(_("There is nothing at this address; see %(list)s.") % {"list": "/api/v1/"})


def link_header(links: dict[str, str | None], first: str | None) -> str:
    """The pages beside this one as RFC 8288 writes them."""
    named = {"first": first, "next": links["next"], "prev": links["previous"]}
    return ", ".join(f'<{address}>; rel="{name}"' for name, address in named.items() if address)


def content_type(media_type: str) -> str:
    is_text = media_type in ("text/csv", "application/jsonl")
    return f"{media_type}; charset=utf-8" if is_text else media_type


def dimension_of(query: Filter) -> Any:
    """The dimension that is asked for. Raises BadQuery if none is."""
    if query.by is None:
        known = ", ".join(dimension.value for dimension in query.dimensions)
        raise BadQuery("by", _("Say by which dimension: %(known)s.") % {"known": known})
    return query.by


def money(query: Filter) -> dict[str, str | None]:
    """What the amounts of an answer count; nothing where each row names a currency of its own."""
    return dict(MONEY) if query.currency == "THB" else {"unit": query.currency, "currency": query.currency}


def about(query: Filter) -> dict[str, Any]:
    """What was asked, and which editions answer."""
    by = query.by
    answering = Edition.objects.filter(
        pk__in=Edition.objects.answering(query.as_of), dataset__in=query.datasets
    )
    return {
        "by": by and by.value,
        "query": {name: plain(text) for name, text in (query.texts | query.measured_by).items()},
        "editions": [edition.key for edition in answering],
    }


def gap_as_json(gap: Gap | None) -> dict[str, str] | None:
    return {"reason": gap.reason.value, "detail": gap.detail} if gap else None


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

"""The description of the API (OpenAPI 3.1), made of the registers that answer it.

Nothing here is written a second time: the words are those of `parameters` and `shapes`, the rows those of
`resources`, so what is described is what is served.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework.request import Request
from rest_framework.response import Response

from .api import ApiView, BreakdownView, DownloadView, ListView, RootView, SeriesView
from .api_search import WORDS, SearchView
from .descriptions import (
    ANSWERS,
    BREAKDOWN,
    ELSEWHERE,
    HEADERS,
    PROBLEM,
    SEARCH,
    SERIES,
    list_of,
    row_of,
    words_named,
    words_of,
)
from .parameters import only_once
from .resources import RESOURCES
from .shapes import OF_FILES, OF_ROWS, OF_SUMS

Json = dict[str, Any]


class Description(AutoSchema):
    """How one address is described: its words, what they take, and every answer it can give."""

    def get_operation(self, path: str, *args: Any, **kwargs: Any) -> Json | None:
        name = path.removeprefix("/api/v1/").strip("/")
        operation = operation_of(self.view, name)
        tag = name.split("/")[0].split(".")[0] or "root"
        return operation and {"operationId": _identifier(name), "tags": [tag], **operation}


class SchemaView(ApiView):
    """The description of the API itself."""

    def answer(self, request: Request, **kwargs: str) -> Response:
        only_once(request.query_params, ())
        return Response(whole_description())


def whole_description() -> Json:
    """The description of every address, in the reader's language."""
    generator: Any = SchemaGenerator
    found: Json = generator().get_schema(request=None, public=True)
    return found


def operation_of(view: Any, name: str) -> Json | None:
    """One address as OpenAPI describes it; None for what is no part of the API."""
    if isinstance(view, DownloadView):
        words = _("All rows under the query as a file (%(kind)s).") % {"kind": view.form.kind.upper()}
        content: Json = {view.form.media_type: {"schema": {}}}
        return _operation(words, words_of(view.resource, OF_FILES), content)
    if isinstance(view, BreakdownView):
        words = _("The sum, split by one dimension, the largest slice first.")
        shape = "breakdown" if view.resource.filter.in_baht else "breakdown-elsewhere"
        return _operation(words, words_of(view.resource, OF_SUMS, sums=True), _ref(shape))
    if isinstance(view, SeriesView):
        words = _("The sums of the largest slices, year by year.")
        return _operation(words, words_of(view.resource, OF_SUMS, sums=True), _ref("series"))
    if isinstance(view, ListView):
        return _operation(_(view.resource.means), words_of(view.resource, OF_ROWS), _ref(name))
    if isinstance(view, SearchView):
        words = _("The records that answer a question, best first, by kind.")
        return _operation(words, words_named(WORDS, required=("q",)), _ref("search"))
    if isinstance(view, RootView | SchemaView):
        words = _("What the API offers.")
        return _operation(words, [], _json({"type": "object"}))
    operation: Json | None = getattr(view, "operation", None)  # a view of another room describes itself
    return operation


def with_components(result: Json, **kwargs: Any) -> Json:
    """The description with the shapes that its addresses refer to."""
    schemas: Json = {"problem": PROBLEM, "breakdown": BREAKDOWN, "series": SERIES, "search": SEARCH}
    schemas["breakdown-elsewhere"] = ELSEWHERE
    for name, resource in RESOURCES.items():
        schemas |= {name: list_of(name, in_baht=resource.filter.in_baht), f"{name}-row": row_of(resource)}
    return result | {"components": {"schemas": schemas, "responses": ANSWERS, "headers": HEADERS}}


def _identifier(name: str) -> str:
    return name.translate(str.maketrans("/.", "--", "{}")) or "root"


def _ref(name: str) -> Json:
    return _json({"$ref": f"#/components/schemas/{name}"})


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _operation(words: str, parameters: list[Json], content: Json) -> Json:
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
    answers = {status: {"$ref": f"#/components/responses/{status}"} for status in ANSWERS}
    found = {"description": words, "content": content, "headers": headers}
    return {"description": words, "parameters": parameters, "responses": {"200": found, **answers}}

"""Two years or two editions compared, as data: the same matches as on the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from .api import MONEY, ApiView, content_type
from .compared import COLUMNS, KIND_OF, WORDS, Comparison, comparison_of
from .descriptions import ANSWERS, HEADERS
from .differences import How
from .downloads import FORMS, rows_as
from .exports import as_row
from .parameters import BadQuery, only_once
from .renderers import renderer_of

Json = dict[str, Any]
KINDS = tuple(FORMS)


class DifferencesView(ApiView):
    """The matches of a comparison, those that changed most first."""

    @property
    def operation(self) -> Json:
        """The address as OpenAPI describes it."""
        return _described({"application/json": {"schema": {"type": "object"}}})

    def answer(self, request: Request, **kwargs: str) -> Response:
        found = asked(request)
        rows = [as_row(match, COLUMNS) for match in found.shown]
        return Response({"rows": rows, "lines": {"from": found.counts[0], "to": found.counts[1]}, **MONEY})


class DifferencesFileView(ApiView):
    """The matches of a comparison as a file."""

    kind = "csv"

    @property
    def operation(self) -> Json:
        """The address as OpenAPI describes it."""
        return _described({FORMS[self.kind].media_type: {"schema": {}}})

    def get_renderers(self) -> list[Any]:
        return [renderer_of(FORMS[self.kind].media_type)]

    def answer(self, request: Request, **kwargs: str) -> HttpResponseBase:
        rows = ([column.value(match) for column in COLUMNS] for match in asked(request).shown)
        pieces = rows_as(self.kind, rows, COLUMNS, KIND_OF)
        response = StreamingHttpResponse(pieces, content_type=content_type(FORMS[self.kind].media_type))
        response["Content-Disposition"] = f'attachment; filename="differences.{self.kind}"'
        return response


def _described(content: Json) -> Json:
    words = _(
        "What became of each line of one book in another, or of each purchase of an edition in another."
    )
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
    answers = {status: {"$ref": f"#/components/responses/{status}"} for status in ANSWERS}
    found = {"description": words, "content": content, "headers": headers}
    parameters = [_parameter(name) for name in WORDS]
    return {"description": words, "parameters": parameters, "responses": {"200": found, **answers}}


def _parameter(name: str) -> Json:
    means = {
        "from": _("what is compared: a fiscal year or the key of an edition"),
        "to": _("what it is compared with: a fiscal year or the key of an edition"),
        "ministry": _("the code of a ministry, e.g. 15"),
        "agency": _("the code of an agency, e.g. 15008"),
        "how": _("one way of matching: id, path, moved, renamed, split, merged, gone or new"),
    }[name]
    schema: Json = {"type": "string"} | ({"enum": [way.value for way in How]} if name == "how" else {})
    return {
        "name": name,
        "in": "query",
        "required": name in ("from", "to"),
        "description": means,
        "schema": schema,
    }


def asked(request: Request) -> Comparison:
    """The comparison that a request asks for. Raises BadQuery, also where a body must be chosen first."""
    texts = {name: str(text) for name, text in request.query_params.items() if text}
    only_once(request.query_params, WORDS)
    found = comparison_of(texts)
    if found.is_too_long:
        raise BadQuery("ministry", _("These are too many lines at once; choose a ministry or an agency."))
    return found

"""Two public bodies side by side as data: the very figures of the page, as JSON and as files."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from rest_framework.request import Request
from rest_framework.response import Response

from .api import MONEY, ApiView, content_type
from .descriptions import ANSWERS, FIXED, HEADERS
from .downloads import FORMS, rows_as
from .exports import as_row
from .models import Agency
from .pair_figures import Topic
from .pair_rows import COLUMNS, KIND_OF, lines_of
from .parameters import PARAMETERS, BadQuery, only_once, refuse
from .renderers import renderer_of
from .shapes import SHAPES, shape
from .side_by_side import meant_by, side_by_side

Json = dict[str, Any]
SIDES = ("a", "b")
WORDS = (*SIDES, "topic", "as_of")
OF_FILES = ("bom",)
TAKES = {
    "a": _("the code or the name of a body, e.g. 15008"),
    "b": _("the code or the name of another body"),
    "topic": _("week, book, years or purchases; all of them unless one is asked for"),
}


class CompareView(ApiView):
    """The figures of two bodies side by side, a row for each figure and body."""

    kind = ""  # of a file; none for the answer in JSON

    @property
    def operation(self) -> Json:
        """The address as OpenAPI describes it."""
        words = gettext("Two public bodies side by side: what each source says of both.")
        media_type = FORMS[self.kind].media_type if self.kind else "application/json"
        content: Json = {media_type: {"schema": {} if self.kind else {"type": "object"}}}
        headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
        answers = {status: {"$ref": f"#/components/responses/{status}"} for status in ANSWERS}
        found = {"description": words, "content": content, "headers": headers}
        parameters = [_parameter(name) for name in (*WORDS, *(OF_FILES if self.kind else ()))]
        return {"description": words, "parameters": parameters, "responses": {"200": found, **answers}}

    def get_renderers(self) -> list[Any]:
        return [renderer_of(FORMS[self.kind].media_type)] if self.kind else super().get_renderers()

    def answer(self, request: Request, **kwargs: str) -> HttpResponseBase:
        shapes = OF_FILES if self.kind else ()
        only_once(request.query_params, (*WORDS, *shapes))
        texts = {name: str(text).strip() for name, text in request.query_params.items()}
        one, other = (_body(name, texts.get(name, "")) for name in SIDES)
        if one == other:
            raise BadQuery("b", gettext("Choose two different bodies."))
        day = PARAMETERS["as_of"].value(texts["as_of"]) if texts.get("as_of") else None
        topic = texts.get("topic", "")
        if topic and topic not in list(Topic):
            refuse("topic", list(Topic))
        lines = lines_of(side_by_side(one, other, day), day, Topic(topic) if topic else None)
        if not self.kind:
            return Response({"rows": [as_row(line, COLUMNS) for line in lines], **MONEY})
        rows = ([column.value(line) for column in COLUMNS] for line in lines)
        mark = shape(request.query_params, OF_FILES).get("bom", False)
        pieces = rows_as(self.kind, rows, COLUMNS, KIND_OF, mark=mark)
        sent = StreamingHttpResponse(pieces, content_type=content_type(FORMS[self.kind].media_type))
        sent["Content-Disposition"] = f'attachment; filename="compare.{self.kind}"'
        return sent


def _body(name: str, text: str) -> Agency:
    """The one body that a word means. Raises BadQuery, which says which it may be where they are several."""
    found = meant_by(text) if text else []
    if len(found) == 1:
        return found[0]
    if not found:
        message = gettext("%(name)s takes the code or the name of one body.")
        raise BadQuery(name, message % {"name": name})
    offered = ", ".join(f"{body.code} {body.name}" for body in found)
    message = gettext("%(name)s means several bodies; choose one by its code: %(offered)s.")
    raise BadQuery(name, message % {"name": name, "offered": offered})


def _parameter(name: str) -> Json:
    says = TAKES.get(name) or (PARAMETERS | SHAPES)[name].takes
    schema = {"enum": list(Topic)} if name == "topic" else FIXED.get(name, {"type": "string"})
    if name in SIDES:
        schema = {"type": "string", "minLength": 1}
    word = {"name": name, "in": "query", "schema": schema, "description": gettext(says)}
    return word | ({"required": True} if name in SIDES else {})

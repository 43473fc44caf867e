"""The reconciliation as data: the same entries as on the page of an agency, for all of them, and as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from .api import MONEY, ApiView, content_type, link_header
from .descriptions import ANSWERS, HEADERS, of_columns, page_of, words_named
from .exports import as_row, csv_rows, json_lines
from .models import Agency
from .parameters import PARAMETERS, BadQuery, only_once
from .parquet import parquet
from .reconciliation_rows import COLUMNS, KIND_OF, Line, lines_of
from .reconciling import extracts_of, told
from .renderers import renderer_of
from .shapes import PAGE, shape
from .stations import Asked, Figures, Key, figures
from .workbooks import chunks, xlsx_file

WORDS = ("year", "as_of", "agency", "ministry")
OF_ROWS = ("limit", "cursor", "format")
OF_FILES = ("bom",)
AT_A_TIME = 500  # agencies and years that are reconciled together
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """The agencies and years under a query, in their order: newest year first, then as agencies were met; and
    what each source says of them.
    """

    asked: Asked
    keys: tuple[Key, ...]
    figures: Figures

    def lines(self, keys: Sequence[Key]) -> Iterator[Line]:
        """The entries of some of them."""
        for start in range(0, len(keys), AT_A_TIME):
            some = keys[start : start + AT_A_TIME]
            agencies = Agency.objects.in_bulk({agency for agency, _year in some})
            found = told({key: self.figures[key] for key in some}, self.asked.day)
            yield from lines_of(found, agencies, extracts_of(found, self.asked.day))


def found_by(query: Any, also: Sequence[str]) -> Found:
    """What an address asks for. Raises BadQuery."""
    only_once(query, (*WORDS, *also))
    values = {name: PARAMETERS[name].value(query[name]) for name in WORDS if query.get(name)}
    bodies = Q()
    if "agency" in values:
        bodies &= Q(code=values["agency"])
    if "ministry" in values:
        bodies &= Q(code=values["ministry"]) | Q(ministry__code=values["ministry"])
    agencies = set(Agency.objects.filter(bodies).values_list("pk", flat=True)) if bodies else None
    asked = Asked(agencies, values.get("year"), values.get("as_of"))
    found = figures(asked)
    return Found(asked, tuple(sorted(found, key=_place)), found)


def _place(key: Key) -> tuple[int, int]:
    agency, year = key
    return (-year, agency)


class ReconciliationView(ApiView):
    """Entries of the reconciliation; a page holds whole years of agencies, `limit` of them."""

    @property
    def operation(self) -> Json:
        words = _("What each source says of an agency's money, from parliament to payment.")
        schema = page_of(of_columns(COLUMNS, KIND_OF))
        return described(words, OF_ROWS, {"application/json": {"schema": schema}})

    def answer(self, request: Request, **kwargs: str) -> Response:
        found = found_by(request.query_params, OF_ROWS)
        asked = shape(request.query_params, OF_ROWS)
        behind = _behind(asked.get("cursor", ""))
        rest = [key for key in found.keys if behind is None or _place(key) > behind]
        keys = rest[: asked.get("limit", PAGE)]
        after = f"{keys[-1][1]}:{keys[-1][0]}" if len(rest) > len(keys) else None
        links = {"next": self._link(request, after), "previous": None}
        rows = [as_row(line, COLUMNS) for line in found.lines(keys)]
        answer = Response({"rows": rows, **links, **MONEY})
        answer["Link"] = link_header(links, self._link(request, ""))
        return answer

    def _link(self, request: Request, after: str | None) -> str | None:
        if after is None:
            return None
        words = {name: text for name, text in request.query_params.items() if name != "cursor"}
        if after:
            words["cursor"] = Signer().sign(after)
        text = urlencode(words)
        return request.build_absolute_uri(f"{request.path}?{text}" if text else request.path)


def _behind(cursor: str) -> tuple[int, int] | None:
    """The place behind which a page begins, None for the first. Raises BadQuery."""
    if not cursor:
        return None
    try:
        year, agency = Signer().unsign(cursor).split(":")
    except (BadSignature, ValueError) as error:
        message = _("cursor takes what the next page's address of the same question gives.")
        raise BadQuery("cursor", message) from error
    return _place((int(agency), int(year)))


def _csv(lines: Iterator[Line], mark: bool) -> Iterator[bytes]:
    return (text.encode() for text in csv_rows(_values(lines), _names(), mark=mark))


def _json_lines(lines: Iterator[Line], mark: bool) -> Iterator[bytes]:
    return (text.encode() for text in json_lines(_values(lines), _names()))


def _xlsx(lines: Iterator[Line], mark: bool) -> Iterator[bytes]:
    return chunks(xlsx_file(_values(lines), _names()))


def _parquet(lines: Iterator[Line], mark: bool) -> Iterator[bytes]:
    return parquet(_values(lines), COLUMNS, KIND_OF)


def _values(lines: Iterator[Line]) -> Iterator[tuple[Any, ...]]:
    return (tuple(column.value(line) for column in COLUMNS) for line in lines)


def _names() -> list[str]:
    return [column.name for column in COLUMNS]


Pieces = Callable[[Iterator[Line], bool], Iterator[bytes]]
FILES: dict[str, tuple[str, Pieces]] = {
    "csv": ("text/csv", _csv),
    "jsonl": ("application/jsonl", _json_lines),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "parquet": ("application/vnd.apache.parquet", _parquet),
}


class ReconciliationFileView(ApiView):
    """All entries under the query as a file."""

    kind = "csv"

    @property
    def operation(self) -> Json:
        words = _("All rows under the query as a file (%(kind)s).") % {"kind": self.kind.upper()}
        return described(words, OF_FILES, {FILES[self.kind][0]: {"schema": {}}})

    def get_renderers(self) -> list[Any]:
        return [renderer_of(FILES[self.kind][0])]

    def answer(self, request: Request, **kwargs: str) -> HttpResponseBase:
        found = found_by(request.query_params, OF_FILES)
        mark = shape(request.query_params, OF_FILES).get("bom", False)
        media_type, pieces = FILES[self.kind]
        sent = pieces(found.lines(found.keys), mark)
        response = StreamingHttpResponse(sent, content_type=content_type(media_type))
        response["Content-Disposition"] = f'attachment; filename="reconciliation.{self.kind}"'
        return response


def described(words: str, shapes: Sequence[str], content: Json) -> Json:
    """One address as OpenAPI describes it."""
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
    answers = {status: {"$ref": f"#/components/responses/{status}"} for status in ANSWERS}
    found = {"description": words, "content": content, "headers": headers}
    parameters = words_named((*WORDS, *shapes))
    return {"description": words, "parameters": parameters, "responses": {"200": found, **answers}}

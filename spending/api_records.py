"""One record of the API at its own address, by what is published of it: an id, a number, a code, a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from .api import MONEY, FactsView
from .columns import Column
from .contract_codes import codes
from .descriptions import ANSWERS, HEADERS, words_named
from .exports import named
from .kept_pages import can_be_kept, kept_row
from .parameters import only_once
from .purchases import contracts_of
from .resources import RESOURCES, Resource
from .shapes import chosen, shape
from .successions import present_of

OF_A_RECORD = ("as_of", "fields", "format")
Json = dict[str, Any]
Parts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """How one kind of record is found: the resource, the columns that stand in the address, and the page of
    the site that shows it ("" for none), called with some columns of the row.
    """

    resource: Resource
    parts: tuple[str, ...]
    page: str = ""
    page_takes: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The pattern of its address behind `/api/v1/`."""
        kinds = {"category": "path"}  # names with slashes between
        return "/".join(
            (self.resource.name, *(f"<{kinds.get(part, 'str')}:{part}>" for part in self.parts), "")
        )

    @property
    def words(self) -> tuple[str, ...]:
        """The parameters it takes; the day only where the resource has one."""
        known = self.resource.filter.takes()
        return tuple(name for name in OF_A_RECORD if name != "as_of" or name in known)


RECORDS: Mapping[str, Record] = {
    record.resource.name: record
    for record in (
        Record(RESOURCES["allocations"], ("item_id",), "line", ("fiscal_year", "item_id")),
        Record(RESOURCES["commitments"], ("item_id",)),
        Record(RESOURCES["projects"], ("project",), "project", ("project",)),
        Record(RESOURCES["contracts"], ("project", "contract")),
        Record(RESOURCES["areas"], ("code",)),
        Record(RESOURCES["suppliers"], ("supplier",), "supplier", ("supplier",)),
        Record(RESOURCES["agencies"], ("code",), "agency", ("code",)),
        Record(RESOURCES["provinces"], ("code",), "province", ("code",)),
        Record(RESOURCES["plans"], ("plan",)),
        Record(RESOURCES["categories"], ("category",)),
        Record(RESOURCES["editions"], ("key",)),
        Record(RESOURCES["line-projects"], ("line", "project")),
    )
}
"""The resources whose rows have a published name of their own."""


class RecordView(FactsView):
    """One record, with the address of its page on the site."""

    record = RECORDS["allocations"]

    @property
    def operation(self) -> Json:
        """The address as OpenAPI describes it."""
        resource = self.record.resource
        headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
        answers: Json = {status: {"$ref": f"#/components/responses/{status}"} for status in ANSWERS}
        schema = {
            "type": "object",
            "required": ["row", "page", "unit", "currency"],
            "properties": {
                "row": {"$ref": f"#/components/schemas/{resource.name}-row"},
                "page": {"type": ["string", "null"], "format": "uri"},
                "contracts": {"type": "array", "items": {"type": "string", "format": "uri"}},
                "unit": {"const": "baht"},
                "currency": {"const": "THB"},
            },
            "additionalProperties": False,
        }
        words = _("One row: %(means)s.") % {"means": _(resource.means)}
        content = {"application/json": {"schema": schema}}
        answers["200"] = {"description": words, "content": content, "headers": headers}
        answers["404"] = {**ANSWERS["400"], "description": _("There is no record of this id.")}
        if resource.name == "agencies":
            answers["301"] = {"description": _("The body has another code now; `Location` is its address.")}
        parameters = [*map(_part, self.record.parts), *words_named(self.record.words)]
        return {"description": words, "parameters": parameters, "responses": answers}

    def answer(self, request: Request, **kwargs: str) -> HttpResponseBase:
        record, resource = self.record, self.record.resource
        only_once(request.query_params, record.words)
        asked = shape(request.query_params, tuple(name for name in record.words if name != "as_of"))
        columns = chosen(resource, asked.get("fields", ""))
        day = {name: request.query_params[name] for name in ("as_of",) if request.query_params.get(name)}
        query = resource.filter(day)
        read = (*columns, *resource.named(record.page_takes))
        is_kept = can_be_kept(resource, query)
        values = (
            kept_row(resource, kwargs, read)
            if is_kept
            else _row(resource, _keys(record, query, kwargs), read)
        )
        if values is None and (address := _moved(record, kwargs)):
            return HttpResponsePermanentRedirect(address)
        if values is None:
            raise NotFound(_("There is no record of this id in the editions that answer."))
        row, of_page = values[: len(columns)], values[len(columns) :]
        page = _page(record, of_page)
        more = self._contracts(request, kwargs, query) if resource.name == "projects" else {}
        names = [column.name for column in columns]
        return Response(
            {
                "row": named(row, names),
                "page": page and request.build_absolute_uri(page),
                **more,
                **MONEY,
            }
        )

    @staticmethod
    def _contracts(request: Request, parts: Parts, query: Any) -> Json:
        """The addresses of the contracts of a project."""
        found = codes(contracts_of(parts["project"], query.as_of))
        here = f"/api/v1/contracts/{parts['project']}/"
        return {"contracts": [request.build_absolute_uri(f"{here}{quote(code)}/") for code in found]}


def _row(resource: Resource, lines: Any, columns: tuple[Column, ...]) -> tuple[Any, ...] | None:
    """Some columns of the first of some rows, in one query; None where there is no row."""
    first = lines.order_by("pk")
    if resource.is_read_by_database:
        table = resource.table(first, columns)
        return next(iter(table[:1]), None)
    found = resource.related_to(first).first()
    return found and tuple(column.value(found) for column in columns)


def _keys(record: Record, query: Any, parts: Parts) -> Any:
    """The rows that the parts of an address name."""
    if record.resource.name == "contracts":
        known = codes(contracts_of(parts["project"], query.as_of))
        found = known.get(parts["contract"])
        return query.lines().filter(pk=found.pk if found else None)
    lines = query.lines().order_by()
    for name, text in parts.items():
        source = record.resource.source(record.resource.named((name,))[0])
        lines = lines.annotate(**{f"named_{name}": source}).filter(**{f"named_{name}": text})
    return lines


def _page(record: Record, values: tuple[Any, ...]) -> str | None:
    """The page of the site that shows the record; None where there is none."""
    if not record.page:
        return None
    try:
        return reverse(f"spending:{record.page}", args=values)
    except NoReverseMatch:
        return None


def _moved(record: Record, parts: Parts) -> str:
    """The address of the agency that a body is today whose code no edition tells of any more; "" for none."""
    if record.resource.name != "agencies":
        return ""
    present = present_of(parts["code"])
    return f"/api/v1/agencies/{quote(present.code)}/" if present else ""


def _part(name: str) -> Json:
    """One part of an address as OpenAPI describes it."""
    said = {
        "item_id": _("the published id of a budget line or of a row of an obligation, e.g. 2022.3.10.57"),
        "project": _("the published number of a project"),
        "contract": _("number and winner of a contract, as its page has them: 1∕2568~0105559000018"),
        "supplier": _("the tax id of a supplier, else its name"),
        "code": _("the published code"),
        "plan": _("the name of a plan"),
        "category": _("a category path, e.g. งบลงทุน"),
        "key": _("the key of an edition, as rows name it"),
        "line": _("the published id of a budget line"),
    }[name]
    return {"name": name, "in": "path", "required": True, "description": said, "schema": {"type": "string"}}

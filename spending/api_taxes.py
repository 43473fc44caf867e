"""A receipt for one person's tax as data: the same parts as on the page, as JSON and as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from rest_framework.request import Request
from rest_framework.response import Response

from .api import MONEY, ApiView, content_type
from .columns import YEARS, own, part
from .descriptions import ANSWERS, HEADERS, words_named
from .downloads import FORMS, rows_as
from .exports import as_row
from .fiscal import buddhist
from .glance import name_of, unknown_name
from .models import Disbursement
from .parameters import PARAMETERS, BadQuery, only_once
from .receipts import WORDS, Part, Receipt, receipt_of
from .renderers import renderer_of
from .shapes import shape

Json = dict[str, Any]
OF_FILES = ("bom",)
SHARE = models.DecimalField(max_digits=9, decimal_places=8)
COLUMNS = (
    *YEARS,
    own("kind", _("kind of body that holds the money; unknown for what no published figure tells")),
    own("code", _("code of the body, or the kind of the bodies that stand together")),
    own("name", _("name of the body, or what the bodies are, in Thai")),
    own("name_en", _("the same in English where that is published")),
    part("budget", "part.budget", _("what it has of the year's money, in baht")),
    own("share", _("its share of the year's money, 0 to 1")),
    part("amount", "part.amount", _("its share of the tax, in baht; the rows add up to the tax")),
)
KIND_OF: Json = {
    **dict.fromkeys(column.name for column in COLUMNS),
    **dict.fromkeys(("fiscal_year_be", "fiscal_year"), models.IntegerField()),
    **dict.fromkeys(("budget", "amount"), Disbursement._meta.get_field("disbursed")),
    "share": SHARE,
}
"""The kind of value of each column as a field of a model; None for text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a receipt as one row."""

    fiscal_year: int
    part: Part
    name: str
    name_en: str | None

    @property
    def kind(self) -> str:
        return self.part.holder.kind if self.part.holder else "unknown"

    @property
    def code(self) -> str | None:
        return self.part.holder.code if self.part.holder else None

    @property
    def share(self) -> Any:
        return round(self.part.share, SHARE.decimal_places)


def lines_of(found: Receipt) -> Iterator[Line]:
    """The parts of a receipt with their names in both languages, whichever is asked in."""
    for one in found.parts:
        names = []
        for language in ("th", "en"):
            with translation.override(language):
                name, other = name_of(one.holder) if one.holder else (unknown_name(found.year), "")
            names.append(None if other else name)
        yield Line(found.year.year, one, names[0] or "", names[1])


class TaxesView(ApiView):
    """One person's tax, shared out as the money of a year is. What is asked is kept nowhere."""

    keeps = False
    kind = ""  # of a file; none for the answer in JSON

    @property
    def operation(self) -> Json:
        """The address as OpenAPI describes it."""
        words = gettext("One person's tax, shared out as the money of a year is.")
        media_type = FORMS[self.kind].media_type if self.kind else "application/json"
        content: Json = {media_type: {"schema": {} if self.kind else {"type": "object"}}}
        headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
        answers = {status: {"$ref": f"#/components/responses/{status}"} for status in ANSWERS}
        found = {"description": words, "content": content, "headers": headers}
        parameters = words_named((*WORDS, *(OF_FILES if self.kind else ())))
        return {"description": words, "parameters": parameters, "responses": {"200": found, **answers}}

    def get_renderers(self) -> list[Any]:
        return [renderer_of(FORMS[self.kind].media_type)] if self.kind else super().get_renderers()

    def answer(self, request: Request, **kwargs: str) -> HttpResponseBase:
        shapes = OF_FILES if self.kind else ()
        only_once(request.query_params, (*WORDS, *shapes))
        query = {name: str(text) for name, text in request.query_params.items() if text}
        day = PARAMETERS["as_of"].value(query["as_of"]) if "as_of" in query else None
        found = receipt_of(query, day)
        if found is None:
            raise BadQuery("as_of", gettext("Nothing is published yet."))
        if not self.kind:
            return Response(as_json(found))
        rows = ([column.value(line) for column in COLUMNS] for line in lines_of(found))
        mark = shape(request.query_params, OF_FILES).get("bom", False)
        pieces = rows_as(self.kind, rows, COLUMNS, KIND_OF, mark=mark)
        sent = StreamingHttpResponse(pieces, content_type=content_type(FORMS[self.kind].media_type))
        sent["Content-Disposition"] = f'attachment; filename="taxes.{self.kind}"'
        return sent


def as_json(found: Receipt) -> Json:
    """A receipt as JSON: what was paid, how that was reckoned, and its parts."""
    paid, year = found.paid, found.year
    return {
        "fiscal_year": year.year,
        "fiscal_year_be": buddhist(year.year),
        "tax": paid.tax,
        "income_tax": paid.of_income.tax if paid.of_income else None,
        "value_added_tax": paid.of_shopping,
        "budget": year.whole,
        "basis": year.basis.value,
        "rows": [as_row(line, COLUMNS) for line in lines_of(found)],
        "editions": [edition.key for edition in year.editions],
        **MONEY,
    }

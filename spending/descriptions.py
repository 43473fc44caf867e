"""The pieces of the API's description: what each word takes, what each answer holds. Plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Field
from django.utils.translation import gettext as _

from .columns import Column
from .gaps import Reason
from .models import Agency, Disbursement, OpenContract, WinnerKind
from .parameters import PARAMETERS
from .questions import How
from .resources import Resource
from .shapes import MOST, SHAPES
from .telling import MEANS
from .yardsticks import Per, Series

Json = dict[str, Any]
AMOUNT: Json = {"type": "number", "description": "baht, exact to the satang"}
TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
EMPTY: Json = {"type": "null"}
MAYBE_TEXT: Json = {"type": ["string", "null"]}
MONEY: Json = {"unit": {"const": "baht"}, "currency": {"const": "THB"}}
ANY_MONEY: Json = {"unit": {"type": ["string", "null"]}, "currency": {"type": ["string", "null"]}}
DIGIT = "[0-9๐-๙]"
BAHT: Json = {"type": "string", "pattern": rf"^-?{DIGIT}{{1,3}}(,?{DIGIT}{{3}}){{0,4}}(\.{DIGIT}{{1,2}})?$"}
PAID: Json = {"type": "string", "pattern": rf"^{DIGIT}{{1,3}}(,?{DIGIT}{{3}}){{0,3}}(\.{DIGIT}{{1,2}})?$"}
DAY: Json = {"type": "string", "format": "date"}
YES_NO: Json = {"enum": ["yes", "no"]}
FIXED: Mapping[str, Json] = {
    "year": {"type": "string", "pattern": "^(25[0-9]{2}|20[0-9]{2})$"},
    "as_of": {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]},
    "from": DAY,
    "until": DAY,
    "min": BAHT,
    "max": BAHT,
    "tax": PAID,
    "income": PAID,
    "shopping": PAID,
    "q": {"type": "string", "minLength": 2, "maxLength": 200},
    "how": {"enum": [how.value for how in How]},
    "cross_cutting": YES_NO,
    "obliged": YES_NO,
    "cut": {"enum": list(Disbursement.Cut.values)},
    "economic": {"enum": list(Disbursement.Economic.values)},
    "winner": {"enum": list(WinnerKind.values)},
    "kind": {"enum": list(Agency.Kind.values)},
    "level": {"type": "integer", "minimum": 1, "maximum": 9},
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST},
    "count": {"enum": ["true", "false"]},
    "bom": {"enum": ["1", "0"]},
    "format": {"enum": ["json"]},
    "series": {"enum": [one.value for one in Series]},
    "stage": {"enum": list(OpenContract.Stage.values)},
    "currency": {"type": "string", "pattern": "^[A-Za-z]{3}$"},
    "per": {"enum": [per.value for per in Per]},
    "prices": {"type": "string", "pattern": "^(25[0-9]{2}|20[0-9]{2}|19[0-9]{2})$"},
}
"""What the words take that take the same everywhere; the others take text."""


def words_of(resource: Resource, shapes: Sequence[str], *, sums: bool = False) -> list[Json]:
    """The parameters of one address; those of sums only where there are sums."""
    taken = resource.filter.words_taken()
    of_sums = ("by",) if resource.filter.measurable else ("by", "measure")  # rows tell one amount per head
    ours = [name for name in taken if sums or name not in of_sums]
    return [_word(name, _takes(name, resource), required=name == "by") for name in (*ours, *shapes)]


def words_named(names: Sequence[str], *, required: Sequence[str] = ()) -> list[Json]:
    """Parameters by their names."""
    return [_word(name, FIXED.get(name, TEXT), required=name in required) for name in names]


def _word(name: str, schema: Json, *, required: bool) -> Json:
    said = _((PARAMETERS | SHAPES)[name].takes)
    word = {"name": name, "in": "query", "schema": schema, "description": said}
    return word | ({"required": True} if required else {})


def _takes(name: str, resource: Resource) -> Json:
    if name == "by":
        return {"enum": [dimension.value for dimension in resource.filter.dimensions]}
    if name == "measure":
        return {"enum": list(resource.filter.measures)}
    if name == "order":
        return {"enum": [f"{sign}{column}" for column in resource.orders for sign in ("", "-")]}
    if name == "fields":
        column = "|".join(column.name for column in resource.columns)
        return {"type": "string", "description": column.replace("|", ",")}
    return FIXED.get(name, TEXT)


# Answers


def _object(required: Mapping[str, Json], **optional: Json) -> Json:
    properties = {**required, **optional}
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _or_none(schema: Json) -> Json:
    return {"anyOf": [schema, EMPTY]}


NOT_KNOWN = _or_none(_object({"reason": {"enum": [reason.value for reason in Reason]}, "detail": TEXT}))


FIGURE: Json = {
    "type": ["number", "null"],
    "description": "told as per and prices ask, each rounded by itself, the total too; null if not known",
}
MEASURED: Json = {"measured": {"type": ["number", "null"]}, "measured_in": TEXT, "measured_by": MAYBE_TEXT}
REFERENCE = _object(
    {
        **{"series": {"enum": [one.value for one in Series]}, "area": TEXT},
        **{"fiscal_year": {"type": "integer"}, "year": {"type": "integer"}},
        **{"counted_on": _or_none(DAY), "value": {"type": "number"}, "unit": TEXT},
        **{"base_year": {"type": ["integer", "null"]}, "basis": TEXT, "publisher": TEXT},
        **{"address": TEXT, "licence": TEXT, "as_of": DAY, "edition": TEXT},
    }
)
MISSING = _object({"series": TEXT, "area": TEXT, "fiscal_year": {"type": "integer"}, "detail": TEXT})
YARDSTICK = _object(
    {
        "per": {"enum": [*(per.value for per in Per), None]},
        "prices": {"type": ["integer", "null"]},
        "unit": TEXT,
        "reference": _list(REFERENCE),
        "not_known": _list(MISSING),
    }
)


COVERAGE = _list(
    _object(
        {
            "fiscal_year": {"type": "integer"},
            **{"act": AMOUNT, "known": AMOUNT, "unknown": AMOUNT},
            "share": {"type": ["number", "null"]},
        }
    )
) | {"description": "of budget lines: the act of each year asked about, and what the published lines come to"}


def list_of(name: str, *, in_baht: bool = True) -> Json:
    """A page of rows of one resource."""
    link = _or_none({"type": "string", "format": "uri"})
    rows = _list({"$ref": f"#/components/schemas/{name}-row"})
    return _object(
        {
            "rows": rows,
            "next": link,
            "previous": link,
            "not_known": NOT_KNOWN,
            **(MONEY if in_baht else ANY_MONEY),
        },
        count=COUNT,
        coverage=COVERAGE,
        yardstick=YARDSTICK,
    )


def row_of(resource: Resource) -> Json:
    """One row of a resource: which columns it may have, and of what kind."""
    columns = of_columns(resource.columns, resource.kinds)
    if resource.filter.measurable:
        columns |= {name: kind | {"description": _(MEANS[name])} for name, kind in MEASURED.items()}
    return {"type": "object", "properties": columns, "additionalProperties": False}


def of_columns(columns: Sequence[Column], kinds: Mapping[str, Field[Any, Any] | None]) -> Json:
    """The kind of value of each column, and what it means."""
    return {one.name: _value(kinds[one.name]) | {"description": _(one.means)} for one in columns}


def page_of(columns: Json) -> Json:
    """A page of rows of these columns, in baht."""
    link = _or_none({"type": "string", "format": "uri"})
    return _object({"rows": _list(_object(columns)), "next": link, "previous": link, **MONEY})


def _value(kind: Field[Any, Any] | None) -> Json:
    if isinstance(kind, models.JSONField):
        return {"type": ["object", "array", "null"]}
    if isinstance(kind, models.BooleanField):
        return {"type": ["boolean", "null"]}
    if isinstance(kind, models.DecimalField):
        return {"type": ["number", "null"]}
    if isinstance(kind, models.IntegerField):
        return {"type": ["integer", "null"]}
    return {"type": ["string", "null"]} | _format(kind)


def _format(kind: Field[Any, Any] | None) -> Json:
    if isinstance(kind, models.DateTimeField):
        return {"format": "date-time"}
    return {"format": "date"} if isinstance(kind, models.DateField) else {}


NAMED = {"code": TEXT, "name": TEXT, "name_en": TEXT}
ABOUT = {
    "by": TEXT,
    "query": {"type": "object"},
    "editions": _list(TEXT),
    "not_known": NOT_KNOWN,
    **MONEY,
}
BREAKDOWN = _object(
    {
        "rows": _list(
            _object(
                {**NAMED, "amount": AMOUNT, "share": {"type": ["number", "null"]}, "lines": COUNT},
                measured=FIGURE,
            )
        ),
        "rest": _or_none(_object({"amount": AMOUNT, "lines": COUNT, "slices": COUNT}, measured=FIGURE)),
        "total": _or_none(AMOUNT),
        "lines": COUNT,
        **ABOUT,
    },
    measured_total=FIGURE,
    yardstick=YARDSTICK,
    coverage=COVERAGE,
)
ELSEWHERE: Json = BREAKDOWN | {"properties": {**BREAKDOWN["properties"], **ANY_MONEY}}
POINT = _object({"fiscal_year": {"type": "integer"}, "amount": {"type": ["number", "null"]}}, measured=FIGURE)
SERIES = _object(
    {"series": _list(_object({**NAMED, "points": _list(POINT)})), **ABOUT},
    yardstick=YARDSTICK,
    coverage=COVERAGE,
)
HIT = _object(
    {
        **{"kind": TEXT, **NAMED, "fiscal_year": {"type": ["integer", "null"]}},
        "amount": {"type": ["number", "null"]},
        **dict.fromkeys(("ministry_code", "ministry", "agency_code", "agency", "province"), TEXT),
    }
)
GROUP = _object(
    {
        "count": COUNT,
        "estimated": {"type": "boolean"},
        "amount": {"type": ["number", "null"]},
        "rows": _list(HIT),
    }
)
READING = _object(
    {"how": TEXT, "words": _list(TEXT), "corrected": TEXT, "fiscal_year": {"type": ["integer", "null"]}}
)
SEARCH: Json = {
    "type": "object",
    "required": ["q", "reading", "best", "line", "project", "suggestions", "unit", "currency"],
    "properties": {
        "q": TEXT,
        "reading": _or_none(READING),
        "best": _list(HIT),
        "suggestions": _list(_object({"q": TEXT, "lines": COUNT})),
        **MONEY,
    },
    "additionalProperties": GROUP,
}
PROBLEM: Json = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "parameter": TEXT,
        "instance": TEXT,
    },
}


def _problem(means: str) -> Json:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {"description": means, "content": content}


ANSWERS: Mapping[str, Json] = {
    "304": {"description": "Nothing new was published since the ETag sent in If-None-Match."},
    "400": _problem(
        "A parameter is unknown, given twice, or has a value it cannot take; `parameter` names it."
    ),
    "405": _problem("The address is read with GET and HEAD alone."),
    "406": _problem("The address does not have the form that `Accept` asks for."),
    "414": _problem(
        "The address is longer than 8,190 bytes, in which a Thai letter takes nine: the server does not read "
        "it. Ask for less, or take a file."
    ),
    "429": _problem("More requests in a minute than are answered; `Retry-After` says when to ask again."),
    "431": _problem(
        "The headers of the request are larger than the server reads; send fewer or shorter ones."
    ),
    "500": _problem("Something broke on our side."),
    "503": _problem(
        "The question takes too long, or the database is away; `detail` says what to ask instead."
    ),
}
UNREAD = ("414", "431")
"""What the server answers to any address, before anything is read."""
UNREAD_ANSWERS: Json = {status: {"$ref": f"#/components/responses/{status}"} for status in UNREAD}
HEADERS: Mapping[str, Json] = {
    "Not-Known": {
        "description": "Of a file without rows: why the amount asked for is not known.",
        "schema": {"enum": [reason.value for reason in Reason]},
    },
    "Coverage": {
        "description": "Of a file of budget lines: the fiscal years asked about, each with its act, what the "
        "published lines of it come to, and their share.",
        "schema": TEXT,
    },
    "ETag": {"description": "Changes when an edition is published.", "schema": TEXT},
    "RateLimit-Policy": {"description": "Requests answered in a window of seconds.", "schema": TEXT},
    "RateLimit": {"description": "Requests left in the window, and seconds until it ends.", "schema": TEXT},
}

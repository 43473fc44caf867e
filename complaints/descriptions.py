"""What machines are told of complaints, made of the form itself: the API's description of what it takes."""

from __future__ import annotations

from typing import Any

from django import forms

from spending.descriptions import UNREAD_ANSWERS

from .forms import ComplaintForm

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
KEPT_OUT = ("token", "evidence")
"""Fields of the page alone, and those that are no texts."""
NOT_NEEDED = ("wish", "level")
"""What a page always sends, and an app may leave out."""
NONCE: Json = {
    "type": "string",
    "pattern": "^[0-9a-f]{32}$",
    "description": "128 random bits of the app's own.",
}
FILE: Json = {
    "type": "object",
    "required": ["position", "sha256"],
    "properties": {"position": {"type": "integer"}, "sha256": TEXT},
}
RECEIPT: Json = {
    "type": "object",
    "required": ["reference", "access_key", "received_at", "desk", "held", "files"],
    "properties": {
        **dict.fromkeys(("reference", "access_key", "desk"), TEXT),
        "received_at": {"type": "string", "format": "date-time"},
        "held": {"type": "boolean"},
        "files": {"type": "array", "items": FILE},
    },
    "additionalProperties": False,
}
PROBLEM: Json = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "instance"), TEXT),
        "status": {"type": "integer"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": TEXT, "minItems": 1}},
    },
    "additionalProperties": False,
}
HEARD: Json = {
    "type": "object",
    "required": ["heard"],
    "properties": {"heard": {"type": "boolean"}, "changed": {"type": "boolean"}},
    "additionalProperties": False,
}


def filing() -> Json:
    """`POST /api/v1/complaints/`: the fields of the form, and each answer it can give."""
    fields = ComplaintForm().fields
    texts = {name: field_of(field) for name, field in fields.items() if name not in KEPT_OUT}
    needed = [name for name in texts if fields[name].required and name not in NOT_NEEDED]
    as_json: Json = {
        "type": "object",
        "required": ["nonce", *needed],
        "properties": {"nonce": NONCE, **texts},
        "additionalProperties": False,
    }
    files = {"evidence": {"type": "array", "items": {"type": "string", "format": "binary"}}}
    as_form = as_json | {"properties": {**as_json["properties"], **files}}
    return {
        "description": "File one complaint.",
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": as_json}, "multipart/form-data": {"schema": as_form}},
        },
        "responses": {
            "200": answer("The same complaint was filed before: the same receipt.", RECEIPT),
            "201": answer("Filed: reference and access key.", RECEIPT),
            "400": problem("It cannot be read, or fields are wrong: errors says of each what it takes."),
            "404": problem("The form is closed."),
            "405": problem("The address takes POST alone."),
            "406": problem("The answer is JSON."),
            **UNREAD_ANSWERS,
            "415": problem("JSON or multipart/form-data is taken."),
            "503": problem("The complaint could not be kept; send the same again."),
        },
    }


def field_of(field: forms.Field) -> Json:
    """What a field of the form takes."""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return TEXT | {"enum": [str(value) for value, _label in choices]}
    if isinstance(field, forms.CharField) and field.max_length:
        return TEXT | {"maxLength": field.max_length}
    return TEXT


def answer(means: str, schema: Json) -> Json:
    """One answer in JSON."""
    return {"description": means, "content": {"application/json": {"schema": schema}}}


def problem(means: str) -> Json:
    """One refusal."""
    return {"description": means, "content": {"application/problem+json": {"schema": PROBLEM}}}


HEARING: Json = {
    "description": "Hear what a desk says of a delivery, in a signed message.",
    "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
    "responses": {
        "200": answer("Heard.", HEARD),
        "401": answer("Not signed by a desk that was written to.", HEARD),
        "405": problem("The address takes POST alone."),
        "406": problem("The answer is JSON."),
        **UNREAD_ANSWERS,
    },
}
COUNTING: Json = {
    "description": "Counts of complaints by quarter, agency and outcome; small ones are withheld.",
    "responses": {
        "200": answer("The counts.", {"type": "object", "required": ["until", "total", "least", "rows"]}),
        "405": problem("The address takes GET alone."),
        "406": problem("The answer is JSON."),
        **UNREAD_ANSWERS,
    },
}

"""Every error of the API in one shape, RFC 9457: what is wrong, with which word, and what would be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import (
    APIException,
    MethodNotAllowed,
    NotAcceptable,
    ParseError,
    UnsupportedMediaType,
)
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

from .allowance import Allowance
from .exports import as_json
from .parameters import BadQuery
from .patience import TooSlow

KIND = "application/problem+json"
TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    414: "URI Too Long",
    415: "Unsupported Media Type",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


class Busy(APIException):
    """Raised if a question cannot be answered now: it takes too long, or the database is away."""

    status_code = 503
    wait = 30  # seconds after which one may ask again


class TooMany(APIException):
    """Raised if a caller has asked more often than one may in a minute."""

    status_code = 429

    def __init__(self, allowance: Allowance) -> None:
        words = _("At most %(limit)s requests a minute are answered. Ask again in %(seconds)s seconds.")
        super().__init__(words % {"limit": allowance.limit, "seconds": allowance.seconds})
        self.wait = allowance.seconds  # becomes Retry-After


class TooManyCells(APIException):
    """Raised if a worksheet cannot hold the rows that are asked for."""

    status_code = 400
    default_detail = gettext_lazy("A worksheet cannot hold so many rows; take CSV.")


class WrongFields(APIException):
    """Raised if fields of what is sent are missing or wrong; `errors` says of each what is wrong with it."""

    status_code = 400

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        words = _("Missing or wrong: %(names)s. errors says what each takes.")
        super().__init__(words % {"names": ", ".join(sorted(errors))})
        self.errors = {name: list(said) for name, said in errors.items()}


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """What the API answers to an error; None for what nobody expected."""
    if isinstance(error, TooSlow):
        error = Busy(_("This takes too long. Ask for less: one year, one ministry, fewer columns, no order."))
    if isinstance(error, OperationalError | InterfaceError):
        error = Busy(_("The database does not answer. Ask again in half a minute."))
    response = default_handler(ParseError() if isinstance(error, BadQuery) else error, context)
    if response is None:
        return None
    response.data = shape(response.status_code, **_said(error, context.get("view")))
    response.content_type = KIND
    return response


def shape(status: int, **said: Any) -> dict[str, Any]:
    """A problem document."""
    return {"type": "about:blank", "title": TITLES.get(status, str(status)), "status": status, **said}


def as_problem(status: int, detail: str, **said: str) -> HttpResponse:
    """A problem document outside the views of the API."""
    response = HttpResponse(as_json(shape(status, detail=detail, **said)), content_type=KIND, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _said(error: Exception, view: Any) -> dict[str, Any]:
    """What is wrong and what would be right; of fields by their names."""
    if isinstance(error, BadQuery):
        return {"parameter": error.parameter, "detail": error.message}
    if isinstance(error, WrongFields):
        return {"detail": str(error.detail), "errors": error.errors}
    if isinstance(error, MethodNotAllowed):
        words = _("This address takes %(known)s, and no other method.")
        return {"detail": words % {"known": ", ".join(view.allowed_methods)}}
    if isinstance(error, NotAcceptable):
        words = _("This address answers %(known)s. Ask for it with Accept, or leave Accept and format out.")
        return {"detail": words % {"known": ", ".join(one.media_type for one in view.get_renderers())}}
    if isinstance(error, UnsupportedMediaType):
        words = _("Send %(known)s, and say so in Content-Type.")
        return {"detail": words % {"known": ", ".join(one.media_type for one in view.parser_classes)}}
    return {"detail": str(error.detail) if isinstance(error, APIException) else str(error)}

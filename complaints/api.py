"""Complaints by machine: an app or a kiosk files one; an agency acknowledges a delivery."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Any

from django import forms
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ParseError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from spending.api import SpeakingView
from spending.problems import WrongFields

from . import descriptions
from .access import grouped, is_nonce
from .acknowledging import NotHeard, acknowledge
from .crowding import bucket_of
from .filing import file_complaint
from .forms import ComplaintForm
from .signatures import Signed
from .snapshots import freeze
from .uploads import keep_in_memory

LONGEST_MESSAGE = 64 * 1024  # bytes


class TryAgain(APIException):
    """Raised if a complaint cannot be kept just now: the app keeps it and sends it again."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = gettext_lazy("The complaint could not be kept. Send the same one again in a minute.")


class ShallowJSONParser(JSONParser):
    """JSON that is not nested without end."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except (RecursionError, ParseError) as error:
            raise ParseError(unreadable(error.__context__)) from error


class PrivateView(SpeakingView):
    """A view whose answers no cache keeps and no other site hears of."""

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response["Referrer-Policy"] = "no-referrer"
        return response


class ComplaintsView(PrivateView):
    """File one complaint. The fields are those of the form; `nonce` is 128 random bits of the app's own."""

    @property
    def operation(self) -> dict[str, Any]:
        """What it takes and answers, with the fields of the form."""
        return descriptions.filing()

    parser_classes = [ShallowJSONParser, MultiPartParser]

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        keep_in_memory(request)
        return super().initialize_request(request, *args, **kwargs)

    def post(self, request: Request) -> Response:
        if not settings.COMPLAINT_PUBLIC_KEYS:
            raise NotFound(
                _("Complaints are not taken in here. /complaints/new/ names the competent bodies.")
            )
        data = {"wish": "inquire", "level": "unknown"} | _fields(request.data)
        nonce = data.pop("nonce", "")
        form = ComplaintForm(data, request.FILES)
        if errors := _wrong(form, data, nonce):
            raise WrongFields(errors)
        try:
            about = freeze(data.get("about", ""))
            receipt = file_complaint(form.filing(nonce, get_language() or "th", about, bucket_of(request)))
        except (OperationalError, InterfaceError, OSError) as error:
            raise TryAgain from error
        answer = {
            "reference": receipt.reference,
            "access_key": grouped(receipt.key),
            "received_at": receipt.received_at.isoformat(),
            "desk": receipt.desk.code,
            "held": receipt.is_held,
            "files": [{"position": file.position, "sha256": file.sha256} for file in receipt.files],
        }
        return Response(answer, status=status.HTTP_201_CREATED if receipt.is_new else status.HTTP_200_OK)


class AcknowledgementsView(PrivateView):
    """Hear what a desk says of a delivery, in a message signed as Standard Webhooks have it."""

    operation = descriptions.HEARING
    parser_classes = []

    def post(self, request: Request) -> HttpResponse:
        headers = request.headers
        names = ("webhook-id", "webhook-timestamp", "webhook-signature")
        signed = Signed(*(headers.get(name, "") for name in names))
        try:
            body = request._request.read(LONGEST_MESSAGE + 1)
            if len(body) > LONGEST_MESSAGE:
                raise NotHeard
            changed = acknowledge(body, signed)
        except NotHeard:
            return Response({"heard": False}, status=status.HTTP_401_UNAUTHORIZED)
        return Response({"heard": True, "changed": changed})


def unreadable(cause: BaseException | None) -> str:
    """Where a body stops being JSON."""
    if not isinstance(cause, JSONDecodeError):
        return _("The body cannot be read. Send one JSON object of names and texts in UTF-8, or a form.")
    words = _("The body is no JSON from line %(line)s, column %(column)s on.")
    return words % {"line": cause.lineno, "column": cause.colno}


def _fields(data: Any) -> dict[str, Any]:
    """The fields without files. Raises ParseError for what has no names."""
    names = [str(name) for name in data] if hasattr(data, "items") else [None]
    if not all(map(is_text, names)):
        raise ParseError(_("The body must be one JSON object of names and texts."))
    return {str(name): value for name, value in data.items() if not hasattr(value, "read")}


def _wrong(form: ComplaintForm, data: dict[str, Any], nonce: Any) -> dict[str, list[str]]:
    """What is wrong with each field; empty if nothing is."""
    no_texts = [name for name, value in data.items() if not is_text(value)]
    unknown = {*data, *form.files} - form.fields.keys()
    form.data = {name: value for name, value in data.items() if name not in no_texts}
    wrong = {name: [_said(form.fields.get(name), one) for one in found] for name, found in _found(form)}
    wrong |= {name: [_("Takes a text.")] for name in no_texts}
    wrong |= {
        name: [_("There is no such field. /api/v1/schema/ describes those there are.")] for name in unknown
    }
    if "evidence" in data:
        wrong["evidence"] = [_("Takes files, in a form (multipart/form-data).")]
    if not is_text(nonce) or not is_nonce(nonce):
        wrong["nonce"] = [_("Takes 32 hexadecimal digits in small letters: 128 random bits, new each time.")]
    return wrong


def _found(form: ComplaintForm) -> Any:
    return form.errors.as_data().items()


def _said(field: forms.Field | None, error: forms.ValidationError) -> str:
    """What is wrong, and of a choice what there is to choose from."""
    said = " ".join(error.messages)
    if not isinstance(field, forms.ChoiceField) or error.code not in ("required", "invalid_choice"):
        return said
    choices: Any = field.choices
    known = _("Takes one of: %(known)s.") % {
        "known": ", ".join(str(value) for value, _label in choices if value)
    }
    return f"{said} {known}" if error.code == "required" else known


def is_text(value: Any) -> bool:
    """Whether it is a text that can be written down; half of a pair of code units cannot."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)

"""Complaints by machine: an app or a kiosk files one; an agency acknowledges a delivery."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ParseError, ValidationError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from spending.api import SpeakingView

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
    default_detail = "The complaint could not be kept. Send the same one again in a minute."


class ShallowJSONParser(JSONParser):
    """JSON that is not nested without end."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError from error


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
            raise NotFound
        data = _texts(request.data)
        nonce = data.pop("nonce", "")
        if not is_nonce(nonce):
            raise ValidationError({"nonce": "32 hexadecimal digits: 128 random bits, new for each complaint"})
        data.setdefault("wish", "inquire")
        data.setdefault("level", "unknown")
        form = ComplaintForm(data, request.FILES)
        unknown = sorted(data.keys() - form.fields.keys())
        if unknown:
            raise ValidationError(dict.fromkeys(unknown, "there is no such field"))
        if not form.is_valid():
            raise ValidationError({name: " ".join(map(str, errors)) for name, errors in form.errors.items()})
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


def _texts(data: Any) -> dict[str, str]:
    """The fields as texts. Raises ValidationError for anything but names and texts."""
    if not hasattr(data, "items"):
        raise ValidationError({"detail": "an object of names and texts"})
    texts = {str(name): value for name, value in data.items() if not hasattr(value, "read")}
    wrong = sorted(name for name, value in texts.items() if not is_text(name) or not is_text(value))
    if wrong:
        raise ValidationError({name if is_text(name) else "detail": "must be a text" for name in wrong})
    return texts


def is_text(value: Any) -> bool:
    """Whether it is a text that can be written down; half of a pair of code units cannot."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)

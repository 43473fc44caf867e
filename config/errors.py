"""What is answered when nothing else can be: pages to people, problem documents to programs."""

import sys
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseServerError
from django.template import loader
from django.utils import translation
from django.utils.log import log_response
from django.utils.translation import gettext as _
from django.views import defaults

from spending.problems import as_problem

API = ("/api/", "/en/api/")
"""Where programs ask; what they are told is no page. Nothing but pages about the API stands under /en/."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """A request that cannot be read."""
    if request.path.startswith(API):
        with translation.override(translation.get_language_from_request(request)):
            return as_problem(400, _("The request cannot be read."))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """An address that does not exist."""
    if request.path.startswith(API):
        asked = translation.get_language_from_request(request, check_path=True)
        with translation.override(asked):
            words = _("There is nothing at this address; see %(list)s.") % {"list": "/api/v1/"}
            return as_problem(404, words)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """Something that nobody expected. Its number stands in the answer and in the log."""
    request.fault = number = str(uuid4())  # type: ignore[attr-defined]  # read by config.logs
    if request.path.startswith(API):
        with translation.override(translation.get_language_from_request(request)):
            words = _("Something broke on our side. It is not your question; ask again later.")
        response = as_problem(500, words, instance=f"urn:uuid:{number}")
    else:
        page = loader.get_template("500.html").render({"number": number})
        response = HttpResponseServerError(page)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    said = "%s: %s", response.reason_phrase, request.path
    log_response(*said, response=response, request=request, exception=sys.exception())  # once, also of a 404
    return response

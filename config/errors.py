"""What is answered when nothing else can be: pages to people, problem documents to programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views import defaults

from spending.problems import as_problem

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """A request that cannot be read."""
    if request.path.startswith(API):
        return as_problem(400, _("The request cannot be read."))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """An address that does not exist."""
    if request.path.startswith(API):
        return as_problem(404, _("There is nothing at this address; see %(list)s.") % {"list": "/api/v1/"})
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse | HttpResponseBase:
    """Something that nobody expected."""
    if request.path.startswith(API):
        return as_problem(500, _("Something broke on our side. It is not your question; ask again later."))
    return defaults.server_error(request)

"""One purchase in the Open Contracting Data Standard."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..ocds_exports import as_text, package_of

PROBLEM = "application/problem+json"


@require_safe
def package(request: HttpRequest, number: str) -> HttpResponse:
    """The release package of a project."""
    return _answer(request, number, record=False)


@require_safe
def record(request: HttpRequest, number: str) -> HttpResponse:
    """The record package of a project."""
    return _answer(request, number, record=True)


def _answer(request: HttpRequest, number: str, *, record: bool) -> HttpResponse:
    if request.GET:
        return _problem(400, _("This address takes no parameters."))
    found = package_of(number, request.build_absolute_uri(request.path), record=record)
    if found is None:
        return _problem(404, _("There is no project of this number in the files at hand."))
    answer = HttpResponse(as_text(found), content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _problem(status: int, detail: str) -> HttpResponse:
    title = {400: "Bad Request", 404: "Not Found"}[status]
    shape = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    answer = HttpResponse(as_text(shape), content_type=PROBLEM, status=status)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer

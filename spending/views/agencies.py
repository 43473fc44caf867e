"""Pages not yet written."""

from django.http import Http404, HttpRequest, HttpResponse


def agencies(request: HttpRequest, **where: object) -> HttpResponse:
    raise Http404


def agency(request: HttpRequest, **where: object) -> HttpResponse:
    raise Http404

"""Pages not yet written."""

from django.http import Http404, HttpRequest, HttpResponse


def lines(request: HttpRequest, **where: object) -> HttpResponse:
    raise Http404


def line(request: HttpRequest, **where: object) -> HttpResponse:
    raise Http404

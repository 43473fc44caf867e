"""Pages not yet written."""

from django.http import Http404, HttpRequest, HttpResponse


def newest(request: HttpRequest, **where: object) -> HttpResponse:
    raise Http404


def budget(request: HttpRequest, **where: object) -> HttpResponse:
    raise Http404

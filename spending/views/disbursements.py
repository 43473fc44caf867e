"""Pages."""

from django.http import Http404, HttpRequest, HttpResponse


def newest(request: HttpRequest) -> HttpResponse:
    raise Http404


def disbursements(request: HttpRequest, year: int) -> HttpResponse:
    raise Http404

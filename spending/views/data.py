"""Pages."""

from django.http import Http404, HttpRequest, HttpResponse


def data(request: HttpRequest, **where: object) -> HttpResponse:
    raise Http404


edition = file = sources = dictionary = data

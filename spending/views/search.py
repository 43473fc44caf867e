"""Pages not yet written."""

from django.http import Http404, HttpRequest, HttpResponse


def search(request: HttpRequest, **where: object) -> HttpResponse:
    raise Http404

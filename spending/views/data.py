"""Pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def data(request: HttpRequest, **where: object) -> HttpResponse:
    raise Http404


edition = file = sources = dictionary = data

"""Pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def newest(request: HttpRequest) -> HttpResponse:
    raise Http404


def disbursements(request: HttpRequest, year: int) -> HttpResponse:
    raise Http404

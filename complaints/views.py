"""Pages for whoever sees something wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .desks import DESKS


@never_cache
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Where to report what one has seen, with the address of the figure to take along."""
    context = {"desks": DESKS, "about": page_of_ours(request, request.GET.get("about", ""))}
    return private(render(request, "complaints/new.html", context))


@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Where to ask what became of a complaint."""
    return private(render(request, "complaints/status.html", {"desks": DESKS}))


def private(response: HttpResponse) -> HttpResponse:
    """The answer, telling no other site and no cache that it was read."""
    response["Referrer-Policy"] = "no-referrer"
    return response


def page_of_ours(request: HttpRequest, address: str) -> str:
    """The full address of a page of this site; empty for any other."""
    path = address.partition("?")[0]
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        return ""
    try:
        resolve(path)
    except Resolver404:
        return ""
    return request.build_absolute_uri(address)

"""What the site is, whom it serves, and what it keeps about visitors: pages of words."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .asked import only_parameters
from .listing import explaining_bad_queries


@require_safe
@explaining_bad_queries
def about(request: HttpRequest) -> HttpResponseBase:
    only_parameters(request.GET, ())
    return render(request, "spending/about.html")


@require_safe
@explaining_bad_queries
def accessibility(request: HttpRequest) -> HttpResponseBase:
    only_parameters(request.GET, ())
    return render(request, "spending/accessibility.html")


@require_safe
@explaining_bad_queries
def privacy(request: HttpRequest) -> HttpResponseBase:
    only_parameters(request.GET, ())
    return render(request, "spending/privacy.html")

"""What the site is, whom it serves, and what it keeps about visitors: pages of words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "spending/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "spending/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "spending/privacy.html")

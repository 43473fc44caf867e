"""The pages about the API: how to ask it, with examples to press; where the former site's services went."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import api_guide
from .asked import only_parameters
from .listing import explaining_bad_queries


@require_safe
@explaining_bad_queries
def docs(request: HttpRequest) -> HttpResponseBase:
    """How to ask the API, what each resource takes, and programs that ask it."""
    only_parameters(request.GET, ())
    site = request.build_absolute_uri("/").rstrip("/")
    context = {
        "section": "data",
        "site": site,
        "guides": api_guide.guides(),
        "beside": api_guide.beside(),
        "shapes": api_guide.shapes(),
        "snippets": api_guide.snippets(site),
    }
    return render(request, "spending/api_docs.html", context)


@require_safe
@explaining_bad_queries
def migration(request: HttpRequest) -> HttpResponseBase:
    """Each service of the former site's API, and the address here that answers it."""
    only_parameters(request.GET, ())
    context = {"section": "data", "services": api_guide.services(), "fields": api_guide.fields()}
    return render(request, "spending/api_migration.html", context)

"""The page on which the office sees how it does, and the same as a file."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from .. import exporting, queues, roles, workload
from .bulk_forms import WhatFor


def page(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """The tables of how the office does; that they are taken out as a file is written down."""
    user: Any = request.user
    if not roles.has(user, queues.MAY_SEE_FIGURES):
        raise PermissionDenied
    shown = workload.tables(user)
    form, kind = WhatFor(request.POST or None, user), request.POST.get("file", "")
    if kind in exporting.KINDS and form.is_valid():
        return exporting.figures(list(workload.lines(shown)), kind, form.mark)
    is_coarse = not roles.has(user, roles.MAY_READ)
    context |= {"title": gettext("How the office does"), "tables": shown, "is_coarse": is_coarse}
    context |= {"form": form}
    response = TemplateResponse(request, "admin/complaints/figures.html", context)
    response["Cache-Control"] = "no-store, private"
    return response

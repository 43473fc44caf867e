"""The page on which the office sees how it does, and the same as a file."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from .. import exporting, queues, roles, workload


def page(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """The tables of how the office does; `?file=csv` and `?file=xlsx` are written down."""
    user: Any = request.user
    if not roles.has(user, queues.MAY_SEE_FIGURES):
        raise PermissionDenied
    shown = workload.tables(user)
    kind = request.GET.get("file", "")
    if kind in exporting.KINDS:
        return exporting.figures(list(workload.lines(shown)), user.get_username(), kind)
    is_coarse = not roles.has(user, roles.MAY_READ)
    context |= {"title": gettext("How the office does"), "tables": shown, "is_coarse": is_coarse}
    response = TemplateResponse(request, "admin/complaints/figures.html", context)
    response["Cache-Control"] = "no-store, private"
    return response

"""What staff take out of a case, the dossier or one file: asked what for, marked, written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from .. import exporting, troubles
from ..channels.base import DeliveryError
from ..delivery import letter_for
from ..dossier import dossier
from ..models import Complaint, Dispatch
from ..sealing import SealError
from .bulk_forms import WhatFor


def page(request: HttpRequest, sent: Dispatch, context: dict[str, Any]) -> HttpResponse:
    """Ask what the copy is for; once that is said, hand it out with the mark on each page."""
    form = WhatFor(request.POST or None, request.user)
    if form.is_bound and form.is_valid():
        return handed_out(sent, request.user.get_username(), form)
    title = gettext("Dossier of case %(number)s") % {"number": sent.complaint.reference}
    context |= {"title": title, "case": sent.complaint, "form": form}
    return TemplateResponse(request, "admin/complaints/take_out.html", context)


def one_file(
    request: HttpRequest,
    case: Complaint,
    read: Callable[[], bytes],
    context: dict[str, Any],
    *,
    kind: str,
    name: str,
    **detail: Any,
) -> HttpResponse:
    """Ask what one file is for; once that is said, hand it out under a name that tells who has it."""
    form = WhatFor(request.POST or None, request.user)
    if not (form.is_bound and form.is_valid()):
        title = gettext("File %(name)s") % {"name": f"{name}.{kind}"}
        context |= {"title": title, "case": case, "form": form, "is_file": True}
        return TemplateResponse(request, "admin/complaints/take_out.html", context)
    try:
        content = read()
    except SealError as error:
        return refused(error)
    mark = form.mark
    return exporting.file_out(content, case, mark, kind=kind, name=f"{name}.{mark.name}", **detail)


def picked_up(request: HttpRequest, sent: Dispatch, context: dict[str, Any]) -> HttpResponse:
    """Say to the body's liaison what taking it means; once they do, hand out the body's own copy."""
    if request.method == "POST":
        return handed_out(sent, request.user.get_username())
    title = gettext("Delivery of case %(number)s") % {"number": sent.complaint.reference}
    return TemplateResponse(
        request, "admin/complaints/pick_up.html", context | {"title": title, "sent": sent}
    )


def handed_out(sent: Dispatch, actor: str, form: WhatFor | None = None) -> HttpResponse:
    """The dossier; without a form the body's own copy, the same bytes each time. What cannot be opened is
    said in words.
    """
    mark = form.mark if form else None
    try:
        content = dossier(letter_for(sent), mark)
    except (SealError, DeliveryError) as error:
        return refused(error)
    if mark is None:
        sent.mark_handed_over(actor, f"picked up by {actor}")
    detail = {"dispatch": str(sent.number), **(mark.codes if mark else {})}
    return exporting.handed_out(content, sent.complaint, actor, detail)


def refused(error: Exception) -> HttpResponse:
    """Why something cannot be shown or handed out now, in words."""
    return HttpResponse(troubles.told(str(error)), status=409, content_type="text/plain; charset=utf-8")

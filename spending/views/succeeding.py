"""Bodies that were renamed, given another code, merged or split: where old addresses lead, what pages say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from .. import histories
from ..fiscal import buddhist
from ..models import Agency
from ..successions import Step, became, formerly, is_told, present_of


def agencies() -> QuerySet[Agency]:
    """Agencies with their ministries; `has_successions` says whether anything became of them or they of
    anything.
    """
    return Agency.objects.select_related("ministry").annotate(has_successions=is_told())


def led_on(request: HttpRequest, code: str, body: Agency | None, page: str) -> HttpResponseBase | None:
    """The answer to the bare address of a body that is another one today, None where its own page answers.

    An address with a year or a day asks for the body as it was then, and its figures stay there. The body
    is one of `agencies()`.
    """
    if body is not None and (request.GET or not body.has_successions):  # type: ignore[attr-defined]
        return None
    present = present_of(code)
    if present is not None:
        address, query = reverse(f"spending:{page}", args=[present.code]), request.GET.urlencode()
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    steps = became(code) if body is None else ()
    if not steps:
        return None
    context = {"section": "agencies", "name": steps[0].succession.old_name, "became": steps}
    return render(request, "spending/succeeded.html", context)


def context_of(body: Agency) -> dict[str, Any]:
    """What the page of a body says of what it became and of what it was, with the addresses of its figures
    under its earlier names.
    """
    if not body.has_successions:  # type: ignore[attr-defined]
        return {"became": (), "formerly": ()}
    return {
        "became": became(body.code),
        "formerly": [(step, _address(step)) for step in formerly(body.code)],
    }


def _address(step: Step) -> str:
    """The page of a body as it was: in the last year that tells of it, else as it is known today; "" where
    no edition tells of it.
    """
    if step.agency is None:
        return ""
    page = reverse("spending:agency", args=[step.agency.code])
    year = max((one.year for one in histories.of_body(step.agency)), default=None)
    return f"{page}?year={buddhist(year)}" if year else f"{page}?as_of={_today().isoformat()}"


def _today() -> date:
    return timezone.localdate()

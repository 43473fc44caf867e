"""The public page of the statistics, the same by machine, and as a file."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.response import Response

from spending.api import SpeakingView
from spending.exports import csv_rows

from .models.vocabulary import Outcome
from .statistics import LEAST, OTHERS, STILL_OPEN, Row, Statistics, statistics

KEPT = 3_600  # seconds; the figures change once in a quarter
COLUMNS = tuple(field.name for field in fields(Row))
OUTCOMES = {STILL_OPEN: _("not closed yet"), OTHERS: _("several, joined")} | dict(Outcome.choices)
STEPS = {
    "read": _("until a person began to read it"),
    "deliver": _("until it was delivered"),
    "accept": _("from delivery until the body accepted it"),
    "close": _("until it was closed"),
}


def published() -> Statistics:
    """The statistics of today, computed once in an hour."""
    key = f"complaint-statistics-{timezone.localdate()}"
    found = cache.get(key)
    if not isinstance(found, Statistics):
        found = statistics()
        cache.set(key, found, KEPT)
    return found


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Counts by quarter, agency and outcome; how long the steps take; what is joined and why."""
    shown = published()
    rows = [{"row": row, "outcome": OUTCOMES[row.outcome]} for row in shown.rows]
    durations = [{"duration": d, "step": STEPS[d.step]} for d in shown.durations]
    context = {"shown": shown, "rows": rows, "durations": durations, "least": LEAST}
    return render(request, "complaints/statistics.html", context)


@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the page as a file."""
    rows = [tuple(asdict(row).values()) for row in published().rows]
    response = StreamingHttpResponse(
        csv_rows(rows, COLUMNS, mark=True), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="complaint-statistics.csv"'
    return response


class StatisticsView(SpeakingView):
    """Counts of complaints by fiscal quarter, agency and outcome. No number is under five."""

    def get(self, request: Request) -> Response:
        shown = published()
        body: dict[str, Any] = {
            "until": shown.until.isoformat(),
            "total": shown.total,
            "least": LEAST,
            "rows": [asdict(row) for row in shown.rows],
            "durations": [asdict(duration) for duration in shown.durations],
        }
        return Response(body)

"""The public page of the statistics, the same by machine, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
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

from . import descriptions
from .models.vocabulary import Outcome
from .statistics import ALL, OTHERS, STILL_OPEN, Progress, Row, Statistics, statistics
from .withholding import LEAST

KEPT = 3_600  # seconds; the figures change once in a quarter
COLUMNS = tuple(field.name for field in fields(Row))
PROGRESS = tuple(field.name for field in fields(Progress))
OUTCOMES = {STILL_OPEN: _("not closed yet"), OTHERS: _("several, joined")} | dict(Outcome.choices)
STEPS = {
    "read": _("until a person began to read it"),
    "deliver": _("until it was delivered"),
    "accept": _("from delivery until the body accepted it"),
    "close": _("until it was closed"),
}


def published() -> Statistics:
    """The statistics of today, computed once in an hour."""
    key = f"complaint-figures-{timezone.localdate()}"
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
    context = {"shown": shown, "rows": rows, "durations": durations, "least": LEAST, "all": ALL}
    return render(request, "complaints/statistics.html", context)


@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What came of the complaints, as a file."""
    return _file(published().rows, COLUMNS, "complaint-statistics.csv")


@require_safe
def progress_csv(request: HttpRequest) -> StreamingHttpResponse:
    """How far the complaints came, as a file; a number that is withheld is empty."""
    return _file(published().progress, PROGRESS, "complaint-progress.csv")


def _file(rows: Sequence[Row | Progress], columns: Sequence[str], name: str) -> StreamingHttpResponse:
    lines = [tuple(asdict(row).values()) for row in rows]
    response = StreamingHttpResponse(
        csv_rows(lines, columns, mark=True), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class StatisticsView(SpeakingView):
    """Counts of complaints by fiscal quarter and agency: how far they came, and what came of them. No number
    is under five; one that is, or would tell such a one, is null.
    """

    operation = descriptions.COUNTING

    def get(self, request: Request) -> Response:
        shown = published()
        body: dict[str, Any] = {
            "until": shown.until.isoformat(),
            "total": shown.total,
            "least": LEAST,
            "rows": [asdict(row) for row in shown.rows],
            "progress": [asdict(row) for row in shown.progress],
            "durations": [asdict(duration) for duration in shown.durations],
        }
        return Response(body)

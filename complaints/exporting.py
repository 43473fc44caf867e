"""The list of cases as a file for staff: where each stands, nothing that was sealed. Each one is logged, and
says of itself who took it out, when and what for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify

from spending.exports import csv_rows
from spending.workbooks import chunks, xlsx_file

from .marks import Mark
from .models import Complaint, Event
from .models.events import note

COLUMNS = (
    "reference", "received_on", "state", "outcome", "priority", "suspicion", "level", "identity", "desk",
    "agency_code", "about", "assigned_to", "due_step", "due_on", "closed_on", "duplicate_of",
    "next_action_on", "tags",
)  # fmt: skip
FIGURES = ("table", "group", "column", "number")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
}


def row(case: Complaint, followed_in: str = "") -> tuple[Any, ...]:
    """What the file says of one case, in the order of `COLUMNS`; `followed_in` is what it is joined with."""
    return (
        case.reference,
        _day(case.received_at),
        case.state,
        case.outcome,
        case.priority,
        case.suspicion,
        case.level,
        case.identity,
        case.desk.code,
        case.agency_code,
        case.about,
        case.assigned_to.get_username() if case.assigned_to else "",
        case.due_step,
        _day(case.due_at),
        _day(case.closed_at),
        followed_in,
        case.next_action_on,
        " ".join(tag.code for tag in case.tags.all()),
    )


def answer(cases: Any, user: Any, kind: str, mark: Mark) -> StreamingHttpResponse:
    """The cases as a file; a cell that a spreadsheet could take for a formula is made harmless. A case kept
    from whoever takes it out is not named beside another one either.
    """
    listed = list(cases.select_related("desk", "assigned_to").prefetch_related("tags"))
    actor, joined = user.get_username(), Complaint.objects.open_to(user).filter(duplicates__in=listed)
    known = dict(joined.values_list("pk", "reference"))
    references = [case.reference for case in listed]
    note(None, Event.Kind.EXPORTED, actor, what="list", file=kind, cases=references, **mark.codes)
    rows = [row(case, known.get(case.duplicate_of_id, "")) for case in listed]
    return _file(rows, COLUMNS, "cases", kind, mark)


def figures(lines: Sequence[tuple[Any, ...]], kind: str, mark: Mark) -> StreamingHttpResponse:
    """How the office does, as a file; that it was taken is written down."""
    note(None, Event.Kind.EXPORTED, mark.actor, what="statistics", file=kind, **mark.codes)
    return _file(lines, FIGURES, "office", kind, mark)


def _file(
    rows: Sequence[tuple[Any, ...]], columns: Sequence[str], name: str, kind: str, mark: Mark
) -> StreamingHttpResponse:
    above = mark.sentence
    body: Iterable[Any] = (
        csv_rows(rows, columns, mark=True, above=above)
        if kind == "csv"
        else chunks(xlsx_file(rows, columns, above=above))
    )
    response = StreamingHttpResponse(body, content_type=KINDS[kind])
    _name(response, f"{name}-{timezone.localdate()}.{kind}")
    return response


def handed_out(content: bytes, case: Complaint, actor: str, detail: Mapping[str, Any]) -> HttpResponse:
    """A dossier as a download; that it was taken is written down with the case."""
    note(case, Event.Kind.EXPORTED, actor, what="dossier", **detail)
    response = HttpResponse(content, content_type="application/zip")
    _name(response, f"case-{slugify(case.reference)}.zip")
    return response


def file_out(
    content: bytes, case: Complaint, mark: Mark, *, kind: str, name: str, **detail: Any
) -> HttpResponse:
    """One file as a download, never shown inside a page; that it was taken is written down with the case."""
    note(case, Event.Kind.EXPORTED, mark.actor, **detail, **mark.codes)
    response = HttpResponse(content, content_type=KINDS[kind])
    _name(response, f"{name}.{kind}")
    return response


def _name(response: HttpResponseBase, name: str) -> None:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None

"""How long a closed case is kept: put away first, then emptied of everything that was sealed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from .models import (
    Attachment,
    Blackening,
    Clock,
    Complaint,
    Event,
    Opinion,
    Redaction,
    Reporter,
    ScreeningSheet,
    Slip,
)
from .models.events import SYSTEM, note

REMIND_DAYS = (28, 14, 7, 3, 1)
"""So many days before a case is emptied, staff are told how many there are."""
STEP = Clock.Step
FOLDER = "evidence"
ORPHANS_AFTER = timedelta(days=1)


def put_away() -> int:
    """Put away what was closed long enough ago. How many cases."""
    ended = timezone.now() - _days(STEP.PUT_AWAY)
    cases = Complaint.objects.filter(
        state=Complaint.State.CLOSED, put_away_at__isnull=True, closed_at__lte=ended
    )
    return sum(_put_away(case) for case in cases)


def remove() -> int:
    """Empty what was closed long enough ago, unless a hold is set. How many cases."""
    ended = timezone.now() - _days(STEP.REMOVE)
    cases = Complaint.objects.filter(
        state=Complaint.State.CLOSED, removed_at__isnull=True, is_held=False, closed_at__lte=ended
    )
    return sum(empty(case) for case in cases)


def soon_removed() -> dict[int, int]:
    """How many cases are emptied in so many days, for each of the days on which staff are told."""
    ends = _days(STEP.REMOVE)
    counted = {}
    for days in REMIND_DAYS:
        day = timezone.localdate() + timedelta(days=days) - ends
        cases = Complaint.objects.filter(closed_at__date=day, is_held=False, removed_at__isnull=True)
        counted[days] = cases.count()
    return counted


@transaction.atomic
def empty(case: Complaint) -> bool:
    """Remove everything sealed from a closed case. Number, times, states and the log stay. False if a hold
    was set or it was opened again in the meantime.
    """
    closed = Complaint.objects.filter(pk=case.pk, state=Complaint.State.CLOSED, is_held=False)
    if not closed.update(matter=None, accused=None, removed_at=timezone.now()):
        return False
    slips = Slip.objects.filter(handover__dispatch__complaint=case)
    files = [name for file in case.attachments.all() for name in _names(file)]
    files += slips.there().values_list("content", flat=True)
    slips.delete()
    Reporter.objects.filter(complaint=case).delete()
    Redaction.objects.filter(complaint=case).delete()
    case.tags.clear()
    ScreeningSheet.objects.filter(complaint=case).delete()
    for rows in (case.messages, case.notes, case.attachments, case.identity_requests):
        rows.all().delete()
    note(case, Event.Kind.REMOVED, SYSTEM, files=len(files))
    transaction.on_commit(lambda: _delete(files))
    return True


def forget_opinions() -> int:
    """Remove opinions that were not published, a year after they came. How many."""
    ended = timezone.now() - _days(STEP.REMOVE)
    old, _by_table = Opinion.objects.filter(state=Opinion.State.DECLINED, received_at__lte=ended).delete()
    return old


def forget_orphans() -> int:
    """Remove sealed files that no row names, a day after they were written: a process that is killed between
    file and row leaves one. How many.
    """
    if not default_storage.exists(FOLDER):
        return 0
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    before = timezone.now() - ORPHANS_AFTER
    old = [name for name in names if default_storage.get_modified_time(name) < before]
    rows = Attachment.objects.values_list("original", "cleaned")
    known = {name for row in rows.iterator() for name in row}
    known |= set(Blackening.objects.values_list("copy", flat=True))
    known |= set(Slip.objects.values_list("content", flat=True))
    orphans = [name for name in old if name not in known]
    _delete(orphans)
    return len(orphans)


@transaction.atomic
def _put_away(case: Complaint) -> bool:
    closed = Complaint.objects.filter(pk=case.pk, state=Complaint.State.CLOSED, put_away_at__isnull=True)
    if not closed.update(put_away_at=timezone.now()):
        return False
    note(case, Event.Kind.PUT_AWAY, SYSTEM)
    return True


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _names(file: Attachment) -> list[str]:
    copies = [black.copy for black in file.blackenings.all()]
    return [stored.name for stored in (file.original, file.cleaned, *copies) if stored.name]


def _days(step: str) -> timedelta:
    return timedelta(days=Clock.objects.get(step=step).days)

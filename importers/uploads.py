"""Uploads by staff: announced as an attempt that waits, loaded by a worker."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from .keeping import kept_upload
from .loading import load
from .models import ImportRun
from .sources import SOURCES

OVERDUE = timedelta(seconds=45)  # a waiting attempt this old lost its message


@transaction.atomic
def announce(source: str, upload: UploadedFile) -> ImportRun:
    """Keep an uploaded file and note that it waits to be loaded."""
    source_file = kept_upload(upload)
    return ImportRun.objects.create(
        source=source,
        file_name=source_file.name,
        sha256=source_file.sha256,
        source_file=source_file,
        outcome=ImportRun.Outcome.WAITING,
    )


def load_announced(pk: int) -> None:
    """Load the file of a waiting attempt; does nothing if somebody else has taken it."""
    claimed = ImportRun.objects.filter(pk=pk, outcome=ImportRun.Outcome.WAITING)
    if claimed.update(outcome=ImportRun.Outcome.RUNNING) != 1:
        return
    run = ImportRun.objects.select_related("source_file").get(pk=pk)
    assert run.source_file is not None  # an announced attempt has its file
    load(SOURCES[run.source], Path(run.source_file.content.path), run=run)


def waiting() -> list[int]:
    """Keys of attempts that have waited too long for their message."""
    overdue = ImportRun.objects.filter(
        outcome=ImportRun.Outcome.WAITING, started_at__lt=timezone.now() - OVERDUE
    )
    return list(overdue.values_list("pk", flat=True))

"""Loading in the background: each task names an attempt and calls the one verb."""

from __future__ import annotations

from celery import shared_task

from .uploads import load_announced, waiting


@shared_task
def load_upload(run: int) -> None:
    """Load the file of an announced attempt; harmless to run twice."""
    load_announced(run)


@shared_task
def sweep() -> None:
    """Start what a lost message left waiting."""
    for run in waiting():
        load_announced(run)

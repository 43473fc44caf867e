"""Loading in the background: each task names an attempt and calls the one verb."""

from __future__ import annotations

from celery import shared_task

from spending.candidates import find_candidates

from .crosswalk import match_bodies
from .uploads import load_announced, waiting

SECONDS = 240  # of one search for candidates; the next goes on where it stopped


@shared_task
def load_upload(run: int) -> None:
    """Load the file of an announced attempt; harmless to run twice."""
    load_announced(run)


@shared_task
def sweep() -> None:
    """Start what a lost message left waiting."""
    for run in waiting():
        load_announced(run)


@shared_task
def match() -> None:
    """Join listed bodies to agencies and propose purchases for budget lines; harmless to run twice."""
    match_bodies()
    find_candidates(seconds=SECONDS)

"""Tasks that leave traces in a file, for a worker of the site's own Celery app that a test starts."""

import os
import time
from pathlib import Path

from config.celery import app


@app.task
def note(trace: str, word: str) -> None:
    """Write one line."""
    with Path(trace).open("a") as lines:
        lines.write(f"{word}\n")


@app.task
def note_slowly(trace: str, seconds: float) -> None:
    """Write a line at the start and one at the end."""
    note(trace, f"started {os.getpid()}")
    time.sleep(seconds)
    note(trace, "finished")


@app.task
def note_many(trace: str, count: int) -> None:
    """Start as many tasks, each of which writes its number."""
    for number in range(count):
        note.apply_async((trace, str(number)), queue=note_many.request.delivery_info["routing_key"])

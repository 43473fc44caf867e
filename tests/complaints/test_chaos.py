"""Real workers on the real queue, killed again and again, and an agency that fails: nothing is lost, nothing
is registered twice.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings as site_settings
from django.db import connection
from django.db.models.functions import Now
from psycopg.conninfo import make_conninfo

from complaints.filing import file_complaint
from complaints.models import Dispatch, Event

from .test_delivery import agency_at
from .test_filing import told

COMPLAINTS = 80
KILLS = 4
PATIENCE = 60  # seconds
WORKER = ("-W", "ignore", "-m", "celery", "--quiet", "--skip-checks", "-A", "config", "worker")
OPTIONS = ("--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "error")
SWEEPER = """
import time, django
django.setup()
from complaints import tasks
while True:
    tasks.sweep()
    time.sleep(1)
"""


def environment(settings: Any) -> dict[str, str]:
    """What a process of the staff's part of the site has in its environment, on the database of the test."""
    place = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    database = make_conninfo(**{name: place[name] for name in names if place.get(name)})
    return {
        "PATH": os.defpath,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SITE": "staff",
        "VAR_DIR": str(site_settings.VAR_DIR),
        "DATABASE_URL": database,
        "STAND_IN_AGENCY": settings.STAND_IN_AGENCY,
        "CELERY_VISIBILITY_TIMEOUT": "5",
    }


@contextmanager
def running(settings: Any, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python program in a process group of its own; the whole group is killed at the end."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=site_settings.BASE_DIR,
        env=environment(settings),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def waiting() -> int:
    return Dispatch.objects.filter(state=Dispatch.State.PENDING).count()


def test_killed_workers_and_a_failing_agency_lose_and_double_nothing(
    transactional_db: None, settings: Any
) -> None:
    for number in range(COMPLAINTS):
        file_complaint(told(files=[], matter={"subject": f"เรื่องที่ {number}", "detail": "x" * 20}))
    with agency_at(settings, "error:0.15,lost:0.15,garbage:0.05") as agency, ExitStack() as stack:
        stack.enter_context(running(settings, "-c", SWEEPER))
        for _ in range(KILLS):
            with running(settings, *WORKER, *OPTIONS), running(settings, *WORKER, *OPTIONS):
                time.sleep(4)  # then both are killed in the middle of their work
            soon()
        stack.enter_context(running(settings, *WORKER, *OPTIONS))
        deadline = time.monotonic() + PATIENCE
        while waiting() and time.monotonic() < deadline:
            soon()
            time.sleep(1)

    arrived = Event.objects.filter(kind=Event.Kind.DELIVERED)
    assert waiting() == 0
    assert len(agency.received) == COMPLAINTS
    assert Dispatch.objects.filter(state=Dispatch.State.DELIVERED).count() == COMPLAINTS
    assert arrived.count() == len(set(arrived.values_list("complaint", flat=True))) == COMPLAINTS
    assert sum(agency.times.values()) > COMPLAINTS  # some came twice, and were registered once
    assert Event.objects.broken() == []


def soon() -> None:
    """Let the waits between attempts pass: what failed and what a killed worker left comes due now."""
    Dispatch.objects.filter(state=Dispatch.State.PENDING).update(next_attempt_at=Now())
    connection.cursor().execute("UPDATE complaints_desk SET rests_until = NULL, failures = 0")

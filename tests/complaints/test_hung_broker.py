"""The receipt does not wait for the task queue: not for one that is gone, not for one that never answers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.db.models.functions import Now
from psycopg.conninfo import make_conninfo

from complaints.models import Complaint, Dispatch

MOST_SECONDS = 3
FILED = 5
CITIZEN = """
import json, re, time, django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
from django.test import Client
client, took = Client(), []
said = {"suspicion": "corruption", "subject": "x", "detail": "y" * 30, "level": "unknown", "wish": "inquire",
        "identity": "anonymous"}
for _ in range(%d):
    token = re.search(r'name="token" value="([^"]+)"', client.get("/complaints/new/").text)[1]
    began = time.monotonic()
    page = client.post("/complaints/new/", said | {"token": token})
    took.append((page.status_code, 'id="key"' in page.text, time.monotonic() - began))
print(json.dumps(took))
"""


def environment(settings: Any) -> dict[str, str]:
    """What a process of the public part of the site has in its environment, on the database of the test."""
    place = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    return {
        "PATH": os.defpath,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SITE": "public",
        "VAR_DIR": str(site_settings.VAR_DIR),
        "DATABASE_URL": make_conninfo(**{name: place[name] for name in names if place.get(name)}),
        "STAND_IN_AGENCY": settings.STAND_IN_AGENCY,
    }


@contextmanager
def port(*, listens: bool) -> Iterator[int]:
    """A port that takes connections and never says a word, or one where nobody listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if listens:
            server.listen(100)
        yield int(server.getsockname()[1])


@pytest.mark.parametrize("listens", [True, False], ids=["hung", "gone"])
@pytest.mark.parametrize("kind", ["amqp://guest:guest@127.0.0.1:%d//", "redis://127.0.0.1:%d/0"])
def test_receipt_comes_in_time_without_the_queue(
    transactional_db: None, settings: Any, kind: str, listens: bool
) -> None:
    with port(listens=listens) as number:
        finished = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", CITIZEN % FILED],
            cwd=site_settings.BASE_DIR,
            env=environment(settings) | {"CELERY_BROKER_URL": kind % number},
            capture_output=True,
            timeout=60,
            check=True,
        )

    took = json.loads(finished.stdout)
    assert [(status, has_key) for status, has_key, _seconds in took] == [(200, True)] * FILED
    assert max(seconds for _status, _has_key, seconds in took) < MOST_SECONDS
    waiting = Dispatch.objects.filter(state=Dispatch.State.PENDING, next_attempt_at__lte=Now())
    assert Complaint.objects.count() == waiting.count() == FILED

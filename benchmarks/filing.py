"""The time to file a complaint with the queue up, down and hung, beside an empty page of the same server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .stage import database_url, held_against, say, stage

ROOT = Path(__file__).parents[1]
TIMES = 40
MOST = 3.0  # times an empty page, beyond which a hung queue would be felt
CITIZEN = """
import json, statistics, time, warnings, django
warnings.simplefilter("ignore")
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
settings.COMPLAINTS_FROM_ONE_SOURCE = 10**9  # counted as always, but all citizens sit at this machine
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
from django.test import Client
from complaints.forms import new_token
client = Client()
said = {"suspicion": "corruption", "subject": "x", "detail": "y" * 30, "level": "unknown", "wish": "inquire",
        "identity": "anonymous"}
def timed(act):
    began = time.perf_counter()
    assert act().status_code == 200
    return time.perf_counter() - began
file = lambda: client.post("/complaints/new/", said | {"token": new_token()})
empty = lambda: client.get("/complaints/status/")
[(timed(file), timed(empty)) for _ in range(3)]
took = [(timed(empty), timed(file)) for _ in range(%d)]
print(json.dumps([statistics.median(column) for column in zip(*took)]))
"""


def run(rows: int) -> None:
    """File complaints against three queues; print how many empty pages each takes."""
    say("Filing a complaint, in empty pages of the same server")
    with stage():
        up = ratio("")
        held_against("queue up", up, 100)
        with port(listens=False) as number:
            held_against("queue down, beside queue up", ratio(address(number)) / up, MOST)
        with port(listens=True) as number:
            held_against("queue hung, beside queue up", ratio(address(number)) / up, MOST)


def ratio(broker: str) -> float:
    """The median time of a filing, in median times of an empty page."""
    environment = dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": broker,
    }
    said = subprocess.run(
        [sys.executable, "-c", CITIZEN % TIMES], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
    )
    empty, filed = json.loads(said.stdout)
    say(f"  empty page {empty * 1000:6.1f} ms, filing {filed * 1000:6.1f} ms")
    return float(filed / empty)


def address(number: int) -> str:
    """A queue at this port of the machine."""
    return f"amqp://guest:guest@127.0.0.1:{number}//"


@contextmanager
def port(*, listens: bool) -> Iterator[int]:
    """A port that takes connections and never says a word, or one where nobody listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if listens:
            server.listen(100)
        yield int(server.getsockname()[1])

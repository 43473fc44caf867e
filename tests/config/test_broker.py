"""Tasks reach a real worker through each broker, once, and outlive a worker that is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from kombu import Connection
from psycopg.conninfo import make_conninfo

from config import broker

SERVERS = ("amqp://guest:guest@127.0.0.1:5672//", f"redis://127.0.0.1:6379/{os.getpid() % 15 + 1}")
"""Redis keeps the tasks of one database under one lock, so each run of the tests takes one of its own."""
VISIBILITY_TIMEOUT = 2

pytestmark = pytest.mark.django_db
CELERY = (
    sys.executable,
    "-W",
    "ignore",
    "-m",
    "celery",
    "--quiet",
    "--skip-checks",
    "-A",
    "tests.config.probe",
)


def answers(url: str) -> bool:
    address = urlsplit(url)
    assert address.hostname is not None
    assert address.port is not None
    try:
        create_connection((address.hostname, address.port), timeout=1).close()
    except OSError:
        return False
    return True


BROKERS = ["", *filter(answers, SERVERS)]
"""None named, so the queue in PostgreSQL; and the brokers that answer on this machine."""


@dataclass(frozen=True)
class Site:
    """The site's Celery app as an operator starts it, with a queue of the test's own."""

    environment: dict[str, str]
    queue: str
    trace: Path

    def send(self, task: str, *arguments: object) -> None:
        """Send a task of the probe, as another process."""
        words = [f"tests.config.probe.{task}", "--args", json.dumps([str(self.trace), *arguments])]
        subprocess.run(
            [*CELERY, "call", *words, "--queue", self.queue],
            env=self.environment,
            cwd=settings.BASE_DIR,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker process, which is killed with all its children at the end."""
        with subprocess.Popen(
            [*CELERY, "worker", "-Q", self.queue, "--concurrency", "1", "--loglevel", "error"],
            env=self.environment,
            cwd=settings.BASE_DIR,
            start_new_session=True,
        ) as process:
            yield process
            os.killpg(process.pid, signal.SIGKILL)

    def lines(self) -> list[str]:
        """What the tasks wrote so far."""
        return self.trace.read_text().splitlines() if self.trace.exists() else []

    def wait_for(self, condition: Callable[[list[str]], bool], seconds: float = 120) -> list[str]:
        """The lines, as soon as they are as expected."""
        deadline = time.monotonic() + seconds
        while not condition(self.lines()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return self.lines()


@pytest.fixture(params=BROKERS, ids=lambda url: urlsplit(url).scheme or "postgresql")
def site(request: pytest.FixtureRequest, db: None, tmp_path: Path) -> Iterator[Site]:
    database = connections["default"].settings_dict
    address = {key: database[key.upper()] for key in ("host", "port", "user", "password")}
    address = {key: value for key, value in address.items() if value} | {"dbname": database["NAME"]}
    queue = f"test-{uuid4().hex[:12]}"
    environment = os.environ | {
        "DATABASE_URL": make_conninfo(**address),
        "CELERY_BROKER_URL": request.param,
        "CELERY_VISIBILITY_TIMEOUT": str(VISIBILITY_TIMEOUT),
    }
    yield Site(environment, queue, tmp_path / "trace")
    url = request.param or broker.IN_POSTGRESQL
    options = broker.transport_options(url, address, visibility_timeout=VISIBILITY_TIMEOUT)
    with Connection(url, transport_options=options) as connection, closing(connection.channel()) as channel:
        channel.queue_delete(queue)


def test_every_task_runs_once(site: Site) -> None:
    with site.worker():
        site.send("note_many", 30)
        lines = site.wait_for(lambda lines: len(lines) >= 30)

    assert sorted(lines, key=int) == [str(number) for number in range(30)]


def test_task_of_a_killed_worker_is_finished_by_another(site: Site) -> None:
    site.send("note_slowly", VISIBILITY_TIMEOUT / 2)
    with site.worker():
        (started,) = site.wait_for(lambda lines: len(lines) == 1)

    with site.worker():
        lines = site.wait_for(lambda lines: "finished" in lines)

    assert len(lines) == 3
    assert lines[0] == started
    assert lines[1].startswith("started ")
    assert lines[2] == "finished"

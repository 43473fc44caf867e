"""`make run` as a newcomer types it: the site comes up, says so, and leaves nothing behind."""

import http.client
import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from django.conf import settings

from config.run import terminal_is_gone

READY = b"is ready after"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where the site keeps its data; outside pytest's own folder, which is closed to other accounts."""
    with TemporaryDirectory() as name:
        yield Path(name).resolve()


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The site, as soon as it says that it is ready, with next to nothing in the environment."""
    with subprocess.Popen(
        [sys.executable, "-m", "config.run", "--port", str(port), "--without-sample"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.defpath, "HOME": str(folder), "VAR_DIR": str(folder / "var")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert any(READY in line for line in process.stdout)
        yield process
        process.kill()


def health(port: int) -> dict[str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/health/")
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return dict(answer)


def family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Everything that the process started, and what that started."""
    return psutil.Process(process.pid).children(recursive=True)


def wait_for_end(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still live after a while."""
    deadline = time.monotonic() + 30
    living = processes
    while living and time.monotonic() < deadline:
        living = [p for p in living if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
        time.sleep(0.1)
    return living


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_site_comes_up_with_worker_and_beat_and_leaves_nothing(
    folder: Path, port: int, number: signal.Signals
) -> None:
    with started(folder, port) as process:
        answer = health(port)
        wait_for_worker(process)
        processes = family(process)
        commands = " ".join(" ".join(p.cmdline()) for p in processes)

        process.send_signal(number)
        status = process.wait(timeout=30)

    assert answer["database"] == "up"
    assert all(word in commands for word in ("gunicorn", " worker ", " beat ", "bin/postgres"))
    assert status == 0
    assert wait_for_end(processes) == []


def wait_for_worker(process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if any("beat" in p.cmdline() for p in family(process)):
            return
        time.sleep(0.1)


def test_killed_site_leaves_nothing_either(folder: Path, port: int) -> None:
    with started(folder, port) as process:
        wait_for_worker(process)
        processes = family(process)

        process.kill()
        process.wait()

    assert wait_for_end(processes) == []


def test_site_stops_when_its_database_dies(folder: Path, port: int) -> None:
    with started(folder, port) as process:
        processes = family(process)
        server = int((folder / "var" / "postgres" / "postmaster.pid").read_text().split()[0])

        os.kill(server, signal.SIGKILL)
        status = process.wait(timeout=40)

    assert status == 1
    assert wait_for_end(processes) == []


def test_closed_terminal_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    other_end, terminal = pty.openpty()
    with os.fdopen(terminal) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        is_gone = terminal_is_gone()
        before = is_gone()

        os.close(other_end)

        assert not before
        assert is_gone()


def test_port_in_use_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])

        finished = subprocess.run(
            [sys.executable, "-m", "config.run", "--port", taken],
            cwd=settings.BASE_DIR,
            env={"PATH": os.defpath, "VAR_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert finished.returncode == 1
    assert f"Port {taken}" in finished.stdout
    assert "PORT=" in finished.stdout
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize("port", ["0", "70000", "eighty", ""])
def test_port_that_is_none_is_refused(port: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "config.run", "--port", port],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode != 0
    assert "is no port" in finished.stderr


def test_old_python_is_told_so(tmp_path: Path) -> None:
    fake = tmp_path / "bin" / "python3"
    fake.parent.mkdir()
    fake.write_text('#!/bin/sh\ntest "$1" = --version && echo "Python 3.9.2" && exit 0\nexit 1\n')
    fake.chmod(0o755)
    (tmp_path / "Makefile").write_text((settings.BASE_DIR / "Makefile").read_text())
    (tmp_path / "requirements.txt").write_text("")

    finished = subprocess.run(
        ["make", "run", "PYTHONS=python3"],
        cwd=tmp_path,
        env={"PATH": f"{fake.parent}:{os.defpath}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode != 0
    assert "needs Python 3.11 or newer. Found here: Python 3.9.2" in finished.stdout

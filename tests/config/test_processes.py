"""Processes stop together, with all that they started, also when who started them is killed."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from config.processes import ProcessEndedError, Processes, StoppedError, start_guardian

PARENT = """
import subprocess, sys, time, pathlib
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
time.sleep(60)
"""

SUPERVISOR = """
import pathlib, sys, time
from config.processes import Processes, start_guardian
folder = pathlib.Path.cwd()
site = Processes(folder, start_guardian(folder))
site.start("parent", "-c", sys.argv[1], sys.argv[2])
time.sleep(60)
"""


@pytest.fixture
def site() -> Iterator[Processes]:
    """No processes yet, and none left at the end."""
    processes = Processes(settings.BASE_DIR, start_guardian(settings.BASE_DIR))
    yield processes
    processes.stop()


def wait_for(condition: Callable[[], object], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(condition())


def lives(number: str) -> bool:
    return psutil.pid_exists(int(number)) and psutil.Process(int(number)).status() != psutil.STATUS_ZOMBIE


def test_what_a_process_started_stops_with_it(site: Processes, tmp_path: Path) -> None:
    site.start("parent", "-c", PARENT, str(tmp_path / "child"))
    assert wait_for((tmp_path / "child").exists)
    child = (tmp_path / "child").read_text()
    was_alive = lives(child)

    site.stop()

    assert was_alive
    assert wait_for(lambda: not lives(child))


def test_process_that_ends_is_named(site: Processes) -> None:
    site.start("steady", "-c", "import time; time.sleep(60)")
    site.start("weak", "-c", "raise SystemExit(3)")

    with pytest.raises(ProcessEndedError, match="The weak ended with status 3"):
        site.wait_until(lambda: False)


def test_step_that_fails_is_named_and_one_that_succeeds_is_done(site: Processes) -> None:
    site.finish("good step", "-c", "pass")

    with pytest.raises(ProcessEndedError, match="bad step"):
        site.finish("bad step", "-c", "raise SystemExit(1)")


def test_request_to_stop_is_heard_while_a_step_runs(site: Processes) -> None:
    site.ask_to_stop()

    with pytest.raises(StoppedError):
        site.finish("long step", "-c", "import time; time.sleep(60)")


def test_guardian_ends_what_a_killed_supervisor_left(tmp_path: Path) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, PARENT, str(tmp_path / "child")], cwd=settings.BASE_DIR
    )
    assert wait_for((tmp_path / "child").exists)
    time.sleep(0.1)
    child = (tmp_path / "child").read_text()

    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()

    assert wait_for(lambda: not lives(child))

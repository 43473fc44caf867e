"""The processes of `make run`: started one by one, stopped together, with all that they started themselves.

Each leads a process group of its own, out of reach of the terminal's Ctrl-C, so that one place decides when
they stop. Should that place be killed, the guardian, which only waits for its input to end, stops what it
left behind.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

STOP_SECONDS = 10
"""How long a process may take to end its work. A task that is cut off then is done again later."""


class StoppedError(Exception):
    """Raised if somebody asked the site to stop."""


class ProcessEndedError(Exception):
    """Raised if a process that should run on has ended, or one that should succeed has failed; names it."""


@dataclass
class Processes:
    """What runs, and whether somebody asked it to stop."""

    folder: Path
    """Where the processes run: the root of the site."""
    guardian: subprocess.Popen[bytes]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    is_asked_to_stop: bool = False

    def start(self, name: str, *arguments: str, **environment: str) -> None:
        """Start a Python program that runs until it is stopped, with more in its environment."""
        process = subprocess.Popen(
            ["env", *(f"{name}={value}" for name, value in environment.items()), sys.executable, *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.running[name] = process
        assert self.guardian.stdin is not None
        self.guardian.stdin.write(f"{process.pid}\n".encode())
        self.guardian.stdin.flush()

    def finish(self, name: str, *arguments: str) -> None:
        """Run a Python program to its successful end."""
        self.start(name, *arguments)
        process = self.running[name]
        self.wait_until(lambda: process.poll() == 0)
        del self.running[name]

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Return when the condition holds. Raises `StoppedError`, or `ProcessEndedError` if one ends."""
        while not condition():
            if self.is_asked_to_stop:
                raise StoppedError
            for name, process in self.running.items():
                if process.poll():
                    raise ProcessEndedError(
                        f"The {name} ended with status {process.returncode}; everything stops."
                    )
                if process.returncode == 0 and not condition():
                    raise ProcessEndedError(f"The {name} ended; everything stops.")
            time.sleep(0.05)

    def ask_to_stop(self, *_signal: object) -> None:
        """What a signal does. It only leaves word: `wait_until()` acts on it between two steps."""
        self.is_asked_to_stop = True

    def stop(self) -> None:
        """End every process and whatever it started, then the guardian, which has nothing left to guard."""
        end_groups([process.pid for process in self.running.values()], self.have_ended)
        self.guardian.kill()
        self.guardian.communicate()

    def have_ended(self) -> bool:
        """Whether every process that was started is gone."""
        return None not in [process.poll() for process in self.running.values()]


def start_guardian(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """The process that outlives us if we are killed."""
    return subprocess.Popen(
        [sys.executable, "-m", "config.guardian", *arguments],
        cwd=folder,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def end_groups(groups: Iterable[int], have_ended: Callable[[], bool]) -> None:
    """Ask the process groups to end, and end by force what remains of them."""
    groups = list(groups)
    deadline = time.monotonic() + STOP_SECONDS
    for group in groups:
        with suppress(ProcessLookupError):
            os.kill(group, signal.SIGTERM)  # the leader alone: it ends what it started in good order
    while not have_ended() and time.monotonic() < deadline:
        time.sleep(0.05)
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
            os.killpg(group, signal.SIGKILL)

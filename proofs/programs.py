"""Programs in process groups of their own: started, stopped, killed; by their number, never by name."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[1]
INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ending = threading.Event()
"""Set once the proof was asked to end: from then on nothing is started, and nobody tries again."""
running: set[Program] = set()
"""What was started here and not ended here."""
starting = threading.RLock()
"""Held while a program is started, until it is known as running."""
starters: list[threading.Thread] = []
"""Who starts one just now."""


class Ending(SystemExit):
    """Raised if something is to be started while the proof ends."""


@contextmanager
def all_ended() -> Iterator[None]:
    """Whatever is started inside has ended afterwards, also at Ctrl-C, `kill` or a closed terminal: those
    leave as an error does, with the status of the shell for them.
    """

    def interrupt(number: int, _frame: FrameType | None) -> None:
        for other in INTERRUPTS:
            signal.signal(other, signal.SIG_IGN)  # a second Ctrl-C would leave half of it running
        ending.set()
        for program in list(running):
            program.signal(signal.SIGKILL)
        if threading.current_thread() not in starters:  # else it leaves when that one is known
            sys.exit(128 + number)

    for number in INTERRUPTS:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        ending.set()
        with starting:  # nobody is in the middle of it
            left = list(running)
        for program in left:
            program.kill()


class Program:
    """One program with everything it starts."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], log: Path, **options: object
    ) -> None:
        self.log = log
        with starting, log.open("ab") as output:
            if ending.is_set():
                raise Ending(1)
            starters.append(threading.current_thread())
            try:
                self.process = subprocess.Popen(
                    list(command),
                    cwd=ROOT,
                    env=dict(environment),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                    **options,  # type: ignore[call-overload]
                )
                running.add(self)
            finally:
                starters.clear()
        if ending.is_set():
            raise Ending(1)

    def signal(self, number: int) -> None:
        """Send a signal to the whole group, unless its number may be another's by now."""
        if self not in running:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """End the whole group at once, as a power cut would."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGKILL)
        self.process.wait()
        running.discard(self)

    def finish(self, seconds: float | None = None) -> None:
        """Wait until it ends by itself; so its number is not taken for its own later."""
        self.process.wait(seconds)
        self.kill()

    def stop(self, seconds: float = 30) -> None:
        """Ask it to end, and wait; kill what does not listen."""
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.kill()

    @property
    def is_running(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None


def python(*arguments: str) -> list[str]:
    """A command for this Python, which keeps its warnings to itself."""
    return [sys.executable, "-W", "ignore", *arguments]


def free_port() -> int:
    """A port where nobody listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody takes connections on this port of the machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(what: Callable[[], bool], seconds: float, said: str) -> None:
    """Wait until it is so. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not what():
        if ending.is_set():
            raise Ending(1)
        if time.monotonic() > deadline:
            raise TimeoutError(said)
        time.sleep(0.1)

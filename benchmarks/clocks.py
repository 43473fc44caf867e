"""Time as the wall sees it and as the processors do, of this process and of its PostgreSQL backend."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil
from django.db import connection


@dataclass
class Spent:
    """Seconds on the wall, and of processor here and in the backend. The processor's seconds do not grow when
    other programs keep the machine busy.
    """

    wall: float = 0.0
    here: float = 0.0
    backend: float = 0.0

    @property
    def processor(self) -> float:
        return self.here + self.backend


@contextmanager
def stopwatch(spent: Spent) -> Iterator[None]:
    """Add what happens inside to `spent`."""
    backend = _backend()
    wall, here, there = time.perf_counter(), time.process_time(), _processor(backend)
    yield
    spent.wall += time.perf_counter() - wall
    spent.here += time.process_time() - here
    spent.backend += _processor(backend) - there


def typical(action: Callable[[], object], times: int = 15) -> float:
    """The median of some runs in milliseconds, after one that warms up."""
    action()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        found.append((time.perf_counter() - began) * 1000)
    return median(found)


class Took(NamedTuple):
    """Milliseconds of one action: on the wall, and of processor here and in PostgreSQL."""

    wall: float
    processor: float


def took(action: Callable[[], object], times: int = 3) -> Took:
    """The run of some that took the processors least, after one that warms up. Other programs on the machine
    make the wall's time longer; of the processors' they change little.
    """
    action()
    backend = _backend()
    found = []
    for _ in range(times):
        wall, here, there = time.perf_counter(), time.process_time(), _nanoseconds(backend)
        action()
        processor = time.process_time() - here + (_nanoseconds(backend) - there) / 1e9
        found.append(Took((time.perf_counter() - wall) * 1000, processor * 1000))
    return min(found, key=lambda one: one.processor)


class Scheduled(NamedTuple):
    """Milliseconds since a process or a thread began: of processor, and waited for one that others had."""

    processor: float
    queued: float


def scheduled(task: int) -> Scheduled:
    """What Linux's schedule says of a process or a thread; nothing elsewhere, nor of another machine."""
    schedule = Path(f"/proc/{task}/schedstat")
    if not schedule.exists():
        return Scheduled(0.0, 0.0)
    processor, queued, _times = map(int, schedule.read_text().split())
    return Scheduled(processor / 1e6, queued / 1e6)


def _nanoseconds(process: psutil.Process | None) -> int:
    """What a process has had of the processors: by Linux's schedule, else by its ticks of 10 ms."""
    schedule = Path(f"/proc/{process.pid}/schedstat") if process else None
    if schedule and schedule.exists():
        return int(schedule.read_text().split()[0])
    return round(_processor(process) * 1e9)


def peak_memory() -> int:
    """The most bytes of memory this process has had resident since its program began."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def backend_pid() -> int:
    """The number of the server's process for this connection, on whichever machine it runs."""
    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def _backend() -> psutil.Process | None:
    """The server's process for this connection; None if it runs on another machine."""
    try:
        process = psutil.Process(backend_pid())
        return process if process.name().startswith("postgres") else None
    except psutil.NoSuchProcess:
        return None


def _processor(process: psutil.Process | None) -> float:
    if process is None:
        return 0.0
    times = process.cpu_times()
    return times.user + times.system

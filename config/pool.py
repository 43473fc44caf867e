"""The pool of a worker's child processes, with locks that the kernel opens when their holder is killed.

The children of Celery's pool wait for tasks at one pipe, one behind the other at a lock in shared memory. A
child that is killed while it holds the lock takes the key with it: no other child, old or new, gets another
task, though the worker looks alive (celery/billiard#104, #457). It concerns queues without an event loop of
their own, as the one in PostgreSQL. A lock on a file does the same, and ends with the process that holds it.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import weakref
from pathlib import Path
from typing import Any

from celery.concurrency import prefork


class KernelLock:
    """One process at a time; whoever dies gives it back. Threads of one process do not exclude each other."""

    def __init__(self, path: str = "") -> None:
        self.descriptor, self.path = (os.open(path, os.O_RDWR), path) if path else tempfile.mkstemp("pool")
        closing = weakref.finalize(self, os.close, self.descriptor)
        closing.atexit = False  # the pool that a process ends last still takes it; the kernel closes it
        if not path:
            weakref.finalize(self, _forget, self.path, os.getpid())

    def __reduce__(self) -> tuple[Any, ...]:
        return KernelLock, (self.path,)

    def acquire(self) -> bool:
        """Wait for it."""
        fcntl.lockf(self.descriptor, fcntl.LOCK_EX)
        return True

    def release(self) -> None:
        """Give it back."""
        fcntl.lockf(self.descriptor, fcntl.LOCK_UN)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *error: object) -> None:
        self.release()


def _forget(path: str, maker: int) -> None:
    if os.getpid() == maker:
        Path(path).unlink(missing_ok=True)


class SurvivingPool(prefork.BlockingPool):
    """billiard's pool, whose two queues are kept by such locks."""

    def _setup_queues(self) -> None:
        super()._setup_queues()
        for queue in (self._inqueue, self._outqueue):
            queue._rlock, queue._wlock = KernelLock(), KernelLock()


class TaskPool(prefork.TaskPool):
    """Celery's pool of processes. With an event loop, as with RabbitMQ, each child has a pipe of its own."""

    BlockingPool = SurvivingPool

"""Telling the workers that something is due, without ever waiting for the task queue.

The dispatch row is the truth; a hint only makes the first attempt come sooner. It is sent by a thread of its
own from a bounded list: a queue that hangs costs nobody a second, and what is dropped the sweep finds.
"""

from __future__ import annotations

import logging
import os
import queue
import threading

from django.db import transaction
from kombu.exceptions import KombuError
from psycopg import DatabaseError
from psycopg_pool import PoolTimeout

from . import tasks

MOST_WAITING = 1_000
logger = logging.getLogger(__name__)


class Hinter:
    """A list of dispatches to hint at, and the thread that works on it; one in each process."""

    def __init__(self) -> None:
        self.waiting: queue.Queue[int] = queue.Queue(MOST_WAITING)
        self.process = 0
        self.thread: threading.Thread | None = None
        self.lock = threading.Lock()

    def add(self, dispatch_pk: int) -> None:
        """Leave word and return at once."""
        self._begin()
        try:
            self.waiting.put_nowait(dispatch_pk)
        except queue.Full:
            logger.info("The task queue does not keep up; the sweep will find what is due.")

    def _begin(self) -> None:
        """Start the thread at the first hint of a process: threads do not outlive a fork."""
        with self.lock:
            if self.process == os.getpid() and self.thread is not None and self.thread.is_alive():
                return
            self.process, self.waiting = os.getpid(), queue.Queue(MOST_WAITING)
            self.thread = threading.Thread(target=self._work, name="hints", daemon=True)
            self.thread.start()

    def _work(self) -> None:
        while True:
            pk = self.waiting.get()
            try:
                tasks.deliver.delay(pk)
            except (KombuError, DatabaseError, PoolTimeout, OSError):
                logger.info("The task queue cannot be reached; the sweep will find what is due.")


hinter = Hinter()


def start(dispatch_pk: int) -> None:
    """Have a dispatch attempted soon after the transaction is done."""
    transaction.on_commit(lambda: hinter.add(dispatch_pk), robust=True)

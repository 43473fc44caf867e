"""The worker's pool: children that are killed while they wait for work take nothing with them."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery.concurrency import get_implementation
from django.conf import settings

from config.pool import KernelLock, SurvivingPool, TaskPool

CHILDREN = 2


@pytest.fixture
def pool() -> Iterator[SurvivingPool]:
    made = SurvivingPool(CHILDREN, threads=True)
    try:
        yield made
    finally:
        made.terminate()
        made.join()


def children(pool: SurvivingPool) -> list[int]:
    return [child.pid for child in pool._pool]


def test_worker_uses_this_pool() -> None:
    assert get_implementation(settings.CELERY_WORKER_POOL) is TaskPool
    assert TaskPool.BlockingPool is SurvivingPool


def test_pool_works_on_after_every_idle_child_was_killed(pool: SurvivingPool) -> None:
    assert pool.apply_async(os.getpid).get(timeout=20) in children(pool)

    for _ in range(2):
        for child in children(pool):  # one of them holds the lock, whichever it is
            os.kill(child, signal.SIGKILL)
            time.sleep(1.5)  # until the pool has seen it, and another one waits

    assert pool.apply_async(os.getpid).get(timeout=20) in children(pool)


def test_lock_is_held_by_one_process_and_ends_with_it() -> None:
    lock, (hears, tells) = KernelLock(), os.pipe()
    child = os.fork()
    if not child:
        lock.acquire()
        os.write(tells, b"held")
        time.sleep(60)
        os._exit(0)
    assert os.read(hears, 4) == b"held"
    began = time.monotonic()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    with lock:
        assert time.monotonic() - began < 5


def test_lock_travels_to_a_process_that_is_no_fork() -> None:
    lock = KernelLock()

    assert pickle.loads(pickle.dumps(lock)).path == lock.path


def test_lock_can_be_taken_until_the_process_has_ended() -> None:
    program = (
        "import atexit\n"
        "kept = []\n"
        "atexit.register(lambda: print(kept[0].acquire()))\n"  # runs behind all that is registered later
        "from config.pool import KernelLock\n"
        "kept.append(KernelLock())\n"
        "print(kept[0].path)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, text=True
    )

    path, taken = ended.stdout.split()
    assert (taken, ended.stderr) == ("True", "")
    assert not Path(path).exists()

"""How long a process of the database waits for locks, seen by a process of its own: a thread would be in the
way of what is measured.
"""

from __future__ import annotations

import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import psycopg

SECONDS_BETWEEN_LOOKS = 0.005  # a shorter wait may not be seen
WAITING = """
    SELECT waitstart, extract(epoch FROM clock_timestamp() - waitstart)::float * 1000
    FROM pg_locks WHERE pid = %s AND NOT granted AND waitstart IS NOT NULL
"""


@contextmanager
def watched(process: int, database: str) -> Iterator[list[float]]:
    """The milliseconds of each wait for a lock within, by the number of the waiting process of the database;
    known at the end.
    """
    command = [sys.executable, "-m", __name__, database, str(process)]
    waits: list[float] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdout is not None
        watcher.stdout.readline()  # it looks
        yield waits
        waits += map(float, watcher.communicate()[0].split())


def main(database: str, process: int) -> None:
    """Look until the input ends, then print the waits."""
    waits: dict[datetime, float] = {}
    with psycopg.connect(database, autocommit=True) as watching:
        print(flush=True)
        while not select.select([sys.stdin], [], [], SECONDS_BETWEEN_LOOKS)[0]:
            waits |= dict(watching.execute(WAITING, [process]).fetchall())
    print(*waits.values())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

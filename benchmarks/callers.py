"""Callers of an HTTP server, as many at once as are named, each on a connection that it keeps.

`python -m benchmarks.callers PORT CALLERS SECONDS < addresses` asks one address after the other, and over
again, and prints requests a second and the 95th percentile of what they took, in milliseconds, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from itertools import count
from threading import Thread


def asked(port: int, callers: int, seconds: float, addresses: Sequence[str]) -> tuple[float, float]:
    """Requests a second, and milliseconds within which 95 of 100 were answered. Raises ValueError if an
    answer is no 200.
    """
    turns = count()
    took: list[float] = []
    wrong: list[str] = []
    began = time.perf_counter()

    def call() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        while not wrong and time.perf_counter() - began < seconds:
            address = addresses[next(turns) % len(addresses)]
            start = time.perf_counter()
            connection.request("GET", address)
            response = connection.getresponse()
            body = response.read()
            took.append((time.perf_counter() - start) * 1000)
            if response.status != 200 or not body:
                wrong.append(f"{response.status} {address} {body[:300]!r}")
        connection.close()

    threads = [Thread(target=call) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise ValueError(wrong[0])
    spent = time.perf_counter() - began
    return len(took) / spent, sorted(took)[len(took) * 95 // 100]


if __name__ == "__main__":
    port, callers, seconds = sys.argv[1:]
    print(json.dumps(asked(int(port), int(callers), float(seconds), sys.stdin.read().split("\n"))))

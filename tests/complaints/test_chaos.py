"""The short form of `make chaos`: real processes on a PostgreSQL of their own; on each day something else
fails, first workers, then the answers of the agency, then children; nothing is lost or registered twice.
The long form tries as many complaints as the plan says, ends with one table, and can be interrupted.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from proofs.chaos import ALL, Row, table

FAULTS = ("R24",)
COMPLAINTS = 24
KEPT = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL")
LINE = re.compile(
    r"^(R[0-9]+) +pgmq +([0-9]+) +([0-9]+) +([0-9]+) +([0-9]+) .* (held|NOT HELD) ", re.MULTILINE
)

PLAN = {
    "R1": 1_000, "R2": 200, "R3": 200, "R4": 200, "R5": 200, "R6": 1_000, "R7": 5 * 20, "R8": 200, "R9": 300,
    "R10": 50, "R11": 30, "R12": 120, "R13": 300, "R14": 20, "R15": 500, "R16": 100, "R17": 500, "R18": 100,
    "R19": 200, "R20": 1_000, "R21": 60, "R22": 200, "R23": 30, "R24": 30_000,
}  # fmt: skip
"""Complaints that each fault is tried with."""
STARTING = """
import threading
import time
from pathlib import Path
from proofs.programs import Program, all_ended

def start():
    program = Program(["sleep", "60"], {"PATH": "/usr/bin:/bin"}, Path("/dev/null"))
    print(program.process.pid, flush=True)

def start_more():
    for _ in range(100):
        start()

with all_ended():
    start()
    threading.Thread(target=start_more, daemon=True).start()
    while True:
        time.sleep(0.05)  # a signal that came just before a wait without end would not end it
"""

WRONG_CLOCK = """
import time
from datetime import datetime as true

before = time.time()
from proofs.crashing import shift_clock

shift_clock(-7_200)
from django.utils import timezone

seen = timezone.now()
print(round((seen.timestamp() - before) / 3_600), round((time.time() - before) / 3_600))
print(isinstance(seen, timezone.datetime), type(seen) is true, timezone.datetime(2026, 1, 2))
"""


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for what is temporary, which PostgreSQL's own account may enter too."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_killed_workers_and_a_failing_agency_lose_double_and_leave_nothing(temporary: Path) -> None:
    command = [sys.executable, "-m", "proofs", *FAULTS, "--broker", "pgmq", "--n", str(COMPLAINTS)]
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment["TMPDIR"] = str(temporary)

    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )

    lines = {number: counts for number, *counts in LINE.findall(done.stdout)}
    assert lines.keys() == set(FAULTS), done.stdout + done.stderr
    for accepted, lost, doubled, broken, held in lines.values():
        assert int(accepted) > COMPLAINTS
        assert (lost, doubled, broken, held) == ("0", "0", "0", "held"), done.stdout
    assert done.returncode == 0
    assert list(temporary.iterdir()) == []


def test_each_fault_is_tried_with_as_many_complaints_as_planned() -> None:
    assert {number: fault.count for number, fault in ALL.items()} == PLAN


def test_an_interrupted_run_ends_with_one_table_of_the_faults_and_queues_that_were_tried() -> None:
    rows = [
        Row(ALL["R1"], "pgmq", accepted=1_001, drained=40),
        Row(ALL["R1"], "rabbitmq", accepted=1_001, lost=2, doubled=1, broken=3, drained=50),
    ]

    lines = table(rows, 3, 600).splitlines()

    assert [line.split()[:8] for line in lines[2:4]] == [
        ["R1", "pgmq", "1001", "0", "0", "0", "40", "of"],
        ["R1", "rabbitmq", "1001", "2", "1", "3", "50", "of"],
    ]
    assert lines[-1] == "1 of 3 held, 1 not tried to the end; lost 2, doubled 1, 5xx 3; 10 min"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_an_interrupted_run_leaves_nothing_running(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTING], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    ) as proof:
        assert proof.stdout is not None
        begun = [int(proof.stdout.readline()) for _ in range(5)]

        proof.send_signal(number)
        begun += [int(line) for line in proof.stdout]

    assert proof.returncode == 128 + number
    assert [pid for pid in begun if psutil.pid_exists(pid)] == []


def test_a_worker_whose_clock_is_wrong_sees_it_everywhere() -> None:
    command = [sys.executable, "-c", WRONG_CLOCK]

    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["-2 -2", "True True 2026-01-02 00:00:00"]

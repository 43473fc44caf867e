"""The short form of `make chaos`: real processes on a PostgreSQL of their own; on each day something else
fails, first a worker, then the answers of the agency, then children; nothing is lost or registered twice.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from django.conf import settings

FAULTS = ("R24",)
COMPLAINTS = 24
KEPT = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL")
LINE = re.compile(
    r"^(R[0-9]+) +pgmq +([0-9]+) +([0-9]+) +([0-9]+) +([0-9]+) .* (held|NOT HELD) ", re.MULTILINE
)


def test_killed_workers_and_a_failing_agency_lose_and_double_nothing() -> None:
    command = [sys.executable, "-m", "proofs", *FAULTS, "--broker", "pgmq", "--n", str(COMPLAINTS)]
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}

    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )

    lines = {number: counts for number, *counts in LINE.findall(done.stdout)}
    assert lines.keys() == set(FAULTS), done.stdout + done.stderr
    for accepted, lost, doubled, broken, held in lines.values():
        assert int(accepted) > COMPLAINTS
        assert (lost, doubled, broken, held) == ("0", "0", "0", "held"), done.stdout
    assert done.returncode == 0

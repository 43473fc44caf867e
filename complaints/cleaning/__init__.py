"""`clean()`: a copy of a file without what it tells of its maker, and without what acts when it is opened.

A file of evidence may be made to harm whoever reads it. So it is read in a process of its own, which has a
ceiling of memory and time, no environment and no keys, and can write nothing but its answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .boxes import Box

SECONDS = 30
WAITED_SECONDS = 20  # while a person waits for the answer
MEMORY = 512 * 1024 * 1024  # bytes that the file may cost beyond what the programs themselves take
MOST_OUTPUT = 120 * 1024 * 1024  # bytes of a copy
ROOT = Path(__file__).parents[2]
CHILD = ("-E", "-s", "-B", "-W", "ignore", "-m", "complaints.cleaning")


class Uncleanable(Exception):
    """Raised if no cleaned copy can be made of a file; says why in words of ours, with none of the file's."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The copy, and what the original told of its maker."""

    content: bytes = field(repr=False)
    found: Sequence[str] = field(default=(), repr=False)
    """What was taken out, as `place: value`; the values are as personal as the file."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One page of a file as a picture (JPEG), and how many pages the file has."""

    picture: bytes = field(repr=False)
    pages: int


def clean(kind: str, content: bytes, *, seconds: int = SECONDS, memory: int = MEMORY) -> Cleaned:
    """A copy of a file of this kind, made in a child process. Raises Uncleanable."""
    said, copy = _child({"act": "clean", "kind": kind}, content, seconds, memory)
    return Cleaned(copy, tuple(said["found"]))


def see(kind: str, content: bytes, page: int, *, seconds: int = WAITED_SECONDS, memory: int = MEMORY) -> Seen:
    """A page (from 1) of a cleaned picture or PDF, drawn in a child process. Raises Uncleanable."""
    said, picture = _child({"act": "see", "kind": kind, "page": page}, content, seconds, memory)
    return Seen(picture, said["pages"])


def blacken(
    kind: str,
    content: bytes,
    boxes: Sequence[Box],
    *,
    seconds: int = WAITED_SECONDS,
    memory: int = MEMORY,
) -> bytes:
    """A cleaned picture or PDF as pictures alone, black where a box stands; drawn in a child process.

    Raises Uncleanable.
    """
    order = {"act": "blacken", "kind": kind, "boxes": [asdict(box) for box in boxes]}
    return _child(order, content, seconds, memory)[1]


def _child(order: dict[str, Any], content: bytes, seconds: int, memory: int) -> tuple[dict[str, Any], bytes]:
    """What the child says, and the file that it made. Raises Uncleanable."""
    command = [sys.executable, *CHILD, str(seconds), str(memory)]
    try:
        child = subprocess.run(
            command,
            cwd=ROOT,
            env={"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"},
            input=json.dumps(order).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds + 5,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Uncleanable("Reading the file took too long.") from error
    if child.returncode:
        raise Uncleanable(REASONS.get(child.returncode, "The file broke the program that reads it."))
    head, _, made = child.stdout.partition(b"\n")
    return json.loads(head), made


REASONS = {
    3: "The file is damaged, or is not what it says.",
    4: "The file is locked with a password.",
    5: "The picture has too many points.",
    6: "The file holds something that could do harm when it is opened.",
    7: "The file needs too much memory or unpacks to too much.",
    -24: "Reading the file took too long.",  # SIGXCPU
}
"""What the child says by its exit status."""

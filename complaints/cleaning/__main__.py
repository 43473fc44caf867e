"""The child process: a line that says what to do and a file on standard input, a line of findings and what
was made on standard output.
"""

from __future__ import annotations

import json
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from .boxes import Box
from .refusals import Refusal, TooMuch

STATUS = Path("/proc/self/statm")
MAKERS = {"png": "pictures", "jpg": "pictures", "pdf": "documents", "docx": "office", "xlsx": "office"}


def main() -> int:
    """Read, do it, answer. Returns the exit status, which says why nothing was made."""
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    order = json.loads(sys.stdin.buffer.readline())
    maker = import_module(f"complaints.cleaning.{_maker(order)}")
    content = sys.stdin.buffer.read()
    enclose(seconds, memory)
    try:
        made, said = done(maker, order, content)
    except Refusal as refusal:
        return refusal.status
    except MemoryError:
        return TooMuch.status
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + made)
    return 0


def done(maker: Any, order: dict[str, Any], content: bytes) -> tuple[bytes, dict[str, Any]]:
    """What was made, and what is to be said of it. Raises Refusal."""
    kind = order["kind"]
    if order["act"] == "see":
        picture, pages = maker.seen(kind, content, order["page"])
        return picture, {"pages": pages}
    if order["act"] == "blacken":
        return maker.blackened(kind, content, [Box(**box) for box in order["boxes"]]), {}
    copy, found = maker.cleaned(kind, content)
    return copy, {"found": found[:100]}


def _maker(order: dict[str, Any]) -> str:
    return MAKERS[order["kind"]] if order["act"] == "clean" else "drawing"


def enclose(seconds: int, memory: int) -> None:
    """No more memory, time, files and processes than a file of evidence may cost."""
    if STATUS.exists():  # elsewhere than on Linux, time alone is the ceiling
        used = int(STATUS.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())

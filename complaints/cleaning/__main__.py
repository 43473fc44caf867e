"""The child process: a file on standard input, one line of findings and the copy on standard output."""

from __future__ import annotations

import json
import resource
import sys
from importlib import import_module
from pathlib import Path

from .refusals import Refusal, TooMuch

STATUS = Path("/proc/self/statm")
MAKERS = {"png": "pictures", "jpg": "pictures", "pdf": "documents", "docx": "office", "xlsx": "office"}


def main() -> int:
    """Read, clean, answer. Returns the exit status, which says why there is no copy."""
    kind, seconds, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    maker = import_module(f"complaints.cleaning.{MAKERS[kind]}")
    content = sys.stdin.buffer.read()
    enclose(seconds, memory)
    try:
        copy, found = maker.cleaned(kind, content)
    except Refusal as refusal:
        return refusal.status
    except MemoryError:
        return TooMuch.status
    sys.stdout.buffer.write(json.dumps({"found": found[:100]}).encode() + b"\n" + copy)
    return 0


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

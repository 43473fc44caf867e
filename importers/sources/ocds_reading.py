"""The JSON documents of an OCDS file: one of it, or one on each line; UTF-8, or ISO-8859-1."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import FileError, Reason, gettext_noop
from ..reading import LIMITS, letters_of, open_json, open_json_lines, unwrapped
from ..records import Refusal

LARGEST = 512 * 1024 * 1024  # bytes of one document
SUFFIXES = (".json", ".jsonl", ".ndjson")


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The file, or what a gzip or a ZIP of it holds, while the block runs. Raises FileError."""
    if path.suffix.lower() != ".gz":
        with unwrapped(path, SUFFIXES, wanted="JSON") as file:
            yield file
        return
    with tempfile.TemporaryDirectory(prefix="ocds-") as folder:
        inner = Path(folder) / (path.stem if Path(path.stem).suffix else f"{path.stem}.json")
        _unpack(path, inner)
        with unwrapped(inner, SUFFIXES, wanted="JSON") as file:
            yield file


def _unpack(path: Path, inner: Path) -> None:
    size = 0
    try:
        with gzip.open(path, "rb") as source, inner.open("wb") as target:
            while block := source.read(1 << 20):
                size += len(block)
                if size > LIMITS.unpacked:
                    raise FileError(
                        Reason(gettext_noop("The file holds too much when it is unpacked.")), path.name
                    )
                target.write(block)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FileError(Reason(gettext_noop("The archive cannot be opened.")), path.name) from error


def documents(path: Path) -> Iterator[Any]:
    """The documents of a file, one after another. Raises FileError."""
    encoding = letters_of(path)
    if _is_lines(path):
        for record in open_json_lines(path, encoding=encoding):
            if isinstance(record, Refusal):
                raise FileError(record.reason, line_of(record.line, record.column))
            yield record.values
        return
    yield open_json(path, largest=LARGEST, encoding=encoding)


def line_of(line: int, member: str = "") -> Reason:
    """A line of a file, and the member in it that is meant."""
    if member:
        return Reason(gettext_noop("line %(line)s (%(path)s)"), line=line, path=member)
    return Reason(gettext_noop("line %(line)s"), line=line)


def _is_lines(path: Path) -> bool:
    """Whether a file holds a whole document on its first line and another on its second."""
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return True
    with path.open("rb") as file:
        first, second = (file.readline(16 << 20).strip() for _ in range(2))
    return first[:1] == b"{" and first[-1:] == b"}" and second[:1] == b"{"

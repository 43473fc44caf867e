"""The JSON documents of an OCDS file: one of it, or one on each line; UTF-8, or ISO-8859-1."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import FileError
from ..reading import open_json, open_json_lines
from ..records import Refusal

LARGEST = 512 * 1024 * 1024  # bytes of one document


def documents(path: Path) -> Iterator[Any]:
    """The documents of a file, one after another; Latin letters where it is no UTF-8. Raises FileError."""
    encoding = None if _is_utf8(path) else "iso-8859-1"
    if _is_lines(path):
        for record in open_json_lines(path, encoding=encoding):
            if isinstance(record, Refusal):
                raise FileError(record.reason, str(record.line))
            yield record.values
        return
    yield open_json(path, largest=LARGEST, encoding=encoding)


def _is_utf8(path: Path) -> bool:
    """Whether the bytes are UTF-8, as far as an archive lets it be seen."""
    if path.suffix.lower() == ".zip":
        return True
    rest = b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            data = rest + block
            try:
                data.decode("utf-8")
                rest = b""
            except UnicodeDecodeError as error:
                if len(data) - error.start > 3:
                    return False
                rest = data[error.start :]
    return not rest


def _is_lines(path: Path) -> bool:
    """Whether a file holds a whole document on its first line and another on its second."""
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return True
    with path.open("rb") as file:
        first, second = (file.readline(16 << 20).strip() for _ in range(2))
    return first[:1] == b"{" and first[-1:] == b"}" and second[:1] == b"{"

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
from ..reading import LIMITS, is_utf8, open_json, open_json_lines
from ..records import Refusal

LARGEST = 512 * 1024 * 1024  # bytes of one document


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The file, or what a gzip of it holds, while the block runs. Raises FileError."""
    if path.suffix.lower() != ".gz":
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="ocds-") as folder:
        inner = Path(folder) / (path.stem if Path(path.stem).suffix else f"{path.stem}.json")
        _unpack(path, inner)
        yield inner


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
    """The documents of a file, one after another; Latin letters where it is no UTF-8, as far as an archive
    lets it be seen. Raises FileError.
    """
    encoding = None if path.suffix.lower() == ".zip" or is_utf8(path) else "iso-8859-1"
    if _is_lines(path):
        for record in open_json_lines(path, encoding=encoding):
            if isinstance(record, Refusal):
                raise FileError(record.reason, str(record.line))
            yield record.values
        return
    yield open_json(path, largest=LARGEST, encoding=encoding)


def _is_lines(path: Path) -> bool:
    """Whether a file holds a whole document on its first line and another on its second."""
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return True
    with path.open("rb") as file:
        first, second = (file.readline(16 << 20).strip() for _ in range(2))
    return first[:1] == b"{" and first[-1:] == b"}" and second[:1] == b"{"

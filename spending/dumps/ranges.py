"""Parts of a file, as RFC 9110 (section 14) lets a client ask for them: a download cut off goes on where it
was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
PIECE = 65_536  # bytes sent at a time


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from `first` to `last`, both sent, of a file of `size` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def content_range(self) -> str:
        return f"bytes {self.first}-{self.last}/{self.size}"


class Unsatisfiable(ValueError):
    """Raised if a range begins behind the end of the file."""


def part_of(asked: str, size: int) -> Part | None:
    """The part that a `Range` header asks for; None where the whole file answers it: no range, several
    ranges, another unit. Raises Unsatisfiable.
    """
    found = _ONE_RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return _last_bytes(int(last), size)
    begin, end = int(first), min(int(last) if last else size - 1, size - 1)
    if begin >= size:
        raise Unsatisfiable
    return Part(begin, end, size) if begin <= end else None


def _last_bytes(length: int, size: int) -> Part:
    if length == 0 or size == 0:
        raise Unsatisfiable
    return Part(max(0, size - length), size - 1, size)


def pieces(file: BinaryIO, part: Part) -> Iterator[bytes]:
    """The bytes of a part; the file is closed behind them."""
    with file:
        file.seek(part.first)
        left = part.length
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece

"""The texts that the cells of a workbook share, read as a stream and kept in few bytes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, Protocol, overload
from xml.parsers import expat

_CHUNK = 64 * 1024


class Texts(Sequence[str]):
    """Texts by their number, in one run of UTF-8: less than half of what as many strings take."""

    def __init__(self) -> None:
        self._letters = bytearray()
        self._ends = array("Q")

    def append(self, text: str) -> None:
        self._letters += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._letters))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if not 0 <= number < len(self._ends):
            raise IndexError(number)
        start = self._ends[number - 1] if number else 0
        return self._letters[start : self._ends[number]].decode("utf-8", "surrogatepass")


class _Part(Protocol):
    def read(self, size: int, /) -> bytes: ...


def read_texts(part: _Part) -> Texts:
    """The shared texts of a workbook's part. Raises ExpatError if it is no XML."""
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.characters
    while chunk := part.read(_CHUNK):
        parser.Parse(chunk)
    parser.Parse(b"", True)
    return walk.texts


class _Walk:
    """Where the parser stands: a text is an `si`, its letters stand in `t`, some of them in runs of a style.

    What stands in `rPh` says how the text is pronounced and is no part of it.
    """

    def __init__(self) -> None:
        self.texts = Texts()
        self.pieces: list[str] = []
        self.is_letters = self.is_aside = False

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        match name.rpartition(":")[2]:
            case "si":
                self.pieces = []
            case "rPh":
                self.is_aside = True
            case "t":
                self.is_letters = not self.is_aside

    def characters(self, text: str) -> None:
        if self.is_letters:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "si":
                self.texts.append("".join(self.pieces))
            case "rPh":
                self.is_aside = False
            case "t":
                self.is_letters = False

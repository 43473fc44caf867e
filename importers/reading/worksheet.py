"""The cells of one sheet of an .xlsx file, as a stream of rows.

openpyxl's own streaming reader keeps a little of every row it has read, cuts a sheet off where the
sheet's stated size ends, and cannot tell a formula that was never computed from an empty cell. This one
has none of that and takes half the time; what styles and texts mean is still openpyxl's knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple, Protocol
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape

from ..cells import Cell, Unreadable
from ..errors import FileError, Reason, gettext_noop

_CHUNK = 64 * 1024
_MOST_ROWS = 1_048_576  # of a sheet, as the format has it
_MOST_COLUMNS = 16_384
_NUMBER = re.compile(r"-?\d+(\.\d*)?([eE][+-]?\d{1,3})?", re.ASCII)
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_NO_LETTER = re.compile("[\x00\ud800-\udfff]")  # a zero byte, half a letter: no text anywhere


class SheetRow(NamedTuple):
    """One row that is not blank: its number in the sheet, from 1, and its cells from column A to the last
    filled.

    Cells that are empty or covered by a merged one are None.
    """

    line: int
    cells: tuple[Cell, ...]


class _Part(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the cells of a workbook refer to: shared texts, and the styles that make a number a date or a
    time."""

    texts: Sequence[str]
    date_styles: frozenset[int]
    duration_styles: frozenset[int]
    epoch: datetime


def cell_name(line: int, column: int) -> str:
    """The name of a cell as spreadsheets show it (`E7`); `column` is its place in the row, from 0."""
    return f"{get_column_letter(column + 1)}{line}"


def rows_of(part: _Part, meanings: Meanings, sheet: str) -> Generator[SheetRow]:
    """The rows of a sheet's part. Raises FileError naming the sheet, or the cell, if the part is damaged."""
    walk = _Walk(meanings, sheet)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.characters
    try:
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk)
            yield from walk.take()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise walk.damaged() from error
    yield from walk.take()


@dataclass(slots=True)
class _Walk:
    """Where the parser stands within a sheet: expat calls `start`, `characters` and `end` for each
    element."""

    meanings: Meanings
    sheet: str
    ready: list[SheetRow] = field(default_factory=list)
    line: int = 0
    column: int = -1
    cells: list[Cell] = field(default_factory=list)
    kind: str = "n"
    style: int = 0
    has_formula: bool = False
    pieces: list[str] | None = None  # of the text being read
    text: str | None = None
    columns: dict[str, int] = field(default_factory=dict)

    def take(self) -> list[SheetRow]:
        ready, self.ready = self.ready, []
        return ready

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._start_cell(attributes)
            case "v" | "t":
                self.pieces = []
            case "f":
                self.has_formula = True
            case "row":
                self._start_row(attributes)

    def characters(self, text: str) -> None:
        if self.pieces is not None:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "v":
                self.text, self.pieces = "".join(self.pieces or ()), None
            case "t":
                self.text, self.pieces = (self.text or "") + "".join(self.pieces or ()), None
            case "c":
                self._end_cell()
            case "row":
                self._end_row()

    def damaged(self) -> FileError:
        """What to say of a part that ends early or is no XML."""
        sentence = gettext_noop("The spreadsheet is damaged after this row. Download it again.")
        place = Reason(gettext_noop("%(sheet)s row %(line)s"), sheet=self.sheet, line=self.line)
        return FileError(Reason(sentence), place)

    def _start_row(self, attributes: dict[str, Any]) -> None:
        number = attributes.get("r", str(self.line + 1))
        if not number.isdecimal() or not self.line < int(number) <= _MOST_ROWS:
            raise self.damaged()
        self.line, self.column, self.cells = int(number), -1, []

    def _start_cell(self, attributes: dict[str, Any]) -> None:
        name = attributes.get("r")
        column = self.column + 1 if name is None else self._column(name)
        if not self.column < column < _MOST_COLUMNS:
            raise self.damaged()
        self.cells.extend([None] * (column - self.column))
        self.column = column
        style = attributes.get("s", "0")
        if not style.isdecimal():
            raise self.damaged()
        self.kind, self.style = attributes.get("t", "n"), int(style)
        self.has_formula, self.text = False, None

    def _column(self, name: str) -> int:
        letters = name.rstrip("0123456789")
        if letters not in self.columns:
            try:
                self.columns[letters] = column_index_from_string(letters) - 1
            except ValueError as error:
                raise self.damaged() from error
        return self.columns[letters]

    def _end_cell(self) -> None:
        if self.text:
            self.cells[-1] = self._value(self.text)
        elif self.has_formula and self.kind != "str":  # a formula may well give an empty text
            sentence = gettext_noop(
                "The cell %(cell)s holds a formula without its result. Save the file anew."
            )
            self.cells[-1] = Unreadable("=", Reason(sentence, cell=cell_name(self.line, self.column)))

    def _end_row(self) -> None:
        while self.cells and self.cells[-1] is None:
            self.cells.pop()
        if self.cells:
            self.ready.append(SheetRow(self.line, tuple(self.cells)))

    def _value(self, text: str) -> Cell:
        try:
            return self._typed(text)
        except (ValueError, IndexError, OverflowError):
            sentence = gettext_noop("The cell %(cell)s of the spreadsheet is damaged.")
            return Unreadable(text[:100], Reason(sentence, cell=cell_name(self.line, self.column)))

    def _typed(self, text: str) -> Cell:
        match self.kind:
            case "s":
                return _unescaped(self.meanings.texts[int(text)])
            case "n":
                return self._number(text)
            case "b":
                return bool(int(text))
            case "e":
                sentence = gettext_noop("The cell %(cell)s shows an error of the spreadsheet.")
                return Unreadable(text, Reason(sentence, cell=cell_name(self.line, self.column)))
            case "d":
                return datetime.fromisoformat(text)
        return _unescaped(text)

    def _number(self, text: str) -> Cell:
        if not _NUMBER.fullmatch(text):
            raise ValueError(text)
        number = int(text) if text.lstrip("-").isdecimal() else float(text)
        if self.style in self.meanings.date_styles:
            is_duration = self.style in self.meanings.duration_styles
            moment: datetime | time | timedelta | None = from_excel(
                number, self.meanings.epoch, timedelta=is_duration
            )
            return moment
        return number


def _unescaped(text: str) -> str | None:
    """The text with `_x000D_` and the like as the signs they stand for; ValueError if one is no letter."""
    if "_x" in text and _ESCAPED.search(text):
        text = unescape(text)
        if _NO_LETTER.search(text):
            raise ValueError(text)
    return text or None

"""Find a table printed in a sheet by the words of its header, wherever it was moved this time.

Reports made for reading carry titles above the table, a header of one or two rows, and footnotes below; a
row added to the title or a column added to the table moves the rest. So columns are known by their words,
never by their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.utils import get_column_letter

from spending.fiscal import arabic

from .cells import Cell, as_text
from .reading import SheetRow
from .spelling import tidy

HEADER_WITHIN = 30  # rows of titles, at most, above a table


def folded(value: Cell) -> str:
    """A cell's text as headers are compared: without spaces and line ends, digits 0-9; '' for an empty
    cell.
    """
    return arabic(tidy(as_text(value))).replace(" ", "")


def cell(cells: Sequence[Cell], index: int) -> Cell:
    """The cell at a 0-based index, None where the row ends before it."""
    return cells[index] if index < len(cells) else None


def is_number(value: Cell) -> bool:
    """Whether a cell holds a number, as a number; True and False are none."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the words right above it, and those of the group it stands in ('' for none), both
    folded.
    """

    group: str
    words: str
    index: int

    @property
    def letter(self) -> str:
        """The column's letter in the sheet."""
        return get_column_letter(self.index + 1)

    @property
    def heading(self) -> str:
        """What stands above the column, from the top."""
        return " ".join(filter(None, (self.group, self.words)))

    @property
    def title(self) -> str:
        """The column as a person finds it: its letter and what stands above it."""
        return f"{self.letter} {self.heading}"


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its first and last row in the sheet, and its columns from left to right."""

    top: int
    bottom: int
    columns: tuple[Column, ...]


def find_header(rows: Sequence[SheetRow], corner: re.Pattern[str]) -> Header | None:
    """The header whose leftmost cell matches `corner`, of one row or, where words stand under it, of two."""
    for position, (line, cells) in enumerate(rows[:HEADER_WITHIN]):
        corners = [index for index, value in enumerate(cells) if corner.fullmatch(folded(value))]
        if not corners:
            continue
        below = rows[position + 1] if position + 1 < len(rows) else SheetRow(line, ())
        if _continues(below[1], corners[0]):
            return Header(line, below[0], tuple(_columns(cells, below[1])))
        return Header(line, line, tuple(_columns(cells, ())))
    return None


def _continues(cells: Sequence[Cell], corner: int) -> bool:
    """Whether the row under a header row belongs to the header: words only, and none under the corner."""
    filled = [index for index, value in enumerate(cells) if folded(value)]
    return bool(filled) and filled[0] > corner and not any(is_number(value) for value in cells)


def _columns(upper: Sequence[Cell], lower: Sequence[Cell]) -> Iterator[Column]:
    group = ""
    for index in range(max(len(upper), len(lower))):
        above, below = folded(cell(upper, index)), folded(cell(lower, index))
        group = above or group
        if below:
            yield Column(group, below, index)
        elif above:
            yield Column("", above, index)

"""A table as pages show it: columns that know what they hold, rows of cells, a line of sums. Pure.

`components/table.html` draws it; the same values with `Column.sort` filled in make its heads links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

LONG = 7  # rows; of more than these a phone shows the first few until all are asked for
SHORT_NAME = 12  # letters of a name that stands beside two values on a phone, such as a year
LONG_NAMES = 60  # letters that names have on average which leave no room for one value beside them


class Kind(StrEnum):
    """What a column holds, and so how its cells are written and aligned."""

    NAME = "name"  # what the row is about: the row's head, linked where the row has an address
    TEXT = "text"
    MONEY = "money"  # Decimal, baht, exact
    PERCENT = "percent"  # Decimal share, 0 to 1
    OF_HUNDRED = "of_hundred"  # Decimal share, 0 to 1, said as baht of every hundred
    POINTS = "points"  # Decimal, percentage points with their sign
    COUNT = "count"  # int
    DAY = "day"  # date
    BAR = "bar"  # Decimal, 0 to 100: the length of a bar


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `title` says what and in which unit; `wide` columns are left out on a narrow screen.

    `sort` is the address of the same table sorted by this column, empty where it is not offered; `order` is
    "ascending" or "descending" on the column that the rows are sorted by. Cells that are `rounded` one by one
    need not add up to their sum.
    """

    title: str
    kind: Kind = Kind.TEXT
    wide: bool = False
    sort: str = ""
    order: str = ""
    rounded: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in (Kind.MONEY, Kind.PERCENT, Kind.OF_HUNDRED, Kind.POINTS, Kind.COUNT)

    @property
    def classes(self) -> str:
        """How its heads and cells look: numbers to the right, bars, what a narrow screen leaves out."""
        marks = {"n": self.is_number, "bar": self.kind == Kind.BAR, "wide": self.wide}
        return " ".join(name for name, holds in marks.items() if holds)


Value: TypeAlias = object | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a value for each column; `hue` is a colour class of `palette`, `lang` its name's language.

    `anchor` is the row's id in the page, empty for none; `note` a short remark under the name.
    """

    values: tuple[Value, ...]
    href: str = ""
    hue: str = ""
    lang: str = ""
    anchor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and the column it stands in."""

    column: Column
    value: Value


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, columns, rows, and where it makes sense a last row of sums."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sums: Row | None = None

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.sums] if self.sums else [])):
            if len(row.values) != len(self.columns):
                raise ValueError(f"{len(row.values)} values for {len(self.columns)} columns: {row.values!r}")

    @property
    def on_a_phone(self) -> str:
        """How a row stands on a narrow screen: "" beside its name; "lines", its values in a line below it;
        "cards", each value in a line of its own with the words of its head. No value is cut off.
        """
        shown = [
            column for column in self.columns if not column.wide and column.kind not in (Kind.NAME, Kind.BAR)
        ]
        amounts = sum(column.kind is Kind.MONEY for column in shown)
        if len(shown) > 2 or amounts > 1:
            return "cards"
        lengths = self._lengths_of_names() or [0]
        if len(shown) == 1 and shown[0].is_number:
            return "lines" if sum(lengths) > LONG_NAMES * len(lengths) else ""
        return "lines" if len(shown) == 2 and max(lengths) > SHORT_NAME else ""

    @property
    def is_long(self) -> bool:
        """Whether a phone shows its first rows only, until all are asked for."""
        return len(self.rows) > LONG

    def _lengths_of_names(self) -> list[int]:
        place = next((at for at, column in enumerate(self.columns) if column.kind is Kind.NAME), None)
        return [] if place is None else [len(str(row.values[place])) for row in self.rows]

    def lines(self) -> Iterator[tuple[Row, tuple[Cell, ...]]]:
        """Each row with its cells."""
        return ((row, self._cells(row)) for row in self.rows)

    def last_line(self) -> tuple[Cell, ...]:
        """The cells of the row of sums; none where there is no such row."""
        return () if self.sums is None else self._cells(self.sums)

    def _cells(self, row: Row) -> tuple[Cell, ...]:
        return tuple(Cell(column, value) for column, value in zip(self.columns, row.values, strict=True))


def bar_lengths(amounts: Iterable[Decimal | None]) -> tuple[Decimal, ...]:
    """Lengths of bars (0 to 100) from a zero base, the largest 100; none for what is below zero."""
    known = [amount if amount is not None and amount > 0 else Decimal(0) for amount in amounts]
    longest = max(known, default=Decimal(0))
    if longest == 0:
        return tuple(Decimal(0) for _ in known)
    return tuple((amount * 100 / longest).quantize(Decimal("0.01")) for amount in known)

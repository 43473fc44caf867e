"""A table printed on a canvas: exact figures, names broken between words, a last line that adds up. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .. import speech
from ..fiscal import day_in_words
from ..palette import UNKNOWN
from ..tables import Column, Kind, Row, Table
from .canvas import Canvas
from .drawings import ACCENT, EDGE, GRID, INK, SOFT, TEXT, WIDE, colour_of, edge_of
from .lettering import lines, width

MOST_ROWS = 30
LINE = 22  # pixels from line to line
HEAD = 13  # size of the letters of heads
GAP = 22  # pixels between columns
BAR = 130  # pixels of the longest bar
LEAST_NAME = 250  # pixels that names keep; columns for wide screens make room for them
MOST_WORDS = 240  # pixels of a column of words
ADDED = (Kind.MONEY, Kind.COUNT)
WORDS = (Kind.TEXT, Kind.DAY)


@dataclass(frozen=True, slots=True)
class Printed:
    """A column as it is printed: where it stands in the table's rows, and its room in pixels."""

    column: Column
    place: int
    room: Decimal


def printed_rows(table: Table, others: str) -> list[Row]:
    """The rows that are printed. Those that are not stand in one line, called `others`: what is missing from
    the table's sums, so that the printed figures add up. What is not known is always printed.
    """
    unknown = [row for row in table.rows if row.hue == UNKNOWN]
    known = [row for row in table.rows if row.hue != UNKNOWN]
    rows = [*known[: MOST_ROWS - len(unknown)], *unknown]
    if table.sums is None:
        return rows
    values: list[object] = [_left(table, rows, place) for place in range(len(table.columns))]
    if not any(value for value, column in zip(values, table.columns, strict=True) if not column.rounded):
        return rows
    name = next((place for place, column in enumerate(table.columns) if column.kind is Kind.NAME), 0)
    values[name] = others
    return [*rows, Row(tuple(values))]


def _left(table: Table, rows: Sequence[Row], place: int) -> Decimal | int | None:
    """What the rows leave of the table's sum in one column; None where it is no sum."""
    whole = table.sums.values[place] if table.sums else None
    if table.columns[place].kind not in ADDED or not isinstance(whole, Decimal | int):
        return None
    known = (row.values[place] for row in rows)
    return sum((-value for value in known if isinstance(value, Decimal | int)), start=whole)


def written(value: object, kind: Kind, language: str) -> str:
    """A cell's value as pages write it; a dash where nothing is published."""
    if value is None or value == "":
        return "–"
    if isinstance(value, date):
        return day_in_words(value, language, short=True)
    if isinstance(value, Decimal):
        as_ = {Kind.PERCENT: speech.percent, Kind.OF_HUNDRED: speech.of_hundred, Kind.POINTS: speech.points}
        return as_.get(kind, speech.exact)(value)
    return f"{value:,}" if kind is Kind.COUNT else str(value)


def print_table(table: Table, canvas: Canvas, language: str, *, others: str, bars: bool) -> int:
    """Print a table from the upper left corner of the canvas; its height in pixels."""
    rows = printed_rows(table, others)
    columns = _fitting(table, rows, language, bars=bars)
    y = _heads(columns, canvas)
    for row in rows:
        y += _row(row, columns, canvas, y, language)
        canvas.line(0, y, WIDE, y, GRID)
    if table.sums:
        canvas.line(0, y, WIDE, y, INK)
        y += _row(table.sums, columns, canvas, y, language, strong=True)
    return y


def _fitting(table: Table, rows: Sequence[Row], language: str, *, bars: bool) -> list[Printed]:
    """The columns that fit beside names; those for wide screens are left out first."""
    kept = [
        (place, column) for place, column in enumerate(table.columns) if column.kind is not Kind.BAR or bars
    ]
    lines_ = [*rows, *([table.sums] if table.sums else [])]
    while True:
        found = [Printed(column, place, _room(column, place, lines_, language)) for place, column in kept]
        free = WIDE - sum((one.room + GAP for one in found), Decimal(0)) + GAP
        spare = next((one for one in reversed(kept) if one[1].wide or one[1].kind is Kind.BAR), None)
        if free >= LEAST_NAME or spare is None:
            return [
                Printed(one.column, one.place, max(free, Decimal(120)) if _is_name(one, found) else one.room)
                for one in found
            ]
        kept.remove(spare)


def _is_name(one: Printed, columns: Sequence[Printed]) -> bool:
    return one is columns[0]


def _room(column: Column, place: int, rows: Sequence[Row], language: str) -> Decimal:
    """What a column needs: its widest cell, its head in two lines. Nothing for names, which take the rest."""
    if place == 0:
        return Decimal(0)
    if column.kind is Kind.BAR:
        return Decimal(BAR)
    cells = [width(written(row.values[place], column.kind, language), TEXT) for row in rows]
    head = width(column.title, HEAD)
    widest = max([*cells, min(head, max(head / 2 + 12, Decimal(64)))], default=Decimal(0))
    return min(widest, Decimal(MOST_WORDS)) if column.kind in WORDS else widest


def _heads(columns: Sequence[Printed], canvas: Canvas) -> int:
    titles = [
        [] if one.column.kind is Kind.BAR else lines(one.column.title, HEAD, one.room, 3) for one in columns
    ]
    most = max(len(title) for title in titles)
    x = Decimal(0)
    for one, title in zip(columns, titles, strict=True):
        for place, line in enumerate(title):
            y = 16 + 18 * (most - len(title) + place)
            if one.column.is_number:
                canvas.text(x + one.room, y, line, HEAD, SOFT, end="end")
            else:
                canvas.text(x, y, line, HEAD, SOFT)
        x += one.room + GAP
    height = 16 + 18 * (most - 1) + 8
    canvas.line(0, height, WIDE, height, EDGE)
    return height


def _row(
    row: Row, columns: Sequence[Printed], canvas: Canvas, top: int, language: str, *, strong: bool = False
) -> int:
    x, most = Decimal(0), 1
    for one in columns:
        value, kind = row.values[one.place], one.column.kind
        if kind is Kind.BAR:
            if isinstance(value, Decimal) and value > 0:
                colour = ACCENT if row.hue.startswith("k") else colour_of(row.hue)
                canvas.rect(x, top + 10, one.room * value / 100, 12, colour)
        elif one.column.is_number:
            text = written(value, kind, language)
            canvas.text(x + one.room, top + 21, text, TEXT, INK, end="end", strong=strong)
        else:
            swatch = 20 if row.hue and one is columns[0] else 0
            if swatch:
                canvas.rect(x, top + 11, 11, 11, colour_of(row.hue), round_=2, stroke=edge_of(row.hue))
            words = lines(written(value, kind, language), TEXT, one.room - swatch, 2)
            for place, line in enumerate(words):
                canvas.text(x + swatch, top + 21 + LINE * place, line, TEXT, INK, strong=strong)
            notes = lines(row.note, HEAD, one.room - swatch, 2) if row.note and one is columns[0] else []
            for place, line in enumerate(notes, len(words)):
                canvas.text(x + swatch, top + 20 + LINE * place, line, HEAD, SOFT)
            most = max(most, len(words) + len(notes))
        x += one.room + GAP
    return LINE * most + 10

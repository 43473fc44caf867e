"""Rows as files: CSV and JSON lines, each a stream in constant memory; `workbooks` has XLSX.

A row is a tuple of values in the order of its columns' names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise

from .columns import Column

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
OPTIONS = orjson.OPT_OMIT_MICROSECONDS | orjson.OPT_NON_STR_KEYS  # days and times as `plain` has them
BYTE_ORDER_MARK = "\ufeff"
ENDS = "\r\n"


class _Echo:
    """A file-like thing that hands back the line that is written to it, ended by one sign.

    The writer ends it by two: it puts quotation marks around a cell that holds one of those by which it ends
    lines. A lone carriage return would else begin a line in a spreadsheet, and what follows may be a formula.
    """

    def write(self, text: str) -> str:
        return text.removesuffix(ENDS) + "\n"


def csv_lines(facts: Iterable[Any], columns: tuple[Column, ...], *, mark: bool = False) -> Iterator[str]:
    """CSV lines of facts, as `csv_rows` writes them."""
    rows = (tuple(column.value(fact) for column in columns) for fact in facts)
    return csv_rows(rows, [column.name for column in columns], mark=mark)


def csv_rows(
    rows: Iterable[Sequence[Any]], names: Sequence[str], *, mark: bool = False, above: str = ""
) -> Iterator[str]:
    """CSV lines with a header; `mark` puts a byte order mark in front, which old spreadsheets want, and
    `above` is a line that stands over the header.
    """
    writer = csv.writer(_Echo(), lineterminator=ENDS)
    header: str = writer.writerow(names)
    if above:
        header = writer.writerow([csv_cell(above)]) + header
    yield BYTE_ORDER_MARK + header if mark else header
    for row in rows:
        yield writer.writerow([csv_cell(value) for value in row])


def csv_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe in
    front.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    if isinstance(value, list | dict):
        return as_json(value)
    return "" if value is None else plain(value)


def json_lines(rows: Iterable[Sequence[Any]], names: Sequence[str]) -> Iterator[str]:
    """One JSON object a line; amounts are exact JSON numbers."""
    for row in rows:
        yield as_json(named(row, names)) + "\n"


def named(row: Sequence[Any], names: Sequence[str]) -> dict[str, Any]:
    """One row as names and plain values."""
    return {name: plain(value) for name, value in zip(names, row, strict=True)}


def as_row(fact: Any, columns: tuple[Column, ...]) -> dict[str, Any]:
    """One fact as names and plain values."""
    return {column.name: plain(column.value(fact)) for column in columns}


def plain(value: Any) -> Any:
    """A value as JSON has it: days and times as text."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def as_json(value: Any) -> str:
    """JSON with Decimal as exact numbers and Thai letters as they are."""
    return json_bytes(value).decode()


def json_bytes(value: Any) -> bytes:
    """The same as it is sent, in UTF-8."""
    return orjson.dumps(value, _exactly, OPTIONS)


def _exactly(value: Any) -> Any:
    """A value that JSON knows but the library does not: an exact number, a text of the translations."""
    if isinstance(value, Decimal) and value.is_finite():
        return orjson.Fragment(str(value))
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")

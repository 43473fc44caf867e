"""Rows as files: CSV, JSON lines and XLSX, each a stream in constant memory.

A row is a tuple of values in the order of its columns' names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

import orjson
import xlsxwriter
from django.utils.functional import Promise

from .columns import Column

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOST_FOOTER = 240  # letters, of 255 with the signs that place it
SHEET_ROWS = 1_048_576  # the most a worksheet holds, header included
OPTIONS = orjson.OPT_OMIT_MICROSECONDS | orjson.OPT_NON_STR_KEYS  # days and times as `plain` has them
BYTE_ORDER_MARK = "\ufeff"
ENDS = "\r\n"


class TooManyRows(ValueError):
    """Raised if a worksheet cannot hold the rows; CSV can."""


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


def xlsx_file(
    rows: Iterable[Sequence[Any]], names: Sequence[str], *, note: str = "", above: str = ""
) -> IO[bytes]:
    """A workbook with one sheet of real numbers and dates, and another for the note, where there is one.
    `above` stands over the header, and at the foot of each page that is printed.

    Raises TooManyRows.
    """
    file = TemporaryFile()  # noqa: SIM115 - the caller streams it and closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("data")
        formats = {
            Decimal: book.add_format({"num_format": "#,##0.00"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        if above:
            sheet.write_string(0, 0, above)
            sheet.set_footer("&L" + above.replace("&", "&&")[:MOST_FOOTER])
        sheet.write_row(int(bool(above)), 0, names, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1 + bool(above)):
            if number >= SHEET_ROWS:
                raise TooManyRows
            for place, value in enumerate(row):
                _write(sheet, number, place, value, formats)
        if note:
            book.add_worksheet("note").write_string(0, 0, note)
    file.seek(0)
    return file


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file, piece by piece; it is closed behind the last."""
    with file:
        while piece := file.read(65_536):
            yield piece


def _write(sheet: Any, row: int, place: int, value: Any, formats: dict[type, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, place, value, formats.get(type(value)))
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value.replace(tzinfo=None), formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats[date])
    elif value is not None:
        sheet.write_string(row, place, value if isinstance(value, str) else as_json(value))

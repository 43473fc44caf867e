"""Rows as files: CSV, JSON lines and XLSX, each a stream in constant memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

import simplejson
import xlsxwriter

from .columns import Column

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SHEET_ROWS = 1_048_576  # the most a worksheet holds, header included
BYTE_ORDER_MARK = "\ufeff"


class TooManyRows(ValueError):
    """Raised if a worksheet cannot hold the rows; CSV can."""


class _Echo:
    """A file-like thing that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(facts: Iterable[Any], columns: tuple[Column, ...], *, mark: bool = False) -> Iterator[str]:
    """CSV lines with a header; `mark` puts a byte order mark in front, which old spreadsheets want."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    header: str = writer.writerow([column.name for column in columns])
    yield BYTE_ORDER_MARK + header if mark else header
    for fact in facts:
        yield writer.writerow([csv_cell(column.value(fact)) for column in columns])


def csv_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe in
    front.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


def json_lines(facts: Iterable[Any], columns: tuple[Column, ...]) -> Iterator[str]:
    """One JSON object a line; amounts are exact JSON numbers."""
    for fact in facts:
        yield as_json(as_row(fact, columns)) + "\n"


def as_row(fact: Any, columns: tuple[Column, ...]) -> dict[str, Any]:
    """One fact as names and plain values."""
    return {column.name: plain(column.value(fact)) for column in columns}


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def as_json(value: Any) -> str:
    """JSON with Decimal as exact numbers and Thai letters as they are."""
    return simplejson.dumps(value, use_decimal=True, ensure_ascii=False, separators=(",", ":"))


def xlsx_file(facts: Iterable[Any], columns: tuple[Column, ...]) -> IO[bytes]:
    """A workbook with one sheet of real numbers and dates. Raises TooManyRows."""
    file = TemporaryFile()  # noqa: SIM115 - the caller streams it and closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("data")
        formats = {
            Decimal: book.add_format({"num_format": "#,##0.00"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        sheet.write_row(0, 0, [column.name for column in columns], book.add_format({"bold": True}))
        for number, fact in enumerate(facts, start=1):
            if number >= SHEET_ROWS:
                raise TooManyRows
            for place, column in enumerate(columns):
                _write(sheet, number, place, column.value(fact), formats)
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
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats[date])
    elif value is not None:
        sheet.write_string(row, place, str(value))

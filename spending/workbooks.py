"""Rows as an XLSX workbook, in constant memory and a fraction of the time that a library needs for each cell.

`xlsxwriter` makes the workbook around the rows: styles, header, footer, note. The rows are written into its
sheet as ECMA-376 has them (18.3.1.4): numbers and days as numbers, text within the cell, never a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from .exports import as_json

SHEET_ROWS = 1_048_576  # the most a worksheet holds, header included
SHEET = "xl/worksheets/sheet1.xml"
SHEET_BYTES = 2_000_000_000  # of the sheet before it is packed, which every program unpacks
QUICKLY = 2  # of 9: packing harder takes longer than writing, for a few bytes
AT_A_TIME = 500  # rows
MOST_FOOTER = 240  # letters, of 255 with the signs that place it
MOST_TEXT = 32_767  # letters of a cell
KEPT = 2_000  # cells of texts and days kept, of those that come again and again
KEPT_LENGTH = 100  # letters of the longest
FORMATS = {Decimal: "#,##0.00", date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss"}
DAY_NOUGHT = date(1899, 12, 30).toordinal()
FIRST_DAY = date(1900, 3, 1).toordinal()  # before it spreadsheets have a day that never was
DAY = 86_400  # seconds
PLAIN = re.compile(r"(?!\s)[^&<>_\x00-\x1f\ufffe\uffff]*(?<!\s)")
CODE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\ufffe": "_xFFFE_", "\uffff": "_xFFFF_"}
CONTROLS = {chr(sign): f"_x{sign:04X}_" for sign in range(32) if chr(sign) not in "\t\n"}
SIGNS = str.maketrans(MARKUP | CONTROLS)


class TooManyRows(ValueError):
    """Raised if a worksheet cannot hold the rows; CSV can."""


def xlsx_file(
    rows: Iterable[Sequence[Any]], names: Sequence[str], *, note: str = "", above: str = ""
) -> IO[bytes]:
    """A workbook with one sheet of real numbers and dates, and another for the note, where there is one.
    `above` stands over the header, and at the foot of each page that is printed.

    Raises TooManyRows.
    """
    file = TemporaryFile()  # noqa: SIM115 - the caller streams it and closes it
    try:
        with ZipFile(_around(names, note, above)) as made, ZipFile(file, "w", ZIP_DEFLATED) as book:
            for part in made.infolist():
                if part.filename != SHEET:
                    book.writestr(part, made.read(part))
            book.compresslevel = QUICKLY
            with book.open(SHEET, "w") as sheet:
                _fill(sheet, made.read(SHEET).decode(), rows, names)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file, piece by piece; it is closed behind the last."""
    with file:
        while piece := file.read(65_536):
            yield piece


def _around(names: Sequence[str], note: str, above: str) -> BytesIO:
    """The workbook with one row: a cell in each of the formats."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("data")
        if above:
            sheet.write_string(0, 0, above)
            sheet.set_footer("&L" + above.replace("&", "&&")[:MOST_FOOTER])
        header = int(bool(above))
        sheet.write_row(header, 0, names, book.add_format({"bold": True}))
        for place, number_format in enumerate(FORMATS.values()):
            sheet.write_number(header + 1, place, 0, book.add_format({"num_format": number_format}))
        if note:
            book.add_worksheet("note").write_string(0, 0, note)
    file.seek(0)
    return file


def _fill(sheet: IO[bytes], made: str, rows: Iterable[Sequence[Any]], names: Sequence[str]) -> None:
    """Write the sheet with the rows in the place of its last, whose cells tell the numbers of the formats."""
    start, end = made.rindex("<row "), made.index("</sheetData>")
    example = made[start:end]
    numbers = re.findall(r'<c r="[A-C]\d+" s="(\d+)"', example)
    cells = _Cells(dict(zip(FORMATS, numbers, strict=True)))
    size = 0
    sheet.write(re.sub(r"<dimension [^>]*/>", "", made[:start]).encode())
    first = int(re.findall(r'<row r="(\d+)"', example)[0])
    columns = [xl_col_to_name(place) for place in range(len(names))]
    source = enumerate(rows, first)
    while some := list(islice(source, AT_A_TIME)):
        piece = "".join([_row(number, row, columns, cells) for number, row in some]).encode()
        size += len(piece)
        if some[-1][0] > SHEET_ROWS or size > SHEET_BYTES:
            raise TooManyRows
        sheet.write(piece)
    sheet.write(made[end:].encode())


def _row(number: int, row: Sequence[Any], columns: Sequence[str], cells: _Cells) -> str:
    written = [
        f'<c r="{column}{number}"{cells[value] if value.__class__ is str else cells.of(value)}'
        for column, value in zip(columns, row, strict=True)
        if value is not None and value != ""
    ]
    if row[-1] is None or row[-1] == "":  # some programs take a row to end with its last cell
        written.append(f'<c r="{columns[-1]}{number}"/>')
    return f'<row r="{number}">{"".join(written)}</row>'


class _Cells(dict[str, str]):
    """Cells behind their place, by their values: texts are kept, as many of them come again."""

    def __init__(self, styles: dict[type, str]) -> None:
        super().__init__()
        self.money, self.day, self.moment = (f' s="{styles[kind]}"><v>' for kind in FORMATS)

    def __missing__(self, text: str) -> str:
        cell = _text(text)
        if len(text) <= KEPT_LENGTH:
            if len(self) >= KEPT:
                self.clear()
            self[text] = cell
        return cell

    def of(self, value: Any) -> str:
        """A cell of any value but None."""
        if isinstance(value, Decimal):
            return f"{self.money}{value}</v></c>"
        if isinstance(value, bool):
            return f' t="b"><v>{value:d}</v></c>'
        if isinstance(value, int):
            return f"><v>{value}</v></c>"
        if isinstance(value, date):
            return self._time(value) if value.toordinal() >= FIRST_DAY else _text(value.isoformat())
        return _text(value if isinstance(value, str) else as_json(value))

    def _time(self, value: date) -> str:
        if not isinstance(value, datetime):
            return f"{self.day}{value.toordinal() - DAY_NOUGHT}</v></c>"
        seconds = value.hour * 3_600 + value.minute * 60 + value.second
        return f"{self.moment}{value.toordinal() - DAY_NOUGHT + seconds / DAY:.10f}</v></c>"


def _text(text: str) -> str:
    """A cell of text as it is: signs that XML has no place for are written as spreadsheets write them."""
    if PLAIN.fullmatch(text) is not None and len(text) <= MOST_TEXT:
        return f' t="inlineStr"><is><t>{text}</t></is></c>'
    written = CODE.sub("_x005F_", text[:MOST_TEXT]).translate(SIGNS)
    return f' t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'

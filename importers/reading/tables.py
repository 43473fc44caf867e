"""Tables with one header line: CSV, and spreadsheets that hold the same table."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, TextIO

from ..cells import Unreadable, as_text
from ..errors import FileError, Reason, gettext_noop
from ..records import Refusal
from .archives import LIMITS, Limits
from .encoding import encoding_of
from .kinds import Kind, kind_of
from .sheets import Sheet, SheetRow, open_sheets
from .unwrapping import unwrapped

LONGEST_CELL = 131_072  # letters
_TABLE_SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm")
_LOOKED_AT = 1_000  # rows whose lengths tell what the header should have been

Renaming = Callable[[Sequence[str], int], Sequence[str]]


class Row(NamedTuple):
    """One row: the line on which it begins (the header stands on line 1), and its cells as text by column."""

    line: int
    values: dict[str, str]


def open_table(
    path: Path,
    columns: Sequence[str] | None = None,
    *,
    optional: Collection[str] = (),
    delimiter: str = ",",
    renaming: Renaming | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Row | Refusal]:
    """The rows of a table, one at a time, in the order of the file; blank lines are passed over.

    `columns` are the published names, which the header must hold exactly, in any order; those in
    `optional` may be missing and are then blank in every row. With None any header will do. A column
    without a name is ''. `renaming` is for a publisher whose text files bear a wrong header: it is given
    the header and the most frequent number of cells in the first rows, and says the names that hold.

    A row with too many or too few cells comes as a Refusal. Raises FileError, before the first row or
    when it gets there, if the file is no such table, is damaged or was cut off.
    """
    with unwrapped(path, _TABLE_SUFFIXES, wanted="CSV / XLSX", limits=limits) as file:
        if kind_of(file) is Kind.WORKBOOK:
            with open_sheets(file, limits=limits) as sheets:
                yield from _sheet_rows(list(sheets.values()), columns, optional)
        else:
            yield from _csv_rows(file, columns, optional, delimiter, renaming)


def _csv_rows(
    path: Path,
    columns: Sequence[str] | None,
    optional: Collection[str],
    delimiter: str,
    renaming: Renaming | None,
) -> Iterator[Row | Refusal]:
    encoding = encoding_of(path)
    with path.open(encoding=encoding.name, newline="") as file:
        lines = _numbered(file, delimiter)
        _, _, header = next(lines, (1, 1, []))
        if renaming is not None:
            first = list(islice(lines, _LOOKED_AT))
            lines = chain(first, lines)
            header = list(renaming(header, _usual_width(first))) if first else header
        misfit = _misfit(header, columns, optional)
        if misfit is not None:
            raise encoding.doubt or misfit
        absent = {name: "" for name in optional if name not in header}
        for line in _complete(lines, len(header), path):
            if isinstance(line, Refusal):
                yield line
            else:
                values = dict(zip(header, line[2], strict=True))
                yield Row(line[0], values | absent if absent else values)


def _usual_width(rows: Sequence[tuple[int, int, list[str]]]) -> int:
    """The most frequent number of cells; 0 where there are no rows, or two numbers are equally frequent."""
    widths = Counter(len(fields) for _line, _end, fields in rows).most_common(2)
    if not widths or (len(widths) > 1 and widths[0][1] == widths[1][1]):
        return 0
    return widths[0][0]


def _numbered(file: TextIO, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """The first and last line of each row that is not blank, and its fields."""
    csv.field_size_limit(LONGEST_CELL)  # one for the whole process, which a library may have raised
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    end = 0
    try:
        for fields in reader:
            line, end = end + 1, reader.line_num
            if fields:
                yield line, end, fields
    except csv.Error as error:
        if "field larger" in str(error):
            sentence = gettext_noop(
                "A cell of the row that begins here has more than %(most)s letters: a quotation mark is "
                "missing, or this is no table."
            )
            raise FileError(Reason(sentence, most=LONGEST_CELL), _line(end + 1)) from error
        sentence = gettext_noop(
            "The quotes of the row that begins here do not match, or the file was cut off (%(error)s)."
        )
        raise FileError(Reason(sentence, error=error), _line(end + 1)) from error


def _complete(
    lines: Iterator[tuple[int, int, list[str]]], width: int, path: Path
) -> Iterator[tuple[int, int, list[str]] | Refusal]:
    """The rows as wide as the header, refusals of others; FileError if there are none or one is cut off."""
    empty = True
    uneven: Refusal | None = None  # kept back for one row, as the last one of a file may be cut off
    for line, end, fields in lines:
        empty = False
        if uneven is not None:
            yield uneven
            uneven = None
        if len(fields) == width:
            yield line, end, fields
        else:
            uneven = _uneven(line, end, fields, width)
    if uneven is not None:
        if not _ends_with_a_line_end(path):
            sentence = gettext_noop("The last line is not complete: the file was cut off. Download it again.")
            raise FileError(Reason(sentence), _line(uneven.line))
        yield uneven
    if empty:
        raise FileError(Reason(gettext_noop("The file has a header but no rows. Download it again.")))


def _uneven(line: int, end: int, fields: list[str], width: int) -> Refusal:
    """The refusal of a row with too many or too few cells; FileError if a stray quote has joined several."""
    if end > line:
        sentence = gettext_noop(
            "The row that begins here ends on line %(end)s and has %(found)s cells instead of %(width)s: a "
            "stray quotation mark joins several rows."
        )
        raise FileError(Reason(sentence, end=end, found=len(fields), width=width), _line(line))
    sentence = gettext_noop("The row has %(found)s cells, but the header has %(width)s.")
    return Refusal(line, "", ",".join(fields)[:300], Reason(sentence, found=len(fields), width=width))


def _ends_with_a_line_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-min(4, path.stat().st_size), 2)
        return file.read().replace(b"\x00", b"").endswith((b"\n", b"\r"))


def _line(number: int) -> Reason:
    return Reason(gettext_noop("line %(line)s"), line=number)


def _misfit(
    header: Sequence[str], columns: Sequence[str] | None, optional: Collection[str]
) -> FileError | None:
    """How a header differs from the published columns, or None if it does not."""
    wanted = header if columns is None else columns
    missing = [name for name in wanted if name not in header and name not in optional]
    unexpected = [name for name in header if name not in wanted and name not in optional]
    repeated = [name for name, count in Counter(header).items() if count > 1]
    if not (missing or unexpected or repeated):
        return None
    sentence = gettext_noop(
        "The columns are not the published ones. Missing: %(missing)s. Unexpected: %(unexpected)s."
    )
    if repeated == [""]:
        sentence = gettext_noop("The header has columns without a name. Name them, or take them out.")
    elif repeated:
        sentence = gettext_noop("These columns occur more than once: %(repeated)s.")
    elif len(header) == 1 and len(wanted) > 1:
        sentence = gettext_noop("The columns are not separated as published. The header is %(unexpected)s.")
    return FileError(
        Reason(
            sentence, missing=_listed(missing), unexpected=_listed(unexpected), repeated=_listed(repeated)
        ),
        _line(1),
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name[:60]}”" for name in names[:10])
    return f"{shown} … ({len(names)})" if len(names) > 10 else shown or "–"


def _sheet_rows(
    sheets: Sequence[Sheet], columns: Sequence[str] | None, optional: Collection[str]
) -> Iterator[Row | Refusal]:
    """The rows of the first sheet that has the published header."""
    misfits = []
    for sheet in sheets:
        with closing(sheet.rows()) as rows:
            header = [as_text(value) for value in next(rows, SheetRow(1, ())).cells]
            misfit = _misfit(header, columns, optional)
            if misfit is None and header:
                absent = {name: "" for name in optional if name not in header}
                yield from (_sheet_row(row, sheet.title, header, absent) for row in rows)
                return
            misfits.append(misfit)
    raise next(filter(None, misfits), FileError(Reason(gettext_noop("The spreadsheet has no table."))))


def _sheet_row(row: SheetRow, sheet: str, header: list[str], absent: dict[str, str]) -> Row | Refusal:
    if len(row.cells) > len(header):
        sentence = gettext_noop("The row has %(found)s cells, but the header has %(width)s.")
        return Refusal(row.line, "", "", Reason(sentence, found=len(row.cells), width=len(header)), sheet)
    for name, value in zip(header, row.cells, strict=False):
        if isinstance(value, Unreadable):
            return Refusal(row.line, name, value.shown, value.reason, sheet)
    texts = chain(map(as_text, row.cells), [""] * (len(header) - len(row.cells)))
    return Row(row.line, dict(zip(header, texts, strict=True)) | absent)

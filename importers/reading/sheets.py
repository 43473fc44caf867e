"""Spreadsheets (.xlsx), sheet by sheet, in constant memory but for the workbook's shared texts."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers.expat import ExpatError

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS

from ..errors import FileError, Reason, gettext_noop
from .archives import LIMITS, MIB, Limits, opened, refuse_declarations
from .kinds import Kind, kind_of, wrong_kind
from .texts import read_texts
from .unwrapping import unwrapped
from .worksheet import Meanings, SheetRow, cell_name, rows_of

_STREAMED = ("xl/worksheets/", "xl/media/", "xl/pivotCache/", "xl/drawings/", "xl/externalLinks/")
_LARGEST_PART = 16 * MIB  # of the parts that are read as a whole: styles, names, relations
_LARGEST_TEXTS = 96 * MIB  # of the shared texts, which take less than that in memory
_TELL_OF_DAMAGE = (
    *(ExpatError, SyntaxError, OSError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, whether its publisher has hidden it, and its rows."""

    title: str
    hidden: bool
    _part: str
    _archive: zipfile.ZipFile
    _meanings: Meanings

    def rows(self) -> Generator[SheetRow]:
        """The rows that are not blank, from the top. Raises FileError if the sheet is damaged."""
        try:
            with self._archive.open(self._part) as part:
                yield from rows_of(part, self._meanings, self.title)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
            raise _damaged(self.title) from error


@contextmanager
def open_sheets(path: Path, *, limits: Limits = LIMITS) -> Iterator[dict[str, Sheet]]:
    """The sheets of a workbook by title, in their order; a ZIP file around the one workbook is unwrapped.

    Raises FileError if the file is no .xlsx, is damaged, or is built to exhaust whoever opens it.
    """
    with unwrapped(path, (".xlsx", ".xlsm"), wanted=".xlsx", limits=limits) as file:
        if kind_of(file) is not Kind.WORKBOOK:
            raise wrong_kind(kind_of(file), ".xlsx")
        with opened(file, limits) as archive:
            _check_parts(archive)
            refuse_declarations(archive)
            with file.open("rb") as content:
                yield _sheets(content, archive)


class _Reader(ExcelReader):
    """openpyxl's reader of a workbook's outline; of the shared texts it would keep much more than their
    letters.
    """

    shared_strings: Sequence[str]  # type: ignore[assignment]  # openpyxl only hands them on
    package: Any

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName.removeprefix("/")) as content:
                self.shared_strings = read_texts(content)


def _sheets(content: BinaryIO, archive: zipfile.ZipFile) -> dict[str, Sheet]:
    try:
        with warnings.catch_warnings():  # of styles and extensions, which no reader of values needs
            warnings.simplefilter("ignore")
            reader = _Reader(content, read_only=True, data_only=True, keep_links=False)
            reader.read()
    except _TELL_OF_DAMAGE as error:
        raise _damaged() from error
    workbook: Any = reader.wb
    sheets = {}
    for sheet in workbook.worksheets:
        meanings = Meanings(
            sheet._shared_strings,
            frozenset(workbook._date_formats),
            frozenset(workbook._timedelta_formats),
            workbook.epoch,
        )
        hidden = sheet.sheet_state != "visible"
        sheets[sheet.title] = Sheet(sheet.title, hidden, sheet._worksheet_path, archive, meanings)
    if not sheets:
        raise _damaged()
    return sheets


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Raise FileError if a part that must be read as a whole is larger than any workbook has it."""
    for member in archive.infolist():
        name = member.filename
        most = _LARGEST_TEXTS if name.lower() == "xl/sharedstrings.xml" else _LARGEST_PART
        if not name.startswith(_STREAMED) and member.file_size > most:
            sentence = gettext_noop("The spreadsheet holds a part of %(size)s MB. Save its sheet as CSV.")
            raise FileError(Reason(sentence, size=member.file_size // MIB), name)


def _damaged(sheet: str = "") -> FileError:
    sentence = gettext_noop("The spreadsheet is damaged. Download it again, or open it and save it as .xlsx.")
    return FileError(Reason(sentence), sheet)


__all__ = ["Sheet", "SheetRow", "cell_name", "open_sheets"]

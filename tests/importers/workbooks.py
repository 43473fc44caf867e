"""Workbooks for tests, made and broken; what is read of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from importers.errors import FileError
from importers.reading import SheetRow, open_sheets

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rows_of(path: Path, title: str | None = None) -> list[SheetRow]:
    with open_sheets(path) as sheets:
        sheet = sheets[title] if title else next(iter(sheets.values()))
        return list(sheet.rows())


def all_rows_of(path: Path) -> list[SheetRow]:
    with open_sheets(path) as sheets:
        return [row for sheet in sheets.values() for row in sheet.rows()]


def refused(path: Path) -> FileError:
    with pytest.raises(FileError) as error:
        all_rows_of(path)
    return error.value


def with_part(path: Path, name: str, content: str | bytes | Callable[[bytes], bytes] | None) -> Path:
    """The archive with one part replaced, changed, added, or (None) left out."""
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
            elif callable(content):
                new.writestr(name, content(old.read(member)))
        if isinstance(content, (str, bytes)):
            new.writestr(name, content)
    path.write_bytes(changed.getvalue())
    return path

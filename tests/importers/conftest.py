"""What tests of importers share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest


@pytest.fixture
def workbook(tmp_path: Path):
    """A workbook with one sheet of the given rows, made by openpyxl."""

    def write(*rows: tuple[object, ...], change: Callable[[openpyxl.Workbook], object] | None = None) -> Path:
        book = openpyxl.Workbook()
        book.active.title = "2.กระทรวง"
        for row in rows:
            book.active.append(row)
        if change is not None:
            change(book)
        path = tmp_path / "report.xlsx"
        book.save(path)
        return path

    return write

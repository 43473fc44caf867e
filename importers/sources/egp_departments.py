"""The departments that may buy through e-GP, as the former site listed them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..cells import as_text
from ..errors import FileError, Reason, RecordError, gettext_noop
from ..parsing import code, text
from ..reading import open_json
from ..records import DepartmentRecord, Entry, Head, Refusal
from .base import Expect, Source

CODE = "dept_code"
NAME = "dept_name"
PUBLISHED_CODE = r"[0-9]{4,10}"
UNDATED = date(2018, 9, 30)
"""The former site's list bears no date: it was saved with that site's last fiscal year."""
_PAGE = re.compile(r"page-?(\d{1,4})", re.ASCII)
_DAY = re.compile(r"(20\d\d-[01]\d-[0-3]\d)", re.ASCII)


class EgpDepartments(Source):
    """The departments that may buy through e-GP: their codes there (mostly ten digits) and their names.

    The former site "ภาษีไปไหน" answered it as a list of objects, page by page; a page is a part (`page4`), a
    file that names none is the whole list (`list`). A day in the name of the file (`2026-07-03`) dates it;
    undated files count as of the end of that site's last fiscal year. Codes are unique; names are not: 56
    schools bear one name, so a name that stands twice says nothing about which of them bought. The codes
    follow a scheme of their own, which only looks like that of the Comptroller General: equal digits are
    believed only where the names agree. The page at hand holds schools alone. Lines count the objects of the
    list, from 1.
    """

    name = "egp_departments"
    dataset = "egp_departments"
    title = "รายชื่อหน่วยงานผู้จัดซื้อจัดจ้าง (e-GP)"
    title_en = "Departments that buy through e-GP"
    publisher = "สำนักงานพัฒนารัฐบาลดิจิทัล"
    licence = "ผู้เผยแพร่ไม่ได้ระบุ"
    address = "https://govspending.data.go.th/"
    cadence = "เมื่อผู้ดูแลดาวน์โหลด"
    suffixes = (".json", ".zip")
    expects = Expect(rows=range(1, 200_000), refused=Decimal("0.01"))

    def entries(self, path: Path) -> Iterator[Entry]:
        day = _DAY.search(path.name)
        page = _PAGE.search(path.name)
        yield Head(
            part=f"page{int(page[1])}" if page else "list",
            fiscal_year=None,
            as_of=date.fromisoformat(day[1]) if day else UNDATED,
        )
        for line, row in enumerate(_rows(open_json(path)), start=1):
            try:
                yield _record(line, row)
            except RecordError as error:
                yield Refusal(line, error.column, error.value, error.reason)


def _rows(document: Any) -> list[Any]:
    rows = document.get("result") if isinstance(document, dict) else document
    if not isinstance(rows, list):
        raise FileError(Reason(gettext_noop("The file holds no list of departments. Fetch it again.")))
    return rows


def _record(line: int, row: Any) -> DepartmentRecord:
    if not isinstance(row, dict):
        raise RecordError("", as_text(row), Reason(gettext_noop("The record is no JSON object.")))
    unknown = next((member for member in row if member not in (CODE, NAME)), None)
    if unknown is not None:
        sentence = gettext_noop(
            "The records did not have this member before, so nobody knows yet what it means."
        )
        raise RecordError(unknown, "", Reason(sentence))
    return DepartmentRecord(line, code(row.get(CODE), CODE, PUBLISHED_CODE), text(row.get(NAME), NAME)[:255])

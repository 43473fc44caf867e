"""Projects of past years for tests; each function states only what matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from importers.loading import load
from importers.models import ImportRun
from importers.records import Entry, Head, ProjectDisbursementRecord
from importers.sources import Source
from tests.factories import INTERIOR, LOCAL_AFFAIRS

CODE = "1500848018500001"


class GivenPastProjects(Source):
    """A source whose files hold nothing: the entries are given by the test."""

    name = dataset = "bbgfproject"
    title, title_en = "งบประมาณรายโครงการ", "Budget by project"
    publisher, licence, address, cadence = "สำนักงานพัฒนารัฐบาลดิจิทัล", "open", "", "yearly"
    suffixes = (".txt",)

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.given = list(entries)

    def entries(self, path: Path) -> Iterator[Entry]:
        yield from self.given


def year_of_projects(year: int = 2018) -> Head:
    return Head(part=f"15000-{year + 543}", fiscal_year=year, as_of=date(year, 9, 30))


def past_project(
    line: int = 1, budgeted: str | None = "800.00", paid: str | None = "700.00", **changes: Any
) -> ProjectDisbursementRecord:
    """A project with money for ขอนแก่น, paid there unless said otherwise."""
    values: dict[str, Any] = {
        "line": line,
        "project_code": CODE,
        "fiscal_year": 2018,
        "name": "ถนนสายทดสอบ",
        "ministry": INTERIOR,
        "agency": LOCAL_AFFAIRS,
        "plan": "แผนงานพื้นฐาน",
        "strategy": "ยุทธศาสตร์ทดสอบ",
        "category": ("งบลงทุน",),
        "budget_province": "ขอนแก่น" if budgeted is not None else "",
        "paid_province": "ขอนแก่น" if paid is not None else "",
        "budgeted": None if budgeted is None else Decimal(budgeted),
        "disbursed": None if paid is None else Decimal(paid),
        "repeated": False,
    }
    return ProjectDisbursementRecord(**(values | changes))


def published_projects(*entries: Entry, folder: Path) -> ImportRun:
    """Load projects as if a file of their own had held them."""
    path = folder / f"{abs(hash(repr(entries)))}.txt"
    path.write_text(repr(entries), encoding="utf-8")
    return load(GivenPastProjects([year_of_projects(), *entries]), path)

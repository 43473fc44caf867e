"""Published facts for tests; each function states only what matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from importers.loading import load
from importers.models import ImportRun
from importers.records import (
    AllocationRecord,
    Body,
    CommitmentRecord,
    DisbursementRecord,
    Entry,
    Head,
)
from importers.sources import Expect, Source

INTERIOR = Body("กระทรวงมหาดไทย", "15", "ministry")
HEALTH = Body("กระทรวงสาธารณสุข", "21", "ministry")
LOCAL_AFFAIRS = Body("กรมส่งเสริมการปกครองท้องถิ่น", "15008", "agency", "15")
DISEASE_CONTROL = Body("กรมควบคุมโรค", "21004", "agency", "21")


class Given(Source):
    """A source whose files hold nothing: the entries are given by the test."""

    name = dataset = "budget_book"
    title, title_en = "งบประมาณ", "Budget"
    publisher, licence, address, cadence = "Bureau of the Budget", "open", "", "yearly"
    suffixes = (".txt",)

    def __init__(self, entries: Iterable[Entry], expects: Expect | None = None) -> None:
        self.given = list(entries)
        weekly = any(isinstance(entry, DisbursementRecord) for entry in self.given)
        self.dataset = "cgd_weekly" if weekly else "budget_book"  # type: ignore[misc]
        self.expects = expects or Expect()  # type: ignore[misc]

    def entries(self, path: Path) -> Iterator[Entry]:
        yield from self.given


def head(part: str = "2022.3.9", **changes: Any) -> Head:
    return Head(**({"part": part, "fiscal_year": 2022, "as_of": date(2021, 10, 1)} | changes))


def allocation(number: int = 1, amount: str = "100.00", **changes: Any) -> AllocationRecord:
    values: dict[str, Any] = {
        "line": number + 1,
        "item_id": f"2022.3.9.{number}",
        "fiscal_year": 2022,
        "ministry": INTERIOR,
        "agency": LOCAL_AFFAIRS,
        "plan": "แผนงานบุคลากรภาครัฐ",
        "cross_cutting": False,
        "activity_kind": "output",
        "activity": "การบริหารจัดการ",
        "category": ("งบลงทุน", "ค่าครุภัณฑ์"),
        "description": f"รายการที่ {number}",
        "amount": Decimal(amount),
        "obliged": False,
        "page": 12,
    }
    return AllocationRecord(**(values | changes))


def commitment(number: int = 1, amount: str = "100.00", **changes: Any) -> CommitmentRecord:
    values: dict[str, Any] = {
        "line": number + 1,
        "item_id": f"2022.3.9.{number}",
        "line_item_id": "2022.3.9.1",
        "fiscal_year": 2023,
        "until_year": 2023,
        "ministry": INTERIOR,
        "agency": LOCAL_AFFAIRS,
        "description": f"รายการที่ {number}",
        "amount": Decimal(amount),
        "page": 12,
    }
    return CommitmentRecord(**(values | changes))


def disbursement(body: Body = INTERIOR, **changes: Any) -> DisbursementRecord:
    values: dict[str, Any] = {
        "line": 6,
        "sheet": "2.กระทรวง",
        "cut": "ministry",
        "fiscal_year": 2026,
        "as_of": date(2026, 7, 3),
        "body": body,
        "economic": "recurrent",
        "after_transfer": Decimal("1000.00"),
        "disbursed": Decimal("400.00"),
    }
    return DisbursementRecord(**(values | changes))


def loaded(
    *entries: Entry, folder: Path, expects: Expect | None = None, name: str = "", **options: Any
) -> ImportRun:
    """Load entries as if a file of their own had held them."""
    path = folder / (name or f"{abs(hash(repr(entries)))}.txt")
    path.write_text(repr(entries), encoding="utf-8")
    return load(Given(entries, expects), path, **options)

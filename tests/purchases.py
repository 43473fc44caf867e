"""Purchases for tests; each function states only what matters. All names are made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from importers.loading import load
from importers.models import ImportRun
from importers.records import ContractRecord, Entry, Head, ProjectRecord
from importers.sources import Source

COMPANY_ID = "0105559000018"
DEPARTMENT = "กรมตัวอย่าง"


class GivenPurchases(Source):
    """A source whose files hold nothing: the entries are given by the test."""

    name = dataset = "egp_contracts"
    title, title_en = "จัดซื้อจัดจ้าง", "Purchases"
    publisher, licence, address, cadence = "กรมบัญชีกลาง", "open", "", "yearly"
    suffixes = (".txt",)
    keeps_file = False

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.given = list(entries)

    def entries(self, path: Path) -> Iterator[Entry]:
        yield from self.given


def part(name: str = "2568", year: int = 2025) -> Head:
    return Head(part=name, fiscal_year=year, as_of=date(year, 9, 30))


def project(number: int = 1, budget: str | None = "1000.00", **changes: Any) -> ProjectRecord:
    amount = None if budget is None else Decimal(budget)
    values: dict[str, Any] = {
        "line": number + 1,
        "number": f"{67119000000 + number}",
        "fiscal_year": 2025,
        "name": f"ซื้อวัสดุรายการที่ {number}",
        "kind": "ซื้อ",
        "method": "เฉพาะเจาะจง",
        "buyer": DEPARTMENT,
        "buyer_unit": "กองกลาง",
        "province": "นนทบุรี",
        "district": "ปากเกร็ด",
        "subdistrict": "บางตลาด",
        "announced_on": None,
        "recorded_on": date(2025, 1, 17),
        "status": "สิ้นสุดสัญญา",
        "budget": amount,
        "reference_price": amount,
        "agreed_price": amount,
    }
    return ProjectRecord(**(values | changes))


def contract(number: int = 1, amount: str | None = "900.00", **changes: Any) -> ContractRecord:
    values: dict[str, Any] = {
        "line": number + 1,
        "project_number": f"{67119000000 + number}",
        "contract_no": "1/2568",
        "fiscal_year": 2025,
        "buyer": DEPARTMENT,
        "kind": "ซื้อ",
        "method": "เฉพาะเจาะจง",
        "province": "นนทบุรี",
        "district": "ปากเกร็ด",
        "winner_kind": "numbered",
        "tax_id": COMPANY_ID,
        "supplier": "บริษัท ตัวอย่าง จำกัด",
        "signed_on": date(2025, 1, 17),
        "ends_on": date(2025, 3, 18),
        "status": "สิ้นสุดสัญญา",
        "amount": None if amount is None else Decimal(amount),
    }
    return ContractRecord(**(values | changes))


def by_person(number: int = 1, **changes: Any) -> ContractRecord:
    return contract(number, winner_kind="person", tax_id="", supplier="", **changes)


def bought(*entries: Entry, folder: Path, name: str = "") -> ImportRun:
    """Load purchases as if a file of their own had held them."""
    path = folder / (name or f"{abs(hash(repr(entries)))}.txt")
    path.write_text(repr(entries), encoding="utf-8")
    return load(GivenPurchases(entries), path)

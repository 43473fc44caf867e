"""Purchases in the search: titles, suppliers and departments, with totals and filters; nobody is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from spending.found import Kind
from spending.models import Plan
from spending.search import search
from tests.factories import allocation, head, loaded
from tests.purchases import COMPANY_ID, DEPARTMENT, bought, by_person, contract, part, project

pytestmark = pytest.mark.django_db


@pytest.fixture
def purchases(tmp_path: Path) -> None:
    loaded(head(), allocation(1, description="ซ่อมรถดับเพลิง"), folder=tmp_path)
    bought(
        part(),
        project(1, "1000.50", name="ซื้อรถดับเพลิง 1 คัน"),
        contract(1, "900.25"),
        project(2, "500.00", name="จ้างซ่อมรถดับเพลิง", method="คัดเลือก"),
        by_person(2, amount="450"),
        project(3, "70", name="ซื้อกระดาษ"),
        folder=tmp_path,
    )


def groups(text: str) -> dict[Kind, Any]:
    return search(text).bought


def test_titles_are_found_with_their_number_and_sum(purchases: None) -> None:
    found = groups("รถดับเพลิง")[Kind.PURCHASE]

    assert (found.count, found.amount) == (2, Decimal("1500.50"))
    assert [hit.code for hit in found.hits] == ["67119000001", "67119000002"]


def test_suppliers_and_departments_are_found_by_name(purchases: None) -> None:
    supplier = groups("ตัวอย่าง จำกัด")[Kind.SUPPLIER]
    buyer = groups(DEPARTMENT)[Kind.BUYER]

    assert [(hit.code, hit.amount) for hit in supplier.hits] == [(COMPANY_ID, Decimal("900.25"))]
    assert [(hit.code, hit.amount) for hit in buyer.hits] == [(DEPARTMENT, Decimal("1570.50"))]


def test_supplier_is_found_by_its_tax_id(purchases: None) -> None:
    assert [hit.code for hit in groups(COMPANY_ID)[Kind.SUPPLIER].hits] == [COMPANY_ID]


def test_page_shows_totals_and_leads_to_each(client: Any, purchases: None) -> None:
    shown = client.get(f"/en/search/?q={quote('รถดับเพลิง')}").content.decode()

    assert "2 purchases, budgets" in shown
    assert 'href="/en/projects/67119000001/"' in shown
    listed = client.get(f"/en/search/?q={quote('ตัวอย่าง')}&in=supplier").content.decode()
    assert f'href="/en/suppliers/{COMPANY_ID}/"' in listed
    departments = client.get(f"/en/search/?q={quote(DEPARTMENT)}&in=buyer").content.decode()
    assert f"/en/procurement/2568/?buyer={DEPARTMENT}" in departments


@pytest.mark.parametrize(
    ("query", "number"),
    [("&year=2568", 2), ("&year=2567", 0), ("&min=600", 1), ("&max=600", 1), ("&plan=แผนงาน", 0)],
)
def test_filters_narrow_purchases_too(client: Any, purchases: None, query: str, number: int) -> None:
    Plan.objects.create(name="แผนงาน")
    answer = client.get(f"/api/v1/search/?q={quote('รถดับเพลิง')}{query}").json()

    assert answer["purchase"]["count"] == number


def test_api_says_what_the_page_says(client: Any, purchases: None) -> None:
    answer = client.get(f"/api/v1/search/?q={quote('รถดับเพลิง')}").json(parse_float=Decimal)

    assert answer["purchase"]["amount"] == Decimal("1500.50")
    assert [row["code"] for row in answer["purchase"]["rows"]] == ["67119000001", "67119000002"]


def test_what_only_purchases_hold_is_not_nothing(client: Any, purchases: None) -> None:
    shown = client.get(f"/en/search/?q={quote('กระดาษ')}").content.decode()

    assert "Nothing found" not in shown
    assert 'href="/en/projects/67119000003/"' in shown

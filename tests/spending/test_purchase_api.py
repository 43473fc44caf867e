"""Purchases as data: rows, sums, files and filters, through the API."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import simplejson

from importers.area_records import AreaRecord
from spending.models import Agency
from tests.purchases import COMPANY_ID, bought, by_person, contract, part, project

pytestmark = pytest.mark.django_db


@pytest.fixture
def purchases(tmp_path: Path) -> None:
    Agency.objects.create(code="07003", name="กรมตัวอย่าง", kind=Agency.Kind.AGENCY)
    bought(
        part(),
        project(1, "1000.10"),
        project(2, "500.00", method="คัดเลือก", buyer="เทศบาล ก", province="", district=""),
        project(3, None, method="", name="จ้างก่อสร้างถนนลาดยาง", kind="จ้างก่อสร้าง"),
        contract(1, "900.05"),
        by_person(2, amount="400.00", method="คัดเลือก", buyer="เทศบาล ก", province="", district=""),
        folder=tmp_path,
    )
    bought(part("2568-2"), project(1, "1000.10"), folder=tmp_path)


def asked(client: Any, address: str) -> Any:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.content
    return simplejson.loads(answer.content, use_decimal=True)


def slices(found: Any) -> dict[str, Decimal]:
    return {row["code"]: row["amount"] for row in found["rows"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("by=method", {"เฉพาะเจาะจง": "1000.10", "คัดเลือก": "500.00", "-": "0.00"}),
        ("by=agency", {"07003": "1000.10", "-": "500.00"}),
        ("by=buyer", {"กรมตัวอย่าง": "1000.10", "เทศบาล ก": "500.00"}),
        ("by=province", {"นนทบุรี": "1000.10", "-": "500.00"}),
        ("by=district", {"นนทบุรี/ปากเกร็ด": "1000.10", "-": "500.00"}),
        ("by=district&q=ถนน", {"นนทบุรี/ปากเกร็ด": "0.00"}),
        ("by=method&district=นนทบุรี/ปากเกร็ด", {"เฉพาะเจาะจง": "1000.10", "-": "0.00"}),
        ("by=method&district=-", {"คัดเลือก": "500.00"}),
        ("by=method&district=ตาก/ปากเกร็ด", {}),
        ("by=type", {"ซื้อ": "1500.10", "จ้างก่อสร้าง": "0.00"}),
        ("by=year", {"2025": "1500.10"}),
        ("by=method&min=600", {"เฉพาะเจาะจง": "1000.10"}),
        ("by=method&q=ถนน", {"-": "0.00"}),
        ("by=method&province=-", {"คัดเลือก": "500.00"}),
        ("by=method&agency=07003&year=2568", {"เฉพาะเจาะจง": "1000.10", "-": "0.00"}),
        ("by=province&method=-", {"นนทบุรี": "0.00"}),
    ],
)
def test_projects_are_split_and_each_counts_once(
    client: Any, purchases: None, query: str, expected: dict[str, str]
) -> None:
    found = asked(client, f"projects/breakdown?{query}")

    assert slices(found) == {code: Decimal(amount) for code, amount in expected.items()}


def test_contracts_are_split_by_supplier_and_kind_of_winner(client: Any, purchases: None) -> None:
    by_supplier = slices(asked(client, "contracts/breakdown?by=supplier"))
    by_winner = slices(asked(client, "contracts/breakdown?by=winner"))

    assert by_supplier == {COMPANY_ID: Decimal("900.05"), "-": Decimal("400.00")}
    assert by_winner == {"numbered": Decimal("900.05"), "person": Decimal("400.00")}


def test_districts_of_the_same_name_are_kept_apart_by_their_province(client: Any, tmp_path: Path) -> None:
    bought(
        part(),
        project(1, "10.00", province="นครราชสีมา", district="เฉลิมพระเกียรติ"),
        project(2, "20.00", province="น่าน", district="เฉลิมพระเกียรติ"),
        contract(1, "9.00", province="นครราชสีมา", district="เฉลิมพระเกียรติ"),
        contract(2, "19.00", province="น่าน", district="เฉลิมพระเกียรติ"),
        folder=tmp_path,
    )
    area = AreaRecord(1, "5515", "เฉลิมพระเกียรติ", "Chaloem Phra Kiat", "district")
    bought(part("areas"), area, folder=tmp_path)

    found = asked(client, "projects/breakdown?by=district")
    of_one = asked(client, "contracts/?district=น่าน/เฉลิมพระเกียรติ")["rows"]

    assert [(row["code"], row["name"], row["name_en"]) for row in found["rows"]] == [
        ("น่าน/เฉลิมพระเกียรติ", "เฉลิมพระเกียรติ", "Chaloem Phra Kiat"),
        ("นครราชสีมา/เฉลิมพระเกียรติ", "เฉลิมพระเกียรติ", ""),
    ]
    assert [(row["province"], row["district"], row["amount"]) for row in of_one] == [
        ("น่าน", "เฉลิมพระเกียรติ", 19)
    ]


def test_district_without_its_province_is_told_how_to_be_asked(client: Any, purchases: None) -> None:
    answer = client.get("/api/v1/projects/breakdown?by=method&district=ปากเกร็ด")

    assert answer.status_code == 400
    assert "นนทบุรี/ปากเกร็ด" in answer.content.decode()


def test_rows_say_project_buyer_and_agency(client: Any, purchases: None) -> None:
    rows = asked(client, "projects/?year=2568")["rows"]

    assert [row["project"] for row in rows] == ["67119000001", "67119000002", "67119000003"]
    assert (rows[0]["buyer"], rows[0]["agency_code"], rows[1]["agency_code"]) == ("กรมตัวอย่าง", "07003", None)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (f"supplier={COMPANY_ID}", ["67119000001"]),
        ("supplier=-", ["67119000002"]),
        ("winner=person", ["67119000002"]),
        ("project=67119000001", ["67119000001"]),
        ("max=500", ["67119000002"]),
    ],
)
def test_contracts_are_found_by_winner_project_and_amount(
    client: Any, purchases: None, query: str, numbers: list[str]
) -> None:
    rows = asked(client, f"contracts/?{query}")["rows"]

    assert [row["project"] for row in rows] == numbers


@pytest.mark.parametrize("name", ["projects", "contracts"])
@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx"])
def test_purchases_can_be_had_as_files(client: Any, purchases: None, name: str, kind: str) -> None:
    answer = client.get(f"/api/v1/{name}.{kind}")

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)


def test_word_that_is_no_kind_of_winner_is_explained(client: Any) -> None:
    answer = client.get("/api/v1/contracts/?winner=company", headers={"Accept-Language": "en"})

    assert answer.status_code == 400
    assert "numbered, unnumbered, person or unknown" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["projects", "contracts"])
def test_breakdown_of_purchases_costs_few_questions(
    client: Any, purchases: None, name: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(11):
        asked(client, f"{name}/breakdown?by=method&year=2568")

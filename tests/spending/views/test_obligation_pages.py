"""What is promised for coming years: the page, the API and the files say the same."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.factories import DISEASE_CONTROL, HEALTH, allocation, commitment, head, loaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(tmp_path: Path) -> None:
    """A book of 2565 that promises 700 for later years; one instalment is of an earlier year."""
    other = {"ministry": HEALTH, "agency": DISEASE_CONTROL, "line_item_id": "2022.3.9.2"}
    loaded(
        head(),
        allocation(1, obliged=True),
        allocation(2, ministry=HEALTH, agency=DISEASE_CONTROL),
        commitment(11, "50.00", fiscal_year=2020, until_year=2020),
        commitment(12, "100.00"),
        commitment(13, "200.25", fiscal_year=2024, until_year=2024),
        commitment(14, "399.75", fiscal_year=2025, until_year=2027, description="อาคาร", **other),
        folder=tmp_path,
    )


def page(client: Any, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_page_and_api_give_the_same_total(client: Any, book: None) -> None:
    shown = page(client, "/en/obligations/")

    answer = client.get("/api/v1/commitments/breakdown?book=2565&after=2565&by=ministry").json(
        parse_float=Decimal
    )
    assert answer["total"] == Decimal("700.00")
    assert "700" in shown
    for row in answer["rows"]:
        assert f'value="{row["amount"]}"' in shown


def test_years_and_ranges_stand_one_by_one(client: Any, book: None) -> None:
    shown = page(client, "/en/obligations/2565/")

    assert all(f'value="{amount}"' in shown for amount in ("100.00", "200.25", "399.75"))
    assert "Printed as a sum of several years" in shown
    assert 'value="50.00"' not in shown


def test_lines_that_promise_lead_to_their_page(client: Any, book: None) -> None:
    shown = page(client, "/en/obligations/2565/")

    assert 'href="/en/budget/2565/lines/2022.3.9.2/"' in shown


def test_one_ministry_is_split_by_agency_and_asks_the_same_of_the_api(client: Any, book: None) -> None:
    shown = page(client, "/en/obligations/2565/?ministry=21")

    assert "?ministry=21&amp;agency=21004" in shown
    rows = client.get("/api/v1/commitments/?ministry=21&book=2565&after=2565").json(parse_float=Decimal)[
        "rows"
    ]
    assert [row["amount"] for row in rows] == [Decimal("399.75")]
    assert 'value="200.25"' not in shown


@pytest.mark.parametrize("address", ["/obligations/2565/?year=2566", "/obligations/2565/?book=2565"])
def test_what_is_not_understood_is_said(client: Any, book: None, address: str) -> None:
    assert client.get(address).status_code == 400


def test_book_that_is_not_published_is_explained(client: Any, book: None) -> None:
    assert client.get("/obligations/2570/").status_code == 404


def test_nothing_published_is_said(client: Any, db: None) -> None:
    assert client.get("/obligations/").status_code == 200


def test_page_costs_few_questions(client: Any, book: None, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        client.get("/obligations/2565/")

"""The receipt for one person's tax: page, JSON and files say the same, errors are kind, nothing is kept."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from tests.test_pages import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures(tmp_path: Path) -> None:
    publish(tmp_path)


def parts_of(html: str) -> list[Decimal]:
    """What the rows of the first table got."""
    table = html[html.index('id="parts"') :].split("</tbody>")[0]
    rows = re.findall(r'<th scope="row".*?<data value="([0-9.]+)"', table, re.DOTALL)
    return [Decimal(found) for found in rows]


@pytest.mark.parametrize("year", ["2565", "2569"])
@pytest.mark.parametrize("words", ["tax=30000", "income=45,000&shopping=๑๕๐๐๐"])
def test_page_json_and_file_divide_the_same_tax(figures: None, client: Client, words: str, year: str) -> None:
    question = f"?{words}&year={year}"

    page = client.get(f"/taxes/{question}").text
    told = client.get(f"/api/v1/taxes/{question}").json(parse_float=Decimal)
    file = client.get(f"/api/v1/taxes.csv{question}")
    rows = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode())))  # type: ignore[arg-type]

    amounts = [Decimal(row["amount"]) for row in rows]
    assert amounts == [row["amount"] for row in told["rows"]] == parts_of(page)
    assert sum(amounts) == told["tax"] > 0
    assert [row["name"] for row in rows] == [row["name"] for row in told["rows"]]


def test_a_salary_is_reckoned_step_by_step(figures: None, client: Client) -> None:
    told = client.get("/api/v1/taxes/?income=45000&shopping=15000").json()
    page = client.get("/en/taxes/?income=45000&shopping=15000").text

    assert (told["income_tax"], told["value_added_tax"]) == (15_500, 11_775.70)
    assert told["tax"] == 27_275.70
    assert "Tax of 10% on the 80,000 baht above 300,000" in page
    assert "No tax on the first 150,000 baht" in page


def test_single_lines_and_contracts_lead_on(figures: None, client: Client) -> None:
    page = client.get("/en/taxes/?tax=30000&year=2565").text

    assert "/en/budget/2565/lines/" in page


@pytest.mark.parametrize(
    ("question", "word"),
    [("tax=lots", "tax"), ("income=-5", "income"), ("tax=5&income=6", "tax"), ("shopping=1e30", "shopping")],
)
def test_what_cannot_be_read_is_said_beside_the_form(
    figures: None, client: Client, question: str, word: str
) -> None:
    page = client.get(f"/en/taxes/?{question}")
    told = client.get(f"/api/v1/taxes/?{question}")

    assert page.status_code == told.status_code == 400
    assert 'role="alert"' in page.text
    assert re.search(f'name="{word}"[^>]*aria-invalid', page.text)
    assert told["Content-Type"] == "application/problem+json"
    assert told.json()["parameter"] == word


def test_without_income_tax_the_tax_in_prices_is_asked_for(figures: None, client: Client) -> None:
    page = client.get("/en/taxes/?income=15000").text

    assert "prices hold value added tax" in page


def test_the_api_asks_for_what_it_needs(figures: None, client: Client) -> None:
    assert client.get("/api/v1/taxes/").json()["parameter"] == "tax"


@pytest.mark.parametrize("address", ["/taxes/", "/api/v1/taxes/", "/api/v1/taxes.csv"])
def test_what_is_typed_is_kept_nowhere(figures: None, client: Client, address: str) -> None:
    cache.clear()

    answer = client.get(f"{address}?tax=7654321")

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies == {}
    held = getattr(cache, "_cache", {})
    assert not any(b"7654321" in bytes(value) for value in held.values())


def test_a_report_from_the_page_does_not_carry_what_was_typed(figures: None, client: Client) -> None:
    page = client.get("/taxes/?tax=7654321").text

    reported = re.findall(r'href="([^"]*complaints/[^"]*)"', page)
    assert reported
    assert not any("7654321" in address for address in reported)


def test_before_anything_is_published_it_is_said(client: Client) -> None:
    assert client.get("/taxes/?tax=5").status_code == 200
    assert client.get("/api/v1/taxes/?tax=5").status_code == 400

"""The pages of local government: its money by body and purpose, apart from the central budget."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from spending.breakdowns import Dimension, break_down
from spending.local_filters import LocalBudgetFilter
from spending.local_money import fullest_year, local_sums, local_years
from spending.models import Agency, Allocation, AllocationTotal, LocalBudget
from tests.factories import allocation, head, loaded
from tests.local_budgets import granted, locally, spent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def budgets(tmp_path: Path) -> None:
    """Two bodies in 2565, one of them in 2568 too, with how far its money is spent."""
    loaded(head(), allocation(amount="7777.00"), folder=tmp_path)
    locally(granted(1), granted(2, "50.25", function="ด้านบริหารทั่วไป", plan="บริหารงานทั่วไป"), folder=tmp_path)
    locally(granted(1, "1000.00", province="เชียงใหม่"), folder=tmp_path, part="2565-50")
    locally(spent(1), spent(2, "40.00"), folder=tmp_path, part="2568-01", year=2025)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_local_money_is_never_in_the_central_totals() -> None:
    assert Allocation.objects.current().total() == AllocationTotal.objects.current().total() == 7_777
    assert LocalBudget.objects.current().in_year(2022).summed("approved") == Decimal("1150.25")


def test_page_leads_to_the_year_of_which_most_is_known(client: Client) -> None:
    response = client.get("/local/")

    assert response["Location"] == "/local/2565/"
    assert fullest_year() == 2022
    assert local_years() == [2025, 2022]


def test_page_shows_what_the_api_and_the_file_say(client: Client) -> None:
    html = page(client, "/en/local/2565/")

    answer = client.get("/api/v1/local-budgets/breakdown?by=agency&year=2565").content
    parts = json.loads(answer, parse_float=Decimal)
    lines = b"".join(client.get("/api/v1/local-budgets.csv?year=2565").streaming_content).decode()  # type: ignore[attr-defined]
    assert parts["total"] == Decimal("1150.25")
    assert "1,150.25" in html
    assert all(f"{row['amount']:,}".removesuffix(".00") in html for row in parts["rows"])
    assert len(lines.strip().splitlines()) == 1 + 3


def test_way_down_leads_by_field_of_work_plan_and_task(client: Client) -> None:
    query = "/en/local/2565/?function=ด้านการเศรษฐกิจ"

    html = page(client, query)

    assert "1,100" in html
    assert 'id="plan"' in html
    assert 'id="task"' in page(client, f"{query}&plan=การเกษตร")


def test_body_shows_its_lines(client: Client) -> None:
    code = Agency.objects.get(name="องค์การบริหารส่วนจังหวัดลำพูน").code

    html = page(client, f"/en/local/2568/?agency={code}")

    assert 'id="lines"' in html
    assert "โครงการที่ 2" in html


def test_page_says_how_far_money_is_spent_where_files_say_so(client: Client) -> None:
    assert "Left to spend" in page(client, "/en/local/2568/")
    assert "Left to spend" not in page(client, "/en/local/2565/")


def test_sums_follow_from_their_parts() -> None:
    sums = local_sums(LocalBudget.objects.current().in_year(2025))

    assert sums.spending is not None
    moved = sums.approved + sums.spending.increased - sums.spending.decreased
    assert moved - sums.spending.committed - sums.spending.disbursed == sums.spending.remaining
    assert local_sums(LocalBudget.objects.none()).spending is None


@pytest.mark.parametrize("dimension", LocalBudgetFilter.dimensions)
def test_every_way_to_slice_comes_to_the_same_total(dimension: Dimension) -> None:
    parts = break_down(LocalBudget.objects.current(), dimension, measure="approved")

    assert parts.total == LocalBudget.objects.current().summed("approved")
    assert sum(row.amount for row in parts.rows) == parts.total


def test_year_without_local_budgets_says_which_there_are(client: Client) -> None:
    response = client.get("/en/local/2560/")

    assert response.status_code == 404
    assert "/en/local/2565/" in response.content.decode()


@pytest.mark.parametrize("query", ["year=2565", "by=agency", "nothing=1", "page=9"])
def test_word_that_the_page_does_not_take_is_explained(client: Client, query: str) -> None:
    assert client.get(f"/en/local/2565/?{query}").status_code == 400


def test_page_asks_the_database_a_bounded_number_of_questions(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16):
        client.get("/en/local/2565/")

"""Two bodies side by side: what each source says of both, in the same words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from spending.models import Agency
from tests.factories import DISEASE_CONTROL, HEALTH, allocation, head, loaded
from tests.purchases import bought, part, project
from tests.spending.years import load_week

pytestmark = pytest.mark.django_db
FEWEST_QUERIES = 45  # of the page with two bodies, on which no list grows with what is published


@pytest.fixture
def published(tmp_path: Path) -> None:
    others = {"ministry": HEALTH, "agency": DISEASE_CONTROL}
    loaded(
        head(),
        allocation(1, "300.00"),
        allocation(2, "100.00", category=("งบบุคลากร",), **others),
        allocation(3, "100.00", **others),
        folder=tmp_path,
    )
    load_week(tmp_path)
    bought(part(), project(1), folder=tmp_path)


def page(client: Client, query: str) -> str:
    response = client.get(f"/en/compare/{query}")
    assert response.status_code == 200
    return response.content.decode()


def cells(html: str, row: str) -> list[str]:
    found = re.search(rf"<tr[^>]*><th[^>]*>(?:<svg.*?</svg>)?{row}</th>(.*?)</tr>", html, re.DOTALL)
    assert found is not None, row
    return [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[1])]


@pytest.mark.usefixtures("published")
class TestTwoBodies:
    def test_say_what_the_book_gives_each(self, client: Client) -> None:
        html = page(client, "?a=15008&b=21004")

        assert (
            '<h1 class="long">Department of Local Administration and Department of Disease Control</h1>'
            in html
        )
        assert cells(html, "2022 · budget book") == ["300", "200"]
        assert cells(html, "Investment") == ["100%", "50.0%", "300", "100"]
        assert cells(html, "Personnel") == ["–", "50.0%", "–", "100"]

    def test_stand_in_the_form_by_the_names_that_the_page_calls_them(self, client: Client) -> None:
        assert 'value="Department of Disease Control" list=' in page(client, "?a=15008&b=21004")

    def test_say_what_the_newest_week_gives_each(self, client: Client) -> None:
        html = page(client, "?a=15&b=21")

        more = "Ministry of Interior has 300 baht, 1.5 times as much as Ministry of Public Health: 200 baht."
        assert more in html
        assert "Ministry of Interior has paid 60.0% of it, Ministry of Public Health 95.0%." in html
        assert cells(html, "After transfers") == ["300", "200"]
        assert cells(html, "Paid") == ["180", "190"]
        assert cells(html, "2022 · budget book") == ["300", "200"]

    @pytest.mark.parametrize("name", ["กรมควบคุมโรค", "department of disease control", "21004", "ควบคุมโรค"])
    def test_are_found_by_code_by_name_and_by_a_part_of_it(self, client: Client, name: str) -> None:
        assert cells(page(client, f"?a=15008&b={name}"), "2022 · budget book") == ["300", "200"]

    def test_are_asked_for_in_a_number_of_queries_that_does_not_grow(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        page(client, "?a=15008&b=21004")

        with django_assert_max_num_queries(FEWEST_QUERIES):
            page(client, "?a=15008&b=21004")


@pytest.mark.usefixtures("published")
def test_name_of_several_asks_which(client: Client) -> None:
    Agency.objects.create(code="x1", name="กรมควบคุมโรคพืช", kind=Agency.Kind.AGENCY)
    Agency.objects.create(code="x2", name="กรมควบคุมโรคสัตว์", kind=Agency.Kind.AGENCY)

    html = page(client, "?a=15008&b=ควบคุมโรค")

    assert "Which “ควบคุมโรค”?" in html
    assert 'href="?a=15008&amp;b=x1"' in html
    assert "budget book" not in html


@pytest.mark.usefixtures("published")
def test_name_of_none_is_said_to_be_none(client: Client) -> None:
    assert "Nothing is called “ไม่มีที่ไหน”" in page(client, "?a=15008&b=ไม่มีที่ไหน")


@pytest.mark.usefixtures("published")
def test_one_body_twice_is_not_compared(client: Client) -> None:
    html = page(client, "?a=15008&b=กรมส่งเสริมการปกครองท้องถิ่น")

    assert "Choose two different bodies." in html
    assert "budget book" not in html


def test_page_without_a_question_offers_a_form(client: Client) -> None:
    html = page(client, "")

    assert 'name="a"' in html
    assert 'name="b"' in html


def test_unknown_parameter_is_named(client: Client) -> None:
    assert client.get("/en/compare/?c=1").status_code == 400

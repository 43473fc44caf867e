"""The list of the lines of a budget book."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import allocation, head, loaded

LINES = "/en/budget/2565/lines/"


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{LINES}{query}")
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def listed(html: str) -> list[str]:
    return re.findall(r'href="/en/budget/2565/lines/([^"/?]+)/"', html)


@pytest.fixture
def many(db: None, tmp_path: Path) -> None:
    """A hundred and twenty lines of the same amount: only a stable order keeps pages from overlapping."""
    lines = [allocation(number, "10.00") for number in range(1, 121)]
    loaded(head(), *lines, folder=tmp_path)


@pytest.mark.usefixtures("book")
def test_the_largest_line_comes_first(client: Client) -> None:
    assert listed(page(client)) == ["2022.3.9.1", "2022.3.9.2", "2022.3.11.1", "2022.3.9.3"]


@pytest.mark.usefixtures("many")
def test_pages_share_no_line_and_leave_none_out(client: Client) -> None:
    found = [listed(page(client, f"?page={number}")) for number in (1, 2, 3)]

    assert [len(lines) for lines in found] == [50, 50, 20]
    assert len({line for lines in found for line in lines}) == 120


@pytest.mark.usefixtures("many")
def test_the_sum_is_of_all_lines_not_of_the_page(client: Client) -> None:
    html = page(client, "?page=3")

    assert re.search(r'<tfoot>.*All 120 lines.*<data value="1200\.00">1,200</data>', html, re.DOTALL)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("?obliged=yes", ["2022.3.9.1"]),
        ("?min=100&max=250", ["2022.3.9.2", "2022.3.11.1"]),
        ("?activity=-", ["2022.3.9.3"]),
        ("?category=งบดำเนินงาน", ["2022.3.9.2"]),
        ("?line=2022.3.11.1", ["2022.3.11.1"]),
        ("?sort=amount", ["2022.3.9.3", "2022.3.11.1", "2022.3.9.2", "2022.3.9.1"]),
    ],
)
def test_a_query_chooses_and_orders_lines(client: Client, query: str, lines: list[str]) -> None:
    assert listed(page(client, query)) == lines


@pytest.mark.usefixtures("book")
def test_each_choice_can_be_lifted(client: Client) -> None:
    html = page(client, "?ministry=15&agency=15008&min=10").replace("&amp;", "&")

    assert 'href="?ministry=15&min=10"' in html
    assert 'name="ministry" value="15"' in html
    assert 'name="min" inputmode="decimal" value="10"' in html


@pytest.mark.usefixtures("book")
def test_no_match_says_what_to_try(client: Client) -> None:
    html = page(client, "?min=100000")

    assert "No line matches" in html


@pytest.mark.usefixtures("book")
def test_a_list_is_not_split(client: Client) -> None:
    assert client.get(f"{LINES}?by=agency").status_code == 400


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("query", ["", "?ministry=15&page=2", "?min=5&sort=page"])
def test_a_list_asks_few_questions(client: Client, query: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(11):
        page(client, query)

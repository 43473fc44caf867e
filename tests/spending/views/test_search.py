"""The search page."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import allocation, head, loaded

SEARCH = "/en/search/"


def page(client: Client, query: str) -> str:
    response = client.get(f"{SEARCH}{query}")
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def plain(html: str) -> str:
    """The page without the marks inside words."""
    return re.sub(r"</?(?:mark|wbr|b)>", "", html)


@pytest.fixture
def roads(db: None, tmp_path: Path) -> None:
    """Thirty roads, in two ministries' volumes."""
    lines = [allocation(number, f"{number}.00", description=f"ถนนสายที่ {number}") for number in range(1, 31)]
    loaded(head(), *lines, folder=tmp_path)


def test_without_a_question_the_page_asks_for_one_with_examples(client: Client) -> None:
    html = page(client, "")

    assert 'name="q"' in html
    assert "อาหารกลางวัน" in html


@pytest.mark.usefixtures("book")
def test_a_line_is_found_with_its_letters_marked_and_leads_to_its_page(client: Client) -> None:
    html = page(client, "?q=วัคซีน")

    assert "<mark>วัคซีน</mark>" in html
    assert 'href="/en/budget/2565/lines/2022.3.11.1/"' in html


@pytest.mark.usefixtures("roads")
def test_count_and_sum_are_of_everything_found(client: Client) -> None:
    html = plain(page(client, "?q=ถนนสาย"))

    assert "30 budget lines" in html
    assert 'title="465 baht"' in html


@pytest.mark.usefixtures("roads")
def test_lines_are_listed_page_by_page(client: Client) -> None:
    first = page(client, "?q=ถนนสาย&in=line")
    second = page(client, "?q=ถนนสาย&in=line&page=2")

    found = [re.findall(r"/lines/(2022[^/]+)/", html) for html in (first, second)]
    assert [len(set(ids)) for ids in found] == [20, 10]
    assert not set(found[0]) & set(found[1])


@pytest.mark.usefixtures("book")
def test_agencies_plans_and_projects_are_found_by_name(client: Client) -> None:
    agencies = page(client, "?q=ควบคุมโรค")
    plans = page(client, "?q=บูรณาการสุขภาพ")

    assert 'href="/en/agencies/21004/"' in agencies
    assert "/en/budget/2565/?plan=" in plans


@pytest.mark.usefixtures("book")
def test_a_filter_narrows_and_can_be_lifted(client: Client) -> None:
    html = plain(page(client, "?q=รายการ&ministry=21"))

    assert "Nothing found" in html
    assert "The same without the filters" in html


@pytest.mark.usefixtures("book")
def test_no_result_says_what_to_try(client: Client) -> None:
    html = page(client, "?q=ยานอวกาศ")

    assert "Nothing found for “ยานอวกาศ”" in html
    assert "Fewer or shorter words find more" in html


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(("question", "words"), [("ก", "type at least two"), ("ก" * 201, "too long")])
def test_what_cannot_be_looked_for_is_explained(client: Client, question: str, words: str) -> None:
    assert words in page(client, f"?q={question}")


@pytest.mark.usefixtures("book")
def test_a_question_is_escaped(client: Client) -> None:
    html = page(client, "?q=<script>alert(1)</script>")

    assert "<script>alert" not in html


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    "query", ["?q=ถนน&in=planet", "?q=ถนน&foo=1", "?q=ถนน&in=line&page=9", "?q=ถนน&min=x"]
)
def test_what_cannot_be_read_is_named(client: Client, query: str) -> None:
    assert client.get(f"{SEARCH}{query}").status_code == 400


@pytest.mark.usefixtures("roads")
def test_a_search_asks_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(32):
        page(client, "?q=ถนนสาย")


@pytest.mark.usefixtures("book")
def test_names_lead_to_the_year_that_the_search_is_narrowed_to(client: Client, tmp_path: Path) -> None:
    loaded(
        head("2023.3.9", fiscal_year=2023),
        allocation(1, fiscal_year=2023, item_id="2023.3.9.1"),
        folder=tmp_path,
    )

    narrowed, newest = page(client, "?q=แผนงานบุคลากร&year=2565"), page(client, "?q=แผนงานบุคลากร")

    assert 'href="/en/budget/2565/?plan=' in narrowed
    assert 'href="/en/budget/2566/?plan=' in newest


@pytest.mark.django_db
@pytest.mark.parametrize("names", [2, 30])
def test_a_list_of_names_asks_no_more_for_more_names(
    client: Client, tmp_path: Path, django_assert_max_num_queries: Any, names: int
) -> None:
    lines = [allocation(number, activity=f"การพัฒนาระบบที่ {number}") for number in range(names)]
    loaded(head(), *lines, folder=tmp_path)

    with django_assert_max_num_queries(36):
        page(client, "?q=การพัฒนาระบบ&in=activity")

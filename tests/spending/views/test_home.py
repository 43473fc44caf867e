"""The first page: one fiscal year at a glance."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import allocation, head, loaded
from tests.spending.years import load_week, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(tmp_path: Path) -> None:
    """A year with a weekly report, one with its book, one with its ministries' totals, one with its total."""
    load_week(tmp_path)
    loaded(head(), allocation(1, "400"), folder=tmp_path)
    total(2022, "1000")
    total(2022, "900", measure="paid")
    total(2018, "500")
    total(2018, "480", body="กระทรวงศึกษาธิการ", dataset="mof_history")
    total(2024, "700")


def page(client: Client, address: str = "/en/") -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def squares(html: str) -> int:
    picture = html.split('class="hundred"', 1)[1].split("</svg>", 1)[0]
    return picture.count("<rect") - picture.split("</defs>")[0].count("<rect") * ("</defs>" in picture)


@pytest.mark.usefixtures("published")
def test_newest_year_comes_first_with_its_number_in_the_headline(client: Client) -> None:
    html = page(client)

    assert re.search(
        r"<h1>In fiscal year 2026 the state spends <b><data[^>]*>1,000 baht</data></b></h1>", html
    )


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("year", ["2569", "2565", "2561", "2567", "2022", "๒๕๖๕"])
def test_every_year_is_one_hundred_squares(client: Client, year: str) -> None:
    assert squares(page(client, f"/en/?year={year}")) == 100


@pytest.mark.usefixtures("published")
def test_picture_table_and_downloads_tell_the_same_amounts(client: Client) -> None:
    html = page(client)

    assert '<data value="300.00">300</data>' in html
    assert "Ministry of Interior: 30 baht of 100" in html
    assert "/api/v1/disbursements.csv?year=2569" in html


@pytest.mark.usefixtures("published")
def test_unknown_part_is_hatched_and_named(client: Client) -> None:
    html = page(client)

    assert "Central fund and what the weekly report does not split: 20 baht of 100" in html
    assert "The hatched 20.0 baht" in html


@pytest.mark.usefixtures("published")
def test_three_facts_tell_of_payments_promises_and_what_is_known(client: Client) -> None:
    html = page(client)

    facts = html.split('class="facts"', 1)[1].split("</section>", 1)[0]
    assert re.findall(r'<strong class="amount">(?:<data[^>]*>)?([^<]+)', facts) == [
        "60.0%",
        "150 baht",
        "80.0%",
    ]
    assert "Recurrent spending: 80.0% paid or bound, target 89.0%" in facts


@pytest.mark.usefixtures("published")
def test_year_that_is_over_tells_what_was_paid_of_its_act(client: Client) -> None:
    html = page(client, "/en/?year=2565")

    facts = html.split('class="facts"', 1)[1].split("</section>", 1)[0]
    assert re.findall(r'<strong class="amount">(?:<data[^>]*>)?([^<]+)', facts) == [
        "90.0%",
        "100 baht",
        "40.0%",
    ]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("year", "href"),
    [
        ("2569", "/en/agencies/15/"),
        ("2569", "/en/disbursements/2569/?cut=municipality"),
        ("2565", "/en/budget/2565/?ministry=15"),
    ],
)
def test_squares_lead_to_where_the_money_is(client: Client, year: str, href: str) -> None:
    html = page(client, f"/en/?year={year}")

    assert f'<a href="{href}"' in html


@pytest.mark.usefixtures("published")
def test_every_known_year_can_be_chosen(client: Client) -> None:
    html = page(client)

    assert re.findall(r'href="/en/\?year=(\d{4})"', html) == ["2569", "2567", "2565", "2561"]


@pytest.mark.usefixtures("published")
def test_example_questions_lead_to_the_search(client: Client) -> None:
    assert "/en/search/?q=%E0%B8%AD%E0%B8%B2%E0%B8%AB%E0%B8%B2%E0%B8%A3" in page(client)


@pytest.mark.usefixtures("published")
def test_line_through_the_years_reaches_the_year_under_way(client: Client) -> None:
    html = page(client)

    assert "The budget of 2026 is from the weekly report" in html
    figure = json.loads(client.get("/en/?chart=years").content)
    assert figure["data"][0]["x"] == ["2018", "2022", "2024", "2026"]
    assert figure["data"][0]["y"] == [500.0, 1000.0, 700.0, 1000.0]
    assert figure["data"][1]["y"] == [None, 900.0, None, None]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("year=2500", "Nothing is published of the year 2500."),
        ("year=abc", "year takes a fiscal year"),
        ("yaer=2565", "There is no parameter yaer; there are: as_of, chart, year."),
        ("year=2565&year=2566", "year may be given once."),
        ("chart=pie", "chart takes one of: years."),
    ],
)
def test_address_that_cannot_be_read_is_answered_with_what_it_takes(
    client: Client, query: str, told: str
) -> None:
    response = client.get(f"/en/?{query}")

    assert response.status_code == 400
    assert told in response.content.decode()


def test_site_without_figures_says_how_to_load_some(client: Client) -> None:
    assert "load_sample" in page(client)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("year", ["2569", "2565", "2561", "2567"])
def test_first_page_keeps_its_query_budget(
    client: Client, year: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(26):
        client.get(f"/?year={year}")


@pytest.mark.usefixtures("published")
def test_figure_can_be_cited_with_its_edition(client: Client) -> None:
    html = page(client, "/?year=2569")

    cited = html.split('class="cite-line"', 1)[1].split("</details>", 1)[0]
    assert "(2569). รายงานผลการเบิกจ่ายรายสัปดาห์" in cited
    assert "ฉบับ cgd_weekly-2569-" in cited
    assert "จาก http://testserver/?year=2569" in cited


def test_a_year_whose_act_nobody_published_is_not_called_known(client: Client, tmp_path: Path) -> None:
    loaded(head(), allocation(1, "100.00"), folder=tmp_path)

    html = page(client)

    known = html[html.index("Known of the act") :]
    assert "not known" in known[:200]
    assert "100%" not in known[: known.index("</section>")]

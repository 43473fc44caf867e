"""What was paid: the weekly report of a year."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from tests.spending.years import WEEK, load_week, total

pytestmark = pytest.mark.django_db
YEAR = "/en/disbursements/2569/"


@pytest.fixture
def report(tmp_path: Path) -> None:
    load_week(tmp_path)


def page(client: Client, address: str = YEAR) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return unquote(response.content.decode())


def bodies(html: str) -> list[str]:
    table = html.split('id="bodies"', 1)[1].split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    return [re.sub("<[^>]+>", "", name) for name in re.findall(r'<th scope="row"[^>]*>(.*?)</th>', table)]


@pytest.mark.usefixtures("report")
def test_newest_year_with_a_report_comes_first(client: Client) -> None:
    total(2027, "1000")

    response = client.get("/disbursements/")

    assert (response.status_code, response["Location"]) == (302, "/disbursements/2569/")


@pytest.mark.usefixtures("report")
def test_headline_says_how_much_is_paid_of_the_years_budget(client: Client) -> None:
    html = page(client)

    assert re.search(
        r"<h1><b><data[^>]*>600 baht</data></b> paid out, 60\.0% of the budget of 2026</h1>", html
    )


@pytest.mark.usefixtures("report")
def test_classes_stand_beside_their_targets_and_the_carry_over_beside_the_budget(client: Client) -> None:
    html = page(client)

    progress = html.split('id="progress"', 1)[1].split("</section>", 1)[0]
    assert "80.0% paid or promised, target 89.0% (−9.0 points)" in progress
    assert "Carried over from the year before" in progress
    assert '<data value="1000.00">1,000</data>' in progress


@pytest.mark.usefixtures("report")
def test_ministries_come_first_largest_budget_first(client: Client) -> None:
    assert bodies(page(client)) == ["Ministry of Interior", "Ministry of Public Health"]


@pytest.mark.usefixtures("report")
def test_bodies_can_be_sorted_by_what_they_have_paid_of_their_budget(client: Client) -> None:
    html = page(client, f"{YEAR}?sort=-share")

    assert bodies(html) == ["Ministry of Public Health", "Ministry of Interior"]
    assert 'aria-sort="descending"><a href="?sort=share#bodies">Disbursed</a>' in html


@pytest.mark.usefixtures("report")
def test_one_class_of_spending_shows_the_gap_to_its_target(client: Client) -> None:
    html = page(client, f"{YEAR}?cut=agency&economic=recurrent&sort=gap")

    assert "Against the target (points)" in html
    assert html.index("Department of Local Administration") < html.index("Bangkok Metropolitan")


@pytest.mark.usefixtures("report")
def test_second_look_at_the_same_money_is_said_to_be_one(client: Client) -> None:
    assert "Never add the two." in page(client, f"{YEAR}?cut=agency")
    assert "Never add" not in page(client)


@pytest.mark.usefixtures("report")
def test_cut_without_bodies_is_an_empty_table_and_no_error(client: Client) -> None:
    assert bodies(page(client, f"{YEAR}?cut=state_enterprise")) == []


@pytest.mark.usefixtures("report")
def test_figures_can_be_taken_away_as_they_are_shown(client: Client) -> None:
    html = page(client, f"{YEAR}?cut=agency&economic=recurrent")

    query = "year=2569&amp;cut=agency&amp;economic=recurrent"
    assert f"/api/v1/disbursements.csv?{query}" in html
    assert client.get(f"/api/v1/disbursements.csv?{query.replace('&amp;', '&')}").status_code == 200


@pytest.mark.usefixtures("report")
def test_body_leads_to_its_own_page(client: Client) -> None:
    assert '<a href="/en/agencies/15/">' in page(client)


def test_weeks_are_a_line_and_each_can_be_read_again(client: Client, tmp_path: Path) -> None:
    load_week(tmp_path, date(2026, 6, 26), "550")
    load_week(tmp_path, WEEK, "600")

    html = page(client)

    assert 'id="weeks"' in html
    assert "550 baht</data></b> paid out" in page(client, f"{YEAR}?as_of=2026-06-30")
    assert '<a href="?as_of=2026-06-26">26 Jun 2026</a>' in html


@pytest.mark.usefixtures("report")
def test_day_before_the_first_report_has_none(client: Client) -> None:
    response = client.get(f"{YEAR}?as_of=2026-01-01")

    assert response.status_code == 404
    assert "On 1 January 2026 no report of 2026 had been published" in response.content.decode()


def test_year_without_a_report_shows_its_totals(client: Client) -> None:
    total(2018, "1000")
    total(2018, "900", measure="paid")
    total(2018, "600", body="กระทรวงศึกษาธิการ", dataset="mof_history")
    total(2018, "540", measure="paid", body="กระทรวงศึกษาธิการ", dataset="mof_history")

    html = page(client, "/en/disbursements/2561/")

    assert "900 baht</data></b> paid out in the fiscal year 2018" in html
    assert "กระทรวงศึกษาธิการ" in html
    assert "90.0%" in html


def test_year_of_which_nothing_is_known_is_no_page(client: Client) -> None:
    assert client.get("/disbursements/2540/").status_code == 404


def test_site_without_any_figures_says_so(client: Client) -> None:
    assert "load_sample" in page(client, "/en/disbursements/")


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("cut=everything", "cut takes one of: ministry"),
        ("economic=total", "economic takes one of: recurrent, investment."),
        ("sort=colour", "sort takes one of"),
        ("as_of=yesterday", "as_of takes a day, YYYY-MM-DD"),
        ("page=99", "There are 1 pages."),
        ("ministry=15", "There is no parameter ministry"),
    ],
)
def test_parameter_that_cannot_be_read_is_told_with_what_it_takes(
    client: Client, query: str, told: str
) -> None:
    response = client.get(f"{YEAR}?{query}")

    assert response.status_code == 400
    assert told in response.content.decode()


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize("query", ["", "?cut=agency&economic=recurrent", "?cut=municipality"])
def test_report_keeps_its_query_budget(
    client: Client, query: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        client.get(f"/disbursements/2569/{query}")

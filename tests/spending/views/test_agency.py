"""The page of a body that receives public money."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from spending.models import Agency, AgencyName, Category, Edition, Plan, ProjectDisbursement
from tests.factories import allocation, head, loaded
from tests.spending.years import total

LOCAL = "/en/agencies/15008/"


def page(client: Client, address: str = LOCAL) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


@pytest.mark.parametrize("address", ["/agencies/99/", "/en/agencies/99/"])
@pytest.mark.usefixtures("book")
def test_a_body_of_which_no_year_is_known_has_a_page_without_a_choice_of_years(
    client: Client, address: str
) -> None:
    Agency.objects.create(code="99", name="กระทรวงเดิม", kind=Agency.Kind.MINISTRY)

    assert '<details class="years">' not in page(client, address)


@pytest.mark.usefixtures("report")
def test_the_newest_week_says_what_was_given_bound_and_paid(client: Client) -> None:
    html = page(client)

    assert "Fiscal year 2026 up to 3 July 2026" in html
    assert "410 baht is paid out, 41.0% of the budget; another 50 baht is bound by contract." in html
    assert "Recurrent spending is 43.0 points below its target of 89.0%." in html


@pytest.mark.usefixtures("report")
def test_the_weeks_of_the_year_are_drawn_as_lines_with_their_target(client: Client) -> None:
    html = page(client)

    weeks = html[html.index('id="weeks"') :]
    assert weeks.index("26 Jun 2026") < weeks.index("3 Jul 2026")
    assert "Recurrent, target" in weeks


@pytest.mark.usefixtures("report")
def test_the_weeks_can_be_explored_as_a_figure_of_the_same_shares_as_the_table(client: Client) -> None:
    html, figure = page(client), client.get(f"{LOCAL}?chart=weeks").json()

    assert '<plotly-chart src="?chart=weeks"' in html
    lines = {line["name"]: line for line in figure["data"]}
    assert lines["Recurrent"]["x"] == ["26 Jun 2026", "3 Jul 2026"]
    assert lines["Recurrent"]["y"] == [0.46, 0.46]
    assert lines["Recurrent, target"]["text"] == ["89.0%", "89.0%"]
    table = html[html.index('id="weeks"') : html.index('id="peers"')]
    assert "<td>46.0%" not in table
    assert table.count("46.0%") >= 1


@pytest.mark.usefixtures("book", "report")
def test_the_year_is_a_control_that_stays_on_the_page(client: Client) -> None:
    html = page(client)

    assert '<a href="?year=2569" aria-current="true">2026</a>' in html
    assert '<a href="?year=2565">2022</a>' in html
    assert 'id="money"' not in page(client, f"{LOCAL}?year=2565")
    assert 'id="lines"' in page(client, f"{LOCAL}?year=2565")


@pytest.mark.usefixtures("book", "report")
def test_a_year_without_its_volume_is_not_known_rather_than_nothing(client: Client) -> None:
    html = page(client, f"{LOCAL}?year=2569")

    assert 'id="money"' in html
    assert "No volume of the budget book of 2026 that is published as data has a line of it" in html


@pytest.mark.usefixtures("book", "report")
def test_a_year_of_which_nothing_is_published_is_told(client: Client) -> None:
    response = client.get(f"{LOCAL}?year=2540")

    assert response.status_code == 400
    assert "Nothing is published of the year 2540" in response.content.decode()


@pytest.mark.usefixtures("report")
def test_agencies_of_the_same_ministry_stand_beside_it(client: Client) -> None:
    html = page(client)

    assert "With 41.0% paid it is number 1 of 5 in its ministry; the middle one has 40.8%." in html
    dots = html[html.index('class="dots"') : html.index("</svg></div>", html.index('class="dots"'))]
    assert dots.count("<circle") == 10  # five bodies, drawn for two widths of screen
    assert dots.count('class="own"') == 2


@pytest.mark.usefixtures("book")
def test_the_book_says_what_the_money_is_for(client: Client) -> None:
    html = page(client)

    assert "What for: the budget book of 2022" in html
    assert "แผนงานบุคลากรภาครัฐ" in html.replace("<wbr>", "")
    assert "/en/budget/2565/lines/2022.3.9.1/" in html
    assert "900 baht of the budgets of 2023 to 2025 is promised already." in html


@pytest.mark.usefixtures("book", "report")
def test_a_ministry_lists_its_agencies(client: Client) -> None:
    html = page(client, "/en/agencies/15/")

    assert "Its agencies" in html
    assert 'href="/en/agencies/15008/"' in html


@pytest.mark.usefixtures("book")
def test_a_body_without_a_weekly_report_shows_its_book_alone(client: Client) -> None:
    html = page(client, "/en/agencies/21004/")

    assert "in the budget book of 2022: 10.0 of every 100 baht of the budget" in html
    assert "paid out" not in html


@pytest.mark.usefixtures("report")
def test_the_share_of_the_whole_budget_is_said_in_baht_of_a_hundred(client: Client) -> None:
    html = page(client)

    assert "in fiscal year 2026" in html


@pytest.mark.usefixtures("book")
def test_projects_of_the_former_site_are_shown_by_province(client: Client) -> None:
    agency = Agency.objects.get(code="15008")
    ProjectDisbursement.objects.create(
        edition=Edition.objects.first(),
        line=1,
        project_code="1500848018500001",
        fiscal_year=2018,
        name="เบี้ยยังชีพ",
        ministry=agency.ministry,
        agency=agency,
        plan=Plan.objects.first(),
        strategy="",
        category=Category.objects.first(),
        budget_province="ขอนแก่น",
        paid_province="ส่วนกลาง",
        budgeted=800,
        disbursed=700,
    )

    html = page(client)

    places = html[html.index('id="provinces"') :]
    assert "In 2018 800 baht was budgeted and 700 baht paid." in places
    assert places.index("Khon Kaen") < places.index("Central")


@pytest.mark.usefixtures("book")
def test_an_earlier_name_moves_to_the_code(client: Client) -> None:
    AgencyName.objects.create(agency=Agency.objects.get(code="15008"), name="กรมเดิม", matched="person")

    response = client.get("/agencies/กรมเดิม/")

    assert (response.status_code, response["Location"]) == (301, "/agencies/15008/")


@pytest.mark.usefixtures("book")
def test_a_name_of_several_bodies_offers_them(client: Client) -> None:
    for number, code in enumerate(("15008", "21004")):
        agency = Agency.objects.get(code=code)
        AgencyName.objects.create(agency=agency, name="สำนักงาน", ministry_code=str(number), matched="person")

    response = client.get("/en/agencies/สำนักงาน/")

    assert response.status_code == 404
    assert "/en/agencies/15008/" in response.content.decode()
    assert "/en/agencies/21004/" in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_code_says_what_it_takes(client: Client) -> None:
    response = client.get("/en/agencies/99999/")

    assert response.status_code == 404
    assert "published code" in response.content.decode()


@pytest.mark.usefixtures("book", "report")
@pytest.mark.parametrize("code", ["15", "15008", "21004"])
def test_a_body_asks_few_questions(client: Client, code: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(38):
        page(client, f"/en/agencies/{code}/")


# The index


@pytest.mark.usefixtures("book", "report")
def test_the_index_groups_bodies_by_ministry_and_kind(client: Client) -> None:
    html = page(client, "/en/agencies/")

    assert "9 bodies receive public money" in html
    assert html.index("Ministry of Interior") < html.index("Agencies of ministries")


@pytest.mark.usefixtures("book", "report")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=ควบคุมโรค", ["21004"]),
        ("?q=15008", ["15008"]),
        ("?ministry=21", ["21004"]),
        ("?kind=ministry&sort=name", ["15", "21"]),
        ("?q=ไม่มีชื่อนี้", []),
    ],
)
def test_bodies_are_found_by_name_code_ministry_and_kind(
    client: Client, query: str, found: list[str]
) -> None:
    html = page(client, f"/en/agencies/{query}")

    table = html.partition("<tbody>")[2]
    assert re.findall(r'href="/en/agencies/(\w+)/"', table) == found


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("query", ["?kind=planet", "?foo=1", "?q=ก&page=7", "?kind=agency&sort=hue"])
def test_what_the_index_cannot_read_is_named(client: Client, query: str) -> None:
    assert client.get(f"/en/agencies/{query}").status_code == 400


@pytest.mark.usefixtures("book", "report")
@pytest.mark.parametrize("query", ["", "?kind=agency", "?q=กรม"])
def test_the_index_asks_few_questions(client: Client, query: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6):
        page(client, f"/en/agencies/{query}")


def test_body_of_which_only_published_totals_are_known_has_a_page(client: Client, book: None) -> None:
    Agency.objects.create(code="กระทรวงวิทยาศาสตร์", name="กระทรวงวิทยาศาสตร์", kind=Agency.Kind.MINISTRY)
    for year in (2018, 2019):
        total(year, "100.00", body="กระทรวงวิทยาศาสตร์", dataset="mof_history")

    html = page(client, "/en/agencies/กระทรวงวิทยาศาสตร์/")

    assert "Through the years" in html
    assert 'class="years"' not in html


@pytest.mark.usefixtures("report")
def test_the_rows_taken_away_are_of_the_year_shown(client: Client) -> None:
    html = page(client)

    assert 'href="/api/v1/disbursements.csv?year=2569&amp;agency=15008&amp;cut=agency"' in html


@pytest.mark.django_db
def test_the_sum_of_the_book_names_every_volume_it_is_of(client: Client, tmp_path: Path) -> None:
    large = (allocation(number, "900.00", line=number) for number in range(1, 8))
    loaded(head(), *large, folder=tmp_path)
    loaded(head("2022.3.10"), allocation(1, "0.01", item_id="2022.3.10.1"), folder=tmp_path)

    html = page(client)

    book = html[html.index('id="book"') :].partition("</section>")[0]
    assert "2 published files" in html
    assert "6,300.01" in html, book

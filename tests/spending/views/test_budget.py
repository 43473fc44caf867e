"""The way down a year's budget."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from spending import named
from spending.models import Agency, AllocationTotal, Edition, ReferenceTotal
from tests.factories import allocation, head, loaded
from tests.spending.years import total

pytestmark = pytest.mark.usefixtures("book")
YEAR = "/budget/2565/"


def page(client: Client, address: str = YEAR) -> str:
    response = client.get(f"/en{address}")
    assert response.status_code == 200, response.content.decode()
    return unquote(response.content.decode())


def act(amount: str, year: int = 2022) -> None:
    edition = Edition.objects.first()
    ReferenceTotal.objects.create(
        edition=edition, line=1, fiscal_year=year, measure="act", amount=Decimal(amount)
    )


def test_the_newest_year_with_lines_is_shown_first(client: Client) -> None:
    response = client.get("/budget/")

    assert (response.status_code, response["Location"]) == (302, YEAR)


def test_a_year_in_the_query_leads_to_its_page_with_the_rest_of_the_query(client: Client) -> None:
    response = client.get("/budget/?year=2022&ministry=15")

    assert (response.status_code, response["Location"]) == (302, f"{YEAR}?ministry=15")


def test_a_common_era_year_moves_to_the_buddhist_address(client: Client) -> None:
    response = client.get("/budget/2022/?ministry=15")

    assert (response.status_code, response["Location"]) == (301, f"{YEAR}?ministry=15")


def test_a_year_shows_its_ministries_largest_first_with_their_sum(client: Client) -> None:
    html = page(client)

    assert html.index("Ministry of Interior") < html.index("Ministry of Public Health")
    assert re.search(r'<tfoot>.*<data value="1000\.00">1,000</data>', html, re.DOTALL)
    assert "Half or more is one: Ministry of Interior, 900 baht or 90.0%." in html


@pytest.mark.parametrize(
    ("query", "deeper"),
    [
        ("", "?ministry=15"),
        ("?ministry=15", "?ministry=15&agency=15008"),
        ("?ministry=15&agency=15008", "agency=15008&plan=แผนงานบุคลากรภาครัฐ"),
        ("?ministry=15&agency=15008&plan=แผนงานบุคลากรภาครัฐ", "/lines/?ministry=15&agency=15008"),
        ("?by=category", "?by=category&category=งบลงทุน"),
        ("?by=cross_cutting", "?cross_cutting=yes"),
        ("?cross_cutting=yes", "cross_cutting=yes&plan=แผนงานบูรณาการสุขภาพ"),
    ],
)
def test_each_row_leads_one_step_deeper(client: Client, query: str, deeper: str) -> None:
    html = page(client, f"{YEAR}{query}").replace("&amp;", "&")

    rows = re.findall(r'<th scope="row".*?href="([^"]+)"', html, re.DOTALL)
    assert any(deeper in row.replace("+", " ") for row in rows), rows


def test_money_without_an_output_or_project_has_a_name_and_a_way_down(client: Client) -> None:
    html = page(client, f"{YEAR}?ministry=15&agency=15005&plan=แผนงานบุคลากรภาครัฐ")

    assert "Personnel (no output or project)" in html
    assert "activity=-" in html


def test_the_trail_is_the_way_up(client: Client) -> None:
    html = page(client, f"{YEAR}?ministry=15&agency=15008")

    trail = html[html.index('class="trail"') : html.index("</nav>", html.index('class="trail"'))]
    assert re.findall(r'href="([^"]+)"', trail) == ["/en/budget/2565/", "/en/budget/2565/?ministry=15"]


def test_the_year_control_keeps_the_reader_where_they_are(client: Client) -> None:
    act("5000", year=2024)

    html = page(client, f"{YEAR}?ministry=15")

    assert 'href="/en/budget/2567/?ministry=15"' in html


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("page_name", ["", "lines/"])
def test_a_ministry_whose_volume_was_never_extracted_is_not_known_rather_than_nothing(
    client: Client, page_name: str
) -> None:
    total(2022, "4000")

    Agency.objects.create(code="20", name="กระทรวงศึกษาธิการ", kind=Agency.Kind.MINISTRY)

    html = page(client, f"/budget/2565/{page_name}?ministry=20")

    assert "<b>Not known</b>" in html
    assert "stand in volumes that have not been extracted" in html
    assert 'href="/en/data/#coverage"' in html
    assert not re.search(r">0(\.0+)?[%< ]", html)


@pytest.mark.usefixtures("book")
def test_a_choice_that_a_wholly_published_book_does_not_have_is_nothing(client: Client) -> None:
    total(2022, "1000")
    Agency.objects.create(code="20", name="กระทรวงศึกษาธิการ", kind=Agency.Kind.MINISTRY)

    html = page(client, "/budget/2565/?ministry=20")

    assert "Nothing of this in the published lines of 2022" in html
    assert "Not known" not in html


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("code", ["99", "a/b", "15|x"])
def test_a_code_that_no_body_has_is_refused_with_the_way_back(client: Client, code: str) -> None:
    answer = client.get(f"/en/budget/2565/?ministry={code}")

    assert answer.status_code == 400
    assert f"nothing published is called “{code}”" in answer.text
    assert 'href="/en/budget/2565/"' in answer.text


@pytest.mark.usefixtures("book")
def test_a_year_without_the_choice_says_in_which_years_there_is_money(client: Client, tmp_path: Path) -> None:
    loaded(
        head("2023.3.9", fiscal_year=2023),
        allocation(1, "7.00", item_id="2023.3.9.1", fiscal_year=2023),
        folder=tmp_path,
    )

    html = page(client, "/budget/2566/?ministry=21")

    assert "No volume of the budget book of 2023 that is published as data has a line of it" in html
    assert 'href="/en/budget/2565/?ministry=21"' in html


def test_the_largest_slices_are_followed_through_the_books(client: Client, tmp_path: Path) -> None:
    loaded(
        head("2023.3.9", fiscal_year=2023),
        allocation(1, "777.00", item_id="2023.3.9.1", fiscal_year=2023),
        folder=tmp_path,
    )

    html = page(client)

    books = html[html.index('id="books"') :]
    assert "777" in books
    assert books.index("2022") < books.index("2023")


def test_the_years_of_the_whole_budget_are_drawn_where_several_are_published(client: Client) -> None:
    act("4000.00", year=2021)
    act("5000.00", year=2022)

    html = page(client)
    figure = client.get(f"/en{YEAR}?chart=years").json()

    assert "In 2022 it is 1,000 baht or 25.0% more than in 2021." in html
    assert figure["data"][0]["y"] == [4000.0, 5000.0]


def test_the_part_of_the_act_in_no_line_is_said_and_hatched(client: Client) -> None:
    act("4000.00")

    html = page(client)

    assert "25.0%" in html
    assert 'title="3,000 baht"' in html
    assert re.search(r'class="cu"[^>]*aria-label="In no published line: 3,000 baht"', html)


def test_a_year_known_by_its_act_alone_is_shown_as_unknown(client: Client) -> None:
    act("4000.00", year=2024)

    html = page(client, "/budget/2567/")

    assert "No line of the budget of 2024 is published as data" in html


def test_a_year_of_which_nothing_is_known_says_which_years_are(client: Client) -> None:
    response = client.get("/en/budget/2590/")

    assert response.status_code == 404
    assert "/en/budget/2565/" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["foo=1", "by=province", "min=x", "year=2566", "sort=hue", "page=0", "page=9"]
)
def test_what_cannot_be_read_is_named(client: Client, query: str) -> None:
    response = client.get(f"/en{YEAR}?{query}")

    assert response.status_code == 400
    assert f"<code>{query.partition('=')[0]}</code>" in response.content.decode()


def test_the_table_is_sorted_by_a_link(client: Client) -> None:
    html = page(client, f"{YEAR}?sort=amount")

    body = html[html.index("<tbody>") :]
    assert body.index("Ministry of Public Health") < body.index("Ministry of Interior")
    assert 'aria-sort="ascending"' in html


def test_amounts_of_lines_narrow_the_sum(client: Client) -> None:
    html = page(client, f"{YEAR}?min=200")

    assert '<data value="850.00">850</data>' in html


def test_the_chart_shows_the_same_slices_as_the_table(client: Client) -> None:
    figure = client.get(f"/en{YEAR}?chart=slices").json()

    assert figure["data"][0]["values"] == [900.0, 100.0]
    assert figure["data"][0]["labels"] == ["Ministry of Interior", "Ministry of Public Health"]


def test_the_downloads_ask_the_same_question(client: Client) -> None:
    html = page(client, f"{YEAR}?ministry=15").replace("&amp;", "&")

    assert "/api/v1/allocations/breakdown?by=agency&year=2565&ministry=15" in html
    assert "/api/v1/allocations.csv?year=2565&ministry=15" in html


def test_an_earlier_day_shows_what_was_known_then(client: Client) -> None:
    html = page(client, f"{YEAR}?as_of=2021-10-01")

    assert "As it was known on 1 October 2021" in html
    assert '<data value="1000.00">1,000</data>' in html


def test_page_api_and_sum_agree(client: Client) -> None:
    html = page(client, f"{YEAR}?ministry=15")
    answer = client.get("/api/v1/allocations/breakdown?by=agency&year=2565&ministry=15").json()

    assert AllocationTotal.objects.filter(ministry__code="15").total() == Decimal("900.00")
    assert answer["total"] == 900
    assert re.search(r'<tfoot>.*<data value="900\.00">900</data>', html, re.DOTALL)


@pytest.mark.parametrize("language", ["", "/en"])
def test_long_names_do_not_make_a_long_page(client: Client, tmp_path: Path, language: str) -> None:
    lines = [
        allocation(number, "10.00", item_id=f"2022.3.17.{number}", plan=f"แผนงาน{'ยุทธศาสตร์' * 7}ที่ {number}")
        for number in range(1, 80)
    ]
    loaded(head("2022.3.17"), *lines, folder=tmp_path)

    response = client.get(f"{language}{YEAR}?by=plan")

    assert len(response.content) < 100_000


@pytest.mark.parametrize("query", ["", "?ministry=15", "?by=category", "?by=activity", "?min=10"])
def test_a_page_asks_few_questions(client: Client, query: str, django_assert_max_num_queries: Any) -> None:
    named.look_up("ministry", "15")  # a name is looked up once a process
    with django_assert_max_num_queries(13):
        page(client, f"{YEAR}{query}")

"""Projects of past years: each at its published key, budgeted beside paid, by province."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from tests.past_projects import CODE, past_project, published_projects

HERE = f"/en/budget/2561/projects/{CODE}/"
LIST = "/en/budget/2561/projects/"


def page(client: Client, address: str = HERE) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:500]
    return response.content.decode()


@pytest.fixture
def projects(db: None, tmp_path: Path) -> None:
    published_projects(
        past_project(1, "800.00", "300.00"),
        past_project(1, None, "400.00", paid_province="ส่วนกลาง"),
        past_project(2, "50.00", None, category=("งบดำเนินงาน",)),
        past_project(
            3, "90.00", "90.00", project_code="1500848018500002", name="โรงเรียนทดสอบ", budget_province="เลย"
        ),
        folder=tmp_path,
    )


@pytest.mark.usefixtures("projects")
def test_project_has_a_page_at_its_year_and_code(client: Client) -> None:
    html = page(client)

    assert "ถนนสายทดสอบ" in html
    assert "850 baht budgeted in fiscal year 2018" in html
    assert "82.4% of it paid" in html


@pytest.mark.usefixtures("projects")
def test_budget_and_payments_stand_beside_each_other_by_province(client: Client) -> None:
    html = page(client)

    places = html[html.index('id="provinces"') : html.index('id="record"')]
    assert places.index('href="/en/provinces/40/">Khon Kaen') < places.index("Central office")
    assert '<data value="850.00">' in places
    assert '<data value="400.00">' in places
    assert '<data value="700.00">' in places


@pytest.mark.usefixtures("projects")
def test_money_of_each_budget_type_is_told_and_can_be_asked_for(client: Client) -> None:
    assert "By budget type" in page(client)
    assert "50 baht budgeted" in page(client, f"{HERE}?category=งบดำเนินงาน")


@pytest.mark.usefixtures("projects")
def test_page_says_where_it_comes_from_and_how_to_cite_it(client: Client) -> None:
    html = page(client)

    assert re.search(r"record 1, 2 of \S+ as published", html)
    assert f"/api/v1/project-disbursements/?project={CODE}&amp;year=2561" in html
    assert 'class="cite-line"' in html
    assert "cite=bibtex-1" in html
    assert "/complaints/new/?about=%2Fen%2Fbudget%2F2561%2Fprojects%2F" in html


@pytest.mark.usefixtures("projects")
def test_rows_of_the_api_are_those_of_the_page(client: Client) -> None:
    rows = client.get(f"/api/v1/project-disbursements/?project={CODE}&year=2561").json()["rows"]

    assert sum(Decimal(str(row["budgeted"] or 0)) for row in rows) == 850


@pytest.mark.django_db
def test_record_that_the_file_repeats_is_shown_once_and_told(client: Client, tmp_path: Path) -> None:
    published_projects(past_project(1, repeated=True), past_project(305, repeated=True), folder=tmp_path)

    html = page(client)

    assert "800 baht budgeted" in html
    assert "The same record stands in the published file once more (record 305)" in html


@pytest.mark.usefixtures("projects")
def test_code_that_nobody_published_is_told(client: Client) -> None:
    response = client.get("/en/budget/2561/projects/9999999999999999/")

    assert response.status_code == 404
    assert "No published project of 2018 has the code 9999999999999999" in response.content.decode()


@pytest.mark.usefixtures("projects")
def test_year_of_either_calendar_moves_to_the_one_address(client: Client) -> None:
    response = client.get(f"/en/budget/2018/projects/{CODE}/")

    assert response.status_code == 301
    assert response["Location"] == HERE


@pytest.mark.usefixtures("projects")
@pytest.mark.parametrize(
    ("query", "found"),
    [("", ["01", "02", "01"]), ("?province=เลย", ["02"]), ("?q=โรงเรียน", ["02"]), ("?q=ไม่มีเลย", [])],
)
def test_list_leads_to_each_record_under_a_query(client: Client, query: str, found: list[str]) -> None:
    html = page(client, f"{LIST}{query}")

    assert [part[-2:] for part in _codes(html)] == found


@pytest.mark.usefixtures("projects")
def test_search_leads_to_the_page_of_the_project(client: Client) -> None:
    html = page(client, "/en/search/?q=โรงเรียนทดสอบ")

    assert 'href="/en/budget/2561/projects/1500848018500002/"' in html


@pytest.mark.usefixtures("projects")
@pytest.mark.parametrize("address", [f"{HERE}?colour=red", f"{LIST}?colour=red", f"{LIST}?by=province"])
def test_parameter_that_is_not_understood_is_told(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.usefixtures("projects")
def test_day_before_the_projects_has_none(client: Client) -> None:
    assert client.get(f"{HERE}?as_of=2017-01-01").status_code == 404
    assert "As it was known on 1 January 2020." in page(client, f"{HERE}?as_of=2020-01-01")


def _codes(html: str) -> list[str]:
    table = html[html.index("<h1") : html.index("</main>")]
    return [
        part.split("/")[0]
        for part in table.split('href="/en/budget/2561/projects/')[1:]
        if part[:1].isdigit()
    ]

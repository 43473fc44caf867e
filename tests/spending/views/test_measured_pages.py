"""Pages that tell amounts per person, as shares, in prices of one year: the control, the figures, what is not
known.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from importers.records import Body
from tests.factories import allocation, disbursement, head, loaded
from tests.past_projects import past_project, published_projects
from tests.reference_values import cpi, gdp, people, published_values
from tests.spending.years import WEEK

BOOK = "/en/budget/2565/"
MAP = "/en/provinces/"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.content.decode()[:500])
    return response.content.decode()


def control(html: str) -> dict[str, str]:
    """The ways to tell amounts that a page offers, with their addresses."""
    found = re.search(r'aria-label="Amounts as">.*?</nav>', html, re.DOTALL)
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', found[0]) if found else []
    return {words: address for address, words in links}


@pytest.fixture
def book(db: None, tmp_path: Path) -> None:
    loaded(head(), allocation(1, "7000.00"), folder=tmp_path)


class TestBudget:
    def test_without_published_values_there_is_no_control(self, client: Client, book: None) -> None:
        assert control(page(client, BOOK)) == {}

    def test_the_control_offers_what_values_allow_and_keeps_the_place(
        self, client: Client, book: None, tmp_path: Path
    ) -> None:
        published_values(people("7"), cpi("100", 2015), cpi("120", 2022), folder=tmp_path)

        ways = control(page(client, f"{BOOK}?by=plan"))

        assert ways == {
            "Baht": "?by=plan",
            "Baht per person": "?by=plan&amp;per=capita",
            "In prices of 2022": "?by=plan&amp;prices=2565",
        }

    def test_the_sum_its_measure_and_the_edition_stand_beside_each_other(
        self, client: Client, book: None, tmp_path: Path
    ) -> None:
        published_values(people("7"), folder=tmp_path)

        html = page(client, f"{BOOK}?per=capita")

        assert "7,000 baht is 1,000 baht per person." in html
        assert re.search(r'<a href="/en/data/[^"]+">7 people on 31 December 2021', html)
        assert "October to September" in html

    def test_what_is_not_published_is_said_and_the_amount_stays(
        self, client: Client, book: None, tmp_path: Path
    ) -> None:
        published_values(gdp(year=2020), folder=tmp_path)

        html = page(client, f"{BOOK}?per=gdp")

        assert "No gross domestic product is published here for fiscal year 2022." in html
        assert "The newest one here is for 2020." in html
        assert '<data value="7000.00">7,000</data>' in html

    def test_lines_below_are_shown_in_baht(self, client: Client, book: None, tmp_path: Path) -> None:
        published_values(people("7"), folder=tmp_path)

        html = page(client, f"{BOOK}?per=capita&by=plan")

        (lines,) = set(re.findall(r'href="(/en/budget/2565/lines/[^"]*)"', html))
        assert "per=" not in lines
        assert client.get(f"{BOOK}lines/?per=capita").status_code == 400


@pytest.fixture
def provinces(db: None, tmp_path: Path) -> None:
    """Central money of 2569 in two provinces; a project of 2561."""
    held = [
        disbursement(
            Body(name, f"{code}00", ""),
            cut="central_to_province",
            province_code=code,
            after_transfer=None,
            allotted=Decimal(given),
            line=line,
        )
        for line, (name, code, given) in enumerate([("ขอนแก่น", "40", "1000"), ("เลย", "42", "300")], start=7)
    ]
    loaded(head("2569", fiscal_year=2026, as_of=WEEK), *held, folder=tmp_path)
    published_projects(past_project(1, "800.00", "100.00"), folder=tmp_path)


class TestProvinces:
    def test_without_a_count_the_map_says_that_it_makes_none_up(
        self, client: Client, provinces: None
    ) -> None:
        html = page(client, MAP)

        assert "we make none up" in html
        assert "show=person" not in html

    def test_budgets_are_divided_by_the_people_of_the_province(
        self, client: Client, provinces: None, tmp_path: Path
    ) -> None:
        published_values(
            people("8", "40", 2025, as_of="2025-12-31"),
            people("2", "42", 2025, as_of="2025-12-31"),
            folder=tmp_path,
        )

        html = page(client, f"{MAP}?show=person")

        assert "Loei has the most, 150 baht; Khon Kaen the least, 125 baht." in html
        assert '<data value="125.00">125</data>' in html
        assert "31 December 2025" in html

    def test_a_year_without_a_count_is_not_known_and_says_which_years_are(
        self, client: Client, provinces: None, tmp_path: Path
    ) -> None:
        published_values(people("8", "40", 2025, as_of="2025-12-31"), folder=tmp_path)

        html = page(client, f"{MAP}?source=projects&show=person")

        assert "not known for 2018" in html
        assert "published here for 2026" in html

    def test_the_page_of_a_province_tells_each_source_per_person(
        self, client: Client, provinces: None, tmp_path: Path, django_assert_max_num_queries: Any
    ) -> None:
        published_values(people("8", "40", 2025, as_of="2025-12-31"), folder=tmp_path)

        with django_assert_max_num_queries(40):
            html = page(client, f"{MAP}40/")

        assert '<data value="125.00">125</data>' in html
        assert "Khon Kaen: 8 people on 31 December 2025, for fiscal year 2026" in html

    def test_the_page_says_what_the_data_say(self, client: Client, provinces: None, tmp_path: Path) -> None:
        published_values(people("8", "40", 2025, as_of="2025-12-31"), folder=tmp_path)

        asked = "cut=central_to_province&province=ขอนแก่น&measure=allotted&per=capita"
        (row,) = client.get(f"/api/v1/disbursements/?{asked}&fields=allotted,measured").json()["rows"]

        assert row == {"allotted": 1000, "measured": 125}


def test_an_agency_without_published_years_refuses_the_words(client: Client, book: None) -> None:
    response = client.get("/en/agencies/15008/?per=capita")

    assert response.status_code == 400
    assert "per" in response.content.decode()


def test_the_day_of_a_count_outside_any_known_year_measures_nothing(
    client: Client, book: None, tmp_path: Path
) -> None:
    published_values(people("7", year=2030, as_of=date(2031, 1, 1).isoformat()), folder=tmp_path)

    assert "No count of people is published here for fiscal year 2022." in page(client, f"{BOOK}?per=capita")

"""The page of one line."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import allocation, commitment, head, loaded

from .conftest import interior

pytestmark = pytest.mark.usefixtures("book")
LINE = "/en/budget/2565/lines/2022.3.9.1/"


def page(client: Client, address: str = LINE) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_a_line_has_its_description_amount_and_path(client: Client) -> None:
    html = page(client)

    assert "ก่อสร้าง" in html
    assert '<data value="600.00"' in html
    for step in ("Ministry of Interior", "กรมส่งเสริมการปกครองท้องถิ่น", "แผนงานบุคลากรภาครัฐ", "ถนน"):
        assert step in html.replace("<wbr>", "")


def test_a_line_names_volume_page_file_line_and_edition(client: Client) -> None:
    html = page(client)

    assert "issue 3, volume 9, page 12" in html
    assert re.search(r"line 2 of \S+\.txt as published", html)
    assert re.search(r'href="/en/data/editions/\d+/"', html)


def test_the_years_of_an_obligation_are_listed_with_ranges(client: Client) -> None:
    html = page(client)

    timeline = html[html.index('id="timeline"') :]
    assert timeline.index("2021") < timeline.index("2022") < timeline.index("2023–2025")
    assert "It costs 1,800 baht in all; 900 baht is promised for later years, until 2025." in html


def test_the_lines_beside_it_are_of_the_same_output_or_project(client: Client, tmp_path: Path) -> None:
    loaded(
        head("2022.3.17"),
        allocation(1, "5.00", item_id="2022.3.17.1", activity="ถนน", activity_kind="project"),
        folder=tmp_path,
    )

    html = page(client)

    assert "There is 1 more, 5 baht." in html
    assert "/en/budget/2565/lines/2022.3.17.1/" in html


def test_a_corrected_line_shows_what_earlier_editions_said(client: Client, tmp_path: Path) -> None:
    loaded(head(as_of=date(2022, 1, 1)), *interior("700.00"), folder=tmp_path)

    html = page(client)
    before = page(client, f"{LINE}?as_of=2021-12-31")

    assert '<data value="700.00"' in html
    assert "This line was corrected" in html
    assert '<data value="600.00"' in before
    assert "As it was known on 31 December 2021" in before


def test_the_id_of_another_year_of_an_obligation_leads_to_its_line(client: Client) -> None:
    response = client.get("/budget/2565/lines/2022.3.9.12/")

    assert (response.status_code, response["Location"]) == (301, "/budget/2565/lines/2022.3.9.1/#timeline")


def test_a_line_asked_for_in_the_wrong_year_moves_to_its_own(client: Client) -> None:
    response = client.get("/budget/2566/lines/2022.3.9.1/")

    assert (response.status_code, response["Location"]) == (301, "/budget/2565/lines/2022.3.9.1/")


def test_an_obligation_without_a_line_says_what_it_is(client: Client, tmp_path: Path) -> None:
    loaded(
        head("2022.3.17"),
        allocation(1, "5.00", item_id="2022.3.17.1"),
        commitment(9, "44.00", item_id="2022.3.17.9", line_item_id="", description="สะพาน"),
        folder=tmp_path,
    )

    response = client.get("/en/budget/2565/lines/2022.3.17.9/")

    assert response.status_code == 404
    assert "สะพาน, 44 baht in 2023" in response.content.decode()


def test_an_unknown_id_says_what_it_takes(client: Client) -> None:
    response = client.get("/en/budget/2565/lines/nothing/")

    assert response.status_code == 404
    assert "2022.3.10.57" in response.content.decode()


@pytest.mark.parametrize("item_id", ["2022.3.3(1).12", "2022.3.5-1"])
def test_published_ids_of_every_shape_are_addresses(client: Client, tmp_path: Path, item_id: str) -> None:
    loaded(head("2022.3.3(1)"), allocation(1, "5.00", item_id=item_id), folder=tmp_path)

    assert "5 baht" in page(client, f"/en/budget/2565/lines/{item_id}/")


@pytest.mark.parametrize(("form", "first"), [("bibtex", "@misc{"), ("ris", "TY  - DATA")])
def test_a_citation_is_a_file(client: Client, form: str, first: str) -> None:
    response = client.get(f"{LINE}?cite={form}")

    text = response.content.decode()
    assert text.startswith(first)
    assert "http://testserver/en/budget/2565/lines/2022.3.9.1/" in text
    assert "attachment" in response["Content-Disposition"]


def test_unknown_parameters_are_named(client: Client) -> None:
    assert client.get(f"{LINE}?foo=1").status_code == 400
    assert client.get(f"{LINE}?cite=mla").status_code == 400
    assert client.get(f"{LINE}?as_of=yesterday").status_code == 400


def test_a_line_asks_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(9):
        page(client)

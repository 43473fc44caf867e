"""The pages of purchases: the overview and its list, a project, suppliers; and what they do not show."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache

from spending.models import Agency
from tests.purchases import COMPANY_ID, bought, by_person, contract, part, project

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def purchases(tmp_path: Path) -> None:
    cache.clear()
    Agency.objects.create(code="07003", name="กรมตัวอย่าง", kind=Agency.Kind.AGENCY)
    unnumbered = {"winner_kind": "unnumbered", "tax_id": "", "supplier": "บริษัท ตัวอย่าง จำกัด"}
    bought(
        part(),
        project(1, "1000.10", agreed_price=Decimal("900.05")),
        project(2, "500.00", method="คัดเลือก", buyer="เทศบาล ก/ข", province=""),
        project(3, None, name="จ้างก่อสร้างถนนลาดยาง", method=""),
        contract(1, "900.05"),
        by_person(2, amount="400.00", method="คัดเลือก", buyer="เทศบาล ก/ข", province=""),
        contract(3, "50.00", **unnumbered),
        folder=tmp_path,
    )
    bought(
        part("2567", 2024),
        project(9, "70.00", fiscal_year=2024),
        contract(9, "60.00", fiscal_year=2024, supplier="บจก.ตัวอย่าง"),
        folder=tmp_path,
    )


def page(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(quote(address, safe="/?=&%"))
    assert answer.status_code == status, answer.content
    return str(answer.content.decode())


def test_purchases_lead_to_the_newest_year(client: Any, purchases: None) -> None:
    answer = client.get("/procurement/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/procurement/2568/")


def test_purchases_are_said_to_be_none_where_nothing_is_loaded(client: Any) -> None:
    assert page(client, "/procurement/")


def test_year_of_the_common_era_moves_to_the_buddhist_one(client: Any, purchases: None) -> None:
    answer = client.get("/procurement/2025/")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/procurement/2568/")


def test_overview_shows_the_sums_of_the_api(client: Any, purchases: None) -> None:
    shown = page(client, "/en/procurement/2568/")
    total = client.get("/api/v1/projects/breakdown?by=method&measure=agreed_price&year=2568").json()["total"]

    assert total == 1400.05
    assert 'value="1400.05"' in shown
    assert 'value="1350.05"' in shown, "contracts"


def test_overview_splits_and_links_down(client: Any, purchases: None) -> None:
    shown = page(client, "/procurement/2568/")

    for address in ("?method=คัดเลือก", "?buyer=กรมตัวอย่าง", "?province=นนทบุรี", f"/suppliers/{COMPANY_ID}/"):
        assert f'href="{address}"' in shown


def test_province_is_split_into_its_districts_which_lead_down(client: Any, purchases: None) -> None:
    of_all = page(client, "/procurement/2568/")
    of_province = page(client, "/procurement/2568/?province=นนทบุรี")
    of_district = page(client, "/en/procurement/2568/?province=นนทบุรี&district=นนทบุรี/ปากเกร็ด")

    assert 'id="district"' not in of_all
    assert (
        'href="?district=' in of_province or "district=%E0" in of_province or "district=นนทบุรี" in of_province
    )
    assert 'id="district"' not in of_district
    assert 'value="950.05"' in of_district, "contracts of that district alone"


def test_overview_under_a_choice_shows_it_and_how_to_lift_it(client: Any, purchases: None) -> None:
    shown = page(client, "/en/procurement/2568/?method=คัดเลือก")

    assert 'value="500.00"' in shown
    assert 'id="method"' not in shown
    assert "remove" in shown


def test_extracts_are_said_to_be_no_whole_year(client: Any, tmp_path: Path) -> None:
    bought(part("2568-drones"), project(1), folder=tmp_path)

    assert "These are not all purchases of 2025" in page(client, "/en/procurement/2568/")


def test_pieces_of_a_year_are_counted(client: Any, tmp_path: Path) -> None:
    bought(part("2568-1"), project(1), folder=tmp_path)

    assert "Here is 1 of the files" in page(client, "/en/procurement/2568/")


def test_whole_year_needs_no_warning(client: Any, purchases: None) -> None:
    assert "These are not all" not in page(client, "/en/procurement/2568/")


def test_year_without_purchases_names_the_years_that_have_some(client: Any, purchases: None) -> None:
    shown = page(client, "/en/procurement/2550/", 404)

    assert 'href="/en/procurement/2567/"' in shown


@pytest.mark.parametrize(
    "address",
    [
        "/procurement/2568/?colour=red",
        "/procurement/2568/?by=method",
        "/procurement/2568/?year=2567",
        "/procurement/2568/projects/?sort=colour",
        "/procurement/2568/projects/?page=99",
        "/procurement/2568/projects/?by=method",
        "/projects/67119000001/?page=2",
        "/suppliers/?colour=red",
        f"/suppliers/{COMPANY_ID}/?page=7",
    ],
)
def test_parameter_that_cannot_be_read_is_named(client: Any, purchases: None, address: str) -> None:
    page(client, address, 400)


def test_query_without_a_match_offers_the_years_that_have_one(client: Any, purchases: None) -> None:
    shown = page(client, "/en/procurement/2567/?method=คัดเลือก")

    assert "/en/procurement/2568/?method=" in shown


def test_list_is_sorted_and_filtered_like_the_api(client: Any, purchases: None) -> None:
    shown = page(client, "/procurement/2568/projects/?q=ถนน")

    assert "/projects/67119000003/" in shown
    assert "/projects/67119000001/" not in shown


def test_list_in_each_order_shows_all(client: Any, purchases: None) -> None:
    for sort in ("amount", "-amount", "budget", "-budget", "name", "day", "-day"):
        shown = page(client, f"/procurement/2568/projects/?sort={sort}")
        assert all(f"/projects/6711900000{number}/" in shown for number in (1, 2, 3))


def test_project_shows_the_way_from_budget_to_contract(client: Any, purchases: None) -> None:
    shown = page(client, "/en/projects/67119000001/")

    assert 'value="1000.10"' in shown
    assert "10.0% below the budget" in shown
    assert 'href="/en/agencies/07003/"' in shown
    assert f'href="/en/suppliers/{COMPANY_ID}/"' in shown


def test_contract_of_a_person_stands_without_a_name(client: Any, purchases: None) -> None:
    shown = page(client, "/en/projects/67119000002/")

    assert "a natural person, or taken for one" in shown
    assert "/suppliers/" not in shown.split('id="contracts"')[1].split("</section>")[0]


def test_project_without_contracts_says_so(client: Any, tmp_path: Path) -> None:
    bought(part(), project(1), folder=tmp_path)

    assert "holds no contracts" in page(client, "/en/projects/67119000001/")


def test_unknown_project_is_explained(client: Any) -> None:
    assert "11 digits" in page(client, "/en/projects/123/", 404)


def test_project_of_an_earlier_day_is_answered_from_that_day(client: Any, tmp_path: Path) -> None:
    bought(part(), project(1, "100.00"), folder=tmp_path)

    assert "As it was known" in page(client, "/en/projects/67119000001/?as_of=2026-01-01")
    page(client, "/projects/67119000001/?as_of=2020-01-01", 404)


def test_supplier_is_all_it_won_under_one_id(client: Any, purchases: None) -> None:
    shown = page(client, f"/en/suppliers/{COMPANY_ID}/")

    assert 'value="960.05"' in shown
    assert "บจก.ตัวอย่าง" in shown
    assert "/projects/67119000001/" in shown
    assert "/projects/67119000009/" in shown


def test_supplier_and_its_namesake_without_an_id_lead_to_each_other(client: Any, purchases: None) -> None:
    numbered = page(client, f"/suppliers/{COMPANY_ID}/")
    apart = page(client, "/en/suppliers/บริษัท ตัวอย่าง จำกัด/")

    assert 'href="/suppliers/%E0%B8%9A' in numbered or 'href="/suppliers/บริษัท' in numbered
    assert "No usable tax id was published" in apart
    assert f"/suppliers/{COMPANY_ID}/" in apart


def test_unknown_supplier_is_explained(client: Any) -> None:
    assert "Natural persons have no page" in page(client, "/en/suppliers/3619900123456/", 404)


def test_suppliers_are_listed_by_what_they_won(client: Any, purchases: None) -> None:
    shown = page(client, "/en/suppliers/")

    assert shown.index('value="960.05"') < shown.index('value="50.00"')
    assert "1 contract of a natural person" in shown


@pytest.mark.parametrize("words", ["ตัวอย่าง", COMPANY_ID, "บริษัท"])
def test_supplier_is_found_by_name_or_id(client: Any, purchases: None, words: str) -> None:
    assert f"/suppliers/{COMPANY_ID}/" in page(client, f"/suppliers/?q={words}")


def test_agency_shows_what_it_bought(client: Any, purchases: None) -> None:
    shown = page(client, "/agencies/07003/")

    assert 'href="/procurement/2568/?agency=07003"' in shown


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/procurement/2568/", 18),
        ("/procurement/2568/projects/", 10),
        ("/projects/67119000001/", 7),  # one for the moment that its embeds are pinned to
        ("/suppliers/", 6),
        (f"/suppliers/{COMPANY_ID}/", 15),  # one for the moment that its citation is pinned to
    ],
)
def test_page_of_purchases_costs_few_questions(
    client: Any, purchases: None, address: str, queries: int, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(queries):
        page(client, address)


@pytest.mark.parametrize("address", ["/procurement/2568/", "/procurement/2568/projects/", "/suppliers/"])
@pytest.mark.parametrize("tongue", ["", "/en"])
def test_page_of_purchases_is_light(client: Any, purchases: None, tongue: str, address: str) -> None:
    assert len(page(client, tongue + address)) < 100_000

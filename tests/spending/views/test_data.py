"""The pages of the data itself."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from importers.records import Control, Note, Refusal
from spending.models import Edition
from tests.factories import allocation, head, loaded
from tests.spending.years import total

pytestmark = pytest.mark.django_db
FOUR_HUNDRED = Decimal(400)
FULL = [allocation(number) for number in range(2, 202)]


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """A volume with a refusal, a repair, a sum that holds and one that its publisher gets wrong."""
    loaded(
        head(),
        allocation(1, "400"),
        *FULL,
        Refusal(9, "AMOUNT", "=12,x", "This is not an amount of money."),
        Note("repaired_category", 4, "งบดาเนินงาน", "งบดำเนินงาน"),
        Control("รวม", FOUR_HUNDRED, FOUR_HUNDRED),
        Control("รวม 2551", FOUR_HUNDRED, FOUR_HUNDRED + 30, advisory=True),
        folder=tmp_path,
        name="2022-3-9.csv",
    )
    return Edition.objects.get(is_current=True)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


@pytest.mark.usefixtures("edition")
def test_data_page_counts_rows_refusals_and_sums(client: Client) -> None:
    html = page(client, "/en/data/")

    assert "201 rows from 1 published file; 1 rows could not be read" in html
    assert 'href="/en/data/budget_book/"' in html
    assert "1 of 2" in page(client, "/en/data/budget_book/")


@pytest.mark.usefixtures("edition")
def test_data_page_shows_where_sums_disagree_and_by_how_much(client: Client) -> None:
    total(2018, "3050", dataset="mof_history")
    total(2018, "3057")

    html = page(client, "/en/data/")

    assert '<data value="30">30</data>' in html
    assert "the act of parliament, whole budget of 2018" in html
    assert '<data value="7.00">7</data>' in html


@pytest.mark.usefixtures("edition")
def test_data_page_shows_the_coverage_of_every_act(client: Client) -> None:
    total(2022, "40800")

    html = page(client, "/en/data/")

    assert '<a href="/en/budget/2565/">2022</a>' in html
    assert "50.0%" in html


@pytest.mark.usefixtures("edition")
def test_editions_can_be_taken_away_as_csv(client: Client) -> None:
    response = client.get("/data/?format=csv")

    (row,) = csv.DictReader(io.StringIO(response.getvalue().decode()))
    assert (row["part"], row["rows"], row["refused"], row["checks_failed"]) == ("2022.3.9", "201", "1", "1")
    assert "attachment" in response["Content-Disposition"]


def test_edition_page_tells_its_origin_sums_repairs_and_refusals(client: Client, edition: Edition) -> None:
    html = page(client, f"/en/data/editions/{edition.pk}/")

    assert edition.file_sha256 in html
    assert "1 of 2 sums agree with the printed ones." in html
    assert "the publisher's own file disagrees" in html.replace("&#x27;", "'")
    assert "งบดาเนินงาน" in html
    assert "This is not an amount of money." in html


def test_refusals_can_be_taken_away_and_hold_no_formula(client: Client, edition: Edition) -> None:
    response = client.get(f"/en/data/editions/{edition.pk}/?format=csv")

    (row,) = csv.DictReader(io.StringIO(response.getvalue().decode()))
    assert (row["line"], row["column"], row["value"]) == ("9", "AMOUNT", "'=12,x")


def test_edition_can_be_taken_away_as_json(client: Client, edition: Edition) -> None:
    found = json.loads(client.get(f"/data/editions/{edition.pk}/?format=json").content)

    assert (found["part"], found["rows"], found["total"]) == ("2022.3.9", 201, "20400.00")
    assert [check["holds"] for check in found["checks"]] == [True, False]
    assert found["refusals"][0]["line"] == 9


def test_many_refusals_are_paged(client: Client, tmp_path: Path) -> None:
    refusals = [Refusal(line, "AMOUNT", "x", "No amount.") for line in range(1, 121)]
    loaded(head(), *[allocation(n) for n in range(1, 12_001)], *refusals, folder=tmp_path)
    edition = Edition.objects.get(dataset="budget_book")

    html = page(client, f"/en/data/editions/{edition.pk}/?page=3")

    assert html.count("No amount.") == 20
    assert "Page 3 of 3" in html


def test_held_edition_is_nobodys_to_see(client: Client, tmp_path: Path) -> None:
    loaded(
        head(),
        allocation(1),
        Control("รวม", FOUR_HUNDRED, FOUR_HUNDRED + 1),
        folder=tmp_path,
        name="held.csv",
    )
    held = Edition.objects.get(state="held")

    assert client.get(f"/data/editions/{held.pk}/").status_code == 404
    assert client.get(f"/data/files/{held.source_file.sha256}/").status_code == 404


def test_replaced_edition_stays_and_points_to_the_current_one(
    client: Client, edition: Edition, tmp_path: Path
) -> None:
    loaded(head(), allocation(1, "500"), *FULL, folder=tmp_path)
    current = Edition.objects.get(is_current=True)

    html = page(client, f"/en/data/editions/{edition.pk}/")

    assert "This edition has been replaced by a newer one." in html
    assert f'href="/en/data/editions/{current.pk}/"' in html


def test_published_file_is_handed_out_byte_for_byte(client: Client, edition: Edition, tmp_path: Path) -> None:
    response = client.get(f"/data/files/{edition.source_file.sha256}/")

    assert response.getvalue() == (tmp_path / "2022-3-9.csv").read_bytes()
    assert response["Content-Disposition"] == 'attachment; filename="2022-3-9.csv"'
    assert response["Content-Type"] == "application/octet-stream"


def test_file_that_is_no_longer_kept_is_no_page(client: Client, edition: Edition) -> None:
    edition.source_file.content.delete()

    assert client.get(f"/data/files/{edition.source_file.sha256}/").status_code == 404


@pytest.mark.usefixtures("edition")
def test_sources_name_publishers_and_terms(client: Client) -> None:
    html = page(client, "/en/data/sources/")

    assert "Bureau of the Budget" in html
    assert "open" in html


def test_dictionary_explains_words_downloads_and_tables(client: Client) -> None:
    html = page(client, "/en/data/dictionary/")

    assert "Paid out by the treasury." in html
    assert 'id="allocations"' in html
    assert 'id="Disbursement"' in page(client, "/en/data/dictionary/tables/")


@pytest.mark.parametrize("address", ["/data/?format=xml", "/data/?page=2", "/data/sources/?q=1"])
def test_unknown_parameter_is_told(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.usefixtures("edition")
def test_data_pages_keep_their_query_budgets(
    client: Client, edition: Edition, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9):
        client.get("/data/")
    with django_assert_max_num_queries(5):
        client.get(f"/data/editions/{edition.pk}/")

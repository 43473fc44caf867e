"""The reconciliation on its faces: page, chart, API and files say the same, and lead to rows that add up."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from spending.models import Agency
from tests.factories import INTERIOR, LOCAL_AFFAIRS, allocation, head, loaded
from tests.purchases import bought, contract, part, project

from .test_reconciliation import a_year_of_each_source

pytestmark = pytest.mark.django_db
PAGE = f"/en/agencies/{LOCAL_AFFAIRS.code}/reconciliation/"
API = "/api/v1/reconciliation"


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    return a_year_of_each_source(tmp_path)


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def rows_of(client: Any, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"{API}/?{query}")
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = json.loads(answer.content, parse_float=Decimal)["rows"]
    return rows


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize("year", ["2565", "2569"])
def test_page_shows_each_amount_of_the_api(client: Any, year: str) -> None:
    html = client.get(f"{PAGE}?year={year}").content.decode()

    section = html[html.index("<table") : html.index('<h2 id="years-title"')]
    shown = [Decimal(value) for value in re.findall(r'<data value="([^"]+)"', section)]
    told = rows_of(client, f"agency={LOCAL_AFFAIRS.code}&year={year}")
    assert shown == [row["amount"] for row in told if row["amount"] is not None]


@pytest.mark.usefixtures("agency")
def test_files_hold_the_rows_of_the_api(client: Any) -> None:
    told = rows_of(client)

    text = body_of(client.get(f"{API}.csv")).decode()
    lines = [
        json.loads(line, parse_float=Decimal) for line in body_of(client.get(f"{API}.jsonl")).splitlines()
    ]
    book = load_workbook(io.BytesIO(body_of(client.get(f"{API}.xlsx"))))

    read = list(csv.DictReader(io.StringIO(text)))
    assert lines == told
    assert [row["amount"] for row in read] == [
        "" if row["amount"] is None else str(row["amount"]) for row in told
    ]
    assert book.active.max_row == len(told) + 1


@pytest.mark.usefixtures("agency")
def test_rows_behind_an_amount_add_up_to_it(client: Any) -> None:
    measures = {"allocations": "amount", "contracts": "amount", "projects": "agreed_price"}
    compared = 0

    for row in rows_of(client, "year=2565"):
        if row["kind"] not in ("amount", "other_cut") or row["amount"] is None:
            continue
        resource = row["rows"].split("/")[3]
        found = json.loads(client.get(row["rows"]).content, parse_float=Decimal)["rows"]
        assert sum(fact[measures[resource]] for fact in found) == row["amount"]
        compared += 1

    assert compared == 6  # the agency and its ministry: book, contracts, projects


@pytest.mark.usefixtures("agency")
def test_what_no_edition_covers_is_empty_and_not_zero(client: Any) -> None:
    [paid] = [
        row
        for row in rows_of(client, f"year=2565&agency={LOCAL_AFFAIRS.code}")
        if (row["kind"], row["station"]) == ("amount", "disbursed")
    ]

    assert paid["amount"] is None
    assert paid["cause"] == "not_covered"
    assert "That is not zero." in client.get(f"{PAGE}?year=2565").content.decode()


@pytest.mark.usefixtures("agency")
def test_chart_holds_the_known_stations(client: Any) -> None:
    figure = client.get(f"{PAGE}?year=2565&chart=stations").json()

    assert figure["data"][0]["y"] == ["Allotted", "Contracted"]


@pytest.mark.usefixtures("agency")
def test_pages_of_the_api_follow_each_other_without_gap(client: Any) -> None:
    first = client.get(f"{API}/?limit=2").json()
    found = list(first["rows"])
    address = first["next"]
    while address:
        page = client.get(address).json()
        found += page["rows"]
        address = page["next"]

    assert found == client.get(f"{API}/").json()["rows"]


@pytest.mark.usefixtures("agency")
def test_ministry_asks_for_it_and_its_agencies(client: Any) -> None:
    told = rows_of(client, f"ministry={INTERIOR.code}&year=2565")

    assert {row["agency_code"] for row in told} == {INTERIOR.code, LOCAL_AFFAIRS.code}


@pytest.mark.usefixtures("agency")
def test_day_is_answered_from_the_editions_of_that_day(client: Any) -> None:
    told = rows_of(client, f"agency={LOCAL_AFFAIRS.code}&as_of=2022-01-01")

    assert {row["fiscal_year"] for row in told} == {2022}
    assert "As it was known on" in client.get(f"{PAGE}?as_of=2022-01-01").content.decode()


@pytest.mark.parametrize("query", ["plan=x", "year=abc", "as_of=2569-07-03", "cursor=x", "limit=0"])
def test_what_is_not_understood_is_refused_by_its_name(client: Any, query: str) -> None:
    answer = client.get(f"{API}/?{query}")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.split("=")[0]


@pytest.mark.usefixtures("agency")
def test_page_of_the_agency_shows_the_newest_year_and_leads_to_all(client: Any) -> None:
    html = client.get(f"/en/agencies/{LOCAL_AFFAIRS.code}/").content.decode()

    assert 'id="stations"' in html
    assert f'href="{PAGE}"' in html


@pytest.mark.usefixtures("agency")
def test_page_shows_under_which_names_the_agency_was_found(client: Any) -> None:
    html = client.get(PAGE).content.decode()

    assert "Names and codes joined to it" in html
    assert "by its normalised name" in html


def test_agency_that_does_not_exist_has_no_page(client: Any) -> None:
    assert client.get("/en/agencies/00000/reconciliation/").status_code == 404


@pytest.mark.usefixtures("agency")
def test_page_leads_to_the_sources_of_its_figures(client: Any) -> None:
    html = client.get(f"{PAGE}?year=2565").content.decode()

    assert 'href="/en/data/budget_book/"' in html
    assert 'href="/en/data/egp_contracts/"' in html
    assert 'href="/en/data/cgd_weekly/"' not in html


@pytest.mark.parametrize(("of_year", "said"), [("2565", False), ("2565-drones", True)])
def test_contracts_of_an_extract_are_said_to_be_of_one(
    client: Any, tmp_path: Path, of_year: str, said: bool
) -> None:
    loaded(head(), allocation(1, "1000.00"), folder=tmp_path)
    words = {"buyer": LOCAL_AFFAIRS.name, "fiscal_year": 2022}
    second = contract(2, "50.00", **words)
    bought(
        part(of_year, 2022),
        project(1, **words),
        project(2, **words),
        contract(1, **words),
        second,
        folder=tmp_path,
    )

    html = client.get(f"{PAGE}?year=2565").content.decode()

    assert ("from an extract, not all of the year (contracts in it: 2)" in html) == said
    assert ("what is less there says nothing about the agency" in html) == said
    english = {"Accept-Language": "en"}
    text = body_of(client.get(f"{API}.csv", headers=english)).decode()
    for rows in (client.get(f"{API}/", headers=english).json()["rows"], csv.DictReader(io.StringIO(text))):
        notes = {row["note"] for row in rows if (row["kind"], row["station"]) == ("amount", "contracted")}
        assert notes == {"from an extract, not all of the year (contracts in it: 2)" if said else ""}

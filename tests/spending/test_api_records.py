"""One record of the API at its own address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from spending.api_records import RECORDS
from tests.purchases import COMPANY_ID
from tests.test_pages import publish

SLASH = "\u2215"
IDS = {
    "allocations": ("2022.3.9.1",),
    "commitments": ("2022.3.9.11",),
    "projects": ("67119000001",),
    "contracts": ("67119000001", f"1{SLASH}2568~{COMPANY_ID}"),
    "suppliers": (COMPANY_ID,),
    "agencies": ("15008",),
    "provinces": ("40",),
}


@pytest.fixture
def published(db: None, tmp_path: Path) -> None:
    publish(tmp_path)


def ids_of(client: Client, name: str) -> tuple[str, ...] | None:
    """The published name of the first row of a resource; None where a test publishes none."""
    if name in IDS:
        return IDS[name]
    rows = client.get(f"/api/v1/{name}/").json()["rows"]
    return tuple(rows[0][part] for part in RECORDS[name].parts) if rows else None


def ask(client: Client, name: str, ids: tuple[str, ...], **query: str) -> Any:
    return client.get(f"/api/v1/{name}/{'/'.join(map(quote, ids))}/", query)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", [name for name in RECORDS if name not in ("areas", "line-projects")])
def test_record_is_the_row_of_its_list(client: Client, name: str) -> None:
    ids = ids_of(client, name)
    assert ids is not None

    answer = ask(client, name, ids)

    rows = client.get(f"/api/v1/{name}/?limit=1000").json()["rows"]
    assert answer.status_code == 200
    assert answer.json()["row"] in rows
    assert answer.json()["unit"] == "baht"
    for part, text in zip(RECORDS[name].parts, ids, strict=True):
        assert answer.json()["row"].get(part, text) == text


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", RECORDS)
def test_id_of_nothing_is_a_problem_with_its_shape(client: Client, name: str) -> None:
    answer = ask(client, name, ("0",) * len(RECORDS[name].parts))

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.usefixtures("published")
def test_record_is_not_sent_to_who_holds_it(client: Client) -> None:
    first = ask(client, "agencies", ("15008",))

    again = client.get("/api/v1/agencies/15008/", headers={"if-none-match": first["ETag"]})

    assert first["ETag"]
    assert again.status_code == 304


@pytest.mark.usefixtures("published")
def test_record_takes_columns_and_a_day_and_nothing_else(client: Client) -> None:
    few = ask(client, "allocations", IDS["allocations"], fields="amount", as_of="2026-07-10")
    other = ask(client, "allocations", IDS["allocations"], year="2565")

    assert list(few.json()["row"]) == ["amount"]
    assert other.status_code == 400
    assert other.json()["parameter"] == "year"


@pytest.mark.usefixtures("published")
def test_record_leads_to_its_page_and_a_project_to_its_contracts(client: Client) -> None:
    line = ask(client, "allocations", IDS["allocations"]).json()
    project = ask(client, "projects", IDS["projects"]).json()

    assert line["page"] == "http://testserver/budget/2565/lines/2022.3.9.1/"
    assert client.get(line["page"]).status_code == 200
    (contract,) = project["contracts"]
    assert contract.isascii()
    assert client.get(contract).status_code == 200

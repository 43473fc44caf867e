"""How much of a budget act an answer can rest on: the same on the page, in the API and with every file."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spending.downloads import FORMS
from spending.dumps import signing
from spending.dumps.manifest import MANIFEST, read_manifest
from spending.dumps.writing import publish
from tests.factories import DISEASE_CONTROL, HEALTH, allocation, disbursement, head, loaded
from tests.spending.years import total

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def acts(tmp_path: Path) -> None:
    """The act of the lines' year, of which they are a quarter, and that of a year without lines."""
    most = allocation(2, "310600000000.10", ministry=HEALTH, agency=DISEASE_CONTROL)
    loaded(head(), allocation(1, "100.25"), most, folder=tmp_path)
    loaded(head("2569"), disbursement(), folder=tmp_path)
    total(2022, "1242400000401.40")
    total(2021, "5.00")


QUARTER = {
    "fiscal_year": 2022,
    "act": Decimal("1242400000401.40"),
    "known": Decimal("310600000100.35"),
    "unknown": Decimal("931800000301.05"),
    "share": Decimal("0.250000"),
}


@pytest.mark.parametrize("kind", ["", "breakdown?by=ministry", "series?by=plan"])
def test_every_answer_on_the_book_says_how_much_of_the_act_it_can_rest_on(
    client: Client, acts: None, kind: str
) -> None:
    sign = "&" if "?" in kind else "?"

    assert answer(client, f"/allocations/{kind}")["coverage"] == [QUARTER]
    assert answer(client, f"/allocations/{kind}{sign}year=2565&ministry=15")["coverage"] == [QUARTER]
    assert answer(client, f"/allocations/{kind}{sign}year=2566")["coverage"] == []


def test_the_coverage_of_a_year_without_lines_is_nothing(client: Client, acts: None) -> None:
    (found,) = answer(client, "/allocations/?year=2564")["coverage"]

    assert (found["act"], found["known"], found["share"]) == (5, 0, 0)


def test_the_coverage_is_that_of_the_page(client: Client, acts: None) -> None:
    page = client.get("/en/budget/2565/").content.decode()

    assert f"{QUARTER['share']:.1%}" in page


def test_files_say_what_they_cover_as_their_form_allows(client: Client, acts: None) -> None:
    files = {kind: client.get(f"{API}/allocations.{kind}?year=2565") for kind in FORMS}
    bodies = {kind: response.getvalue() for kind, response in files.items()}

    said = '2022;act="1242400000401.40";known="310600000100.35";share="0.250000"'
    assert {response["Coverage"] for response in files.values()} == {said}
    table = pyarrow.parquet.read_table(io.BytesIO(bodies["parquet"]))
    metadata = json.loads(table.schema.metadata[b"coverage"], parse_float=Decimal)
    assert metadata == [QUARTER]
    book = openpyxl.load_workbook(io.BytesIO(bodies["xlsx"]))
    assert "310,600,000,100.35" in book["note"]["A1"].value


def test_what_has_no_published_whole_says_nothing_of_coverage(client: Client, acts: None) -> None:
    assert "coverage" not in answer(client, "/disbursements/")
    assert "Coverage" not in client.get(f"{API}/disbursements.csv")


def test_coverage_is_counted_once_for_all_answers_of_a_version(client: Client, acts: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        for limit in (1, 2, 3):
            answer(client, f"/allocations/?limit={limit}")

    assert sum("spending_allocationtotal" in query["sql"] for query in asked) == 1
    assert sum("spending_referencetotal" in query["sql"] for query in asked) == 1


def test_the_dump_says_what_its_lines_cover(acts: None, tmp_path: Path) -> None:
    folder = publish(tmp_path / "dumps", signing.new_key())

    manifest = read_manifest((folder / MANIFEST).read_text(encoding="utf-8"))

    told = {name: str(value) for name, value in QUARTER.items() if name != "fiscal_year"}
    assert manifest.coverage == ({"fiscal_year": 2022, **told},)


def answer(client: Client, address: str) -> Any:
    response = client.get(f"{API}{address}")
    assert response.status_code == 200, response.content
    return json.loads(response.content, parse_float=Decimal)

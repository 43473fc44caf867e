"""What a parameter asks of the rows of the API, SQL asks of the dump, as the documents tell it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import pytest

from spending.dumps import signing
from spending.dumps.writing import publish
from spending.filters import Filter
from spending.models import Disbursement
from spending.resources import RESOURCES
from tests.spending.test_parity import got, in_the_dump
from tests.test_pages import publish as loaded_pages

pytestmark = pytest.mark.django_db
COLUMNS = {
    "year": "fiscal_year_be",
    "ministry": "ministry_code",
    "agency": "agency_code",
    "line": "line_item_id",
    "book": "2565",
    "after": "2565",
    "project": "project_code",
    "min": "",
    "max": "",
}
"""The columns whose values are asked for, where they are not called as the parameter."""
MONEY = {"commitments": "amount", "disbursements": "disbursed", "project-disbursements": "budgeted"}
ASKED = [
    (resource, name)
    for resource in ("commitments", "disbursements", "project-disbursements", "local-budgets")
    for name in in_the_dump(resource)
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A dump of something of every kind; a provincial administration is known to be of its province."""
    loaded_pages(tmp_path)
    return publish(tmp_path / "dumps", signing.new_key())


def values(database: duckdb.DuckDBPyConnection, resource: str, name: str, table: str) -> Iterator[str]:
    """Some values of a parameter that rows have."""
    column = COLUMNS.get(name, name) or MONEY[resource]
    column = "budget_province" if (resource, name) == ("project-disbursements", "province") else column
    read = column if column.isdigit() else f"""nullif(CAST("{column}" AS VARCHAR), '')"""
    found = database.execute(f"SELECT DISTINCT {read} FROM '{table}' ORDER BY 1 NULLS LAST LIMIT 3")
    yield from (str(value) for (value,) in found.fetchall() if value is not None)


def test_a_parameter_finds_the_rows_that_the_documented_condition_finds(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(dump)
    cuts = list(Disbursement.objects.values_list("cut", flat=True).distinct())
    found = {}
    with duckdb.connect() as database:
        for resource, name in ASKED:
            table = f"editions/*/{resource}.parquet"
            for value in values(database, resource, name, table):
                in_cuts = resource == "disbursements" and name != "cut"
                for query in (
                    {**cut, name: value} for cut in ([{"cut": cut} for cut in cuts] if in_cuts else [{}])
                ):
                    where = " AND ".join(in_the_dump(resource)[one] for one in query)
                    statement = f"SELECT count(*) FROM '{table}' WHERE {where}"
                    (number,) = database.execute(statement, query).fetchall()[0]
                    address = f"/api/v1/{resource}/?{urlencode(query)}&count=true&limit=1"
                    assert (address, json.loads(got(address))["count"]) == (address, number)
                    found[resource, name] = max(number, found.get((resource, name), 0))
    assert sum(number > 0 for number in found.values()) > 20


@pytest.mark.parametrize(
    "resource", ["commitments", "disbursements", "project-disbursements", "local-budgets"]
)
def test_every_parameter_of_rows_stands_in_the_table(resource: str) -> None:
    filter_of: type[Filter] = RESOURCES[resource].filter
    left_out = {"as_of", "by", "measure", "q", "how"}

    assert set(in_the_dump(resource)) == set(filter_of.takes()) - left_out

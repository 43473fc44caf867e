"""One query, one sum: on the page, in the chart, in the API, in every file, in the dump; to the satang."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
import openpyxl
import pyarrow.parquet
import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as amount
from hypothesis import strategies as st

from spending.dumps import signing
from spending.dumps.writing import publish
from tests.factories import DISEASE_CONTROL, HEALTH, INTERIOR, LOCAL_AFFAIRS, allocation, head, loaded

PLANS = ("แผนงานบุคลากรภาครัฐ", "แผนงานพื้นฐาน", "แผนงานบูรณาการ")
TYPES = ("งบลงทุน", "งบดำเนินงาน", "งบบุคลากร")
AMOUNTS = ("0.01", "0.10", "99999.99", "310600000000.10", "1234567.89", "0.00", "7.77")
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "ministry": st.sampled_from(("15", "21")),
        "agency": st.sampled_from(("15008", "21004")),
        "plan": st.sampled_from(PLANS),
        "category": st.sampled_from((*TYPES, "งบลงทุน/ค่าครุภัณฑ์")),
        "cross_cutting": st.sampled_from(("yes", "no")),
        "obliged": st.sampled_from(("yes", "no")),
        "min": st.sampled_from(("0.01", "100", "99999.99")),
        "max": st.sampled_from(("99999.99", "310600000000.10")),
        "activity": st.sampled_from(("การบริหารจัดการ", "-")),
        "line": st.sampled_from(("2022.3.9.1", "2022.3.9.12")),
        "q": st.sampled_from(("รายการ", "ถนน", "ที่ 1")),
    },
)
TOLD = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")


def in_the_dump(resource: str) -> dict[str, str]:
    """What each parameter asks of the columns of the dump, as the documents tell it."""
    table = TOLD.partition(f"| parameter of `{resource}`")[2].partition("\n\n")[0]
    return dict(re.findall(r"^\| `(\w+)` \| `([^`]*\$[^`]*)`[^|]*\|$", table, re.MULTILINE))


IN_THE_DUMP = in_the_dump("allocations")
CSV_TYPES = {"amount": "DECIMAL(20, 2)", "ministry_code": "VARCHAR", "agency_code": "VARCHAR"}
Faces = dict[str, Decimal]


@pytest.fixture
def book(db: None, tmp_path: Path) -> None:
    """Forty lines that differ in all that can be asked."""
    lines = [
        allocation(
            number,
            AMOUNTS[number % len(AMOUNTS)],
            ministry=(INTERIOR, HEALTH)[number % 2],
            agency=(LOCAL_AFFAIRS, DISEASE_CONTROL)[number % 2],
            plan=PLANS[number % 3],
            cross_cutting=number % 3 == 2,
            activity_kind="output" if number % 4 else "",
            activity="การบริหารจัดการ" if number % 4 else "",
            category=(TYPES[number % 3], "ค่าครุภัณฑ์")[: 1 + number % 2],
            description=f"{'ถนน' if number % 4 else 'อาคาร'} รายการที่ {number}",
            obliged=number % 5 == 0,
        )
        for number in range(1, 41)
    ]
    loaded(head(), *lines, folder=tmp_path)


@pytest.fixture
def dump(book: None, tmp_path: Path) -> Path:
    """The dump of these lines."""
    return publish(tmp_path / "dumps", signing.new_key())


@given(query=QUERIES)
@amount(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_face_of_a_query_says_the_same_sum(dump: Path, query: Mapping[str, str]) -> None:
    faces = {**sums_of_pages(query), **sums_of_data(query), **sums_of_dump(dump, query)}

    assert len(set(faces.values())) == 1, faces


def sums_of_pages(query: Mapping[str, str]) -> Faces:
    """The sum as the list of lines says it, and as the slices of the page above it add up."""
    lines = got(f"/budget/2565/lines/?{urlencode(query)}").decode()
    split = got(f"/budget/2565/?{urlencode(query)}").decode()
    chart = json.loads(got(f"/budget/2565/?{urlencode({**query, 'chart': 'slices'})}"), parse_float=Decimal)
    return {"lines": said(lines), "budget": said(split), "chart": drawn(chart)}


def known_sum(broken: Mapping[str, Any]) -> Decimal:
    """The total of a breakdown. It is null, and so no sum, just where the answer says why it is not known."""
    assert (broken["total"] is None) == (broken["not_known"] is not None)
    assert broken["rows"] or broken["lines"] == 0
    return broken["total"] or Decimal(0)


def sums_of_data(query: Mapping[str, str]) -> Faces:
    """The sum of what programs are given: the breakdown, the series, all pages of rows, and every file."""
    asked = urlencode({**query, "year": "2022"})
    api = "/api/v1/allocations"
    broken = json.loads(got(f"{api}/breakdown?by=plan&{asked}"), parse_float=Decimal)
    series = json.loads(got(f"{api}/series?by=agency&{asked}"), parse_float=Decimal)["series"]
    sheet = openpyxl.load_workbook(io.BytesIO(got(f"{api}.xlsx?{asked}")))["data"]
    header, *rows = sheet.iter_rows(values_only=True)
    table = pyarrow.parquet.read_table(io.BytesIO(got(f"{api}.parquet?{asked}")))
    text = got(f"{api}.csv?{asked}").decode()
    return {
        "breakdown": known_sum(broken),
        "slices": total(row["amount"] for row in broken["rows"]),
        "series": total(point["amount"] for one in series for point in one["points"]),
        "rows": total(every_row(f"{api}/?limit=7&order=-amount&{asked}")),
        "csv": total(Decimal(row["amount"]) for row in csv.DictReader(io.StringIO(text))),
        "jsonl": total(
            json.loads(line, parse_float=Decimal)["amount"]
            for line in got(f"{api}.jsonl?{asked}").decode().splitlines()
        ),
        "xlsx": total(Decimal(repr(row[header.index("amount")])) for row in rows),
        "parquet": total(table["amount"].to_pylist()),
    }


def sums_of_dump(dump: Path, query: Mapping[str, str]) -> Faces:
    """The sum of the rows of the dump that hold what the query asks; this site is not asked."""
    conditions = " AND ".join([IN_THE_DUMP[name] for name in ("year", *query)])
    tables = f"{dump}/editions/budget_book-*/allocations"
    read = {
        "dump parquet": f"read_parquet('{tables}.parquet')",
        "dump csv": f"read_csv('{tables}.csv', types = {CSV_TYPES})",
    }
    with duckdb.connect() as database:
        answers = {
            face: database.execute(
                f"SELECT sum(amount) FROM {table} WHERE {conditions}", {"year": "2565", **query}
            ).fetchall()[0][0]
            for face, table in read.items()
        }
    return {face: Decimal(answer or 0) for face, answer in answers.items()}


def every_row(address: str) -> list[Decimal]:
    found: list[Decimal] = []
    while address:
        page = json.loads(got(address), parse_float=Decimal)
        found += [row["amount"] for row in page["rows"]]
        address = page["next"]
    return found


def got(address: str) -> bytes:
    answer: Any = Client().get(address)
    assert answer.status_code == 200, (address, answer.getvalue()[:500])
    body: bytes = answer.getvalue()
    return body


def total(amounts: Any) -> Decimal:
    return sum((Decimal(one) for one in amounts), Decimal(0))


def said(html: str) -> Decimal:
    """The sum in the last line of a page's table, zero where there is no table."""
    found = re.search(r'<tfoot>.*?<data value="([^"]+)"', html, re.DOTALL)
    return Decimal(found[1]) if found else Decimal(0)


def drawn(chart: Any) -> Decimal:
    """The sum of what a chart draws."""
    return total(value for trace in chart["data"] for value in trace.get("x", trace.get("values", [])))

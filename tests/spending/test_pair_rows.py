"""Two bodies side by side: page, API, each file and the rows behind them say the same, to the satang."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as amount
from hypothesis import strategies as st

from importers.records import Head
from spending.models import Agency, Buyer, Edition
from spending.pair_figures import Topic, editions_of
from spending.side_by_side import side_by_side
from tests.factories import DISEASE_CONTROL, HEALTH, allocation, disbursement, head, loaded
from tests.past_projects import past_project, published_projects
from tests.purchases import bought, part, project
from tests.spending.test_parity import got
from tests.spending.years import load_week

pytestmark = pytest.mark.django_db
BODIES = ("15", "21", "15008", "21004", "75002", "751DH")
AMOUNTS = ("after_transfer", "disbursed", "agreed_price", "budgeted")
COLUMN = {"book": "amount", "category": "amount", "paid": "disbursed"} | {name: name for name in AMOUNTS}
"""The column of the rows that a measure is the sum of; others are reckoned of several."""
TABLES = {"week": "money", "book": "book", "years": "years", "purchases": "bought"}


@pytest.fixture
def published(tmp_path: Path) -> None:
    others = {"ministry": HEALTH, "agency": DISEASE_CONTROL}
    loaded(
        head(),
        allocation(1, "310600000000.10"),
        allocation(2, "0.07", category=("งบบุคลากร",), **others),
        allocation(3, "99.99", **others),
        allocation(4, "33.33", category=("งบลงทุน", "ค่าครุภัณฑ์")),
        folder=tmp_path,
    )
    load_week(tmp_path)
    published_projects(past_project(), folder=tmp_path)
    names = ("กรมส่งเสริมการปกครองท้องถิ่น", "กรมควบคุมโรค", "กระทรวงมหาดไทย")
    rows = (
        project(number, f"{number}.10", agreed_price=Decimal(f"{number}.07"), buyer=names[number % 3])
        for number in range(1, 6)
    )
    bought(part(), *rows, folder=tmp_path)
    assert not Buyer.objects.filter(agency=None).exists()  # found by name


def printed(html: str, table: str) -> list[Decimal]:
    """The figures of a part of the page, in their order."""
    found = re.search(rf'<section class="figure" id="{table}".*?</section>', html, re.DOTALL)
    return [Decimal(text) for text in re.findall(r'<data value="([^"]+)"', found[0])] if found else []


def told(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Rows in one form, whatever file they were read from."""
    return [
        (
            row["topic"],
            str(row["fiscal_year"]),
            row["measure"],
            row["category"] or "",
            row["agency_code"],
            *(None if row[name] in (None, "") else Decimal(str(row[name])) for name in ("amount", "share")),
        )
        for row in rows
    ]


def rows_of(query: str) -> list[dict[str, Any]]:
    """The rows as JSON, once every file is seen to have the same."""
    rows = json.loads(got(f"/api/v1/compare/?{query}"), parse_float=Decimal)["rows"]
    text = got(f"/api/v1/compare.csv?{query}").decode()
    lines = [
        json.loads(line, parse_float=Decimal)
        for line in got(f"/api/v1/compare.jsonl?{query}").decode().splitlines()
    ]
    names, *cells = openpyxl.load_workbook(io.BytesIO(got(f"/api/v1/compare.xlsx?{query}")))["data"].values
    table = pyarrow.parquet.read_table(io.BytesIO(got(f"/api/v1/compare.parquet?{query}"))).to_pylist()
    files = {
        "csv": list(csv.DictReader(io.StringIO(text))),
        "jsonl": lines,
        "xlsx": [dict(zip(names, row, strict=True)) for row in cells],
        "parquet": table,
    }
    for form, found in files.items():
        assert told(found) == told(rows), form
    return rows


@pytest.mark.usefixtures("published")
@given(pair=st.permutations(BODIES), language=st.sampled_from(("", "/en")))
@amount(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_face_of_a_pair_says_the_same(pair: list[str], language: str) -> None:
    html = got(f"{language}/compare/?a={pair[0]}&b={pair[1]}").decode()

    for topic, table in TABLES.items():
        rows = rows_of(f"a={pair[0]}&b={pair[1]}&topic={topic}")
        links = re.findall(rf'href="(/api/v1/compare[^"]*topic={topic})"', html)
        assert len(links) == (4 if rows else 0)
        values = [row["amount"] for row in rows if not row["measure"].endswith("_spent")]
        values += [row["share"] for row in rows]  # spending by class is printed as a share alone
        shown = printed(html, table)
        values = [value for value in values if value is not None]
        assert sorted(values) == sorted(shown), topic
        for row in rows:
            assert (row["amount"] is None and row["share"] is None) == (row["rows"] == "")
            if row["measure"] in COLUMN and row["rows"]:
                assert behind(row) == row["amount"], row


def behind(row: dict[str, Any]) -> Decimal:
    """What the rows that a figure leads to add up to."""
    found = [
        fact
        for address in row["rows"].split()
        for fact in json.loads(got(f"{address}&limit=1000"), parse_float=Decimal)["rows"]
    ]
    return sum((fact[COLUMN[row["measure"]]] or Decimal(0) for fact in found), Decimal(0))


@pytest.mark.usefixtures("published")
def test_week_that_another_follows_without_one_of_them_is_asked_for_by_its_day(tmp_path: Path) -> None:
    later = date(2026, 7, 10)
    loaded(Head("2569", 2026, later), disbursement(HEALTH, as_of=later), folder=tmp_path)
    Edition.objects.get(as_of=later).release(by="test", reason="A week of one row.")

    rows = rows_of("a=15&b=21&topic=week")

    [interior, health] = [row["rows"] for row in rows if row["measure"] == "disbursed"]
    assert interior.endswith("&as_of=2026-07-03")
    assert "as_of" not in health
    assert [behind(row) for row in rows[:2]] == [row["amount"] for row in rows[:2]]


@pytest.mark.usefixtures("published")
def test_corrected_week_leads_to_the_edition_that_corrected_it(client: Client, tmp_path: Path) -> None:
    first = Edition.objects.get(dataset="cgd_weekly")
    paid = disbursement(HEALTH, disbursed=Decimal("77.07"))
    loaded(Head("2569", 2026, first.as_of), paid, folder=tmp_path)
    again = Edition.objects.exclude(pk=first.pk).get(dataset="cgd_weekly")
    again.release(by="test", reason="A week of one row.")

    html = client.get("/en/agencies/21/").content.decode()
    pair = side_by_side(Agency.objects.get(code="21"), Agency.objects.get(code="21004"))

    week = html[html.index('id="money"') :].split("</section>")[0]
    assert "77.07" in week
    assert f"/en/data/editions/{again.pk}/" in week
    assert again.pk in editions_of(pair, Topic.WEEK).values_list("pk", flat=True)


@pytest.mark.usefixtures("published")
def test_every_part_of_the_page_says_where_its_figures_come_from(client: Client) -> None:
    html = unescape(client.get("/en/compare/?a=15008&b=21004").content.decode())

    for table in TABLES.values():
        part_of_page = re.search(rf'<section class="figure" id="{table}".*?</section>', html, re.DOTALL)
        assert part_of_page is None or '<div class="origin">' in part_of_page[0], table
    assert html.count('<div class="origin">') >= 3


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("a=15008", "b"),
        ("a=15008&b=nowhere", "b"),
        ("a=15008&b=15008", "b"),
        ("a=กระทรวง&b=15008", "a"),
        ("a=15&b=21&topic=size", "topic"),
        ("a=15&b=21&c=1", "c"),
        ("a=15&b=21&as_of=soon", "as_of"),
    ],
)
def test_what_cannot_be_answered_names_the_word(client: Client, query: str, word: str) -> None:
    answer = client.get(f"/api/v1/compare/?{query}")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == word


@pytest.mark.usefixtures("published")
def test_name_of_several_bodies_says_which(client: Client) -> None:
    answer = client.get("/api/v1/compare/?a=กระทรวง&b=15008", headers={"Accept-Language": "en"})

    assert "choose one by its code: 15 กระทรวงมหาดไทย" in answer.json()["detail"]

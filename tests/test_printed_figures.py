"""Figures as pages print them are those of the API: exact to the satang, in the rows' order of size."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as amount
from hypothesis import strategies as st

from spending.dumps import signing
from spending.dumps.writing import publish
from tests.factories import (
    DISEASE_CONTROL,
    HEALTH,
    INTERIOR,
    LOCAL_AFFAIRS,
    allocation,
    commitment,
    head,
    loaded,
)
from tests.past_projects import past_project, published_projects
from tests.purchases import bought, contract, part, project
from tests.spending.test_parity import got
from tests.spending.years import load_week

AMOUNTS = ("0.01", "99999.99", "310600000000.10", "1234567.89", "7.00")
PRINTED = re.compile(r'<data value="(-?[\d.]+)"[^>]*>(.*?)</data>', re.DOTALL)
LINES = {
    "ministry": st.sampled_from(("15", "21")),
    "agency": st.sampled_from(("15008", "21004")),
    "category": st.sampled_from(("งบลงทุน", "งบบุคลากร")),
    "min": st.sampled_from(("0.01", "7.00")),
    "q": st.sampled_from(("รายการ", "ที่ 1")),
}
PURCHASES = {
    "buyer": st.sampled_from(("กรมตัวอย่าง", "เทศบาล ก")),
    "method": st.sampled_from(("เฉพาะเจาะจง", "คัดเลือก")),
    "type": st.sampled_from(("ซื้อ", "จ้างก่อสร้าง")),
}
PAGES = st.one_of(
    st.tuples(
        st.just(("/budget/2565/lines/", "allocations/", "amount")), st.fixed_dictionaries({}, optional=LINES)
    ),
    st.tuples(
        st.just(("/budget/2565/", "allocations/breakdown?by=agency", "amount")),
        st.fixed_dictionaries({"by": st.just("agency")}, optional={"ministry": LINES["ministry"]}),
    ),
    st.tuples(
        st.just(("/procurement/2568/projects/", "projects/", "agreed_price")),
        st.fixed_dictionaries({}, optional=PURCHASES),
    ),
    st.tuples(
        st.just(("/budget/2561/projects/", "project-disbursements/", "disbursed")),
        st.fixed_dictionaries({}, optional={"min": st.sampled_from(("1", "750"))}),
    ),
)


@pytest.fixture
def published(db: None, tmp_path: Path) -> Path:
    """A book, a week, purchases and projects of amounts that are hard to print; the dump of them."""
    lines = [
        allocation(
            number,
            AMOUNTS[number % len(AMOUNTS)],
            ministry=(INTERIOR, HEALTH)[number % 2],
            agency=(LOCAL_AFFAIRS, DISEASE_CONTROL)[number % 2],
            category=(("งบลงทุน",), ("งบบุคลากร",))[number % 3 % 2],
        )
        for number in range(1, 13)
    ]
    loaded(head(), *lines, commitment(40, Decimal("310600000000.10")), folder=tmp_path)
    load_week(tmp_path)
    rows = [
        project(
            number,
            AMOUNTS[number % len(AMOUNTS)],
            buyer=("กรมตัวอย่าง", "เทศบาล ก")[number % 2],
            method=("เฉพาะเจาะจง", "คัดเลือก")[number % 3 % 2],
        )
        for number in range(1, 9)
    ]
    bought(part(), *rows, contract(1, "900.05"), folder=tmp_path)
    many = [
        past_project(number, paid=f"70{number}.05", project_code=f"150084801850000{number}")
        for number in range(1, 5)
    ]
    published_projects(*many, folder=tmp_path)
    return publish(tmp_path / "dumps", signing.new_key())


def told(address: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(got(f"/api/v1/{address}"), parse_float=Decimal)["rows"]
    return rows


def printed(html: str) -> dict[Decimal, set[str]]:
    """The figures of a page: their exact values, each with the words it is printed in."""
    found: dict[Decimal, set[str]] = {}
    for value, words in PRINTED.findall(html):
        found.setdefault(Decimal(value), set()).add(unescape(re.sub("<[^>]+>", "", words)).strip())
    return found


@given(asked=PAGES, language=st.sampled_from(("", "/en")))
@amount(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_of_lists_are_printed_as_the_api_tells_them(
    published: Path, asked: tuple[tuple[str, str, str], dict[str, str]], language: str
) -> None:
    (page, resource, column), query = asked
    year = re.search(r"25\d\d", page)
    assert year is not None
    html = got(f"{language}{page}?{urlencode(query)}").decode()
    words = {name: text for name, text in query.items() if name != "by"} | {"year": year[0]}

    rows = told(f"{resource}{'&' if '?' in resource else '?'}{urlencode(words)}")

    shown = printed(html)
    for row in rows:
        assert row[column] in shown, (row, sorted(shown))
        assert exact(row[column]) in shown[row[column]]


def exact(value: Decimal) -> str:
    """An amount as pages print it: separators, and satang where there are any."""
    whole = value == value.to_integral_value()
    return f"{value:,.0f}" if whole else f"{value:,.2f}"


SINGLE = {
    "/en/budget/2565/lines/2022.3.9.2/": ("allocations/?line=2022.3.9.2", ("amount",)),
    "/en/obligations/2565/": ("commitments/breakdown?by=year&book=2565", ("amount",)),
    "/en/projects/67119000001/": (
        "projects/?project=67119000001",
        ("budget", "reference_price", "agreed_price"),
    ),
    "/en/procurement/2568/": ("projects/breakdown?by=method&year=2568&measure=agreed_price", ("amount",)),
    "/en/agencies/15008/": ("allocations/breakdown?by=category&agency=15008&year=2565", ("amount",)),
    "/en/suppliers/": ("suppliers/", ("amount",)),
}


@pytest.mark.parametrize("page", SINGLE)
def test_figures_of_a_page_are_printed_as_the_api_tells_them(published: Path, page: str) -> None:
    resource, columns = SINGLE[page]
    shown = printed(got(page).decode())

    values = [row[column] for row in told(resource) for column in columns if row.get(column) is not None]

    assert values
    assert [value for value in values if value not in shown] == []


def test_figures_of_a_line_and_a_project_are_those_of_the_dump(published: Path) -> None:
    for table, key, number, column, page in (
        ("allocations", "item_id", "2022.3.9.2", "amount", "/budget/2565/lines/2022.3.9.2/"),
        ("projects", "project", "67119000002", "agreed_price", "/projects/67119000002/"),
    ):
        files = sorted(published.rglob(f"{table}.parquet"))
        assert files, table
        found = duckdb.sql(
            f"SELECT {column} FROM read_parquet({[str(one) for one in files]}) WHERE {key} = '{number}'"
        ).fetchall()
        assert {row[0] for row in found} <= set(printed(got(page).decode()))
        assert found

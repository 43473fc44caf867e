"""`?per=` and `?prices=`: the same figure on the page, in the chart, in the API and in every file."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import DISEASE_CONTROL, HEALTH, allocation, head, loaded
from tests.past_projects import past_project, published_projects
from tests.reference_values import PUBLISHER, cpi, gdp, people, published_values

API = "/api/v1"
AMOUNTS = ("1000.00", "2500.50", "0.07")


@pytest.fixture
def book(db: None, tmp_path: Path) -> None:
    """Two ministries in 2565, one in 2564 too; people and prices of both years, the product of one."""
    health = {"ministry": HEALTH, "agency": DISEASE_CONTROL}
    loaded(
        head(),
        allocation(1, AMOUNTS[0]),
        allocation(2, AMOUNTS[1], **health),
        allocation(3, AMOUNTS[2], **health),
        folder=tmp_path,
    )
    earlier = head("2021.3.9", fiscal_year=2021, as_of=date(2020, 10, 1))
    old = allocation(1, "300.00", item_id="2021.3.9.1", fiscal_year=2021)
    loaded(earlier, old, folder=tmp_path)
    published_values(
        people("7", year=2021), people("3", year=2020), gdp("9000"),
        cpi("100", 2015), cpi("108.8", 2021), cpi("120.5986887422", 2022), folder=tmp_path,
    )  # fmt: skip


def got(address: str, **headers: str) -> Any:
    response: Any = Client().get(address, headers={"Accept-Language": "en", **headers})
    assert response.status_code == 200, (address, response.getvalue()[:600])
    return response


def answer(address: str) -> Any:
    return json.loads(got(f"{API}{address}").getvalue(), parse_float=Decimal)


def refusal(address: str) -> tuple[int, str, str]:
    response = Client().get(address, headers={"Accept-Language": "en"})
    found = json.loads(response.content)
    return response.status_code, found["parameter"], found["detail"]


# The figures


def test_amounts_per_head_are_divided_by_the_people_of_their_fiscal_year(book: None) -> None:
    found = answer("/allocations/breakdown?by=ministry&year=2565&per=capita")

    assert [(row["amount"], row["measured"]) for row in found["rows"]] == [
        (Decimal("2500.57"), Decimal("357.22")),
        (Decimal("1000.00"), Decimal("142.86")),
    ]
    assert found["measured_total"] == Decimal("500.08")
    assert found["total"] == Decimal("3500.57")


def test_the_answer_names_the_value_its_day_publisher_and_edition(book: None) -> None:
    found = answer("/allocations/breakdown?by=ministry&year=2565&per=capita")["yardstick"]

    assert (found["per"], found["prices"], found["unit"]) == ("capita", None, "baht per person")
    assert found["not_known"] == []
    (value,) = found["reference"]
    assert (value["series"], value["value"], value["counted_on"]) == ("population", 7, "2021-12-31")
    assert (value["publisher"], value["as_of"], value["licence"]) == (PUBLISHER, "2022-12-31", "CC BY 4.0")
    assert value["edition"].startswith("reference_series-people-")


def test_each_year_is_measured_by_its_own_value_and_their_sum_rounded_once(book: None) -> None:
    found = answer("/allocations/breakdown?by=ministry&per=capita&limit=1")

    assert found["rows"][0]["measured"] == Decimal("357.22")  # 2500.57 / 7
    assert found["rest"]["measured"] == Decimal("242.86")  # 1000 / 7 + 300 / 3
    assert found["measured_total"] == Decimal("600.08")


def test_prices_of_a_year_follow_the_index_and_leave_that_year_as_it_is(book: None) -> None:
    found = answer("/allocations/series?by=year&prices=2565")

    points = {one["code"]: one["points"] for one in found["series"]}
    measured = {p["fiscal_year"]: p["measured"] for one in points.values() for p in one if p["measured"]}
    assert measured == {2021: Decimal("332.53"), 2022: Decimal("3500.57")}


def test_a_year_without_a_published_value_is_not_known_and_never_dropped(book: None) -> None:
    found = answer("/allocations/series?by=ministry&per=gdp")

    points = {p["fiscal_year"]: p for one in found["series"] if one["code"] == "15" for p in one["points"]}
    assert points[2022]["measured"] == Decimal("0.1111111111")
    assert (points[2021]["amount"], points[2021]["measured"]) == (Decimal("300.00"), None)
    missing = found["yardstick"]["not_known"]
    assert [(one["series"], one["fiscal_year"]) for one in missing] == [("gdp", 2021)]
    assert "2564" in missing[0]["detail"]


def test_per_head_in_prices_of_one_year_is_both(book: None) -> None:
    found = answer("/allocations/breakdown?by=year&year=2564&per=capita&prices=2565")

    assert found["measured_total"] == Decimal("110.84")  # 300 × 120.5986887422 / 108.8 / 3
    assert found["yardstick"]["unit"] == "baht per person in prices of 2565"


def test_shares_of_the_total_add_up(book: None) -> None:
    found = answer("/allocations/breakdown?by=agency&year=2565&per=total")

    assert sum(row["measured"] for row in found["rows"]) == Decimal("1.0000000000")
    assert found["measured_total"] == 1


# Provinces


@pytest.fixture
def projects(db: None, tmp_path: Path) -> None:
    """Projects of two provinces and of none, with the people of one of the two and of the country."""
    published_projects(
        past_project(1, "800.00", "100.00"),
        past_project(2, "50.00", "100.00", budget_province="ส่วนกลาง"),
        past_project(3, "60.00", "1.00", budget_province="เลย"),
        folder=tmp_path,
    )
    year = 2017  # of the fiscal year 2561
    published_values(people("16", area="40", year=year), people("91", year=year), folder=tmp_path)


def test_slices_by_province_are_measured_by_their_own_people(projects: None) -> None:
    found = answer("/project-disbursements/breakdown?by=province&per=capita&year=2561")

    rows = {row["code"]: row["measured"] for row in found["rows"]}
    assert rows == {"ขอนแก่น": Decimal("50.00"), "เลย": None, "ส่วนกลาง": None}
    assert found["measured_total"] == Decimal("10.00")
    missing = {(one["area"], one["fiscal_year"]) for one in found["yardstick"]["not_known"]}
    assert missing == {("42", 2018), ("-", 2018)}


def test_rows_of_one_province_are_measured_by_its_people(projects: None) -> None:
    found = answer("/project-disbursements/?province=ขอนแก่น&per=capita&fields=budgeted,measured")

    assert found["rows"] == [{"budgeted": Decimal("800.00"), "measured": Decimal("50.00")}]
    assert found["yardstick"]["reference"][0]["area"] == "40"


# One figure on every face


@pytest.mark.parametrize(
    "query", ["per=capita", "per=gdp", "per=total", "prices=2564", "per=capita&prices=2558"]
)
def test_rows_pages_and_files_say_the_same_measured_figures(book: None, query: str) -> None:
    asked = f"year=2565&{query}&order=-amount&fields=item_id,amount,measured,measured_in,measured_by"
    faces: dict[str, list[Any]] = {
        "rows": [tuple(row.values()) for row in answer(f"/allocations/?{asked}")["rows"]],
        "csv": [tuple(row) for row in csv.reader(io.StringIO(text(f"/allocations.csv?{asked}")))][1:],
        "jsonl": [
            tuple(json.loads(line, parse_float=Decimal).values())
            for line in text(f"/allocations.jsonl?{asked}").splitlines()
        ],
        "parquet": [
            tuple(row.values())
            for row in pyarrow.parquet.read_table(
                io.BytesIO(got(f"{API}/allocations.parquet?{asked}").getvalue())
            ).to_pylist()
        ],
        "xlsx": list(
            openpyxl.load_workbook(io.BytesIO(got(f"{API}/allocations.xlsx?{asked}").getvalue()))[
                "data"
            ].iter_rows(values_only=True)
        )[1:],
    }
    plain = {name: [[_plain(value) for value in row] for row in rows] for name, rows in faces.items()}

    assert len(plain["rows"]) == len(AMOUNTS)
    for name, rows in plain.items():
        assert rows == plain["rows"], name


def _plain(value: Any) -> Any:
    """A value of any file: figures as numbers, nothing as ""."""
    try:
        return Decimal(str(value)).normalize()
    except ArithmeticError:
        return "" if value is None else value


@pytest.mark.parametrize("query", ["per=capita", "per=gdp", "prices=2564"])
def test_a_page_and_its_chart_say_what_the_api_says(book: None, query: str) -> None:
    expected = answer(f"/allocations/breakdown?by=ministry&year=2565&{query}")
    page = got(f"/en/budget/2565/?{query}").content.decode()
    chart = json.loads(got(f"/en/budget/2565/?{query}&chart=slices").content, parse_float=Decimal)

    table = re.search(r'id="slices".*?<tbody>(.*?)</tbody>.*?<tfoot>(.*?)</tfoot>', page, re.DOTALL)
    assert table is not None
    rows = [re.findall(r'<data value="([^"]+)"', row)[1] for row in table[1].split("</tr>") if "<td" in row]
    assert [Decimal(row) for row in rows] == [row["measured"] for row in expected["rows"]]
    assert Decimal(re.findall(r'<data value="([^"]+)"', table[2])[1]) == expected["measured_total"]
    drawn = [Decimal(value) for value in chart["data"][0]["values"]]
    assert [round(value, 6) for value in drawn[: len(rows)]] == [
        round(row["measured"], 6) for row in expected["rows"]
    ]


def text(address: str) -> str:
    found: str = got(f"{API}{address}").getvalue().decode()
    return found


# What cannot be answered


@pytest.mark.parametrize(
    ("address", "parameter", "words"),
    [
        ("/allocations/?per=heads", "per", "capita, gdp or total"),
        ("/allocations/?prices=2569", "prices", "2558 to 2565"),
        ("/allocations/breakdown?by=ministry&per=gdp&prices=2565", "prices", "exclude each other"),
        ("/allocations.csv?per=total&prices=2565", "prices", "exclude each other"),
        ("/areas/?per=capita", "per", "is not available here"),
        ("/suppliers/?prices=2565", "prices", "is not available here"),
        ("/allocations/?fields=measured", "fields", "item_id"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_reason(
    book: None, address: str, parameter: str, words: str
) -> None:
    status, named, detail = refusal(f"{API}{address}")

    assert (status, named) == (400, parameter)
    assert words in detail


def test_without_any_published_value_the_reason_says_how_to_load_one(db: None, tmp_path: Path) -> None:
    loaded(head(), allocation(), folder=tmp_path)

    for word, what in (("per=capita", "population"), ("per=gdp", "product"), ("prices=2565", "price index")):
        status, _named, detail = refusal(f"{API}/allocations/?{word}")
        assert status == 400
        assert f"no published {what}" in detail or what in detail
        assert "docs/operations.md" in detail


def test_the_answer_as_of_a_day_is_measured_by_what_was_known_then(book: None, tmp_path: Path) -> None:
    day = {"as_of": "2024-12-31"}
    later = people("9", **day), people("3", year=2020, **day)
    published_values(*later, folder=tmp_path, name="later.csv")
    asked = "/allocations/breakdown?by=ministry&year=2565&per=capita"

    assert answer(asked)["yardstick"]["reference"][0]["value"] == 9
    assert answer(f"{asked}&as_of=2023-01-01")["yardstick"]["reference"][0]["value"] == 7


def test_measured_rows_cost_three_questions_more_at_most(book: None) -> None:
    with CaptureQueriesContext(connection) as plain:
        got(f"{API}/allocations/?year=2565")
    with CaptureQueriesContext(connection) as measured:
        got(f"{API}/allocations/?year=2565&per=capita")

    assert len(measured) <= len(plain) + 2


def test_published_values_are_rows_of_the_api_with_their_origin(book: None) -> None:
    (row,) = answer("/reference-values/?series=cpi&year=2565")["rows"]

    assert (row["value"], row["base_year"], row["publisher"]) == (
        Decimal("120.5986887422"),
        2015,
        "World Bank",
    )
    assert "120.5986887422" in text("/reference-values.csv?series=cpi&year=2565")

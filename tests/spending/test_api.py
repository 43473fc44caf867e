"""The API: exact numbers, one error shape, the same answer as the downloads."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from importers.records import Body
from spending.exports import csv_cell, csv_rows
from spending.resources import RESOURCES
from tests.factories import DISEASE_CONTROL, HEALTH, allocation, disbursement, head, loaded
from tests.spending.years import total

pytestmark = pytest.mark.django_db
API = "/api/v1"
EDUCATION = Body("กระทรวงศึกษาธิการ", "20", "ministry")


@pytest.fixture
def lines(tmp_path: Path) -> None:
    loaded(
        head(),
        allocation(1, "100.25"),
        allocation(2, "310600000000.10", ministry=HEALTH, agency=DISEASE_CONTROL, description="=1+1"),
        folder=tmp_path,
    )
    loaded(head("2569"), disbursement(), disbursement(economic="investment"), folder=tmp_path)


def answer(client: Client, address: str) -> Any:
    response = client.get(f"{API}{address}")
    assert response.status_code == 200, response.content
    return json.loads(response.content, parse_float=Decimal)


def downloaded(client: Client, address: str) -> bytes:
    body: bytes = client.get(f"{API}{address}").getvalue()
    return body


def test_breakdown_gives_rows_total_and_editions(client: Client, lines: None) -> None:
    found = answer(client, "/allocations/breakdown?by=ministry&year=2565")

    assert [(row["code"], row["amount"]) for row in found["rows"]] == [
        ("21", Decimal("310600000000.10")),
        ("15", Decimal("100.25")),
    ]
    assert found["total"] == Decimal("310600000100.35")
    assert (found["unit"], found["currency"]) == ("baht", "THB")
    assert len(found["editions"]) == 1


def test_amounts_are_numbers_not_text(client: Client, lines: None) -> None:
    body = client.get(f"{API}/allocations/breakdown?by=ministry").content

    assert b'"amount":310600000000.10' in body


def test_both_calendars_give_the_same_answer(client: Client, lines: None) -> None:
    thai = answer(client, "/allocations/breakdown?by=agency&year=2565")
    common = answer(client, "/allocations/breakdown?by=agency&year=2022")

    assert thai["rows"] == common["rows"]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/allocations/breakdown", "by"),
        ("/allocations/breakdown?by=colour", "by"),
        ("/allocations/breakdown?by=ministry&limit=0", "limit"),
        ("/allocations/?limit=1001", "limit"),
        ("/allocations/?limit=many", "limit"),
        ("/allocations.csv?bom=yes", "bom"),
        ("/allocations/?yaer=2565", "yaer"),
        ("/disbursements/?cut=everything", "cut"),
        ("/editions/?x=1", "x"),
    ],
)
def test_bad_questions_are_refused_in_one_shape(client: Client, address: str, parameter: str) -> None:
    response = client.get(f"{API}{address}")

    problem = response.json()
    assert response.status_code == problem["status"] == 400
    assert response["Content-Type"].startswith("application/problem+json")
    assert problem["parameter"] == parameter
    assert problem["detail"]


@pytest.mark.parametrize(
    ("asked", "spoken"), [("en-GB,en;q=0.8", "en"), ("th", "th"), ("", "th"), ("de", "th")]
)
def test_errors_speak_the_language_that_is_asked_for(client: Client, asked: str, spoken: str) -> None:
    response = client.get(f"{API}/allocations/?yaer=2565", headers={"Accept-Language": asked})

    assert response["Content-Language"] == spoken
    assert "Accept-Language" in response["Vary"]


def test_unknown_address_and_method_have_the_same_shape(client: Client) -> None:
    for response, status in ((client.get(f"{API}/nothing/"), 404), (client.post(f"{API}/allocations/"), 405)):
        assert (response.status_code, response.json()["status"]) == (status, status)
        assert response["Content-Type"].startswith("application/problem+json")


def test_pages_follow_each_other_without_loss(client: Client, tmp_path: Path) -> None:
    loaded(head(), *[allocation(n) for n in range(5)], folder=tmp_path)
    address: str | None = f"{API}/allocations/?limit=2"
    seen = []
    while address:
        page = client.get(address).json()
        seen += [row["item_id"] for row in page["rows"]]
        address = page["next"]

    assert sorted(seen) == [f"2022.3.9.{n}" for n in range(5)]


@pytest.mark.parametrize("name", RESOURCES)
def test_every_resource_lists_and_downloads(client: Client, lines: None, name: str) -> None:
    rows = answer(client, f"/{name}/")["rows"]
    for kind in ("csv", "jsonl", "xlsx"):
        response = client.get(f"{API}/{name}.{kind}")
        assert (response.status_code, bool(response.getvalue())) == (200, kind != "jsonl" or bool(rows))
    assert all(set(row) == {column.name for column in RESOURCES[name].columns} for row in rows)


def test_downloads_add_up_to_the_breakdown(client: Client, lines: None) -> None:
    total = answer(client, "/allocations/breakdown?by=plan")["total"]
    text = downloaded(client, "/allocations.csv").decode()
    sheet = openpyxl.load_workbook(io.BytesIO(downloaded(client, "/allocations.xlsx")))["data"]
    from_csv = sum(Decimal(row["amount"]) for row in csv.DictReader(io.StringIO(text)))
    header, *rows = sheet.iter_rows(values_only=True)
    from_xlsx = sum(Decimal(repr(row[header.index("amount")])) for row in rows)

    assert from_csv == from_xlsx == total


def test_text_that_looks_like_a_formula_is_defused(client: Client, lines: None) -> None:
    text = downloaded(client, "/allocations.csv").decode()

    assert "'=1+1" in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    assert csv_cell(f"{start}cmd") == f"'{start}cmd"


@pytest.mark.parametrize("inside", ["a\r=1+1", "a\n=1+1", "a\r\n=1+1"])
def test_cell_that_holds_the_end_of_a_line_stands_in_quotation_marks(inside: str) -> None:
    assert list(csv_rows([(inside, 1)], ("words", "number"))) == ["words,number\n", f'"{inside}",1\n']


def test_unchanged_data_answers_304(client: Client, lines: None) -> None:
    first = client.get(f"{API}/allocations/breakdown?by=ministry")

    second = client.get(f"{API}/allocations/breakdown?by=ministry", headers={"If-None-Match": first["ETag"]})

    assert (second.status_code, second.content) == (304, b"")


def test_a_new_edition_changes_the_etag(client: Client, lines: None, tmp_path: Path) -> None:
    first = client.get(f"{API}/allocations/")["ETag"]
    loaded(head("2022.3.10"), allocation(9), folder=tmp_path)

    assert client.get(f"{API}/allocations/")["ETag"] != first


def test_breakdown_costs_few_queries(client: Client, lines: None, django_assert_max_num_queries: Any) -> None:
    answer(client, "/allocations/?limit=1")  # what is counted once a version is counted

    with django_assert_max_num_queries(11):
        answer(client, "/allocations/breakdown?by=category&year=2565&ministry=15")


def test_a_body_without_a_volume_is_not_known_rather_than_nothing(
    client: Client, lines: None, tmp_path: Path
) -> None:
    total(2022, "999999999999999")
    loaded(head("2569b"), disbursement(EDUCATION), folder=tmp_path)

    found = answer(client, "/allocations/breakdown?by=agency&year=2565&ministry=20")
    rows = answer(client, "/allocations/?year=2565&ministry=20")
    series = answer(client, "/allocations/series?by=agency&ministry=20")

    assert (found["rows"], found["total"], found["lines"]) == ([], None, 0)
    assert found["not_known"]["reason"] == "body_not_in_data"
    assert rows["not_known"] == series["not_known"] == found["not_known"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/allocations/breakdown?by=ministry&year=2564", "nothing_published"),
        ("/disbursements/breakdown?by=agency&year=2570", "nothing_published"),
        ("/disbursements/breakdown?by=agency&agency=15008", "body_not_in_data"),
        ("/project-disbursements/breakdown?by=plan&year=2561", "nothing_published"),
    ],
)
def test_what_is_not_in_the_data_has_no_total_and_a_reason(
    client: Client, lines: None, address: str, reason: str
) -> None:
    found = answer(client, address)

    assert (found["total"], found["not_known"]["reason"]) == (None, reason)
    assert found["not_known"]["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/allocations/breakdown?by=ministry&year=2565",
        "/allocations/breakdown?by=ministry&year=2565&q=ไม่มีคำนี้",
        "/allocations/breakdown?by=plan&year=2565&agency=15008&min=999",
        "/disbursements/breakdown?by=agency&min=999999",
    ],
)
def test_a_filter_that_leaves_nothing_of_what_is_known_leaves_zero(
    client: Client, lines: None, address: str
) -> None:
    found = answer(client, address)

    assert found["not_known"] is None
    assert found["total"] == sum((row["amount"] for row in found["rows"]), Decimal(0))


def test_a_body_that_a_whole_book_leaves_out_was_given_nothing(
    client: Client, lines: None, tmp_path: Path
) -> None:
    total(2022, "310600000100.35")
    loaded(head("2569b"), disbursement(EDUCATION), folder=tmp_path)

    found = answer(client, "/allocations/breakdown?by=agency&year=2565&ministry=20")

    assert (found["total"], found["not_known"]) == (Decimal(0), None)


def test_a_file_says_that_it_has_no_rows_because_nothing_is_known(client: Client, lines: None) -> None:
    empty = {kind: client.get(f"{API}/allocations.{kind}?year=2564") for kind in ("csv", "jsonl", "xlsx")}
    full = client.get(f"{API}/allocations.csv?year=2565")

    assert {response["Not-Known"] for response in empty.values()} == {"nothing_published"}
    assert "Not-Known" not in full
    book = openpyxl.load_workbook(io.BytesIO(empty["xlsx"].getvalue()))
    assert "ไม่" in book["note"]["A1"].value


def test_a_limit_is_read_to_its_last_digit(client: Client, lines: None) -> None:
    assert client.get(f"{API}/allocations/?limit=0000000011000000").status_code == 400

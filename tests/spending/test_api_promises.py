"""What the API promises beside its figures: pages that follow, words that are refused, limits said."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import parse_http_date

from spending import patience
from spending.descriptions import BAHT
from spending.downloads import FORMS
from spending.models import Agency, Edition, RequestCount
from spending.parameters import PARAMETERS
from spending.resources import RESOURCES
from tests.factories import DISEASE_CONTROL, HEALTH, allocation, disbursement, head, loaded
from tests.purchases import bought, contract, part, project

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def lines(tmp_path: Path) -> None:
    """Eleven lines, some of equal amounts, and a week with a body of unknown payments."""
    given = [
        allocation(n, f"{n % 4}.25", description=f"=รายการ {n}" if n == 3 else f"รายการ {n}")
        for n in range(9)
    ]
    other = [allocation(n, "7.50", ministry=HEALTH, agency=DISEASE_CONTROL) for n in (20, 21)]
    loaded(head(), *given, *other, folder=tmp_path)
    loaded(
        head("2569"),
        disbursement(),
        disbursement(HEALTH, disbursed=None),
        disbursement(HEALTH, economic="investment"),
        folder=tmp_path,
    )


def answer(client: Client, address: str, **headers: str) -> Any:
    response = client.get(f"{API}{address}", headers=headers)
    assert response.status_code == 200, response.content
    return json.loads(response.content, parse_float=Decimal)


def walked(client: Client, address: str, way: str = "next") -> list[list[dict[str, Any]]]:
    """The pages from an address on."""
    pages, at = [], f"{API}{address}"
    while at:
        page = json.loads(client.get(at).content, parse_float=Decimal)
        pages.append(page["rows"])
        at = page[way]
    return pages


# Pages


@pytest.mark.parametrize("order", ["", "amount", "-amount", "item_id", "-page", "agency"])
def test_pages_in_any_order_hold_every_row_once(client: Client, lines: None, order: str) -> None:
    pages = walked(client, f"/allocations/?limit=3&order={order}")
    rows = [row for page in pages for row in page]

    assert [len(page) for page in pages] == [3, 3, 3, 2]
    assert len({row["item_id"] for row in rows}) == 11
    if order:
        column = order.removeprefix("-")
        values = [row[column] for row in rows]
        assert values == sorted(values, reverse=order.startswith("-"))


def test_pages_lead_back_the_way_they_came(client: Client, lines: None) -> None:
    forth, at = [], f"{API}/allocations/?limit=4&order=-amount"
    while at:
        page, last = client.get(at).json(), at
        forth.append(page["rows"])
        at = page["next"]
    back = walked(client, last.removeprefix("http://testserver").removeprefix(API), "previous")

    assert [row["item_id"] for page in reversed(back) for row in page] == [
        row["item_id"] for page in forth for row in page
    ]


@pytest.mark.parametrize("order", ["disbursed", "-disbursed"])
def test_rows_without_a_value_stand_last_on_pages_too(client: Client, lines: None, order: str) -> None:
    pages = walked(client, f"/disbursements/?limit=1&order={order}")
    values = [row["disbursed"] for page in pages for row in page]

    assert len(values) == 3
    assert values[-1] is None


def test_number_of_rows_is_read_in_thai_digits_too(client: Client, lines: None) -> None:
    assert len(answer(client, "/allocations/?limit=๑")["rows"]) == 1


def test_amounts_as_they_are_taken_are_those_described() -> None:
    known = re.compile(BAHT["pattern"])
    for text in ("0", "-12.50", "1,000", "1000", "๑,๐๐๐.๒๕", "999999999999999"):
        assert known.match(text)
        assert PARAMETERS["min"].value(text) is not None
    for text in ("", ",", "1,00", "1e3", "12.345"):
        assert not known.match(text)


def test_links_stand_in_the_header_as_in_the_answer(client: Client, lines: None) -> None:
    first = client.get(f"{API}/allocations/?limit=2")
    second = client.get(first.json()["next"])

    assert f'<{first.json()["next"]}>; rel="next"' in first["Link"]
    assert f'<{second.json()["previous"]}>; rel="prev"' in second["Link"]
    assert 'rel="first"' in first["Link"]


def test_cursor_that_was_made_up_or_is_of_another_question_is_refused(client: Client, lines: None) -> None:
    cursor = client.get(f"{API}/allocations/?limit=2").json()["next"].split("cursor=")[1].split("&")[0]

    for query in ("cursor=abc", f"cursor={cursor}&order=-amount", f"cursor={cursor}x"):
        response = client.get(f"{API}/allocations/?{query}")
        assert (response.status_code, response.json()["parameter"]) == (400, "cursor")
    for address in (
        f"{API}/allocations/?year=2565&cursor=",
        f"{API}/plans/?cursor=",
        f"{API}/editions/?cursor=",
    ):
        response = client.get(address + cursor)
        assert (response.status_code, response.json()["parameter"]) == (400, "cursor")
    again = client.get(f"{API}/allocations/?limit=1&fields=item_id&cursor={cursor}")
    assert again.status_code == 200


def test_a_deep_page_skips_nothing_and_asks_no_more_than_the_first(client: Client, tmp_path: Path) -> None:
    loaded(head(), *[allocation(n) for n in range(100)], folder=tmp_path)
    first = deep = f"{API}/allocations/?limit=10"
    for _page in range(9):
        deep = client.get(deep).json()["next"]
    cache.clear()
    client.get(f"{API}/allocations/?limit=1")  # what is counted once a version is counted

    with CaptureQueriesContext(connection) as of_first:
        client.get(first)
    with CaptureQueriesContext(connection) as of_deep:
        client.get(deep)

    assert len(of_deep) == len(of_first)
    assert not any("OFFSET" in query["sql"] for query in of_deep)


def test_rows_are_counted_only_where_it_is_asked(client: Client, lines: None) -> None:
    assert "count" not in answer(client, "/allocations/?limit=1")
    assert answer(client, "/allocations/?limit=1&count=true&ministry=21")["count"] == 2


def test_fields_are_those_asked_for_in_their_order(client: Client, lines: None) -> None:
    rows = answer(client, "/allocations/?fields=amount,item_id&limit=1")["rows"]
    header = client.get(f"{API}/allocations.csv?fields=amount,item_id").getvalue().splitlines()[0]

    assert list(rows[0]) == ["amount", "item_id"]
    assert header == b"amount,item_id"


# Words that are refused


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("fields=colour", "fields"),
        ("fields=amount,amount", "fields"),
        ("order=colour", "order"),
        ("count=yes", "count"),
        ("format=xml", "format"),
        ("limit=1&limit=2", "limit"),
        ("yaer=", "yaer"),
        ("min=much", "min"),
        ("as_of=2026-13-01", "as_of"),
        ("per=capita", "per"),
        ("prices=2565", "prices"),
    ],
)
def test_word_that_cannot_be_answered_is_named(client: Client, query: str, parameter: str) -> None:
    response = client.get(f"{API}/allocations/?{query}", headers={"Accept-Language": "en"})

    assert (response.status_code, response.json()["parameter"]) == (400, parameter)
    assert parameter in response.json()["detail"]


@pytest.mark.parametrize("word", ["per=capita", "prices=2565"])
@pytest.mark.parametrize(
    "page", ["/en/budget/2565/", "/api/v1/allocations.csv", "/api/v1/allocations/breakdown"]
)
def test_per_head_and_real_prices_are_refused_alike_everywhere(
    client: Client, lines: None, page: str, word: str
) -> None:
    response = client.get(f"{page}?{word}&by=ministry", headers={"Accept-Language": "en"})

    assert response.status_code == 400
    assert "is not available" in response.content.decode()


def test_ranges_bound_amounts_and_days(client: Client, lines: None, tmp_path: Path) -> None:
    bought(
        part(),
        project(1),
        contract(1, "10.00", signed_on=date(2025, 1, 17)),
        contract(2, "20.00", signed_on=date(2025, 3, 1)),
        folder=tmp_path,
    )

    assert answer(client, "/contracts/breakdown?by=year&from=2025-02-01")["total"] == 20
    assert answer(client, "/contracts/breakdown?by=year&until=2025-02-01")["total"] == 10
    assert len(answer(client, "/disbursements/?min=300&measure=disbursed")["rows"]) == 2


# One shape of errors


@pytest.mark.parametrize(
    ("address", "status"),
    [("/api/v1/nothing/", 404), ("/api/nothing", 404), ("/api/v1/allocations.pdf", 404)],
)
def test_addresses_that_do_not_exist_are_problem_documents(client: Client, address: str, status: int) -> None:
    response = client.get(address)

    assert (response.status_code, response.json()["status"]) == (status, status)
    assert response["Content-Type"] == "application/problem+json"


def test_form_that_an_address_does_not_have_is_not_acceptable(client: Client, lines: None) -> None:
    refused = client.get(f"{API}/allocations.csv", headers={"Accept": "application/json"})
    taken = client.get(f"{API}/allocations.csv", headers={"Accept": "text/csv"})

    assert (refused.status_code, refused.json()["status"]) == (406, 406)
    assert taken.status_code == 200
    assert taken.getvalue()


def test_what_breaks_is_a_problem_document_that_tells_nothing_of_the_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spending.api.arrive", lambda request: 1 / 0)
    client.raise_request_exception = False

    response = client.get(f"{API}/allocations/")

    assert (response.status_code, response.json()["status"]) == (500, 500)
    assert "ZeroDivision" not in response.content.decode()


@pytest.mark.parametrize("ending", ["/?", "/breakdown?by=ministry", ".csv?", ".parquet?"])
def test_question_that_takes_too_long_is_answered_with_advice(
    client: Client, lines: None, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    def endless(query: Any, *by: Any) -> Any:
        return query.model.objects.extra(where=["pg_sleep(0.02) IS NOT NULL"])

    monkeypatch.setattr("spending.statements._kept", {})
    monkeypatch.setattr("spending.filters.AllocationFilter.lines", endless)
    monkeypatch.setattr("spending.filters.AllocationFilter.facts", endless)
    monkeypatch.setattr("django.conf.settings.API_STATEMENT_SECONDS", 0.05)
    monkeypatch.setattr("django.conf.settings.API_DOWNLOAD_SECONDS", 0.05)

    response = client.get(f"{API}/allocations{ending}")

    assert (response.status_code, response.json()["status"]) == (503, 503)
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"


def test_statement_of_a_question_is_ended_by_the_database() -> None:
    with pytest.raises(patience.TooSlow), patience.within(50), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")


# How often, and how long an answer holds


def test_caller_is_told_what_is_left_and_then_refused(client: Client, lines: None, settings: Any) -> None:
    settings.API_RATE_LIMIT = 2

    answers = [client.get(f"{API}/plans/") for _time in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[0]["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert answers[0]["RateLimit"].startswith('"minute";r=1;t=')
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert answers[2].json()["status"] == 429
    assert answers[2]["Access-Control-Allow-Origin"] == "*"


def test_no_address_of_a_caller_is_kept(client: Client, lines: None) -> None:
    client.get(f"{API}/plans/", REMOTE_ADDR="203.0.113.9")

    kept = RequestCount.objects.get()
    assert kept.count == 1
    assert re.fullmatch("[0-9a-f]{32}", kept.caller)


def test_callers_behind_the_operators_proxy_are_told_apart(
    client: Client, lines: None, settings: Any
) -> None:
    settings.API_RATE_LIMIT, settings.BEHIND_TLS_PROXY = 1, True

    first = client.get(f"{API}/plans/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})
    other = client.get(f"{API}/plans/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.10"})

    assert (first.status_code, other.status_code) == (200, 200)


def test_household_of_the_newer_protocol_is_one_caller(client: Client, lines: None, settings: Any) -> None:
    settings.API_RATE_LIMIT = 1
    addresses = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1", "203.0.113.9", "unix:"]

    answers = [client.get(f"{API}/plans/", REMOTE_ADDR=address).status_code for address in addresses]

    assert answers == [200, 429, 200, 200, 200]


def test_header_of_a_stranger_does_not_widen_the_limit(client: Client, lines: None, settings: Any) -> None:
    settings.API_RATE_LIMIT, settings.BEHIND_TLS_PROXY = 1, False

    answers = [client.get(f"{API}/plans/", headers={"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(2)]

    assert [one.status_code for one in answers] == [200, 429]


def test_limit_of_nothing_counts_nothing(client: Client, lines: None, settings: Any) -> None:
    settings.API_RATE_LIMIT = 0

    response = client.get(f"{API}/plans/")

    assert "RateLimit" not in response
    assert not RequestCount.objects.exists()


def test_answer_says_since_when_it_holds_and_anybody_may_read_it(client: Client, lines: None) -> None:
    response = client.get(f"{API}/allocations/")
    again = client.get(f"{API}/allocations/", headers={"If-Modified-Since": response["Last-Modified"]})

    assert again.status_code == 304
    assert again["ETag"] == response["ETag"]
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_answer_that_was_mended_is_sent_to_who_knows_the_date_of_the_old_one(
    client: Client, lines: None
) -> None:
    before = client.get(f"{API}/agencies/")
    Agency.objects.filter(code="15008").update(name="กรมที่แก้ชื่อ")
    MigrationRecorder(connection).record_applied("spending", "names_mended")

    again = client.get(f"{API}/agencies/", headers={"If-Modified-Since": before["Last-Modified"]})

    assert again.status_code == 200
    assert "กรมที่แก้ชื่อ" in again.content.decode()
    assert parse_http_date(again["Last-Modified"]) > parse_http_date(before["Last-Modified"])


def test_edition_that_was_withdrawn_is_not_called_unchanged(client: Client, lines: None) -> None:
    before = client.get(f"{API}/allocations/")
    book = Edition.objects.filter(dataset="budget_book")
    book.update(state=Edition.State.WITHDRAWN, is_current=False)

    again = client.get(f"{API}/allocations/", headers={"If-Modified-Since": before["Last-Modified"]})

    assert again.status_code == 200


def test_error_is_not_kept_and_has_no_version(client: Client, lines: None) -> None:
    response = client.get(f"{API}/allocations/?x=1")

    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response


def test_browser_may_ask_with_headers_of_its_own(client: Client) -> None:
    response = client.options(f"{API}/allocations/", headers={"Origin": "https://example.org"})

    assert response.status_code == 204
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


# Files


@pytest.mark.parametrize("name", RESOURCES)
def test_columns_read_by_the_database_are_those_of_the_rows(client: Client, lines: None, name: str) -> None:
    resource = RESOURCES[name]
    query = resource.filter({})

    fast = list(resource.read(query.lines().order_by("pk"), resource.columns))
    slow = [tuple(column.value(row) for column in resource.columns) for row in resource.rows(query)]

    assert fast == slow


def test_parquet_is_typed_and_says_what_columns_mean(client: Client, lines: None) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(client.get(f"{API}/allocations.parquet").getvalue()))

    kinds = {field.name: field.type for field in table.schema}
    assert kinds["amount"] == pyarrow.decimal128(20, 2)
    assert kinds["as_of"] == pyarrow.date32()
    assert kinds["fiscal_year"] == pyarrow.int64()
    assert kinds["obliged"] == pyarrow.bool_()
    assert table.schema.metadata[b"unit"] == b"baht"
    assert table.schema.field("amount").metadata[b"means"]
    assert table.num_rows == 11


def test_workbook_has_real_numbers_and_days(client: Client, lines: None) -> None:
    body = client.get(f"{API}/allocations.xlsx?fields=amount,as_of,item_id").getvalue()
    rows = list(openpyxl.load_workbook(io.BytesIO(body))["data"].iter_rows(min_row=2, values_only=True))

    assert isinstance(rows[0][0], int | float)
    assert rows[0][1].date() == date(2021, 10, 1)


@pytest.mark.parametrize("kind", FORMS)
def test_file_of_a_day_before_everything_is_empty_and_whole(client: Client, lines: None, kind: str) -> None:
    response = client.get(f"{API}/allocations.{kind}?as_of=2001-01-01")

    assert response.status_code == 200
    assert response.getvalue() or kind == "jsonl"


def test_file_stands_in_the_order_asked_for(client: Client, lines: None) -> None:
    text = client.get(f"{API}/allocations.csv?order=-amount&fields=amount").getvalue().decode()

    amounts = [Decimal(line) for line in text.split()[1:]]
    assert amounts == sorted(amounts, reverse=True)


def test_file_is_sent_in_blocks_of_bounded_size(client: Client, tmp_path: Path) -> None:
    loaded(head(), *[allocation(n, description="ก" * 500) for n in range(300)], folder=tmp_path)

    blocks = list(client.get(f"{API}/allocations.csv").streaming_content)

    assert len(blocks) > 3
    assert max(map(len, blocks)) < 200_000

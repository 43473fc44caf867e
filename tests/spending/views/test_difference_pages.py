"""Two books or editions compared: the page, the API and the files say the same, and every line is told."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from spending import compared
from spending.models import Edition
from tests.factories import allocation, head, loaded
from tests.purchases import bought, part, project

pytestmark = pytest.mark.django_db


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return str(answer.content.decode())


def rows(client: Any, query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/differences/{query}")
    assert answer.status_code == 200, answer.json()
    return list(answer.json(parse_float=Decimal)["rows"])


@pytest.fixture
def editions(tmp_path: Path) -> str:
    """The query that compares two editions of one volume: one line renamed, one gone, one new."""
    loaded(
        head(),
        allocation(1, "100", description="ก่อสร้างอาคารเรียนรวม"),
        allocation(2, "50", description="ซื้อรถยนต์"),
        allocation(3, "7", description="ค่าเช่าบ้าน"),
        folder=tmp_path,
    )
    loaded(
        head(as_of=date(2021, 12, 1)),
        allocation(1, "120.50", description="ก่อสร้างอาคารเรียนรวมใหม่"),
        allocation(2, "40", description="ปรับปรุงระบบประปา"),
        allocation(3, "7", description="ค่าเช่าบ้าน"),
        folder=tmp_path,
    )
    keys = [edition.key for edition in Edition.objects.order_by("pk")]
    return f"?from={keys[0]}&to={keys[1]}"


def test_editions_of_one_volume_are_matched_by_their_ids(client: Any, editions: str) -> None:
    found = {(row["how"], row["from_ids"], row["to_ids"]): row for row in rows(client, editions)}

    assert set(found) == {
        ("id", "2022.3.9.1", "2022.3.9.1"),
        ("id", "2022.3.9.3", "2022.3.9.3"),
        ("gone", "2022.3.9.2", ""),
        ("new", "", "2022.3.9.2"),
    }
    assert found["id", "2022.3.9.1", "2022.3.9.1"]["changed"] == "text amount"


def test_sums_are_those_of_the_two_sides(client: Any, editions: str) -> None:
    found = rows(client, editions)

    for side, total in (("from_amount", Decimal("157")), ("to_amount", Decimal("167.50"))):
        assert sum((row[side] for row in found if row[side] is not None), Decimal(0)) == total
    shown = page(client, f"/en/budget/differences/{editions}")
    assert 'value="157.00"' in shown
    assert 'value="167.50"' in shown


def test_page_says_how_and_leads_to_the_lines(client: Any, editions: str) -> None:
    shown = page(client, f"/en/budget/differences/{editions}")

    assert "By published id" in shown
    assert "Gone, no match" in shown
    assert "New, no match" in shown
    assert 'href="/en/budget/2565/lines/2022.3.9.1/"' in shown


def test_one_way_can_be_asked_for(client: Any, editions: str) -> None:
    assert [row["how"] for row in rows(client, f"{editions}&how=gone")] == ["gone"]
    assert "ปรับปรุงระบบประปา" not in page(client, f"/budget/differences/{editions}&how=gone")


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx"])
def test_files_hold_every_match(client: Any, editions: str, kind: str) -> None:
    answer = client.get(f"/api/v1/differences.{kind}{editions}")

    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    assert kind == "xlsx" or content.count(b"2022.3.9.") == 6


def test_two_years_are_compared_by_place_and_words(client: Any, tmp_path: Path) -> None:
    loaded(head(), allocation(1, "100", description="ซื้อรถยนต์"), folder=tmp_path)
    later = {"fiscal_year": 2023, "item_id": "2023.3.9.44"}
    loaded(
        head("2023.3.9", fiscal_year=2023, as_of=date(2022, 10, 1)),
        allocation(1, "130", description="ซื้อรถยนต์", **later),
        folder=tmp_path,
    )

    (row,) = rows(client, "?from=2565&to=2566")

    assert (row["how"], row["from_ids"], row["to_ids"], row["change"]) == (
        "path",
        "2022.3.9.1",
        "2023.3.9.44",
        Decimal("30.00"),
    )
    assert 'href="/en/budget/2566/lines/2023.3.9.44/"' in page(
        client, "/en/budget/differences/?from=2565&to=2566"
    )


def test_long_books_are_compared_body_by_body(
    client: Any, editions: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compared, "MOST", 2)

    shown = page(client, f"/en/budget/differences/{editions}")

    assert "choose a body" in shown
    assert "ministry=15" in shown
    assert client.get(f"/api/v1/differences/{editions}").status_code == 400


def test_one_agency_can_be_chosen(client: Any, editions: str) -> None:
    assert len(rows(client, f"{editions}&agency=15008")) == 4
    assert rows(client, f"{editions}&agency=21004") == []


def test_editions_of_purchases_are_compared_by_number(client: Any, tmp_path: Path) -> None:
    bought(part(), project(1, "100"), project(2, "50"), folder=tmp_path)
    changed = project(1, "100", agreed_price=Decimal("99.75"), status="ยกเลิก")
    bought(part(), changed, project(3, "50"), folder=tmp_path)
    keys = [edition.key for edition in Edition.objects.order_by("pk")]

    found = rows(client, f"?from={keys[0]}&to={keys[1]}")

    ways = {(row["how"], row["changed"]) for row in found}
    assert ways == {("id", "amount status"), ("gone", ""), ("new", "")}
    assert 'href="/en/projects/67119000001/"' in page(
        client, f"/en/budget/differences/?from={keys[0]}&to={keys[1]}"
    )


@pytest.mark.parametrize(
    "query",
    [
        "?from=2565",
        "?from=2565&to=2599",
        "?from=2565&to=nothing",
        "?from=2565&to=budget_book-2022.3.9-999999",
        "?from=2565&to=2565&how=guess",
        "?from=2565&to=2565&colour=red",
    ],
)
def test_what_is_not_understood_is_said(client: Any, editions: str, query: str) -> None:
    assert client.get(f"/budget/differences/{query}").status_code == 400
    assert client.get(f"/api/v1/differences/{query}").status_code == 400


def test_book_is_not_compared_with_purchases(client: Any, editions: str, tmp_path: Path) -> None:
    bought(part(), project(1), folder=tmp_path)
    key = Edition.objects.get(dataset="egp_contracts").key

    assert client.get(f"/budget/differences/?from=2565&to={key}").status_code == 400


def test_unpublished_edition_is_not_shown(client: Any, editions: str) -> None:
    hidden = Edition.objects.order_by("pk").last()
    assert hidden is not None
    Edition.objects.filter(pk=hidden.pk).update(state="held", is_current=False, published_at=None)

    assert client.get(f"/api/v1/differences/{editions}").status_code == 400


def test_form_offers_books_alone_unless_purchases_are_asked_for(
    client: Any, editions: str, tmp_path: Path
) -> None:
    bought(part(), project(1), folder=tmp_path)
    key = Edition.objects.get(dataset="egp_contracts").key

    assert key not in page(client, "/en/budget/differences/")
    assert key in page(client, f"/en/budget/differences/?from={key}&to={key}")


def test_page_without_a_question_offers_what_can_be_compared(client: Any, editions: str) -> None:
    shown = page(client, "/en/budget/differences/")

    (first, then) = re.findall(r'name="(?:from|to)">(.*?)</select>', shown, re.DOTALL)
    assert first.count("<option") == then.count("<option") == 3  # a year and two editions
    assert f'value="{editions[6:].partition("&")[0]}" selected' in first
    assert f'value="{editions.rpartition("=")[2]}" selected' in then
    assert "Ministry of Interior" in shown
    assert "nothing to compare" not in shown


def test_one_book_alone_is_said_to_have_nothing_beside_it(client: Any, tmp_path: Path) -> None:
    loaded(head(), allocation(1, "100"), folder=tmp_path)

    assert "nothing to compare it with" in page(client, "/en/budget/differences/")

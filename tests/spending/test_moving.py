"""Loaded figures follow the crosswalk and come back: rows, totals, pages and the version of all answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from importers.crosswalk import match_bodies
from importers.records import Head
from spending import moving, rollups
from spending.crosswalk import join, undo
from spending.models import (
    Agency,
    Allocation,
    AllocationTotal,
    BodyMatch,
    Commitment,
    Disbursement,
    ListedBody,
    MovedFact,
)
from spending.validity import version
from tests.factories import DISEASE_CONTROL, LOCAL_AFFAIRS, allocation, commitment, disbursement, head, loaded

pytestmark = pytest.mark.django_db
API = "/api/v1"
BY = {"by": "somchai", "reason": "เป็นหน่วยงานเดียวกัน"}


@pytest.fixture
def book(tmp_path: Path) -> ListedBody:
    """Two lines of 15008 and one of 21004; what the book lists 15008 as, joined to itself no more."""
    lines = [
        allocation(1, amount=Decimal(100)),
        allocation(2, amount=Decimal("20.50")),
        allocation(3, agency=DISEASE_CONTROL, amount=Decimal(7)),
        commitment(1),
    ]
    loaded(head(), *lines, folder=tmp_path)
    listed = ListedBody.objects.get(scheme="bb", body__code=LOCAL_AFFAIRS.code)
    undo(listed, by="somchai", reason="คนละหน่วยงาน")
    return listed


def other() -> Agency:
    return Agency.objects.get(code=DISEASE_CONTROL.code)


def by_agency(client: Client) -> dict[str, Decimal]:
    found = client.get(f"{API}/allocations/breakdown?by=agency").json(parse_float=Decimal)
    return {row["code"]: row["amount"] for row in found["rows"]}


def test_lines_totals_and_obligations_follow_a_match(client: Client, book: ListedBody) -> None:
    join(book, other(), **BY)

    assert by_agency(client) == {"21004": Decimal("127.50")}
    assert {row.agency.code for row in Allocation.objects.all()} == {"21004"}
    assert {row.agency.code for row in Commitment.objects.all()} == {"21004"}
    rows = client.get(f"{API}/allocations/?agency=21004").json(parse_float=Decimal)["rows"]
    assert sum(row["amount"] for row in rows) == Decimal("127.50")


def test_undoing_brings_back_just_what_followed(client: Client, book: ListedBody) -> None:
    join(book, other(), **BY)

    assert undo(book, by="somying", reason="ไม่ใช่") == 3

    assert by_agency(client) == {"15008": Decimal("120.50"), "21004": Decimal(7)}
    assert not MovedFact.objects.exists()


def test_totals_are_those_of_the_lines_throughout(book: ListedBody) -> None:
    def both() -> tuple[Any, Any]:
        cells = AllocationTotal.objects.order_by("agency", "amount").values_list("agency", "lines", "amount")
        rows = Allocation.objects.values_list("agency", "amount")
        return (
            sorted((agency, amount) for agency, _lines, amount in cells),
            {agency: sum(a for of, a in rows if of == agency) for agency, _ in rows},
        )

    for act in (lambda: join(book, other(), **BY), lambda: undo(book, by="somying", reason="ไม่ใช่")):
        act()
        cells, rows = both()
        assert {agency: sum(a for of, a in cells if of == agency) for agency, _ in cells} == rows


def test_version_changes_with_the_match_and_with_its_undoing(book: ListedBody) -> None:
    before = version().etag
    join(book, other(), **BY)
    joined = version().etag
    undo(book, by="somying", reason="ไม่ใช่")

    assert len({before, joined, version().etag}) == 3


def test_match_that_cannot_be_followed_whole_is_not_made(
    book: ListedBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(agencies: Any) -> None:
        raise RuntimeError("no totals")

    monkeypatch.setattr(rollups, "rebuild", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        join(book, other(), **BY)

    assert ListedBody.objects.get(pk=book.pk).agency is None
    assert Allocation.objects.filter(agency__code="15008").count() == 2
    assert not MovedFact.objects.exists()


def test_edition_loaded_later_follows_before_anybody_sees_it(
    client: Client, book: ListedBody, tmp_path: Path
) -> None:
    join(book, other(), **BY)

    lines = [allocation(number, amount=Decimal(50)) for number in (1, 2, 3)]
    run = loaded(head(as_of=date(2022, 1, 1)), *lines, commitment(1), folder=tmp_path)

    assert run.outcome == "published", run.message
    assert by_agency(client) == {"21004": Decimal(150)}
    undo(book, by="somying", reason="ไม่ใช่")
    assert by_agency(client) == {"15008": Decimal(150)}


def test_weekly_report_follows_by_code_and_name(tmp_path: Path) -> None:
    loaded(
        Head("2569", 2026, date(2026, 7, 3)),
        disbursement(LOCAL_AFFAIRS, cut="agency"),
        disbursement(DISEASE_CONTROL, line=8, cut="agency"),
        folder=tmp_path,
    )
    listed = ListedBody.objects.get(scheme="cgd", code=LOCAL_AFFAIRS.code)
    undo(listed, by="somchai", reason="คนละหน่วยงาน")

    join(listed, other(), **BY)

    rows = dict(Disbursement.objects.values_list("body_code", "agency__code"))
    assert rows == {"15008": "21004", "21004": "21004"}


def test_agency_that_figures_followed_to_is_not_listed_by_the_book(book: ListedBody, tmp_path: Path) -> None:
    target = Agency.objects.create(code="07003", name="กรมตัวอย่าง", kind="agency", has_published_code=True)
    join(book, target, **BY)

    match_bodies()

    assert not ListedBody.objects.filter(scheme="bb", body=target).exists()
    assert BodyMatch.objects.standing().get(listed=book).agency == target


def test_following_again_changes_nothing(client: Client, book: ListedBody) -> None:
    join(book, other(), **BY)
    before = by_agency(client)

    assert moving.follow_all() == 0
    assert by_agency(client) == before


def test_what_was_loaded_while_a_match_was_undone_comes_back(client: Client, book: ListedBody) -> None:
    match = join(book, other(), **BY)
    undo(book, by="somying", reason="ไม่ใช่")
    line = Allocation.objects.filter(agency__code="15008").first()
    assert line is not None
    Allocation.objects.filter(pk=line.pk).update(agency=other())
    MovedFact.objects.create(match=match, table="allocation", fact=line.pk)

    assert moving.follow_all() == 1
    assert by_agency(client)["15008"] == Decimal("120.50")


def test_crosswalk_says_how_many_rows_follow(client: Client, book: ListedBody) -> None:
    join(book, other(), **BY)

    rows = client.get(f"{API}/crosswalk/?agency=21004").json()["rows"]

    assert {row["code"]: row["moved"] for row in rows} == {"15008": 3, "21004": 0}

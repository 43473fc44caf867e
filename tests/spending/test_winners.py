"""Who won most: sums of today's editions, equal to the contracts themselves, and never of other editions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from spending import winners
from spending.breakdowns import Dimension, break_down
from spending.found import Kind
from spending.models import BuyerTotal, Contract, Edition, SupplierCount, SupplierTotal
from spending.purchase_rollups import keep_winners
from spending.search import search
from tests.purchases import bought, by_person, contract, part, project

pytestmark = pytest.mark.django_db
OTHER_ID = "0105559000026"


def won(number: int, amount: str, tax_id: str = "", **changes: object) -> object:
    named = {"tax_id": tax_id, "supplier": f"บริษัท {tax_id} จำกัด"} if tax_id else {}
    return contract(number, amount, **named, **changes)


@pytest.fixture
def two_years(tmp_path: Path) -> None:
    bought(
        part(), project(1), won(1, "900"), project(2), won(2, "50.25", OTHER_ID), by_person(3, amount="70"),
        folder=tmp_path,
    )  # fmt: skip
    earlier = {"fiscal_year": 2024}
    bought(part("2567", 2024), project(4, **earlier), won(4, "1000", OTHER_ID, **earlier), folder=tmp_path)


@pytest.mark.parametrize("year", [None, 2024, 2025, 2023])
@pytest.mark.parametrize("limit", [1, 2, 10])
def test_largest_winners_are_those_of_the_contracts(two_years: None, year: int | None, limit: int) -> None:
    contracts = Contract.objects.current().counted()
    contracts = contracts if year is None else contracts.in_year(year)

    assert winners.largest(year, limit) == break_down(contracts, Dimension.SUPPLIER, limit=limit)


def test_suppliers_are_counted_by_year_and_together(two_years: None) -> None:
    assert [winners.counted(year) for year in (None, 2025, 2024, 2023)] == [2, 2, 1, 0]


def test_corrected_edition_changes_only_what_it_changes(two_years: None, tmp_path: Path) -> None:
    before = {row.pk: row.amount for row in SupplierTotal.objects.all()}

    bought(part(), project(1), won(1, "900"), project(2), won(2, "60", OTHER_ID), folder=tmp_path)

    after = {row.pk: row.amount for row in SupplierTotal.objects.all()}
    assert before.keys() == after.keys()
    assert sorted(after[key] - before[key] for key in after if after[key] != before[key]) == [
        Decimal("9.75"),
        Decimal("9.75"),
    ]


def test_supplier_that_a_corrected_edition_no_longer_names_is_gone(two_years: None, tmp_path: Path) -> None:
    rows = [project(1), won(1, "900", OTHER_ID), project(2), won(2, "50.25", OTHER_ID), by_person(3)]
    bought(part(), *rows, folder=tmp_path)

    assert {row["code"] for row in winners.winners()} == {OTHER_ID}
    assert winners.counted() == 1


def test_sums_of_other_editions_do_not_answer(two_years: None) -> None:
    Edition.objects.filter(part="2567").update(is_current=False)

    assert winners.counted() is None
    assert winners.largest(None, 5) is None
    assert {row["code"]: row["won"] for row in winners.winners()}[OTHER_ID] == Decimal("50.25")


def test_a_day_is_answered_from_the_editions_of_that_day(two_years: None, tmp_path: Path) -> None:
    Edition.objects.update(published_at=datetime(2025, 10, 1, tzinfo=UTC))
    bought(part(), project(2), won(2, "1.00", OTHER_ID), folder=tmp_path)

    known = {row["code"]: row["won"] for row in winners.winners(date(2025, 10, 2), 2025)}
    assert known[OTHER_ID] == Decimal("50.25")


def test_summing_again_changes_nothing(two_years: None) -> None:
    before = list(SupplierTotal.objects.order_by("pk").values_list())

    keep_winners()
    SupplierCount.objects.all().delete()
    keep_winners()

    assert list(SupplierTotal.objects.order_by("pk").values_list()) == before


def departments() -> dict[str, tuple[int, Decimal]]:
    rows = BuyerTotal.objects.values_list("buyer__name", "last_year", "agreed_price")
    return {name: (year, amount) for name, year, amount in rows}


def test_departments_are_summed_over_the_editions_of_today(tmp_path: Path) -> None:
    large, small = {"buyer": "กรมใหญ่"}, {"buyer": "กรมเล็ก"}
    now = [project(1, agreed_price=Decimal("10.25"), **large), project(2, agreed_price=None, **small)]
    bought(part(), *now, folder=tmp_path)
    earlier = {"fiscal_year": 2024}
    before = [
        project(4, agreed_price=Decimal("0.75"), **large, **earlier),
        project(5, agreed_price=Decimal("3"), **small, **earlier),
    ]
    bought(part("2567", 2024), *before, folder=tmp_path)

    assert departments() == {"กรมใหญ่": (2025, Decimal("11.00")), "กรมเล็ก": (2025, Decimal("3.00"))}

    corrected = project(4, agreed_price=Decimal("0.50"), **large, **earlier)
    bought(part("2567", 2024), corrected, project(5, agreed_price=None, **large, **earlier), folder=tmp_path)
    assert departments() == {"กรมใหญ่": (2025, Decimal("10.75")), "กรมเล็ก": (2025, Decimal("0.00"))}

    corrected = project(1, agreed_price=Decimal("10.25"), **large)
    bought(part(), corrected, project(2, agreed_price=None, **large), folder=tmp_path)
    assert departments() == {"กรมใหญ่": (2025, Decimal("10.75"))}


def test_departments_found_have_the_sums_of_their_totals(two_years: None) -> None:
    kept = search("กรม").bought[Kind.BUYER]
    SupplierCount.objects.all().delete()  # as if other editions were current

    assert kept.count > 0
    assert search("กรม").bought[Kind.BUYER] == kept

"""A year at a glance: who holds its money, by the best source of that year."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from spending.overview import Basis, overview, years_known
from tests.factories import allocation, head, loaded
from tests.spending.years import load_week, total

pytestmark = pytest.mark.django_db


def amounts(year: int) -> dict[str, Decimal]:
    found = overview(year)
    assert found is not None
    return {one.code: one.amount for one in found.slices}


def test_weekly_year_has_its_ministries_the_bodies_under_none_and_the_groups(tmp_path: Path) -> None:
    load_week(tmp_path)

    assert amounts(2026) == {
        "15": Decimal(300),
        "21": Decimal(200),
        "fund": Decimal(150),
        "75002": Decimal(100),
        "municipality": Decimal(50),
    }


def test_slices_are_largest_first_and_what_nobody_holds_is_unknown(tmp_path: Path) -> None:
    load_week(tmp_path)

    found = overview(2026)

    assert found is not None
    assert [one.code for one in found.slices] == ["15", "21", "fund", "75002", "municipality"]
    assert (found.act, found.known, found.unknown) == (Decimal(1000), Decimal(800), Decimal(200))
    assert found.known_share == Decimal("0.8")


def test_act_of_parliament_goes_before_the_budget_of_the_report(tmp_path: Path) -> None:
    load_week(tmp_path)
    total(2026, "1200")

    found = overview(2026)

    assert found is not None
    assert (found.act, found.unknown) == (Decimal(1200), Decimal(400))


def test_agency_of_a_listed_ministry_is_not_counted_again(tmp_path: Path) -> None:
    load_week(tmp_path)

    assert "15008" not in amounts(2026)


def test_payments_of_a_slice_are_a_share_of_it(tmp_path: Path) -> None:
    load_week(tmp_path)

    found = overview(2026)

    assert found is not None
    interior = found.slices[0]
    assert (interior.disbursed, interior.disbursed_share) == (Decimal(180), Decimal("0.6"))


def test_book_year_has_the_ministries_of_its_lines_and_the_rest_of_the_act_unknown(tmp_path: Path) -> None:
    loaded(head(), allocation(1, "300"), allocation(2, "100"), folder=tmp_path)
    total(2022, "1000")

    found = overview(2022)

    assert found is not None
    assert found.basis is Basis.BOOK
    assert amounts(2022) == {"15": Decimal(400)}
    assert found.unknown == Decimal(600)
    assert [edition.part for edition in found.editions] == ["2022.3.9"]


def test_past_year_has_the_published_totals_of_its_ministries() -> None:
    total(2018, "1000")
    total(2018, "600", body="กระทรวงศึกษาธิการ", dataset="mof_history")
    total(2018, "550", body="กระทรวงศึกษาธิการ", measure="paid", dataset="mof_history")

    found = overview(2018)

    assert found is not None
    (education,) = found.slices
    assert (found.basis, found.unknown) == (Basis.HISTORY, Decimal(400))
    assert (education.amount, education.disbursed, education.has_page) == (Decimal(600), Decimal(550), False)


def test_year_with_nothing_but_its_total_is_unknown_as_a_whole() -> None:
    total(2024, "1000")

    found = overview(2024)

    assert found is not None
    assert (found.basis, found.slices, found.unknown) == (Basis.WHOLE, (), Decimal(1000))
    assert [edition.dataset for edition in found.editions] == ["pbo_history"]


def test_source_that_knows_most_of_a_year_tells_of_it(tmp_path: Path) -> None:
    loaded(head(fiscal_year=2026), allocation(1, "999", fiscal_year=2026), folder=tmp_path)
    load_week(tmp_path)

    found = overview(2026)

    assert found is not None
    assert found.basis is Basis.BOOK


def test_more_money_than_the_act_is_said_and_not_scaled(tmp_path: Path) -> None:
    loaded(head(), allocation(1, "1100"), folder=tmp_path)
    total(2022, "1000")

    found = overview(2022)

    assert found is not None
    assert (found.whole, found.unknown) == (Decimal(1100), Decimal(0))


def test_year_of_which_nothing_is_published_has_no_overview() -> None:
    assert overview(1999) is None


def test_known_years_are_those_of_every_source_newest_first(tmp_path: Path) -> None:
    load_week(tmp_path)
    loaded(head(), allocation(), folder=tmp_path)
    total(2018, "1000")

    assert years_known() == (2026, 2022, 2018)


def test_overview_needs_the_same_few_queries_whatever_the_number_of_bodies(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    load_week(tmp_path)

    with django_assert_max_num_queries(10):
        overview(2026)

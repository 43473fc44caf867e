"""What one person pays, and how it is divided."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spending.taxes import BANDS, MONTHS, income_tax, shared_out, value_added_tax


@pytest.mark.parametrize(
    ("month", "year"),
    [
        (17_500, 0),
        (30_000, 2_500),
        (40_000, 9_500),
        (50_000, 21_500),
        (60_000, 36_500),
        (70_000, 54_500),
        (80_000, 75_000),
        (90_000, 99_000),
        (100_000, 125_000),
        (600_000, 1_979_000),
    ],
)
def test_tax_on_a_salary_is_what_published_tables_say(month: int, year: int) -> None:
    found = income_tax(Decimal(month) * MONTHS)

    assert found.tax == year
    assert sum(band.income for band in found.bands) == found.net


def test_no_income_falls_between_two_bands() -> None:
    for above, _rate in BANDS[1:]:
        just = income_tax(above + 160_000)

        assert just.net == above
        assert just.bands[-1].above < above


def test_prices_hold_seven_baht_of_every_hundred_and_seven() -> None:
    assert value_added_tax(Decimal(107)) == 7
    assert value_added_tax(Decimal(0)) == 0


@given(
    st.decimals(min_value="0.01", max_value=10**9, places=2),
    st.lists(st.decimals(min_value=0, max_value=10**13, places=2), min_size=1, max_size=40),
)
def test_parts_add_up_to_the_amount_and_are_a_satang_from_their_share(
    amount: Decimal, weights: list[Decimal]
) -> None:
    parts = shared_out(amount, weights)

    whole = sum(weights)
    if whole == 0:
        assert set(parts) == {Decimal(0)}
        return
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / whole) < Decimal("0.0101")
        assert part >= 0

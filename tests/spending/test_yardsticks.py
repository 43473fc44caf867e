"""Measured figures: exact, rounded once, half away from zero; unknown where nothing is published."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from spending.yardsticks import COUNTRY, Per, Ratio, Series, Yardstick, rounded, trimmed

PEOPLE = {(Series.POPULATION, COUNTRY, 2022): Decimal(3), (Series.POPULATION, "95", 2022): Decimal(2)}
PRICES = {(Series.CPI, COUNTRY, 2020): Decimal("80.00"), (Series.CPI, COUNTRY, 2022): Decimal("120.00")}


def test_an_amount_is_divided_by_the_people_of_its_year_and_area() -> None:
    yardstick = Yardstick(Per.CAPITA, values=PEOPLE)

    assert yardstick.measured(Decimal("10.00"), 2022) == Decimal("3.33")
    assert yardstick.measured(Decimal("10.00"), 2022, "95") == Decimal("5.00")


def test_what_is_not_published_is_unknown_and_named() -> None:
    yardstick = Yardstick(Per.CAPITA, values=PEOPLE)

    assert yardstick.measured(Decimal("10.00"), 2023) is None
    assert yardstick.measured(None, 2022) is None
    assert yardstick.missing == [(Series.POPULATION, COUNTRY, 2023)]
    assert yardstick.used == [(Series.POPULATION, COUNTRY, 2022)]


def test_prices_are_the_ratio_of_two_years_of_the_index() -> None:
    yardstick = Yardstick(prices=2022, values=PRICES)

    assert yardstick.measured(Decimal("100.00"), 2020) == Decimal("150.00")
    assert yardstick.measured(Decimal("100.00"), 2022) == Decimal("100.00")
    assert yardstick.measured(Decimal("100.00"), 2021) is None


def test_amounts_of_several_years_are_measured_by_their_own_and_rounded_once() -> None:
    values = {(Series.POPULATION, COUNTRY, year): Decimal(3) for year in (2021, 2022)}
    yardstick = Yardstick(Per.CAPITA, values=values)

    assert yardstick.together([(2021, Decimal("0.01")), (2022, Decimal("0.01"))]) == Decimal("0.01")
    assert yardstick.together([(2021, Decimal(1)), (2030, Decimal(1))]) is None


def test_a_share_of_the_total_is_the_same_in_every_year() -> None:
    yardstick = Yardstick(Per.TOTAL, total=Decimal(8))

    assert yardstick.measured(Decimal(1), 1900) == Decimal("0.1250000000")
    assert Yardstick(Per.TOTAL, total=Decimal(0)).measured(Decimal(0), 2022) is None


def test_halves_are_rounded_away_from_zero_and_nothing_is_minus_zero() -> None:
    assert rounded(Decimal("0.005"), 2) == Decimal("0.01")
    assert rounded(Decimal("-0.005"), 2) == Decimal("-0.01")
    assert str(rounded(Decimal("-0.001"), 2)) == "0.00"
    assert str(trimmed(Decimal("100.00000000"))) == "100"


@given(
    amount=st.decimals(min_value=-(10**15), max_value=10**15, places=2),
    index=st.decimals(min_value="0.01", max_value=10_000, places=10),
    people=st.integers(min_value=1, max_value=10**9),
)
def test_a_measured_figure_lies_within_half_a_place_of_the_exact_fraction(
    amount: Decimal, index: Decimal, people: int
) -> None:
    found = Ratio(index, Decimal(people)).of(amount, 2)

    assert abs(Fraction(found) - Fraction(amount) * Fraction(index) / people) <= Fraction(1, 200)

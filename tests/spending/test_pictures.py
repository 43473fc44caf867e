"""Pictures drawn on the server: the hundred baht, strips, meters."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spending.pictures import Part, hundred_baht, in_hundred, meter, strip

AMOUNT = st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False, allow_infinity=False)
AMOUNTS = st.lists(AMOUNT, min_size=1, max_size=60).filter(lambda amounts: sum(amounts) > 0)


def parts(*amounts: str) -> list[Part]:
    return [Part(f"part {n}", Decimal(amount), "co") for n, amount in enumerate(amounts)]


@given(AMOUNTS)
def test_squares_sum_to_one_hundred(amounts: list[Decimal]) -> None:
    assert sum(in_hundred(amounts)) == 100


@given(AMOUNTS)
def test_no_part_is_further_than_one_square_from_its_true_share(amounts: list[Decimal]) -> None:
    total = sum(amounts)

    counts = in_hundred(amounts)

    assert all(abs(count - amount * 100 / total) < 1 for count, amount in zip(counts, amounts, strict=True))


@given(AMOUNTS)
def test_a_larger_part_never_has_fewer_squares(amounts: list[Decimal]) -> None:
    ordered = sorted(amounts, reverse=True)

    counts = in_hundred(ordered)

    assert list(counts) == sorted(counts, reverse=True)


def test_the_largest_remainders_are_rounded_up() -> None:
    assert in_hundred([Decimal("10.6"), Decimal("9.4"), Decimal("80.0")]) == (11, 9, 80)
    assert in_hundred([Decimal(1), Decimal(1), Decimal(1)]) == (34, 33, 33)


@pytest.mark.parametrize("amounts", [["0", "0"], ["-1", "5"], []])
def test_amounts_without_a_whole_have_no_hundred_baht(amounts: list[str]) -> None:
    with pytest.raises(ValueError, match="from zero up"):
        in_hundred([Decimal(amount) for amount in amounts])


def test_squares_fill_the_picture_row_by_row_without_gap_or_overlap() -> None:
    picture = hundred_baht("a year", parts("50", "30", "20"))

    squares = [square for patch in picture.patches for square in patch.squares]

    assert [patch.baht for patch in picture.patches] == [50, 30, 20]
    assert [(square.x, square.y) for square in squares] == [(n % 10 * 10, n // 10 * 10) for n in range(100)]


def test_part_below_half_a_square_keeps_its_place_in_the_key() -> None:
    picture = hundred_baht("a year", parts("9999", "1"))

    assert [patch.baht for patch in picture.patches] == [100, 0]


@given(AMOUNTS)
def test_bands_of_a_strip_lie_end_to_end(amounts: list[Decimal]) -> None:
    bands = strip("a year", [Part("", amount, "co") for amount in amounts]).bands

    assert bands[0].x == 0
    assert all(one.x + one.width == other.x for one, other in pairwise(bands))
    assert bands[-1].x + bands[-1].width == 100


def test_meter_shows_what_is_done_promised_and_aimed_at() -> None:
    drawn = meter("paid", Decimal("0.519"), promised=Decimal("0.248"), goal=Decimal("0.79"))

    assert (drawn.done, drawn.promised, drawn.goal) == (Decimal("51.90"), Decimal("24.80"), Decimal("79.00"))


def test_meter_cuts_off_what_goes_beyond_the_whole() -> None:
    drawn = meter("paid", Decimal("0.9"), promised=Decimal("0.3"), goal=Decimal("1.2"))

    assert (drawn.done, drawn.promised, drawn.goal) == (Decimal(90), Decimal(10), Decimal(100))


def test_meter_of_a_negative_share_is_empty() -> None:
    assert meter("paid", Decimal("-0.1")).done == 0

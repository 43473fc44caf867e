"""Amounts, shares and years as people say them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spending import speech

AMOUNTS = st.decimals(min_value=-(10**15), max_value=10**15, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("amount", "thai", "english"),
    [
        ("3780600000000", "3.78 ล้านล้าน", "3.78 trillion"),
        ("399269616800", "3.99 แสนล้าน", "399 billion"),
        ("12431626065", "1.24 หมื่นล้าน", "12.4 billion"),
        ("9375278100", "9.38 พันล้าน", "9.38 billion"),
        ("355000000", "355 ล้าน", "355 million"),
        ("200000000000", "2 แสนล้าน", "200 billion"),
        ("845000", "845,000", "845,000"),
        ("9999.50", "9,999.50", "9,999.50"),
        ("0", "0", "0"),
    ],
)
def test_amount_is_said_in_three_digits_and_the_word_people_use(amount: str, thai: str, english: str) -> None:
    assert speech.spoken(Decimal(amount), "th") == thai
    assert speech.spoken(Decimal(amount), "en") == english


def test_amount_that_rounds_up_to_the_next_word_is_said_with_that_word() -> None:
    assert speech.spoken(Decimal("999999999999"), "th") == "1 ล้านล้าน"
    assert speech.spoken(Decimal("999999999999"), "en") == "1 trillion"


def test_amount_below_zero_has_a_true_minus() -> None:
    assert speech.spoken(Decimal("-1240000000"), "th") == "−1.24 พันล้าน"
    assert speech.exact(Decimal("-12.5")) == "−12.50"


def test_unit_joins_a_thai_word_and_stands_apart_from_figures() -> None:
    assert speech.with_unit("3.78 ล้านล้าน", "th") == "3.78 ล้านล้านบาท"
    assert speech.with_unit("9,999", "th") == "9,999 บาท"
    assert speech.with_unit("3.78 trillion", "en") == "3.78 trillion baht"


def test_exact_amount_shows_satang_only_where_there_are_any() -> None:
    assert speech.exact(Decimal("3780600000000.00")) == "3,780,600,000,000"
    assert speech.exact(Decimal("100.05")) == "100.05"


@given(AMOUNTS)
def test_exact_amount_can_be_read_back(amount: Decimal) -> None:
    text = speech.exact(amount).replace(",", "").replace(speech.MINUS, "-")

    assert Decimal(text) == amount


@given(AMOUNTS.filter(lambda amount: abs(amount) >= 1_000_000))
def test_said_amount_is_within_half_a_percent(amount: Decimal) -> None:
    figure, word = speech.spoken(amount, "th").split(" ")
    scale = Decimal(10) ** next(power for power, name in speech.SCALES["th"] if name == word)

    said = Decimal(figure.replace(",", "").replace(speech.MINUS, "-")) * scale

    assert abs(said - amount) <= abs(amount) * Decimal("0.005")


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ("0.777729", "77.8%"),
        ("0", "0%"),
        ("1", "100%"),
        ("0.00004", "<0.1%"),
        ("0.9999", ">99.9%"),
        ("-0.033", "−3.3%"),
        ("1.523", "152.3%"),
        ("0.5", "50.0%"),
    ],
)
def test_share_is_said_with_one_decimal_and_never_rounded_to_nothing_or_all(share: str, text: str) -> None:
    assert speech.percent(Decimal(share)) == text


def test_share_of_the_hundred_baht_has_no_percent_sign() -> None:
    assert speech.of_hundred(Decimal("0.10561")) == "10.6"


def test_difference_in_points_has_its_sign() -> None:
    assert [speech.points(Decimal(text)) for text in ("1.24", "-3.36", "0.04")] == ["+1.2", "−3.4", "0"]


def test_year_is_said_in_the_calendar_of_the_reader() -> None:
    assert speech.fiscal_year(2022, "th") == "2565"
    assert speech.fiscal_year(2022, "en") == "2022"
    assert speech.year_in_both(2022, "th") == "2565 (ค.ศ. 2022)"
    assert speech.year_in_both(2022, "en") == "2022 (B.E. 2565)"


def test_a_long_name_is_cut_behind_a_whole_letter() -> None:
    assert speech.shortened("กระทรวงศึกษาธิการ", 20) == "กระทรวงศึกษาธิการ"
    assert speech.shortened("กระทรวงศึกษาธิการ", 10) == "กระทรวงศึ…"
    assert speech.shortened("กระทรวงศึกษาธิการ", 9) == "กระทรวง…"

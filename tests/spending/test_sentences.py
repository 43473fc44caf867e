from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import translation

from spending import sentences
from spending.breakdowns import NONE_CODE, Breakdown, Dimension, Row, share_of
from spending.standing import Change


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def breakdown(*amounts: int, name_en: str = "") -> Breakdown:
    total = Decimal(sum(amounts))
    rows = tuple(
        Row(
            str(n),
            f"ก{n}",
            name_en and f"{name_en} {n}",
            Decimal(amount),
            1,
            share_of(Decimal(amount), total),
        )
        for n, amount in enumerate(amounts)
    )
    return Breakdown(Dimension.AGENCY, rows, total, len(rows))


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        ((), ""),
        ((0, 0), ""),
        ((7,), "All of it, 7 baht, is A 0."),
        ((6, 2, 2), "Half or more is one: A 0, 6 baht or 60.0%."),
        ((4, 3, 3), "The largest of 3 agencies is A 0: 4 baht or 40.0%."),
        (
            (40, 20, 10, 5, 5, 5, 5, 5, 5),
            "The largest is A 0: 40 baht or 40.0%. The first 2 of 9 agencies hold half or more.",
        ),
    ],
)
def test_what_stands_out_is_said(amounts: tuple[int, ...], sentence: str) -> None:
    assert sentences.where_it_goes(breakdown(*amounts, name_en="A")) == sentence


def test_winners_without_a_name_are_said_to_hide_companies_too() -> None:
    rows = (
        Row(NONE_CODE, "", "", Decimal(9), 1, Decimal("0.9")),
        Row("0105", "ก", "A", Decimal(1), 1, Decimal("0.1")),
    )

    nameless = sentences.where_it_goes(Breakdown(Dimension.SUPPLIER, rows, Decimal(10), 2))
    named = sentences.where_it_goes(Breakdown(Dimension.SUPPLIER, rows[::-1], Decimal(10), 2))

    assert nameless.startswith("Half or more is one: Natural persons (not named)")
    assert nameless.endswith("their share may be that of companies.")
    assert "companies" not in named


def test_a_thai_name_in_an_english_sentence_is_marked() -> None:
    assert '<span lang="th">ก0</span>' in sentences.where_it_goes(breakdown(6, 4))


def test_names_are_escaped() -> None:
    assert "&lt;b&gt;" in sentences.where_it_goes(breakdown(6, 4, name_en="<b>"))


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (100, 150, "In 2023 it is 50 baht or 50.0% more than in 2022."),
        (100, 80, "In 2023 it is 20 baht or 20.0% less than in 2022."),
        (100, 100, "In 2023 it is the same as in 2022."),
        (0, 80, "In 2023 it is 80 baht, from nothing in 2022."),
    ],
)
def test_a_change_is_said_with_its_rate(before: int, after: int, sentence: str) -> None:
    assert sentences.how_it_changed(Change(2022, 2023, Decimal(before), Decimal(after))) == sentence


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0.094", "9.4 of every 100 baht of the budget"),
        ("0.00002", "0.2 of every 10,000 baht of the budget"),
        ("0.0000002", "0.2 of every 1,000,000 baht of the budget"),
    ],
)
def test_a_share_is_said_in_baht_of_a_round_sum(share: str, words: str) -> None:
    assert sentences.of_hundred(Decimal(share)) == words

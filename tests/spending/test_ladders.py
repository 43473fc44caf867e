"""Amounts that follow each other: one scale for all, and how far each lies from the one before."""

from __future__ import annotations

from decimal import Decimal

from spending.ladders import Rung, ladder


def test_bars_share_one_scale_from_zero() -> None:
    picture = ladder("", [Rung("budget", Decimal(200)), Rung("agreed", Decimal(150))])

    assert [step.length for step in picture.steps] == [Decimal("100.00"), Decimal("75.00")]


def test_change_is_told_against_the_known_rung_before() -> None:
    rungs = [Rung("budget", Decimal(200)), Rung("reference", None), Rung("agreed", Decimal(150))]

    assert [step.change for step in ladder("", rungs).steps] == [None, None, Decimal("-0.250000")]


def test_rung_without_an_amount_has_no_bar() -> None:
    assert ladder("", [Rung("contracts", None)]).steps[0].length == 0


def test_change_from_nothing_is_not_told() -> None:
    assert ladder("", [Rung("budget", Decimal(0)), Rung("agreed", Decimal(5))]).steps[1].change is None

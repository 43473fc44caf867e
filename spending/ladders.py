"""Amounts that follow each other on one scale: budget, reference price, agreed price, contracts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from .breakdowns import share_of
from .tables import bar_lengths


@dataclass(frozen=True, slots=True)
class Rung:
    """One amount on its way: its name, baht (None where none is published), and the class of its colour.

    `absent` is what is said in place of an amount; "" says that none is published.
    """

    name: str
    amount: Decimal | None
    hue: str = ""
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A rung as it is drawn: its bar from 0 to 100, and how far it lies from the known rung before it."""

    rung: Rung
    length: Decimal
    change: Decimal | None  # share of the rung before, negative where it fell; None where none is known


@dataclass(frozen=True, slots=True)
class Ladder:
    """Amounts under each other, each a bar on the same zero-based scale."""

    template: ClassVar[str] = "components/pictures/ladder.html"

    title: str
    steps: tuple[Step, ...]


def ladder(title: str, rungs: Sequence[Rung]) -> Ladder:
    """The rungs with their bars and their changes."""
    lengths = bar_lengths([rung.amount for rung in rungs])
    steps = []
    before: Decimal | None = None
    for rung, length in zip(rungs, lengths, strict=True):
        steps.append(Step(rung, length, _change(before, rung.amount)))
        before = rung.amount if rung.amount is not None else before
    return Ladder(title, tuple(steps))


def _change(before: Decimal | None, amount: Decimal | None) -> Decimal | None:
    return None if before is None or amount is None else share_of(amount - before, before)

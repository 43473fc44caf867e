"""Pictures drawn on the server: where each mark stands and how long it is, as frozen values. Pure.

Each picture names the template that writes it as SVG. Positions and lengths are attributes, colours are the
classes of `palette`, so a page needs neither script nor style attribute to show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

CELL = 10  # side of a square of the hundred baht, with its gap


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: its name, its amount in baht, the class of its colour, its link ("" for none)."""

    name: str
    amount: Decimal
    hue: str
    href: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Square:
    """The upper left corner of one baht."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Patch:
    """The squares of one part, in reading order; none where it rounds to less than a baht of the hundred."""

    part: Part
    squares: tuple[Square, ...]

    @property
    def baht(self) -> int:
        return len(self.squares)


@dataclass(frozen=True, slots=True)
class HundredBaht:
    """A whole as one hundred baht: ten by ten squares, each a baht of every hundred."""

    template: ClassVar[str] = "components/pictures/hundred.html"

    title: str
    patches: tuple[Patch, ...]
    key: bool = True


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a strip, from `x` and `width` wide, on a scale of 0 to 100."""

    part: Part
    x: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True)
class Strip:
    """A whole as one strip of length 100."""

    template: ClassVar[str] = "components/pictures/strip.html"

    title: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Meter:
    """How far something has come on a line from 0 to 100.

    `promised` is what is bound to follow, drawn after what is done; `goal` the mark that both together should
    have reached. None for no such thing.
    """

    template: ClassVar[str] = "components/pictures/meter.html"

    title: str
    done: Decimal
    promised: Decimal | None = None
    goal: Decimal | None = None


def hundred_baht(title: str, parts: Sequence[Part]) -> HundredBaht:
    """The parts as squares that sum to one hundred, in the order given.

    Raises ValueError if a part is negative or all are zero: such a whole has no hundred baht.
    """
    counts = in_hundred([part.amount for part in parts])
    patches: list[Patch] = []
    first = 0
    for part, count in zip(parts, counts, strict=True):
        squares = tuple(Square(n % 10 * CELL, n // 10 * CELL) for n in range(first, first + count))
        patches.append(Patch(part, squares))
        first += count
    return HundredBaht(title, tuple(patches))


def in_hundred(amounts: Sequence[Decimal], whole: int = 100) -> tuple[int, ...]:
    """Whole numbers in proportion to the amounts that sum to `whole`: the largest remainders are rounded up.

    Equal remainders go to the earlier amount. Raises ValueError if an amount is negative or all are zero.
    """
    total = sum(amounts, Decimal(0))
    if total <= 0 or any(amount < 0 for amount in amounts):
        raise ValueError("only amounts from zero up, not all zero, have a share of a hundred baht")
    quotas = [divmod(amount * whole, total) for amount in amounts]
    counts = [int(quota) for quota, _ in quotas]
    by_remainder = sorted(range(len(amounts)), key=lambda index: (-quotas[index][1], index))
    for index in by_remainder[: whole - sum(counts)]:
        counts[index] += 1
    return tuple(counts)


def strip(title: str, parts: Sequence[Part]) -> Strip:
    """The parts laid end to end on a strip of length 100. Raises ValueError as `in_hundred`."""
    widths = _lengths([part.amount for part in parts])
    bands: list[Band] = []
    x = Decimal(0)
    for part, width in zip(parts, widths, strict=True):
        bands.append(Band(part, x, width))
        x += width
    return Strip(title, tuple(bands))


def meter(
    title: str, done: Decimal, *, promised: Decimal | None = None, goal: Decimal | None = None
) -> Meter:
    """Shares (0 to 1) of a whole as lengths; what goes beyond the whole is cut off at its end."""
    length = _within(done)
    after = None if promised is None else _within(done + promised) - length
    return Meter(title, length, after, None if goal is None else _within(goal))


def _within(share: Decimal) -> Decimal:
    return (min(max(share, Decimal(0)), Decimal(1)) * 100).quantize(Decimal("0.01"))


def _lengths(amounts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    hundredths = in_hundred(amounts, 10_000)
    return tuple(Decimal(count) / 100 for count in hundredths)

"""What one person pays the state in a year: the tax on a salary, and the value added tax in what one buys.

Pure. Rates on net income: section 48 of the Revenue Code and its list of rates as the Act amending it
(No. 44), B.E. 2560, left them, from tax year 2560; half of a salary, 100,000 baht at most, is taken off as
expenses (section 42 bis) and 60,000 baht for oneself (section 47). Value added tax: 7 percent, of which
royal decrees under section 80 say each time until when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

MONTHS = 12
SATANG = Decimal("0.01")
MOST_EXPENSES = Decimal(100_000)
ONESELF = Decimal(60_000)
VALUE_ADDED = Decimal(7)  # percent of the price before it
BANDS: tuple[tuple[Decimal, int], ...] = (
    (Decimal(0), 0),
    (Decimal(150_000), 5),
    (Decimal(300_000), 10),
    (Decimal(500_000), 15),
    (Decimal(750_000), 20),
    (Decimal(1_000_000), 25),
    (Decimal(2_000_000), 30),
    (Decimal(5_000_000), 35),
)
"""Net income of a year above which a rate holds, in baht, and the rate in percent."""


@dataclass(frozen=True, slots=True)
class Band:
    """The part of a net income between two bounds, and the tax on it; amounts in baht."""

    above: Decimal
    rate: int
    income: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class IncomeTax:
    """A year's tax on a salary, step by step; amounts in baht."""

    salary: Decimal
    expenses: Decimal
    net: Decimal
    bands: tuple[Band, ...]

    @property
    def tax(self) -> Decimal:
        return sum((band.tax for band in self.bands), Decimal(0))


def income_tax(salary: Decimal) -> IncomeTax:
    """The tax on a year's salary of a person without other allowances."""
    expenses = min(salary / 2, MOST_EXPENSES).quantize(SATANG, ROUND_DOWN)
    net = max(salary - expenses - ONESELF, Decimal(0))
    ends = [above for above, _rate in BANDS[1:]]
    bands = []
    for (above, rate), end in zip(BANDS, [*ends, net], strict=True):
        part = min(net, max(end, above)) - above
        if part > 0:
            bands.append(Band(above, rate, part, (part * rate / 100).quantize(SATANG, ROUND_DOWN)))
    return IncomeTax(salary, expenses, net, tuple(bands))


def value_added_tax(spent: Decimal) -> Decimal:
    """The value added tax that prices hold."""
    return (spent * VALUE_ADDED / (100 + VALUE_ADDED)).quantize(SATANG, ROUND_DOWN)


def shared_out(amount: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """An amount divided in proportion to the weights, to the satang: the parts add up to it exactly."""
    satang = int(amount / SATANG)
    heavy = [int(max(weight, Decimal(0)) / SATANG) for weight in weights]
    whole = sum(heavy)
    if whole == 0:
        return tuple(Decimal(0) for _weight in weights)
    parts = [divmod(satang * weight, whole) for weight in heavy]
    left = satang - sum(part for part, _rest in parts)
    first = sorted(range(len(parts)), key=lambda at: -parts[at][1])[:left]  # who was cut most gets one more
    return tuple((part + (at in first)) * SATANG for at, (part, _rest) in enumerate(parts))

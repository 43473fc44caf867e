"""Amounts measured by something else: per head, of the domestic product, of the total, in prices of one
year.

Pure: what the published values are, is an argument. Every measured figure is made of its own amount,
multiplied and divided exactly and rounded once, half away from zero; so shares and figures per head may
differ from their measured total by that rounding. Nothing is carried from one year into another: where a
value is not published, the measured figure is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum

WORDS = ("per", "prices")  # of addresses
DIGITS = 80  # enough for any amount times any index, divided exactly far beyond what is kept
COUNTRY = ""  # the area of values for the whole country; provinces stand by their two-digit codes
NOWHERE = "-"  # the area of money that is in no province: nobody is counted there


class Per(StrEnum):
    """What amounts are divided by; the value is its name in addresses (`?per=capita`)."""

    CAPITA = "capita"
    GDP = "gdp"
    TOTAL = "total"


class Series(StrEnum):
    """A published series, by the name that `ReferenceValue.Series` has for it."""

    POPULATION = "population"
    GDP = "gdp"
    CPI = "cpi"


PLACES: Mapping[Per | None, int] = {None: 2, Per.CAPITA: 2, Per.GDP: 10, Per.TOTAL: 10}
"""Decimals of a measured figure: baht to the satang, shares (0 to 1) to ten decimals."""

NEEDS: Mapping[Per, Series] = {Per.CAPITA: Series.POPULATION, Per.GDP: Series.GDP}
"""Which series a division needs. The share of the total needs none."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """What an amount is multiplied by and divided by."""

    times: Decimal = Decimal(1)
    by: Decimal = Decimal(1)

    def of(self, amount: Decimal, places: int) -> Decimal:
        """The measured figure, rounded once, half away from zero."""
        return rounded(self.exact(amount), places)

    def exact(self, amount: Decimal) -> Decimal:
        """The measured figure before it is rounded."""
        with localcontext(prec=DIGITS):
            return amount * self.times / self.by


@dataclass(frozen=True)
class Yardstick:
    """How the amounts of one answer are measured.

    `values` are the published values at hand by series, area and fiscal year (Common Era). `prices` is the
    fiscal year (Common Era) in whose prices amounts are told. `total` is what shares are of, in baht; None
    where an answer has no total or is not asked for one. `asked` remembers what was looked up, so that an
    answer can name its sources and say what is not known.
    """

    per: Per | None = None
    prices: int | None = None
    values: Mapping[tuple[Series, str, int], Decimal] = field(default_factory=dict)
    total: Decimal | None = None
    asked: set[tuple[Series, str, int]] = field(default_factory=set)

    @property
    def places(self) -> int:
        return PLACES[self.per]

    def ratio(self, year: int, area: str = COUNTRY, total: Decimal | None = None) -> Ratio | None:
        """How an amount of a fiscal year (Common Era) in an area is measured; None where not known."""
        times, by = self._prices(year)
        if self.per is Per.TOTAL:
            whole = self.total if total is None else total
            return Ratio(Decimal(1), whole) if whole else None
        if self.per is not None:
            by = _product(by, self._value(NEEDS[self.per], area, year))
        return None if times is None or by is None else Ratio(times, by)

    def measured(
        self, amount: Decimal | None, year: int, area: str = COUNTRY, total: Decimal | None = None
    ) -> Decimal | None:
        """An amount of a fiscal year as it is told; None where it or its measure is not known."""
        ratio = self.ratio(year, area, total)
        return None if amount is None or ratio is None else ratio.of(amount, self.places)

    def together(
        self, amounts: Iterable[tuple[int, Decimal]], area: str = COUNTRY, total: Decimal | None = None
    ) -> Decimal | None:
        """Amounts of several fiscal years, each measured by its own year, as one figure rounded once; None
        where one of the years is not known.
        """
        exact = Decimal(0)
        for year, amount in amounts:
            ratio = self.ratio(year, area, total)
            if ratio is None:
                return None
            with localcontext(prec=DIGITS):
                exact += ratio.exact(amount)
        return rounded(exact, self.places)

    @property
    def used(self) -> list[tuple[Series, str, int]]:
        """The values that measured the answer, in order."""
        return sorted(key for key in self.asked if key in self.values)

    @property
    def missing(self) -> list[tuple[Series, str, int]]:
        """What was looked up and is not published."""
        return sorted(key for key in self.asked if key not in self.values)

    def _prices(self, year: int) -> tuple[Decimal | None, Decimal | None]:
        """The index of the year asked for, and of the amount's own."""
        if self.prices is None:
            return Decimal(1), Decimal(1)
        return self._value(Series.CPI, COUNTRY, self.prices), self._value(Series.CPI, COUNTRY, year)

    def _value(self, series: Series, area: str, year: int) -> Decimal | None:
        self.asked.add((series, area, year))
        return self.values.get((series, area, year))


def rounded(exact: Decimal, places: int) -> Decimal:
    """A figure rounded once, half away from zero, as the database rounds."""
    with localcontext(prec=DIGITS):
        figure = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        return abs(figure) if figure == 0 else figure  # never -0.00


def trimmed(value: Decimal) -> Decimal:
    """A value without the zeros that nobody published."""
    return rounded(value, max(-int(value.normalize().as_tuple().exponent), 0))


def _product(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if one is None or other is None:
        return None
    with localcontext(prec=DIGITS):
        return one * other

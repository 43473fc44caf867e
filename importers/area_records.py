"""What a source makes of a row about places: areas with their codes, and published values of the country and
of provinces. Frozen values, as in `records`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from spending.fiscal import fiscal_year_of


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """One province, district or subdistrict; see spending.models.Area."""

    line: int
    code: str
    name: str
    name_en: str
    level: str  # a value of spending.models.Area.Level
    postal_code: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        return (self.code,)

    @property
    def province_code(self) -> str:
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class ReferenceValueRecord:
    """One published value of a series; see spending.models.ReferenceValue. Years in Common Era.

    `area` is the code of a province, "" for the whole country.
    """

    line: int
    series: str
    area: str
    year: int
    counted_on: date | None
    value: Decimal
    unit: str
    base_year: int | None
    basis: str

    @property
    def fiscal_year(self) -> int:
        """The fiscal year it answers for: the one the day of the count lies in, else that of its number."""
        return self.year if self.counted_on is None else fiscal_year_of(self.counted_on)

    @property
    def key(self) -> tuple[object, ...]:
        return (self.series, self.area, self.fiscal_year)

"""What one published cell may hold, whichever kind of file it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell without a value: a spreadsheet's error, or a formula that was never computed.

    It does no harm in a column that nobody reads. Whoever reads it by `parsing` gets a RecordError with its
    `reason`; `shown` is what a reader of the spreadsheet sees, e.g. `#REF!`.
    """

    shown: str
    reason: str

    def __str__(self) -> str:
        return self.shown


Cell: TypeAlias = str | bool | int | float | Decimal | datetime | date | time | timedelta | Unreadable | None


def is_blank(value: Cell) -> bool:
    """Whether nothing is written there: no value, or only spaces (no-break spaces included)."""
    return value is None or (isinstance(value, str) and not value.strip())


def as_text(value: Cell) -> str:
    """The cell as a table of text shows it: `75` for 75.0, `True` for true, ISO for dates, `` for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        return _plain(value)
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


def _plain(number: Decimal) -> str:
    """A number without exponent and without zeros after its decimal point; huge ones are left as they are."""
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return str(number)
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits

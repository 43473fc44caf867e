"""Amounts and counts: exact from the file to the database, refused where they are not."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TypeVar, overload

from spending.fiscal import arabic

from ..cells import Cell, is_blank
from ..errors import Reason, RecordError, gettext_noop
from ..spelling import tidy
from .blanks import REQUIRED, blank_error, is_nothing, readable

T = TypeVar("T")

SATANG = Decimal("0.01")
_TOO_MUCH = Decimal(10) ** 18  # the first amount that numeric(20,2) cannot hold

_WHOLE = r"(?:0|[1-9]\d{0,2}(?:,\d{3}){1,5}|[1-9]\d{0,17})"  # `1,234` or `1234`, neither `1,23` nor `0123`
_BAHT = re.compile(rf"{_WHOLE}(?:\.\d{{1,2}})?", re.ASCII)
_NUMBER = re.compile(rf"-?{_WHOLE}(?:\.\d{{1,17}})?", re.ASCII)
_MISGROUPED = re.compile(r"-?(?=[\d,]{1,24}(?:\.|$))\d[\d,]*(?:\.\d{1,17})?", re.ASCII)
_IN_PARENTHESES = re.compile(r"\(([^()-]+)\)")
_MINUS_SIGNS = str.maketrans("−–", "--")


@overload
def money(
    value: Cell,
    column: str = "",
    *,
    unit: int = 1,
    allow_negative: bool = False,
    loose_commas: bool = False,
) -> Decimal: ...
@overload
def money(
    value: Cell,
    column: str = "",
    *,
    unit: int = 1,
    allow_negative: bool = False,
    loose_commas: bool = False,
    blank: T,
) -> Decimal | T: ...
def money(
    value: Cell,
    column: str = "",
    *,
    unit: int = 1,
    allow_negative: bool = False,
    loose_commas: bool = False,
    blank: object = REQUIRED,
) -> object:
    """An amount in baht, exact to the satang; `unit` is the number of baht the published figure counts in.

    Text is multiplied exactly and must come out as whole satang. A number of a spreadsheet or of JSON is
    what a computer kept of a decimal figure: the nearest satang is taken if the rest is no more than such
    keeping leaves (see `_noise`). Negative amounts, also in an accountant's parentheses, only with
    `allow_negative`.

    `loose_commas` reads figures whose thousands are grouped wrongly (`18,250,00`, `25,`) by their digits
    alone. They have usually lost some, so a source that must count them notes each one.
    """
    if unit == 1 and isinstance(value, str) and _BAHT.fullmatch(value):
        return Decimal(value.replace(",", ""))
    if blank is not REQUIRED and is_nothing(value):
        return blank
    figure = _figure(value, column, loose_commas=loose_commas)
    if figure < 0 and not allow_negative:
        raise RecordError(column, value, Reason(gettext_noop("No negative amount is expected here.")))
    exact = figure * unit
    if abs(exact) >= _TOO_MUCH:
        raise RecordError(column, value, Reason(gettext_noop("The amount is larger than any real one.")))
    amount = exact.quantize(SATANG)
    if abs(exact - amount) > (0 if isinstance(value, str) else _noise(figure, unit)):
        raise RecordError(column, value, Reason(gettext_noop("The amount is not a whole number of satang.")))
    return abs(amount) if amount == 0 else amount  # never -0.00


def fraction(value: Cell, column: str = "") -> Decimal:
    """One part of a sum that was split evenly (`891,666.6666666666`), in baht, with all the decimals printed.

    Add the parts up before storing: the sum is the published amount, a part is not.
    """
    figure = _figure(value, column, loose_commas=False)
    if not 0 <= figure < _TOO_MUCH:
        raise RecordError(column, value, Reason(gettext_noop("No negative or huge amount is expected here.")))
    return figure


def exact(value: Cell, column: str = "") -> Decimal:
    """A figure that is no money, above zero, with all the decimals that are published."""
    figure = _figure(value, column, loose_commas=False)
    if not 0 < figure < _TOO_MUCH:
        raise RecordError(
            column,
            value,
            Reason(gettext_noop("The figure must be above zero, and no larger than any real one.")),
        )
    return figure


@overload
def integer(value: Cell, column: str = "", *, least: int = 0, most: int = 10**9) -> int: ...
@overload
def integer(value: Cell, column: str = "", *, least: int = 0, most: int = 10**9, blank: T) -> int | T: ...
def integer(
    value: Cell, column: str = "", *, least: int = 0, most: int = 10**9, blank: object = REQUIRED
) -> object:
    """A whole number from `least` to `most`, in Thai or Arabic digits, thousands grouped or not."""
    if blank is not REQUIRED and is_nothing(value):
        return blank
    figure = _figure(value, column, loose_commas=False)
    if figure != figure.to_integral_value():
        raise RecordError(column, value, Reason(gettext_noop("This is not a whole number.")))
    if not least <= figure <= most:
        sentence = gettext_noop("The number is not between %(least)s and %(most)s.")
        raise RecordError(column, value, Reason(sentence, least=least, most=most))
    return int(figure)


def _figure(value: Cell, column: str, *, loose_commas: bool) -> Decimal:
    """The number in a cell of any type, as it stands there."""
    if is_blank(readable(value, column)):
        raise blank_error(column, value)
    if isinstance(value, str):
        return _printed(value, column, loose_commas=loose_commas)
    is_number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    figure = Decimal(str(value)) if is_number else Decimal("NaN")
    if figure.is_finite() and -30 < figure.adjusted() < 30:
        return figure
    raise RecordError(column, value, Reason(gettext_noop("This is not a number.")))


def _printed(value: str, column: str, *, loose_commas: bool) -> Decimal:
    digits = _IN_PARENTHESES.sub(r"-\1", arabic(tidy(value)).translate(_MINUS_SIGNS))
    if _NUMBER.fullmatch(digits) or (loose_commas and _MISGROUPED.fullmatch(digits)):
        return Decimal(digits.replace(",", ""))
    if _MISGROUPED.fullmatch(digits):
        sentence = gettext_noop("The digits are not grouped by thousands: some may be missing.")
        raise RecordError(column, value, Reason(sentence))
    raise RecordError(column, value, Reason(gettext_noop("This is not a number.")))


def _noise(figure: Decimal, unit: int) -> Decimal:
    """How far, in baht, a stored number may lie from the decimal figure it stands for.

    A figure typed in comes back exactly: all 32,000 amounts of the weekly report do. One that the
    spreadsheet has computed is off by a few units in the last place of its terms: a thousandth of a
    satang is granted to each, and four units in the last place to the largest (0.01 satang for a
    ministry's 200,000 million baht, 0.19 for the whole budget), but never a quarter of a satang. A
    percentage or a share that slipped into a column of money is off by any part of a satang, so most of
    its cells are refused.
    """
    last_place = Decimal(repr(math.ulp(float(figure)))) * unit
    return min(max(4 * last_place, SATANG / 1000), SATANG / 4)

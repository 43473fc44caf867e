"""Years and days, in the Buddhist and the Common Era, as Thai offices write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal, TypeVar, overload

from spending.fiscal import BUDDHIST_OFFSET, THAI_MONTHS, THAI_MONTHS_SHORT, arabic

from ..cells import Cell
from ..errors import Reason, RecordError, gettext_noop
from .blanks import REQUIRED, is_nothing
from .words import text

T = TypeVar("T")
Calendar = Literal["be", "ce"]

_COMMON_YEARS = range(1950, 2150)
_BUDDHIST_YEARS = range(1950 + BUDDHIST_OFFSET, 2150 + BUDDHIST_OFFSET)

_MONTHS = {
    name.replace(".", ""): number
    for names in (THAI_MONTHS, THAI_MONTHS_SHORT)
    for number, name in enumerate(names, start=1)
}
_MONTH = "|".join(name.replace(".", r"\.?") for name in (*THAI_MONTHS, *THAI_MONTHS_SHORT))
_GAP = r" ?-? ?"  # `15 ก.ย. 64`, `15-ก.ย.-64`, `15ก.ย.64`
_IN_WORDS = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_GAP}({_MONTH}){_GAP}(?:พ\.? ?ศ\.? ?)?(\d{{4}}|\d{{2}})(?!\d)", re.ASCII
)
_WITH_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:\d{2})?)?", re.ASCII)


def year(value: Cell, column: str = "", *, calendar: Calendar) -> int:
    """A year in Common Era, published in the Buddhist (`be`) or the Common Era (`ce`).

    The years read in one calendar do not overlap those of the other, so a column that changes it is noticed.
    """
    digits = arabic(text(value, column))
    accepted = _BUDDHIST_YEARS if calendar == "be" else _COMMON_YEARS
    if re.fullmatch(r"\d{4}", digits, re.ASCII) and int(digits) in accepted:
        return int(digits) - BUDDHIST_OFFSET if calendar == "be" else int(digits)
    if calendar == "be":
        sentence = gettext_noop("This is not a year of the Buddhist Era, such as 2565.")
    else:
        sentence = gettext_noop("This is not a year of the Common Era, such as 2022.")
    raise RecordError(column, value, Reason(sentence))


@overload
def day(value: Cell, column: str = "") -> date: ...
@overload
def day(value: Cell, column: str = "", *, blank: T) -> date | T: ...
def day(value: Cell, column: str = "", *, blank: object = REQUIRED) -> object:
    """A day written `3 กรกฎาคม 2569`, `15-ก.ย.-64`, `17 ม.ค. 68`, `3/7/2569`, `2026-07-03`, or a date cell.

    Four digits tell their calendar by themselves; two are the end of a Buddhist year. The day stands
    before the month, as everywhere in Thailand.
    """
    if blank is not REQUIRED and is_nothing(value):
        return blank
    if isinstance(value, date):
        found = value.date() if isinstance(value, datetime) else value
        return _day(value, column, found.year, found.month, found.day)
    written = arabic(text(value, column))
    if match := _IN_WORDS.fullmatch(written):
        return _day_in_words(value, column, match)
    if match := _WITH_SLASHES.fullmatch(written):
        return _day(value, column, int(match[3]), int(match[2]), int(match[1]))
    if match := _ISO.fullmatch(written):
        return _day(value, column, int(match[1]), int(match[2]), int(match[3]))
    sentence = gettext_noop("This is not a date in a known form, such as 3 กรกฎาคม 2569 or 2026-07-03.")
    raise RecordError(column, value, Reason(sentence))


def _day_in_words(value: Cell, column: str, match: re.Match[str]) -> date:
    number = int(match[3]) if len(match[3]) == 4 else 2500 + int(match[3])  # `68` is 2568 of the Buddhist Era
    return _day(value, column, number, _MONTHS[match[2].replace(".", "")], int(match[1]))


def _day(value: Cell, column: str, number: int, month: int, day_of_month: int) -> date:
    """The date, whose year may be of either calendar; raises RecordError if there is no such day."""
    common = number - BUDDHIST_OFFSET if number in _BUDDHIST_YEARS else number
    try:
        found = date(common, month, day_of_month)
    except ValueError as error:
        raise RecordError(column, value, Reason(gettext_noop("There is no such day."))) from error
    if common not in _COMMON_YEARS:
        raise RecordError(column, value, Reason(gettext_noop("The year is in neither calendar.")))
    return found

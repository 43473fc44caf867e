"""Fiscal years in both calendars, Thai digits and months.

A Thai fiscal year runs from 1 October of the year before to 30 September. Years are Common Era inside the
house and Buddhist Era in addresses: 2565 B.E. = 2022 C.E.
"""

from __future__ import annotations

from datetime import date

BUDDHIST_OFFSET = 543
FIRST_BUDDHIST_YEAR = 2400  # no Common Era year of this site reaches it, no Buddhist year lies below it
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
ARABIC_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
THAI_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
THAI_MONTHS_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip


def arabic(text: str) -> str:
    """The text with Thai digits written as 0-9."""
    return text.translate(THAI_DIGITS)


def read_year(text: str) -> int:
    """A year as people write it, in either calendar and either digits, as Common Era.

    Raises ValueError if it is no year between 1900 and 2199 C.E.
    """
    digits = arabic(text.strip())
    if not (len(digits) == 4 and digits.isascii() and digits.isdigit()):
        raise ValueError(f"not a year: {text!r}")
    year = int(digits)
    if year >= FIRST_BUDDHIST_YEAR:
        year -= BUDDHIST_OFFSET
    if not 1900 <= year <= 2199:
        raise ValueError(f"not a year: {text!r}")
    return year


def buddhist(year: int) -> int:
    """The Buddhist Era number of a Common Era year."""
    return year + BUDDHIST_OFFSET


def year_number(year: int, language: str) -> int:
    """The number of a Common Era year as readers of a language write it: พ.ศ. in Thai, C.E. else."""
    return buddhist(year) if language == "th" else year


def first_day(year: int) -> date:
    """The day on which a fiscal year (Common Era) begins."""
    return date(year - 1, 10, 1)


def last_day(year: int) -> date:
    """The day on which a fiscal year (Common Era) ends."""
    return date(year, 9, 30)


def fiscal_year_of(day: date) -> int:
    """The fiscal year (Common Era) that a day lies in."""
    return day.year + 1 if day.month >= 10 else day.year


def day_in_words(day: date, language: str, *, short: bool = False) -> str:
    """A date as readers of a language write it: `3 กรกฎาคม 2569`, `3 July 2026`."""
    if language == "th":
        months = THAI_MONTHS_SHORT if short else THAI_MONTHS
        return f"{day.day} {months[day.month - 1]} {buddhist(day.year)}"
    return f"{day.day} {day:%b} {day.year}" if short else f"{day.day} {day:%B} {day.year}"

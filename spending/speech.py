"""Amounts, shares and years as people say and write them. Pure: a value and a language in, text out."""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from .fiscal import buddhist

MINUS = "−"
BAHT = {"th": "บาท", "en": "baht"}
SCALES = {
    "th": (
        (12, "ล้านล้าน"), (11, "แสนล้าน"), (10, "หมื่นล้าน"), (9, "พันล้าน"), (6, "ล้าน"),
    ),
    "en": ((12, "trillion"), (9, "billion"), (6, "million")),
}  # fmt: skip
THREE_DIGITS = Context(prec=3, rounding=ROUND_HALF_EVEN)


def exact(amount: Decimal) -> str:
    """An amount in baht with separators, satang only where there are any: `3,780,600,000,000`, `−12.50`."""
    satang = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    size = abs(satang)
    text = f"{size:,.2f}" if size % 1 else f"{size:,.0f}"
    return f"{MINUS}{text}" if satang < 0 else text


def spoken(amount: Decimal, language: str) -> str:
    """An amount in three digits and the word people say, without the unit: `3.78 ล้านล้าน`, `1.24 หมื่นล้าน`.

    Amounts below the smallest such word are said exactly.
    """
    rounded = THREE_DIGITS.plus(amount)  # first, so that 999,999,999,999 is said as a trillion
    for power, word in SCALES.get(language, SCALES["en"]):
        scale = Decimal(10) ** power
        if abs(rounded) >= scale:
            return f"{_plain(rounded / scale)} {word}"
    return exact(amount)


def with_unit(text: str, language: str) -> str:
    """The words of an amount with their unit; Thai joins words (`ล้านบาท`) and sets figures apart."""
    unit = BAHT.get(language, BAHT["en"])
    joined = language == "th" and not text[-1].isdigit()
    return f"{text}{unit}" if joined else f"{text} {unit}"


def percent(share: Decimal, *, signed: bool = False) -> str:
    """A share (0 to 1) as percent with one decimal; what is not nothing is never said to be nothing.

    `signed` writes a plus before a positive share, for differences.
    """
    hundredths = share * 100
    size = abs(hundredths)
    sign = MINUS if hundredths < 0 else "+" if signed and hundredths > 0 else ""
    return f"{sign}{_percent_size(size)}%"


def of_hundred(share: Decimal) -> str:
    """A share (0 to 1) as baht of every hundred, with one decimal: `10.6`."""
    return percent(share).removesuffix("%")


def points(difference: Decimal) -> str:
    """Percentage points with one decimal and their sign: `+1.2`, `−3.4`, `0`."""
    rounded = difference.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if rounded == 0:
        return "0"
    return f"{MINUS if rounded < 0 else '+'}{abs(rounded)}"


def fiscal_year(year: int, language: str) -> str:
    """The number of a fiscal year (Common Era): `2565` in Thai, `2022` in English."""
    return str(buddhist(year) if language == "th" else year)


def year_in_both(year: int, language: str) -> str:
    """A fiscal year in the reader's calendar and the other one: `2565 (ค.ศ. 2022)`, `2022 (B.E. 2565)`."""
    if language == "th":
        return f"{buddhist(year)} (ค.ศ. {year})"
    return f"{year} (B.E. {buddhist(year)})"


def shortened(name: str, length: int) -> str:
    """The beginning of a name with an ellipsis, where it is longer; marks stay with their letters."""
    if len(name) <= length:
        return name
    end = length - 1
    while end > 0 and unicodedata.category(name[end]) == "Mn":
        end -= 1
    return f"{name[:end].rstrip()}…"


def _percent_size(size: Decimal) -> str:
    rounded = size.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if size and not rounded:
        return "<0.1"
    if rounded == 100 and size < 100:
        return ">99.9"
    return f"{rounded.normalize():f}" if rounded in (0, 100) else f"{rounded:,}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}".replace("-", MINUS)
    return text.rstrip("0").rstrip(".") if "." in text else text

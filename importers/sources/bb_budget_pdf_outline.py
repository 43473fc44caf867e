"""The details of one output or project: lines that are numbered as an outline, each with its amount.

    1. งบลงทุน                                     12 บาท
      1.1 ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง               12 บาท
        1.1.1 ค่าครุภัณฑ์                              12 บาท
          1.1.1.1 ครุภัณฑ์สำนักงาน                     12 บาท
            (1) … words that go on over several lines
                and end with an amount                12 บาท
                วงเงินทั้งสิ้น                          40 บาท
                ปี 2565 ตั้งงบประมาณ                   12 บาท
                ปี 2566 ผูกพันงบประมาณ                 28 บาท

`1)` stands below the dotted numbers, `(1)` below it, and `(1.1)` tells what of `(1)` obliges other years.
Where a number stands is told by what was numbered before it: words that look like a number but continue no
series are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from ..errors import Reason, RecordError, gettext_noop
from .bb_budget_pdf_pages import PrintedLine

DEEPEST = 9  # levels below one another, at most


class Series(Enum):
    """The kinds of number, from coarse to fine; the values say nothing."""

    UNIT = "unit"
    DOTTED = "1. and 1.1"
    HALF = "1)"
    WHOLE = "(1)"
    OF_WHICH = "(1.1)"
    DASH = "-"


class Number(NamedTuple):
    """What stands before the words of a line."""

    series: Series
    parts: tuple[int, ...]


class Instalment(NamedTuple):
    """What an item costs in one year, or in some years printed as one sum; years of the Common Era."""

    first_year: int
    last_year: int
    amount: Decimal


@dataclass(slots=True)
class Item:
    """One numbered line with the lines that continue it. `amount` is in baht, None until it is met."""

    number: Number
    words: list[str]
    place: int
    page: int | None
    amount: Decimal | None = None
    items: list[Item] = field(default_factory=list)
    of_which: list[Item] = field(default_factory=list)
    instalments: list[Instalment] = field(default_factory=list)
    whole: Decimal | None = None  # what all years cost together, from the budget
    remarks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def of_all_years(self) -> Decimal:
        """What the printed years of an obligation come to; its `whole` may be printed beside them."""
        return sum((each.amount for each in self.instalments), Decimal(0))

    def all(self) -> Iterator[Item]:
        """The item and all below it, in print order."""
        yield self
        for item in (*self.items, *self.of_which):
            yield from item.all()


_NUMBERS = (
    (Series.DASH, re.compile(r"([-–•]) ?(?=[^\d\s])")),
    (Series.OF_WHICH, re.compile(r"\((\d{1,3}(?:\.\d{1,3})+)\) ?(?=\S)")),
    (Series.WHOLE, re.compile(r"\((\d{1,4})\) ?(?=\S)")),
    (Series.HALF, re.compile(r"(\d{1,3})\)\.? ?(?=\S)")),
    (Series.DOTTED, re.compile(r"(\d{1,2}(?:\.\d{1,3})+)[.)]? (?=\D)")),
    (Series.DOTTED, re.compile(r"(\d{1,2})\. ?(?=[^\d\s])")),
)
_LISTED = (Series.OF_WHICH, Series.DASH)  # what tells of a part of the line above, unless it tells of all
_YEARS = re.compile(r"ปี (\d{4})(?: ?(?:[-–]|ถึง) ?(?:ปี ?)?(\d{4}|จบ))? ?(?:ตั้งงบประมาณ|ผูกพันงบประมาณ)$")
_WHOLE = re.compile(r"(?:วงเงินทั้งสิ้น|วงเงินงบประมาณ|(?:- )?เงินงบประมาณ)$")  # the narrower is printed behind
_BESIDE_BUDGET = re.compile(r"(?:- )?เงินนอกงบประมาณ$")
_REMARK = re.compile(r"\*+ ?\S|หมายเหตุ")


def outline(unit: Item, lines: Iterable[PrintedLine]) -> None:
    """Put the lines below the heading of their unit. Raises RecordError at a line that has no place there."""
    open_items = [unit]
    for line in lines:
        item = open_items[-1]
        if _is_aside(item, line):
            continue
        number = number_of(line.words) or _unnumbered(item, line)
        if number and (below := _place(open_items, number)):
            del open_items[below:]
            _open(open_items, number, line)
        else:
            _go_on(item, line)


def _is_aside(item: Item, line: PrintedLine) -> bool:
    """Whether a line speaks of the years or the sources of an item's money; the item keeps what it says."""
    words, amount = line.inner or (line.words, line.amount)
    if amount is None:
        is_remark = bool(_REMARK.match(words)) and item.amount is not None
        item.remarks += [words] if is_remark else []
        return is_remark
    if years := _YEARS.match(words):
        item.instalments.append(_instalment(years, amount))
    elif _WHOLE.match(words):
        item.whole = amount
    elif not _BESIDE_BUDGET.match(words) and not (line.inner and item.instalments):
        return False
    return True


def _instalment(years: re.Match[str], amount: Decimal) -> Instalment:
    first = int(years[1]) - 543  # Buddhist calendar
    last = int(years[2]) - 543 if years[2] and years[2].isdecimal() else first
    return Instalment(first, last, amount)


def _unnumbered(item: Item, line: PrintedLine) -> Number | None:
    """The number that a line would have which brings an amount of its own behind a complete item."""
    if line.amount is None or item.amount is None or not item.number.parts:
        return None
    return Number(item.number.series, (*item.number.parts[:-1], item.number.parts[-1] + 1))


def number_of(words: str) -> Number | None:
    """The number that words begin with, if any."""
    for series, pattern in _NUMBERS:
        if match := pattern.match(words):
            return Number(series, () if series is Series.DASH else tuple(map(int, match[1].split("."))))
    return None


def _place(open_items: list[Item], number: Number) -> int | None:
    """Where in the open items the parent's follower is, None if the number continues no series."""
    if number.series is Series.DASH:
        return _below_numbered(open_items)
    for depth in range(len(open_items) - 1, -1, -1):
        if _follows(open_items[depth], number):
            return depth + 1
    if number.series in (Series.HALF, Series.WHOLE) and open_items[-1].amount is not None:
        return _beside(open_items, number)
    return None


def _below_numbered(open_items: list[Item]) -> int | None:
    """A dash opens an item only below a numbered one that is complete; before its amount it is words."""
    if open_items[-1].amount is None:
        return None
    dashes = open_items[-1].number.series is Series.DASH
    return len(open_items) - 1 if dashes else len(open_items)


def _follows(parent: Item, number: Number) -> bool:
    """Whether a number is the first or the next below an item."""
    above, series = parent.number, number.series
    last = max((item.number.parts[-1] for item in _of_series(parent, series)), default=0)
    if number.parts[-1] != last + 1:
        return False
    if series is Series.DOTTED:
        wanted = number.parts[:-1] == above.parts
        return wanted and above.series in (Series.UNIT, Series.DOTTED, Series.HALF)
    if series is Series.OF_WHICH:
        return above.series is Series.WHOLE and number.parts[:-1] == above.parts
    if series is Series.HALF:
        return above.series in (Series.UNIT, Series.DOTTED)
    return above.series is not Series.WHOLE and above.series is not Series.OF_WHICH


def _of_series(parent: Item, series: Series) -> Iterator[Item]:
    below = parent.of_which if series is Series.OF_WHICH else parent.items
    return (item for item in below if item.number.series is series)


def _beside(open_items: list[Item], number: Number) -> int | None:
    """A number that skips or repeats one: beside the last of its series that is still open."""
    for depth in range(len(open_items) - 1, 0, -1):
        if open_items[depth].number.series is number.series:
            return depth
    return None


def _open(open_items: list[Item], number: Number, line: PrintedLine) -> None:
    parent = open_items[-1]
    if len(open_items) > DEEPEST or parent.amount is None:
        raise _misplaced(line)
    words = next((p.sub("", line.words, count=1) for _s, p in _NUMBERS if p.match(line.words)), line.words)
    item = Item(number, [words.strip()], line.place, line.page, line.amount)
    (parent.of_which if number.series in _LISTED else parent.items).append(item)
    open_items.append(item)


def _go_on(item: Item, line: PrintedLine) -> None:
    """A line that continues the words of an item, or brings its amount."""
    if line.amount is not None and item.amount is not None:
        raise _misplaced(line)
    if line.words:
        item.words.append(line.words)
    if line.amount is not None:
        item.amount = line.amount


def _misplaced(line: PrintedLine) -> RecordError:
    sentence = gettext_noop("The line has no place in the numbering (printed page %(page)s).")
    amount = "" if line.amount is None else f"{line.amount:,}"
    return RecordError("", f"{line.words} {amount}".strip(), Reason(sentence, page=line.page))

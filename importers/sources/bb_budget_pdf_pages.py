"""The printed budget book page by page: its cover, the numbers printed on its pages, and amounts in its
lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from spending.fiscal import arabic, first_day

from ..errors import FileError, Reason, gettext_noop
from ..reading.pdf import open_pages
from ..reading.pdf_lines import TextLine, lines_of
from ..records import Head

COVER_WITHIN = 12  # pages from the front on which the volume says which it is
HEADER_FROM = 0.93  # share of a page's height above which its number is printed
DASHES = ("-", "\u2013", "\u2014", "\u2212")  # hyphen, dashes and minus, printed for nothing
COLUMN_WIDTH = 25  # points by which amounts of one page may end apart

_ISSUE = re.compile(r"เอกสารงบประมาณ ฉบับที่ ?(\d+)")
_YEAR = re.compile(r"ปีงบประมาณ พ\.ศ\. ?(\d{4})(?! ?[-–])")
_VOLUME = re.compile(r"เล่มที่ ?(\d+)(?: ?\((\d+)\))?")
_NAMED = re.compile(r"(?<!\d)(20\d\d[.-]\d[.-]\d{1,2}(?:\(\d\))?)\.pdf$")  # 2022.3.17.pdf
_AMOUNT = re.compile(r"(?:^|(?<=\s))([-\u2013\u2014\u2212]|\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?) ?บาท(?: ?\*+)?$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its place in the file, the number printed on it (None for first leaves), and its lines."""

    place: int
    number: int | None
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page: its words without the amount, the amount in baht if one stands at its end, and the
    page by its place in the file and by its printed number.

    Amounts of the book's lines stand in the outer column; what stands in the inner one (other years, other
    sources of money) is `inner`: its words and amount.
    """

    words: str
    amount: Decimal | None
    place: int
    page: int | None
    inner: tuple[str, Decimal] | None = None


def sheets_of(path: Path) -> list[Sheet]:
    """The pages of a volume with their numbers. Raises FileError if the file is no readable PDF."""
    sheets = []
    for page in open_pages(path):
        lines = tuple(lines_of(page))
        number = _number(lines[:1], HEADER_FROM * page.height)
        sheets.append(Sheet(page.place, number, lines if number is None else lines[1:]))
    return list(_numbered(sheets))


def _number(first: Sequence[TextLine], header: float) -> int | None:
    for line in first:
        if line.y > header and arabic(line.text).isdecimal() and len(line.text) <= 4:
            return int(arabic(line.text))
    return None


def _numbered(sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """The number of a page on which it is not printed (where an agency begins) follows from its
    neighbours'.
    """
    ahead = [sheet.place - sheet.number if sheet.number else None for sheet in sheets]
    for index, sheet in enumerate(sheets):
        before = next((gap for gap in reversed(ahead[:index]) if gap is not None), None)
        behind = next((gap for gap in ahead[index + 1 :] if gap is not None), None)
        gap = behind if before is None else before
        agree = before is None or behind is None or before == behind
        if sheet.number is None and sheet.lines and gap is not None and agree and sheet.place > gap:
            yield replace(sheet, number=sheet.place - gap)
        else:
            yield sheet


def head_of(sheets: Iterable[Sheet], name: str) -> Head:
    """Which volume this is, from its cover or, without one, its name. Raises FileError if neither says."""
    texts = [arabic(line.text) for sheet in list(sheets)[:COVER_WITHIN] for line in sheet.lines]
    issue, year, volume = (_first(pattern, texts) for pattern in (_ISSUE, _YEAR, _VOLUME))
    if issue and year and volume:
        fiscal_year = int(year[1]) - 543  # Buddhist calendar
        part = f"({volume[2]})" if volume[2] else ""
        return _head(f"{fiscal_year}.{issue[1]}.{volume[1]}{part}")
    if named := _NAMED.search(name):
        return _head(named[1].replace("-", "."))
    sentence = gettext_noop(
        "The cover does not say which volume of the budget book this is (issue, volume, fiscal year). "
        "Load the whole volume with its cover, or name the file after it, such as 2022.3.17.pdf."
    )
    raise FileError(Reason(sentence), name)


def _head(part: str) -> Head:
    fiscal_year = int(part[:4])
    return Head(part, fiscal_year, first_day(fiscal_year))


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> re.Match[str] | None:
    return next(filter(None, map(pattern.search, texts)), None)


def printed_lines(sheet: Sheet) -> list[PrintedLine]:
    """The lines of a page with their amounts."""
    found = [(line, _AMOUNT.search(line.text)) for line in sheet.lines]
    outer = max((line.right for line, match in found if match), default=0.0) - COLUMN_WIDTH
    return [_printed(line, match, sheet, outer=line.right >= outer) for line, match in found]


def _printed(line: TextLine, match: re.Match[str] | None, sheet: Sheet, *, outer: bool) -> PrintedLine:
    if match is None:
        return PrintedLine(line.text, None, sheet.place, sheet.number)
    words, amount = line.text[: match.start()].strip(), baht(match[1])
    if outer:
        return PrintedLine(words, amount, sheet.place, sheet.number)
    return PrintedLine(line.text, None, sheet.place, sheet.number, (words, amount))


def baht(figure: str) -> Decimal:
    """A printed amount; a dash is nothing."""
    return Decimal(0) if figure in DASHES else Decimal(figure.replace(",", ""))

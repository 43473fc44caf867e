"""Two readings of one volume of the budget book, line by line: print, and a table extracted from it.

Lines are paired on their printed page: by amount and words, by words alone, by amount alone. Where two sums
of an agency differ, the total that the book prints for it says which reading is right.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

ALIKE = 60  # of 100: words of one amount on one page that are two spellings of one line
VERY_ALIKE = 85  # the same where amounts differ
NEAR = 1  # pages by which a line that goes over a page break may be numbered differently

_NOT_COMPARED = re.compile("[^0-9a-zก-ฮะ-ูเ-ไ]")  # spaces, signs, and tones, which scanning loses


class Reading(NamedTuple):
    """One line as one reading has it. Amount in baht; `apart`: printed as part of another line."""

    item_id: str
    agency: str
    page: int | None
    amount: Decimal
    words: str
    apart: bool = False


class Kind(Enum):
    """How a line of the print and one of the table agree."""

    SAME = "same"
    WORDS = "words"
    AMOUNT = "amount"
    PART = "part"
    ONLY_PRINT = "print"
    ONLY_TABLE = "table"


class Pair(NamedTuple):
    """A line of the print, of the table, or of both."""

    kind: Kind
    agency: str
    printed: Reading | None
    extracted: Reading | None


@dataclass(slots=True)
class Agreement:
    """The two readings of one agency: its printed total, both sums in baht, and how its lines agree."""

    agency: str
    total: Decimal
    printed: Decimal = Decimal(0)
    extracted: Decimal = Decimal(0)
    counts: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))

    @property
    def right(self) -> str:
        """Which reading comes to the printed total: both, print, table or neither."""
        proved = (self.printed == self.total, self.extracted == self.total)
        return {(True, True): "both", (True, False): "print", (False, True): "table"}.get(proved, "neither")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two readings of one volume."""

    agencies: tuple[Agreement, ...]
    pairs: tuple[Pair, ...]

    def count(self, kind: Kind) -> int:
        return sum(agency.counts[kind] for agency in self.agencies)

    @property
    def lines(self) -> int:
        """The lines of the print, without those that are part of another."""
        return sum(self.count(kind) for kind in (Kind.SAME, Kind.WORDS, Kind.AMOUNT, Kind.ONLY_PRINT))

    @property
    def differences(self) -> tuple[Pair, ...]:
        """The lines that do not agree in their amount, in print order."""
        return tuple(pair for pair in self.pairs if pair.kind not in (Kind.SAME, Kind.WORDS))


def compared(
    printed: Sequence[Reading], extracted: Sequence[Reading], totals: dict[str, Decimal]
) -> Comparison:
    """The two readings of one volume side by side. `totals` are the printed totals of agencies, in baht."""
    pairs = _paired(printed, extracted)
    agency_of = _agency_by_page(printed)
    found = {agency: Agreement(agency, total) for agency, total in totals.items()}
    placed = []
    for kind, left, right in pairs:
        agency = left.agency if left else agency_of(right)
        agreement = found.setdefault(agency, Agreement(agency, Decimal(0)))
        agreement.counts[kind] += 1
        agreement.printed += left.amount if left and not left.apart else 0
        agreement.extracted += right.amount if right else 0
        placed.append(Pair(kind, agency, left, right))
    placed.sort(key=lambda pair: (pair.printed or pair.extracted or _NOWHERE).page or 0)
    return Comparison(tuple(found.values()), tuple(placed))


_NOWHERE = Reading("", "", None, Decimal(0), "")
_Found = tuple[Kind, Reading | None, Reading | None]


def _agency_by_page(printed: Iterable[Reading]) -> Callable[[Reading | None], str]:
    """The agency that a page belongs to, by the print; for a page without lines the table's word for it."""
    pages = {line.page: line.agency for line in printed}

    def agency_of(line: Reading | None) -> str:
        return pages.get(line.page, line.agency) if line else ""

    return agency_of


def _paired(printed: Sequence[Reading], extracted: Sequence[Reading]) -> list[_Found]:
    rest = _Rest(list(printed), list(extracted), [])
    for near in (0, NEAR):
        rest.take(lambda a, b: a.amount == b.amount and compact(a.words) == compact(b.words), near)
        rest.take(lambda a, b: a.amount == b.amount and _alike(a, b) >= ALIKE, near)
    rest.take(lambda a, b: _alike(a, b) >= VERY_ALIKE, 0)
    rest.take(lambda a, b: a.amount == b.amount and not a.apart, 0)
    found = rest.found
    found += [(Kind.ONLY_PRINT, line, None) for line in rest.printed if not line.apart]
    found += [(Kind.ONLY_TABLE, None, line) for line in rest.extracted]
    return found


@dataclass(slots=True)
class _Rest:
    """What is not yet paired, and the pairs found so far."""

    printed: list[Reading]
    extracted: list[Reading]
    found: list[_Found]

    def take(self, belongs: Callable[[Reading, Reading], bool], near: int) -> None:
        """Pair lines that belong together on one page, or on pages next to each other."""
        by_page: dict[int, list[Reading]] = defaultdict(list)
        for line in self.extracted:
            by_page[line.page or 0].append(line)
        unpaired = []
        for line in self.printed:
            page = line.page or 0
            pages = range(page - near, page + near + 1)
            match = next((other for at in pages for other in by_page[at] if belongs(line, other)), None)
            if match is None:
                unpaired.append(line)
                continue
            by_page[match.page or 0].remove(match)
            self.found.append((_kind(line, match), line, match))
        self.printed = unpaired
        self.extracted = [line for lines in by_page.values() for line in lines]


def _kind(printed: Reading, extracted: Reading) -> Kind:
    if printed.apart:
        return Kind.PART
    if printed.amount != extracted.amount:
        return Kind.AMOUNT
    return Kind.SAME if compact(printed.words) == compact(extracted.words) else Kind.WORDS


def _alike(first: Reading, second: Reading) -> int:
    return round(fuzz.ratio(compact(first.words), compact(second.words)))


@lru_cache(20_000)
def compact(words: str) -> str:
    """Words without what scanning loses or adds: spaces, signs, tones."""
    return _NOT_COMPARED.sub("", unicodedata.normalize("NFKC", words).lower())

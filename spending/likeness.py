"""How much speaks for a line of the budget and a purchase being about the same thing. Pure.

Amount up to 40 points, words up to 40, place up to 20; each reason says what was compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import log

from .thai import normalised, words

OF_AMOUNT, OF_WORDS, OF_PLACE = 40, 40, 20
ENOUGH = 50  # points from which a pair is proposed
ENOUGH_WORDS, COMMON_WORDS = 12, 2  # points and number of words that a pair needs: an amount proves nothing
NEAR = ((Decimal(0), 40), (Decimal("0.01"), 32), (Decimal("0.05"), 24), (Decimal("0.10"), 12))
"""How far two amounts may lie apart, as a share of the larger, and what that is worth."""
PROVINCE_ONLY = 8
SHORTEST_WORD = 2
LOOKED_AT = 40  # lines of most words in common with a purchase that are compared with it
_LETTERS = re.compile(r"[a-z\u0e00-\u0e7f]")
_SAID_EVERYWHERE = frozenset((
    "ตำบล", "อำเภอ", "จังหวัด", "แขวง", "เขต", "ซื้อ", "จ้าง", "ประกวด", "ราคา", "โดย", "วิธี", "ด้วย",
    "อิเล็กทรอนิกส์", "จำนวน", "รายการ", "พร้อม", "และ", "สำหรับ", "ของ", "ที่", "ใน", "เฉพาะเจาะจง",
    "คัดเลือก", "bidding", "ชุด", "เครื่อง", "แห่ง", "รวม", "หน่วย", "โครงการ", "งาน", "การ", "ค่า", "ตาม",
    "หรือ", "จาก", "เพื่อ", "ให้", "ต่อ", "ละ", "ปี", "งบประมาณ",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the budget: its published id, text and amount in baht."""

    item_id: str
    text: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase: its number, title, budget and agreed price in baht, place, and the department's name."""

    number: str
    title: str
    budget: Decimal | None
    agreed: Decimal | None
    province: str = ""
    district: str = ""
    subdistrict: str = ""
    buyer: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a pair: a word for it, its points, what was compared."""

    word: str  # amount_equal, amount_near, words, subdistrict, district, province, department
    points: int
    seen: str = ""

    def plain(self) -> dict[str, object]:
        return {"word": self.word, "points": self.points, "seen": self.seen}


@dataclass(frozen=True, slots=True)
class Pair:
    """A line and a purchase with what speaks for them."""

    line: Line
    purchase: Purchase
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        return min(sum(reason.points for reason in self.reasons), 100)


class Lines:
    """The lines of an agency, made ready to be compared: which words each has, and how rare each word is."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = tuple(lines)
        self._words = [told_words(line.text) for line in self.lines]
        self._texts = [normalised(line.text) for line in self.lines]
        self._with: dict[str, list[int]] = {}
        for number, found in enumerate(self._words):
            for word in found:
                self._with.setdefault(word, []).append(number)

    def likely(self, purchase: Purchase, most: int) -> list[Pair]:
        """The pairs with this purchase that deserve a look, the strongest first, `most` of them."""
        asked = told_words(purchase.title) - _of_places(purchase)
        pairs = [self._pair(number, purchase, asked) for number in self._nearest(asked)]
        enough = [pair for pair in pairs if pair is not None and pair.score >= ENOUGH]
        return sorted(enough, key=lambda pair: (-pair.score, pair.line.item_id))[:most]

    def _nearest(self, asked: frozenset[str]) -> list[int]:
        shared: Counter[int] = Counter()
        for word in asked:
            weight = self._rarity(word)
            for number in self._with.get(word, ()):
                shared[number] += weight
        return [number for number, _weight in shared.most_common(LOOKED_AT)]

    def _rarity(self, word: str) -> int:
        """The weight of a word, in hundredths: the fewer lines have it, the more it says."""
        return round(100 * log(1 + len(self.lines) / (1 + len(self._with.get(word, ()))))) + 1

    def _pair(self, number: int, purchase: Purchase, asked: frozenset[str]) -> Pair | None:
        line, own = self.lines[number], self._words[number] - _of_places(purchase)
        common = own & asked
        whole = sum(map(self._rarity, own))
        points = OF_WORDS * sum(map(self._rarity, common)) // whole if whole else 0
        if points < ENOUGH_WORDS or len(common) < COMMON_WORDS:
            return None
        rarest = sorted(common, key=lambda word: (-self._rarity(word), word))[:4]
        reasons = (
            *_amount_reasons(line, purchase),
            Reason("words", points, " · ".join(rarest)),
            *_place_reasons(self._texts[number], purchase),
        )
        return Pair(line, purchase, reasons)


@lru_cache(maxsize=20_000)
def told_words(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about: no figures, no signs, none that stand everywhere."""
    found = {word.strip() for word in words(normalised(text))}
    return frozenset(
        word
        for word in found - _SAID_EVERYWHERE
        if len(word) >= SHORTEST_WORD and _LETTERS.search(word) is not None
    )


def _of_places(purchase: Purchase) -> frozenset[str]:
    """The words of its place and of its department, which are counted as place."""
    return told_words(" ".join((purchase.province, purchase.district, purchase.subdistrict, purchase.buyer)))


def _amount_reasons(line: Line, purchase: Purchase) -> Sequence[Reason]:
    best: tuple[int, Decimal] | None = None
    for amount in (purchase.budget, purchase.agreed):
        points = _nearness(line.amount, amount)
        if points and amount is not None and (best is None or points > best[0]):
            best = (points, amount)
    if best is None:
        return ()
    word = "amount_equal" if best[1] == line.amount else "amount_near"
    return (Reason(word, best[0], f"{best[1]:,.2f}"),)


def _nearness(one: Decimal, other: Decimal | None) -> int:
    if other is None or one <= 0 or other <= 0:
        return 0
    apart = abs(one - other) / max(one, other)
    return next((points for most, points in NEAR if apart <= most), 0)


def _place_reasons(text: str, purchase: Purchase) -> Sequence[Reason]:
    """The finest place of the purchase, and the department itself, where the line names them."""
    reasons = []
    if len(purchase.buyer) > 2 * SHORTEST_WORD and normalised(purchase.buyer) in text:
        reasons.append(Reason("department", OF_PLACE, purchase.buyer))
    else:
        places = (("subdistrict", OF_PLACE), ("district", OF_PLACE // 2 + 4), ("province", PROVINCE_ONLY))
        for word, points in places:
            name = getattr(purchase, word)
            if name and normalised(name) in text:
                reasons.append(Reason(word, points, name))
                break
    return reasons

"""What visitors look for, of every kind: the mixture that searches are timed with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .long_book import QUESTIONS, cuts

KINDS: Mapping[str, tuple[str, ...]] = {
    "frequent": ("โรงเรียน", "โรงพยาบาล", "วัสดุ", "ถนน", "บ้าน", "รถ", "ค่าจ้าง", "คอนกรีต"),
    "rare": ("หนองบัวลำภู", "เครื่องช่วยหายใจ", "ดับเพลิง", "เรือ", "กล้องวงจรปิด", "เครื่องปรับอากาศ", "หุ่นยนต์", "โดรน"),
    "absent": ("ปลาโลมาสีชมพู", "ยานอวกาศ", "ไดโนเสาร์พันธุ์ไทย", "ภูเขาไฟระเบิด", "quantum", "ฆฆฆฆ"),
    "three letters": ("ยาง", "กลอ", "ดิน", "ไฟฟ", "นาง", "ทอง", "สีข", "ตู้"),
    "several words": (
        "วัสดุ สำนักงาน", "โรงพยาบาล เครื่อง", "โรงเรียน อาหาร", "ก่อสร้าง ถนน คอนกรีต", "จ้าง เหมา รถ",
        "บ้านหนอง สะพาน",
    ),
    "without blanks": ("ก่อสร้างอาคารเรียน", "ซ่อมแซมถนน", "ค่าซ่อมแซมยานพาหนะ", "รถบรรทุกดีเซล"),
    "Latin letters": ("CCTV", "diesel", "LED", "Chiang Mai", "Khonkaen", "e-bidding"),
    "numbers": ("2567", "ปี 2567", "500", "๒๕๖๗", "1 แห่ง", "12 กิโลเมตร"),
    "misspelt": (
        "โรงเรีน", "โรงพยาบาน", "คอนกรีท", "ถนนคอนกรีดเสริมเหล็ก", "อ่างเก็บนำ", "เคื่องคอมพิวเตอร์", "วัสดุสำนกงาน",
    ),
    "as people type": QUESTIONS,
}  # fmt: skip


OF_SUPPLIERS = 12  # questions for suppliers: by the whole name, by a part of it, by the tax id


class Asked(NamedTuple):
    """One question, and of which kind it is."""

    kind: str
    text: str


def mixture() -> Iterator[Asked]:
    """Each question once: those above, parts of names of places cut anywhere, suppliers there are."""
    seen: set[str] = set()
    for kind, texts in (*KINDS.items(), ("cut anywhere", tuple(cuts())), ("suppliers", suppliers())):
        for text in texts:
            if text not in seen:
                seen.add(text)
                yield Asked(kind, text)


def suppliers() -> tuple[str, ...]:
    """Names and tax ids of suppliers that lie far apart in their table."""
    from spending.models import Supplier

    numbered = Supplier.objects.exclude(tax_id="").order_by("pk")
    step = max(1, numbered.count() // OF_SUPPLIERS)
    found = [*numbered.values_list("name", "tax_id")[: step * OF_SUPPLIERS : step]]
    third = OF_SUPPLIERS // 3
    whole = [name for name, _tax_id in found[:third]]
    part = [name.split()[1] for name, _tax_id in found[third : 2 * third] if " " in name]
    return (*whole, *part, *(tax_id for _name, tax_id in found[2 * third :]))


def lines(milliseconds: Mapping[Asked, float]) -> Iterator[str]:
    """What to print of a mixture: the median and the slowest of each kind."""
    for kind in dict.fromkeys(asked.kind for asked in milliseconds):
        of_it = {asked.text: time for asked, time in milliseconds.items() if asked.kind == kind}
        times = sorted(of_it.values())
        slowest = max(of_it, key=lambda text: of_it[text])
        yield (
            f"  {kind:20} {len(times):4} questions, the median {times[len(times) // 2]:8.1f} ms, "
            f"the slowest {times[-1]:8.1f} ms: {slowest}"
        )


def percentile(milliseconds: Mapping[Asked, float], of_a_hundred: int) -> float:
    """The milliseconds within which so many of a hundred questions were answered."""
    times = sorted(milliseconds.values())
    return times[min(len(times) - 1, len(times) * of_a_hundred // 100)]

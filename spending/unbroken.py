"""Thai words that a browser's own dictionary cuts in two at the end of a line, kept whole. Pure: a page in,
the page out.

Browsers find where Thai words end by a list that lacks some (`ชอบมาพา|กล`, `แผนงา|นบู|รณาการ`) and sets the
parts of others apart (`532 ล้าน|บาท`). What is left in two says something else, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

NONSENSE_IN_PARTS = ("ชอบมาพากล", "ราชกิจจานุเบกษา", "แผนงานบูรณาการ", "บูรณาการ")
"""Words that are cut where no word ends, looked up in Chromium's list."""
COMPOUNDS = (
    "งบประมาณ", "หน่วยงาน", "แผนงาน", "รายจ่าย", "เบิกจ่าย", "จัดซื้อจัดจ้าง", "จ่ายเงิน", "ก่อหนี้",
    "เผยแพร่", "เรื่องร้องเรียน", "ท้องถิ่น", "คิดเป็น", "ตกลงรวม",
)  # fmt: skip
"""Words of two that are cut between them, which only looks wrong where letters are large."""

_SCALE = "ล้าน"  # every amount that is said in words holds it
_AMOUNT = "−?[0-9][0-9,.]*[ \u00a0](?:พัน|หมื่น|แสน)?(?:ล้าน)+(?:บาท)?"
_LARGE = re.compile(f"{_AMOUNT}|{'|'.join([*NONSENSE_IN_PARTS, *COMPOUNDS])}")
_SMALL = re.compile(f"{_AMOUNT}|{'|'.join(NONSENSE_IN_PARTS)}")
_BEFORE_SCALE = 16  # signs at most between the beginning of an amount and its word
_LEFT_ALONE = ("<textarea", "<option", "<text", "<title", "<code", "<pre", "<script", "<data")
"""What no line ends in, or must stay as it was typed."""


def unbroken(html: str) -> str:
    """The page with those words in frames that no line ends in; attributes and what is typed stay."""
    headings = list(_headings(html))
    spots = {found.span() for found in _found(html) if not _within(found.start(), headings)}
    for start, end in headings:
        spots.update(found.span() for found in _LARGE.finditer(html, start, end))
    pieces, last = [], 0
    for start, end in sorted(spots):
        if start >= last and _is_text(html, start):
            pieces += [html[last:start], '<span class="whole">', html[start:end], "</span>"]
            last = end
    return "".join([*pieces, html[last:]])


def _found(html: str) -> Iterator[re.Match[str]]:
    """The words, looked for by plain letters first: a pattern alone would read the page sign by sign."""
    for letters, before in ((_SCALE, _BEFORE_SCALE), *((word, 0) for word in NONSENSE_IN_PARTS)):
        at, last = html.find(letters), 0
        while at >= 0:
            found = _SMALL.search(html, max(last, at - before), at + 2 * _BEFORE_SCALE)
            last = at + len(letters)
            if found and found.start() <= at:
                last = max(last, found.end())
                yield found
            at = html.find(letters, last)


def _headings(html: str) -> Iterator[tuple[int, int]]:
    for mark in ("<h1", "<h2"):
        at = html.find(mark)
        while at >= 0:
            end = html.find(f"</{mark[1:]}>", at)
            yield at, end
            at = html.find(mark, end)


def _within(at: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in stretches)


def _is_text(html: str, at: int) -> bool:
    tag = html.rfind("<", 0, at)
    return tag < 0 or (html.find(">", tag, at) >= 0 and not html.startswith(_LEFT_ALONE, tag))

"""How wide words are in the font of our pictures, and where their lines end. Pure; sizes in pixels."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import category

import fontpkg_noto_sans_thai
import uharfbuzz

from ..thai import words

FONT = next(Path(str(fontpkg_noto_sans_thai.__file__)).parent.glob("files/*.ttf"))
FAMILY = "Noto Sans Thai"
MORE = "…"
BEHIND = " -–/›"  # a line may end behind these
THAI = ("\u0e01", "\u0e5b")
OPENING = ("(", "[", "“", "«")
MARKS = "".join(sign for sign in map(chr, range(0x0E01, 0x0E5C)) if category(sign) == "Mn")
"""Vowels and tone marks that stand over and under a letter and go where it goes."""


@lru_cache(maxsize=20_000)  # the same names and figures stand in many pictures
def width(text: str, size: int) -> Decimal:
    """How wide a line is, its vowels and tone marks over and under their letters."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_font(), buffer)
    advances = sum(position.x_advance for position in buffer.glyph_positions or [])
    return Decimal(advances) * size / Decimal(_font().face.upem)


def lines(text: str, size: int, room: Decimal | int, most: int) -> list[str]:
    """The text in at most so many lines, broken between words; what does not fit ends in an ellipsis."""
    found = [""]
    for piece in _pieces(words(seen(text))):
        if found[-1] and width((found[-1] + piece).rstrip(), size) > room:
            found.append("")
        found[-1] += piece if found[-1] else piece.lstrip()
    whole = [line.rstrip() for line in found]
    if len(whole) <= most:
        return [fitted(line, size, room) for line in whole if line]
    return [*whole[: most - 1], fitted(" ".join(whole[most - 1 :]), size, room, cut=True)]


def fitted(text: str, size: int, room: Decimal | int, *, cut: bool = False) -> str:
    """One line that fits; a longer one ends in an ellipsis between two words, if need be between letters."""
    if not cut and width(text, size) <= room:
        return text
    kept = words(text)
    while len(kept) > 1 and width("".join(kept).rstrip() + MORE, size) > room:
        kept.pop()
    letters = "".join(kept).rstrip()
    while letters and width(letters + MORE, size) > room:
        letters = letters.rstrip(MARKS)[:-1]
    return letters + MORE


def seen(text: str) -> str:
    """The text without signs that no font shows and no XML may hold."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _pieces(parts: Iterable[str]) -> list[str]:
    """Words that may stand at the head of a line: blanks and signs stay with the word before them, opening
    brackets with the one behind.
    """
    pieces: list[str] = []
    opened = ""
    for part in parts:
        if part in OPENING:
            opened += part
        elif pieces and not opened and not _may_break(pieces[-1][-1], part[0]):
            pieces[-1] += part
        else:
            pieces.append(opened + part)
            opened = ""
    return [*pieces, *([opened] if opened else [])]


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two letters: between Thai words, else behind blanks alone."""
    return after.isalnum() and (
        before in BEHIND or THAI[0] <= before <= THAI[1] or THAI[0] <= after <= THAI[1]
    )


@cache
def _font() -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONT))))

"""Thai words from the places of their letters.

A PDF may write a mark (a vowel or tone over or under a consonant) before, behind or far from the consonant it
belongs to, and name it wrongly: as a Latin letter, a space or no letter at all. Where it stands is right, or
nobody could read the page. So a line is read by place: letters from left to right, each mark to the consonant
at whose end it is set, lower marks before higher ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .pdf import Glyph, PdfPage

SAME_LINE = 2.5  # points by which letters of one line may differ in height
SPACE_FROM = 0.1  # width of a gap, as a share of the line's height, from which it is a space
RAISED = 0.25  # how far above the line the ink of a mark begins, as a share of the line's height

_BELOW = "\u0e38\u0e39\u0e3a"
_VOWELS_ABOVE = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d"
_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e"
MARKS = frozenset(_BELOW + _VOWELS_ABOVE + _TONES)
_ORDER = {mark: rank for rank, marks in enumerate((_BELOW, _VOWELS_ABOVE, _TONES)) for mark in marks}
_NIKHAHIT, _AA, _AM = "\u0e4d", "\u0e32", "\u0e33"
_LOST = "\ufffd"
# Fonts keep marks of other heights as further glyphs. Documents call those by the letters that stand at their
# place in the Western alphabet, or by the private signs of Thai Windows fonts.
_RAISED_MARKS = dict(zip("ÉÊËÌÍ", "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True))
_PRIVATE = dict(
    zip(
        map(chr, range(0xF700, 0xF71B)),
        "ฐ\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4cญ"
        "\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a",
        strict=True,
    )
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page: its words, and where they begin, end and stand (points from the lower left
    corner).
    """

    text: str
    left: float
    right: float
    y: float


def lines_of(page: PdfPage) -> list[TextLine]:
    """The lines of a page from top to bottom."""
    lines = (_line(row) for row in _rows(page.glyphs))
    return [line for line in lines if line.text]


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs of one height together, from the top."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        if row and row[0].y - glyph.y > SAME_LINE:
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _line(row: Sequence[Glyph]) -> TextLine:
    letters: list[Glyph] = []
    marks: list[Glyph] = []
    for glyph in row:
        found = _known(glyph)
        (marks if found.letter in MARKS else letters).append(found)
    letters.sort(key=lambda glyph: glyph.x)
    _name_unnamed(letters, marks)
    text = _composed(letters, _by_letter(letters, marks))
    shown = [glyph for glyph in letters if not glyph.letter.isspace()]
    left = min((glyph.left for glyph in shown), default=0.0)
    right = max((glyph.right for glyph in shown), default=0.0)
    return TextLine(_SPACES.sub(" ", text).strip(), left, right, row[0].y)


def _known(glyph: Glyph) -> Glyph:
    """The glyph under the name of its letter, where the document gives it that of another one."""
    if glyph.letter in _PRIVATE:
        return glyph._replace(letter=_PRIVATE[glyph.letter])
    if glyph.letter in _RAISED_MARKS and _is_raised(glyph):
        return glyph._replace(letter=_RAISED_MARKS[glyph.letter])
    return glyph


def _is_raised(glyph: Glyph) -> bool:
    """Whether the ink stands above the line, as that of a mark does and that of a letter does not."""
    return glyph.top - glyph.bottom > 1 and glyph.bottom - glyph.y > RAISED * glyph.size


def _name_unnamed(letters: list[Glyph], marks: list[Glyph]) -> None:
    """Move signs without a true name that stand above the line to the marks: before `า` they are its circle.

    Elsewhere such a sign stays unknown, and with it the word.
    """
    for index, glyph in reversed(list(enumerate(letters))):
        if glyph.letter not in (" ", _LOST) or not _is_raised(glyph):
            continue
        before_aa = any(other.letter == _AA and abs(other.x - glyph.x) < 2 for other in letters)
        if before_aa:
            marks.append(glyph._replace(letter=_NIKHAHIT))
            del letters[index]
        elif glyph.letter == " ":
            letters[index] = glyph._replace(letter=_LOST)


def _by_letter(letters: Sequence[Glyph], marks: Iterable[Glyph]) -> dict[int, list[Glyph]]:
    """The marks of each letter: a mark is set where its consonant ends."""
    consonants = [index for index, glyph in enumerate(letters) if "ก" <= glyph.letter <= "ฮ"]
    ends = [letters[index].end for index in consonants]
    found: dict[int, list[Glyph]] = {}
    for mark in marks:
        if consonants:
            found.setdefault(consonants[_nearest(ends, mark.x)], []).append(mark)
    return found


def _nearest(ends: Sequence[float], x: float) -> int:
    place = bisect_left(ends, x)
    near = [index for index in (place - 1, place) if 0 <= index < len(ends)]
    return min(near, key=lambda index: abs(ends[index] - x))


def _composed(letters: Sequence[Glyph], marks: dict[int, list[Glyph]]) -> str:
    parts: list[str] = []
    for index, glyph in enumerate(letters):
        if index and glyph.x - letters[index - 1].end > SPACE_FROM * glyph.size:
            parts.append(" ")
        above = sorted(marks.get(index, ()), key=lambda mark: (_ORDER[mark.letter], mark.bottom))
        parts.append(glyph.letter + "".join(mark.letter for mark in above))
    return _with_am("".join(parts))


def _with_am(text: str) -> str:
    """`ํ` and `า` as the one letter `ำ`, behind the tone that stands between them."""
    return re.sub(f"{_NIKHAHIT}([{_TONES}]?){_AA}", rf"\1{_AM}", text)

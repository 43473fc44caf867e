"""Thai words from the places of letters: whatever order and names a document gives its marks."""

from __future__ import annotations

import random

import pytest

from importers.reading.pdf import Glyph, PdfPage
from importers.reading.pdf_lines import MARKS, lines_of

SIZE = 14.0
WIDTH = 6.0
CALLED = {"่": "É", "้": "Ê", "๊": "Ë", "๋": "Ì", "์": "Í"}


def glyphs(text: str, x: float = 50, y: float = 700) -> list[Glyph]:
    """The letters of a text as a page sets them: a mark where the letter before it ends, its ink above."""
    found = []
    above = 0.0
    for letter in text:
        if letter in MARKS:
            ink = (
                (x - 3, x - 1, y - 4, y - 1) if letter in "ฺุู" else (x - 3, x - 1, y + 6 + above, y + 9 + above)
            )
            above += 4
            found.append(Glyph(letter, x + 0.6, y, x + 0.6, SIZE, *ink))
            continue
        above = 0.0
        ink = (x, x, y, y) if letter == " " else (x + 0.4, x + WIDTH - 0.4, y, y + 6)
        found.append(Glyph(letter, x, y, x + WIDTH, SIZE, *ink))
        x += WIDTH
    return found


def page(*lines: list[Glyph]) -> PdfPage:
    return PdfPage(1, 595, 842, [glyph for line in lines for glyph in line])


def read(*lines: list[Glyph]) -> list[str]:
    return [line.text for line in lines_of(page(*lines))]


WORDS = ["ที่ดินและสิ่งก่อสร้าง", "ห้องน้ำผู้ป่วย", "กุญแจคู่ (2 ชุด)", "ครุภัณฑ์ต่ำกว่า 1 ล้านบาท", "ปั๊มน้ำ 3 เครื่อง"]


@pytest.mark.parametrize("words", WORDS)
def test_words_are_read_whatever_the_order_of_their_letters(words: str) -> None:
    shuffled = [g._replace() for g in glyphs(words)]
    random.Random(7).shuffle(shuffled)

    assert read(shuffled) == [words]


@pytest.mark.parametrize("words", WORDS)
def test_marks_named_as_latin_letters_are_read_by_their_place(words: str) -> None:
    disguised = [g._replace(letter=CALLED.get(g.letter, g.letter)) for g in glyphs(words)]

    assert read(disguised) == [words]


def test_a_latin_capital_that_stands_on_the_line_stays_one() -> None:
    assert read(glyphs("CAFÉ")) == ["CAFÉ"]


def test_a_circle_named_as_a_space_makes_the_vowel_am() -> None:
    split = glyphs("จํานวน")
    nameless = [g._replace(letter=" ") if g.letter == "ํ" else g for g in split]

    assert read(nameless) == ["จำนวน"]


def test_a_tone_between_the_halves_of_am_goes_before_it() -> None:
    assert read(glyphs("น้ํา")) == ["น้ำ"]
    assert read(glyphs("นํ้า")) == ["น้ำ"]


def test_a_lost_mark_elsewhere_stays_visibly_lost() -> None:
    lost = [g._replace(letter="\ufffd") if g.letter == "ี" else g for g in glyphs("ปี")]

    assert "\ufffd" in read(lost)[0]


def test_private_signs_of_thai_fonts_are_letters() -> None:
    windows = [g._replace(letter={"่": "\uf70a", "ั": "\uf710"}.get(g.letter, g.letter)) for g in glyphs("ปั่น")]

    assert read(windows) == ["ปั่น"]


def test_a_gap_is_a_space_though_none_is_written() -> None:
    apart = glyphs("บ้าน") + glyphs("ใหม่", x=50 + 3 * WIDTH + 4)

    assert read(apart) == ["บ้าน ใหม่"]


def test_lines_come_from_the_top_and_know_where_they_stand() -> None:
    lines = lines_of(
        page(glyphs("ล่าง", y=100), glyphs("บน", y=700), glyphs("กลาง", y=401), glyphs("ขวา", 300, 400))
    )

    assert [line.text for line in lines] == ["บน", "กลาง ขวา", "ล่าง"]
    assert lines[0].left == pytest.approx(50.4)
    assert lines[0].right == pytest.approx(61.6)

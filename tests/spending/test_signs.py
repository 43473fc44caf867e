"""Keys: what a text holds, its key holds, and nothing else."""

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from spending import signs, thai

from .test_thai import TEXTS


def holds(stored: str, text: str) -> bool:
    """What the database does: compare without regard to capitals."""
    return signs.part(text) in stored.lower()


def finds(pattern: str, text: str) -> bool:
    return re.search(pattern, signs.key(text)) is not None


@settings(deadline=None)
@given(TEXTS)
@example("ฉบับที่ ๓ เล่มที่ ๑๐ (漢字 🤪)")
def test_key_can_be_read_back(text: str) -> None:
    assert signs.text_of(signs.key(text)) == thai.normalised(text)


@settings(deadline=None)
@given(TEXTS)
def test_key_is_of_signs_that_every_locale_knows(text: str) -> None:
    assert re.fullmatch("[A-Za-z0-9]*Z", signs.key(text))


@settings(deadline=None)
@given(TEXTS.filter(lambda text: len(text) > 1), st.data())
def test_key_holds_every_part_of_its_text(text: str, data: st.DataObject) -> None:
    plain = thai.normalised(text)
    assume(len(plain) > 1)
    start = data.draw(st.integers(0, len(plain) - 2))
    cut = plain[start : data.draw(st.integers(start + 2, len(plain)))]
    assume(cut == thai.normalised(cut))

    assert holds(signs.key(text), cut)


@settings(deadline=None)
@given(TEXTS, TEXTS)
@example("ฌา", "กา")  # codes of two signs and of one
@example("1a", "a")
def test_key_holds_no_other_part(text: str, other: str) -> None:
    plain = thai.normalised(other)
    assume(plain)

    assert holds(signs.key(text), other) == (plain in thai.normalised(text))


def test_no_two_letters_share_a_code() -> None:
    assert len(set(signs.CODES.values())) == len(signs.CODES)
    assert len(signs.TWO_SIGNS) <= 60
    assert len(signs.THREE_SIGNS) <= 100


@pytest.mark.parametrize(
    ("text", "asked", "whole", "begins", "edge"),
    [
        ("ค่าซื้อยา", "ยา", True, True, True),
        ("ยางรถยนต์", "ยา", False, True, True),
        ("สร้างโรงพยาบาล", "ยา", False, False, False),
        ("เขื่อนป้องกันตลิ่ง", "กัน", False, False, True),
    ],
)
def test_capitals_tell_where_words_begin(
    text: str, asked: str, whole: bool, begins: bool, edge: bool
) -> None:
    assert finds(signs.word_pattern(asked), text) is whole
    assert finds(signs.word_pattern(asked, whole=False), text) is begins
    assert finds(signs.edge_pattern(asked), text) is edge


@pytest.mark.parametrize("printed", ["เบี้ยยังชีพ", "เบียยังชีพ", "ค่าเบี้ยยังชีพคนพิการ"])
def test_text_that_lost_marks_is_found_marks_aside(printed: str) -> None:
    pattern = re.compile(signs.alike_pattern("เบี้ยยังชีพ"), re.IGNORECASE)

    assert pattern.search(signs.key(printed))
    assert not pattern.search(signs.key("เบี้ยประชุม"))


@pytest.mark.parametrize("text", ["เบี้ยยังชีพ", "หุ่นยนต์", "ก่อสร้าง", "ถนน", "บ้าน 1"])
def test_ways_to_lose_marks_are_what_the_pattern_finds(text: str) -> None:
    pattern = re.compile(signs.alike_pattern(text), re.IGNORECASE)
    ways = signs.without_marks(text)

    assert ways[0] == text
    assert len(ways) == len(set(ways)) == 2 ** signs.marks_in(text)
    assert all(pattern.search(signs.key(way)) for way in ways)

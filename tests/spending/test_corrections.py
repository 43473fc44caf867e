"""Words put right with the words there are."""

from collections.abc import Sequence

import pytest
from rapidfuzz.distance import Levenshtein

from spending import corrections, thai
from spending.sounds import sound

KNOWN = [
    "คอมพิวเตอร์",
    "สะพาน",
    "ข้าม",
    "แม่น้ำ",
    "โรงพยาบาล",
    "ศิริราช",
    "ผู้สูงอายุ",
    "กีฬา",
    "ถนน",
    "โนน",
    "ขอนแก่น",
    "ครุภัณฑ์",
    "งบประมาณ",
]


def like(words: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    near = {
        word: sorted(KNOWN, key=lambda known, word=word: Levenshtein.distance(sound(word), sound(known)))
        for word in words
    }
    return {word: [(known, 10) for known in found[:4]] for word, found in near.items()}


def best(typed: str) -> str:
    pieces = [piece for piece in thai.words(typed) if piece != " "]
    ways, left = corrections.ways(pieces, set(pieces) & set(KNOWN), like)
    cheapest = min([*ways, left])
    return "".join(cheapest.words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("คอมพิวเตอ", "คอมพิวเตอร์"),
        ("สพานข้ามแม่น้ำ", "สะพานข้ามแม่น้ำ"),
        ("โรงพยาบาลสิริราช", "โรงพยาบาลศิริราช"),
        ("ผุ้สูงอายุ", "ผู้สูงอายุ"),
        ("กีลา", "กีฬา"),
        ("ครุพัน", "ครุภัณฑ์"),
        ("งบประมาน", "งบประมาณ"),
        ("ขอนแกน", "ขอนแก่น"),
    ],
)
def test_misspelt_word_is_put_right(typed: str, meant: str) -> None:
    assert best(typed) == meant


def test_known_words_are_left_alone() -> None:
    assert best("ถนนขอนแก่น") == "ถนนขอนแก่น"


def test_blanks_stay_where_they_were_typed() -> None:
    ways, _left = corrections.ways(["ถนน", " ขอน", "แกน"], {"ถนน"}, like)

    assert ways[0].words == ("ถนน", " ขอนแก่น")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ศิริราช", "สิริราช"),
        ("ครุภัณฑ์", "ครุพัน"),
        ("สะพาน", "สพาน"),
        ("ยุติธรรม", "ยุติทำ"),
        ("ศรี", "สี"),
        ("ใหม่", "ไหม่"),
    ],
)
def test_words_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_words_that_sound_different_do_not() -> None:
    assert len({sound(word) for word in KNOWN}) == len(KNOWN)
    assert sound("่้") == ""

"""One spelling for what looks the same, and where words begin and end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spending import thai

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
THAI = st.sampled_from([chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))])
TEXTS = st.text(st.one_of(THAI, st.sampled_from(" 0123456789abcABC()./%_\\"), LETTERS), max_size=60)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ปี ๒๕๖๕", "ปี 2565"),
        ("CCTV", "cctv"),
        ("  ถนน \t\n สาย\u00a01 ", "ถนน สาย 1"),
        ("น\u0e4d\u0e32", "นำ"),  # ำ in two halves
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),  # the tone mark behind it
        ("เเม่", "แม่"),
        ("ท\u0e48\u0e35", "ที่"),  # the tone mark before the vowel
        ("ต่ำ", "ต่ำ"),
        ("ค่า\u200bน้ำ\ufeff", "ค่าน้ำ"),
        ("“ก” – ข", '"ก" - ข'),
        ("ก\x00ข", "ก ข"),
        ("", ""),
    ],
)
def test_what_looks_the_same_is_written_the_same(typed: str, plain: str) -> None:
    assert thai.normalised(typed) == plain


@settings(deadline=None)
@given(TEXTS)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = thai.normalised(text)

    assert thai.normalised(once) == once


@settings(deadline=None)
@given(TEXTS)
def test_words_joined_are_the_text_again(text: str) -> None:
    plain = thai.normalised(text)

    assert "".join(thai.words(plain)) == plain


def test_words_of_a_long_text_are_its_words() -> None:
    sentence = "ก่อสร้างถนนคอนกรีตเสริมเหล็กสายบ้านหนองแวง " * 100

    assert "".join(thai.words(sentence)) == sentence
    assert thai.words(sentence).count("ถนน") + thai.words(sentence).count("สาย") >= 100


def test_thai_without_blanks_is_cut_into_words() -> None:
    assert thai.words("ถนนขอนแก่น") == ["ถนน", "ขอนแก่น"]
    assert thai.words("ซื้อยา") == ["ซื้อ", "ยา"]

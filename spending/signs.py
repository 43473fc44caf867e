"""Texts written in the signs a-z and 0-9, so that the database finds any part of a Thai word.

What PostgreSQL takes for a letter, for a capital or for the same letter depends on the locale. So beside each
text stands its key: every letter written as one sign or more, the first of which is always a-z and the others
0-9. One text holds another if and only if its key holds the other's, whatever the locale. `steps` says how
keys are found.

A capital marks the first letter of each word (`words()`), which makes whole words known without a second
column; a last Z ends the key. Keys are compared without regard to capitals.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .thai import normalised, words

# Frequent letters have short codes. Stored keys depend on them: a change needs `manage.py write_search_keys`.
ONE_SIGN = "าร นงอ่ักเคบมวยลสห"
TWO_SIGNS = "ตดุ้ิทำีะพจชแปื์ภขโใูศณษไธผึถซ็ฟญฑฒฝฏฐฉฬๆฎฆฮ๊ฤ0123456789()./"
THREE_SIGNS = "abcdefghijklmnopqrstuvwxyz!\"#$%&'*+,-:;<=>?@[\\]^_`{|}~ฯ๋ฌฃฅๅฦ฿ฺํ๎๏๚๛°²³½×µ"
FIRST_SIGNS = "abcdefghijklmnopqr"
PAIR_SIGNS = "stuvwx"
END = "Z"
SHORTEST = 2  # letters a search needs
MARKS = "่้๊๋็์"  # that scanning loses: tones, the short vowel's sign, the sign over a silent letter


def _codes() -> dict[int, str]:
    pairs = [first + second for first in PAIR_SIGNS for second in "0123456789"]
    codes = dict(zip(ONE_SIGN, FIRST_SIGNS, strict=True)) | dict(zip(TWO_SIGNS, pairs, strict=True))
    codes |= {letter: f"y{number:02}" for number, letter in enumerate(THREE_SIGNS)}
    return {ord(letter): code for letter, code in codes.items()}


class _Codes(dict[int, str]):
    """The code of each letter; one that has none of its own is written as `z` and its number in Unicode."""

    def __missing__(self, letter: int) -> str:
        return f"z{letter:07}"


CODES = _Codes(_codes())
_LETTERS = {code: chr(letter) for letter, code in CODES.items()}


@lru_cache(maxsize=20_000)  # published descriptions repeat: half of a budget's lines are said before
def key(text: str) -> str:
    """The key of a published text, to be kept beside it."""
    return "".join([_word_key(word) for word in words(normalised(text))]) + END


@lru_cache(maxsize=50_000)
def _word_key(word: str) -> str:
    signs = word.translate(CODES)
    return signs[:1].upper() + signs[1:]


def part(text: str) -> str:
    """What a key holds if its text holds `text`, capitals aside."""
    return normalised(text).translate(CODES)


def word_pattern(text: str, *, whole: bool = True) -> str:
    """A regular expression for `text` where a word of a key begins and, if `whole`, up to where one ends."""
    first, others = _any_case(text)
    return first.upper() + others + (_NEXT_WORD if whole else "")


def edge_pattern(text: str) -> str:
    """A regular expression for `text` at the beginning or at the end of a word of a key."""
    first, others = _any_case(text)
    return f"{first.upper()}{others}|[{first.upper()}{first}]{others}{_NEXT_WORD}"


_NEXT_WORD = "[A-Z]"


def _any_case(text: str) -> tuple[str, str]:
    """The first sign of a text, and an expression for the others in either case."""
    signs = part(text)
    return signs[:1], "".join(sign if sign.isdigit() else f"[{sign.upper()}{sign}]" for sign in signs[1:])


def alike_pattern(text: str) -> str:
    """A regular expression that finds `text` in keys also where some of its marks were lost."""
    letters = [(letter, letter.translate(CODES)) for letter in normalised(text)]
    return "".join(f"({signs})?" if letter in MARKS else signs for letter, signs in letters)


def without_marks(text: str) -> list[str]:
    """All that `text` becomes where some of its marks were lost, itself first: what `alike_pattern` finds.

    With three marks these are eight.
    """
    found = [""]
    for letter in normalised(text):
        kept = [start + letter for start in found]
        found = kept + found if letter in MARKS else kept
    return list(dict.fromkeys(found))


def pieces(text: str) -> list[str]:
    """What stands between the marks of a text: each that is alike holds these, one after the other."""
    return re.split(f"[{MARKS}]", normalised(text))


def can_lose_marks(text: str) -> bool:
    """Whether a normalised text has marks, and would still be something to look for without them."""
    return 0 < marks_in(text) <= len(text) - SHORTEST


def marks_in(text: str) -> int:
    """How many marks a normalised text has that scanning may lose."""
    return sum(letter in MARKS for letter in text)


def text_of(stored: str) -> str:
    """The normalised text of a key, for tests and for looking into a database by hand."""
    codes = re.findall("z[0-9]{7}|y[0-9]{2}|[s-x][0-9]|[a-r]", stored.removesuffix(END).lower())
    return "".join(_LETTERS.get(code) or chr(int(code[1:])) for code in codes)

"""Thai text as published, made comparable: invisible damage undone, nothing else changed.

What is undone here cannot be seen by a reader: two ways to type one sign, and signs without a shape.
Misspellings are left as they are; sources repair those they know by written rules.
"""

from __future__ import annotations

import re
import unicodedata

from spending.fiscal import arabic

_TONES = "่้๊๋"  # mai ek, mai tho, mai tri, mai chattawa
# Control signs, soft hyphen, zero-width signs, direction marks, byte order mark: nothing a reader sees.
_INVISIBLE = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
# No-break, wide and narrow spaces, tabs and line ends: all a space to a reader.
_ODD_SPACES = "\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

_REMOVED = re.compile(f"[{_INVISIBLE}]")
_SPACES = re.compile(r"\s+")
# `ํ` and `า` typed for one `ำ`, a tone before or between
_SPLIT_AM = re.compile(f"([{_TONES}]*)ํ([{_TONES}]*)า")
_LATE_TONE = re.compile(f"(ำ+)([{_TONES}]+)")  # the tone typed after `ำ` instead of before
_ODD_SIGN = re.compile(f"[{_INVISIBLE}{_ODD_SPACES}ํ]")
_ODD_PAIR = re.compile(f"  |เเ|ำ[{_TONES}]")  # the second: two `เ` typed for one `แ`

# What OCR loses or adds most: tones and the other small signs above a letter.
_SMALL_SIGNS = re.compile("[็่้๊๋์ํ๎ฺ]")
_NO_PART_OF_A_NAME = re.compile(r"[^\wัิีึืุู]|_")  # the vowels above and below are no letters to `\w`


def tidy(published: str) -> str:
    """The text with single plain spaces, composed signs and nothing invisible; unchanged where nothing is
    wrong.
    """
    tidied = published.strip()
    if _ODD_SIGN.search(tidied) or _ODD_PAIR.search(tidied):
        tidied = _REMOVED.sub("", tidied).replace("เเ", "แ")
        tidied = _LATE_TONE.sub(r"\2\1", _SPLIT_AM.sub(r"\1\2ำ", tidied))
        tidied = _SPACES.sub(" ", tidied).strip()
    # NFC also puts a tone after the vowel below its letter, the order in which careful keyboards write them.
    return unicodedata.normalize("NFC", tidied)


def skeleton(name: str) -> str:
    """What is left of a name when all that scanning damages is taken away: its letters, vowels and digits.

    Two spellings with one skeleton are most likely one name; use it to look up, never to show or to store.
    """
    plain = unicodedata.normalize("NFKC", arabic(tidy(name))).casefold()
    return _NO_PART_OF_A_NAME.sub("", _SMALL_SIGNS.sub("", plain))

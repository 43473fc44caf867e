"""How a Thai word sounds, roughly: letters that are mistaken for each other are written with the same sign.

Signs are a-z and 0-9, so that PostgreSQL's trigrams compare sounds in any locale. Latin letters and digits
stand for themselves.
"""

from __future__ import annotations

import re

_SILENT = re.compile("[ก-ฮ][ิุ]?์")  # a silenced letter, with the vowel it may carry
_UNHEARD = str.maketrans("", "", "่้๊๋็ะๆฯ์ฺํ๎")
_ALIKE = str.maketrans(
    {
        letter: sign
        for letters, sign in (
            ("ก", "k"), ("ขฃคฅฆ", "c"), ("ง", "g"), ("จ", "j"), ("ฉชฌ", "h"), ("ซศษส", "s"), ("ญย", "y"),
            ("ดฎตฏ", "t"), ("ถฐทธฑฒ", "q"), ("ณน", "n"), ("บ", "b"), ("ป", "p"), ("ผพภ", "f"),
            ("ฝฟ", "v"), ("ม", "m"), ("รลฬ", "l"), ("ว", "w"), ("อ", "o"), ("หฮ", "x"), ("ฤฦ", "lu"),
            ("าๅ", "a"), ("ำ", "1m"), ("ั", "1"), ("ิี", "i"), ("ึื", "e"), ("ุู", "u"), ("เ", "2"),
            ("แ", "3"), ("โ", "4"), ("ใไ", "5"),
        )
        for letter in letters
    }
)  # fmt: skip
_SPELLINGS = [
    (re.compile(spelling), plain)
    for spelling, plain in (
        ("(?<=[ก-ฮ])รร(?=[ก-ฮ](?![ะ-ูเ-ไ]))", "ั"),  # ธรรม is heard as ธัม, but นครราช has two letters
        ("(?<=[ก-ฮ])รร(?![ก-ฮะ-ูเ-ไ])", "ัน"),  # สวรรค์ without its silent letter: สวัน
        ("ทร(?=[ะ-ูก-ฮ])|[สศซ]ร(?=[ะ-ูก-ฮ])", "ซ"),  # ทราย, สร้าง, ศรี
        ("ไย|ัย", "ไ"),
    )
]
_NOT_A_SIGN = re.compile("[^a-z0-9]")


def sound(word: str) -> str:
    """The sound of a normalised word; empty where it has no letter that is heard."""
    heard = _SILENT.sub("", word).translate(_UNHEARD)
    for pattern, plain in _SPELLINGS:
        heard = pattern.sub(plain, heard)
    return _NOT_A_SIGN.sub("", heard.translate(_ALIKE))

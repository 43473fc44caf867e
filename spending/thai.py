"""Thai as people print and type it: one spelling for the same letters, and where words begin and end."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from nlpo3 import load_dict, segment

from .fiscal import THAI_DIGITS

DICTIONARY = "pythainlp"  # the name under which nlpo3 keeps PyThaiNLP's list of words
LONGEST_RUN = 1_000  # letters cut into words at a time; the longest published description has 500

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0x00AD, 0xFEFF])
_PLAIN_SIGNS = str.maketrans("“”„‘’‛–—−", "\"\"\"'''---")
_SIGNS = {**THAI_DIGITS, **_PLAIN_SIGNS, **_INVISIBLE}
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")
_SPLIT_AM = re.compile("ํ([่-๋]?)า")  # ำ typed as its two halves, with or without a tone mark between
_TONE_BEHIND_AM = re.compile("ำ([่-๋])")
_TONE_BEFORE_VOWEL = re.compile("(?<=[ก-ฮ])([่-๋])([ัิ-ฺ])")


@lru_cache(maxsize=100)  # what is kept of a text is made of it piece by piece
def normalised(text: str) -> str:
    """The text with one spelling for what looks the same on paper.

    Thai digits become 0-9, letters lower case, runs of blanks one space; marks typed in another order, a
    split ำ or แ, invisible signs and typographic quotes are written the plain way.
    """
    text = unicodedata.normalize("NFC", text).translate(_SIGNS).casefold()
    text = _SPLIT_AM.sub(r"\1ำ", text.replace("เเ", "แ"))
    text = _TONE_BEHIND_AM.sub(r"\1ำ", text)
    text = _TONE_BEFORE_VOWEL.sub(r"\2\1", text)
    return _BLANKS.sub(" ", text).strip()


def words(text: str) -> list[str]:
    """A normalised text cut into words; joined again they are the text. Blanks and signs count as words."""
    _load_dictionary()
    runs = [text[start : start + LONGEST_RUN] for start in range(0, len(text), LONGEST_RUN)]
    return [word for run in runs for word in segment(run, DICTIONARY)]  # safe=True repeats parts of long runs


@cache
def _load_dictionary() -> None:
    package = find_spec("pythainlp")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("pythainlp, which brings the list of Thai words, is not installed")
    list_of_words = Path(package.submodule_search_locations[0]) / "corpus" / "words_th.txt"
    said, loaded = load_dict(str(list_of_words), DICTIONARY)
    if not loaded:
        raise OSError(said)

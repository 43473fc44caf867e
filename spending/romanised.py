"""Thai places by the names they have in Latin letters, however those are spelled."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

DATA = Path(__file__).resolve().parent / "data"
MOST_WORDS = 4  # of one name: Phra Nakhon Si Ayutthaya
LIKENESS = 88  # how alike (of 100) two spellings of one name must be
LONG_ENOUGH = 6  # letters from which a spelling may be only alike

_NO_LETTER = re.compile("[^a-z]")
_LATIN = re.compile("[a-z][a-z'.-]*$")
_SPELLINGS = (
    ("kh", "k"), ("th", "t"), ("ph", "p"), ("bh", "p"), ("dh", "t"), ("ch", "c"), ("j", "c"), ("v", "w"),
    ("ee", "i"), ("oo", "u"), ("ou", "u"), ("ue", "u"), ("rn", "n"), ("sri", "si"), ("z", "s"), ("y", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def thai_names(name: str) -> tuple[str, ...]:
    """The Thai names of the places that a name in Latin letters may mean; none if it is no place's."""
    folded = _folded(name)
    names = _names()
    if folded in names or len(folded) < LONG_ENOUGH:
        return names.get(folded, ())
    alike = process.extractOne(folded, names.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS)
    return names[alike[0]] if alike else ()


def place_at(words: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """How many of the first words make the name of a place, and its Thai names; (0, ()) if none do."""
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        if all(_LATIN.match(word) for word in words[:length]):
            names = thai_names("".join(words[:length]))
            if names:
                return length, names
    return 0, ()


def is_province(name: str) -> bool:
    """Whether a text is the Thai name of a province."""
    return name in _provinces()


def province_in(name: str) -> str:
    """The Thai name of the province of that Thai or English name, however it is spaced; "" for none."""
    plain = name.removeprefix("จังหวัด").strip()
    return plain if is_province(plain) else _english_provinces().get(_letters(plain), "")


def english_province(name: str) -> str:
    """The English name of the province of that Thai name; "" for none."""
    return _names_of_provinces().get(name, "")


def provinces() -> tuple[str, ...]:
    """The names of all provinces, Thai and English."""
    return tuple(one for pair in _read("provinces.csv", "name_en") for one in pair)


@cache
def _names_of_provinces() -> dict[str, str]:
    return {thai: english for english, thai in _read("provinces.csv", "name_en")}


@cache
def _english_provinces() -> dict[str, str]:
    return {_letters(english): thai for english, thai in _read("provinces.csv", "name_en")}


def _letters(name: str) -> str:
    return "".join(name.lower().split()).replace("-", "")


@cache
def _provinces() -> frozenset[str]:
    return frozenset(thai for _romanised, thai in _read("provinces.csv", "name_en"))


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Thai names by folded Latin ones: provinces before districts, rivers, islands and universities."""
    found: dict[str, tuple[str, ...]] = {}
    for romanised, thai in (*_read("provinces.csv", "name_en"), *_read("places.csv", "romanised")):
        known = found.get(_folded(romanised), ())
        if thai not in known:
            found[_folded(romanised)] = (*known, thai)
    return found


def _read(name: str, column: str) -> list[tuple[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [(row[column], row["name"]) for row in csv.DictReader(file)]


def _folded(name: str) -> str:
    """A name without what spellings differ in: blanks, hyphens, aspirates, doubled letters."""
    letters = _NO_LETTER.sub("", name.lower())
    for spelling, plain in _SPELLINGS:
        letters = letters.replace(spelling, plain)
    return _DOUBLED.sub(r"\1", letters)

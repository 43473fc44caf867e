"""How what a visitor types may be read: as letters, words, parts of words; with a year, a place, a synonym.

Nothing here knows the database. `readings()` gives the ways to read a text, the most literal first; search
takes the first that finds something, and says which it was.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from . import romanised, signs, thai
from .fiscal import read_year

LONGEST = 200  # letters of a question
MOST_TERMS = 12  # words of a question that are looked for
SHORTEST_PLACE = 5  # Latin letters of a name that is always read as the place too: Trang, but not Nan or Tak
LONG_PART = 4  # letters from which a part of what was typed may stand anywhere in a word


class QuestionError(ValueError):
    """Raised if a text can't be looked for; `reason` says why."""

    class Reason(Enum):
        EMPTY = "empty"
        TOO_SHORT = "too_short"  # fewer than two letters
        TOO_LONG = "too_long"  # more than LONGEST letters

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class How(Enum):
    """How a question was read."""

    LETTERS = "letters"  # these letters, together, in the text itself
    ALIKE = "alike"  # the same letters, marks aside that scanning loses
    WORDS = "words"  # each typed word, anywhere in the text or the names it stands under
    PARTS = "parts"  # each word cut out of what was typed without blanks
    SPELLING = "spelling"  # the same, with words put right
    SOME = "some"  # the rarest of these words, the others where they are


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be found: any of `needles` (normalised texts).

    `apart` says that a needle must begin or end a word: it is short and was cut out of something longer.
    `names` are the keys of the names that hold it, by kind of name; None where nobody has looked yet.
    """

    typed: str
    needles: tuple[str, ...]
    apart: bool = False
    names: tuple[tuple[str, tuple[int, ...]], ...] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question. `year` is Common Era, None where none is asked for.

    `places` are (as typed, Thai name), `corrected` is the question as it should have been typed. All terms
    must be found, but of SOME only the first; `marks_aside` says that marks may be lost in the text.
    """

    how: How
    terms: tuple[Term, ...]
    year: int | None = None
    marks_aside: bool = False
    places: tuple[tuple[str, str], ...] = ()
    corrected: str = ""

    @property
    def text(self) -> str:
        """The reading as one line of text."""
        return self.corrected or " ".join(term.typed for term in self.terms)

    @property
    def of_year(self) -> Reading:
        """The reading of its year alone."""
        return Reading(How.LETTERS, (), self.year)

    @property
    def with_synonyms(self) -> Reading:
        """The reading in which each term may also stand as what it is short for: as names have it."""
        return replace(
            self,
            terms=tuple(
                replace(term, needles=_unique(*term.needles, *synonyms(term.typed))) for term in self.terms
            ),
        )


def question(text: str) -> str:
    """The normalised text of a question. Raises QuestionError."""
    if len(text) > LONGEST:
        raise QuestionError(QuestionError.Reason.TOO_LONG)
    asked = thai.normalised(text)
    if not asked:
        raise QuestionError(QuestionError.Reason.EMPTY)
    if len(asked) < 2:
        raise QuestionError(QuestionError.Reason.TOO_SHORT)
    return asked


def readings(asked: str, known_years: Collection[int]) -> Iterator[Reading]:
    """The ways to read a normalised question, the most literal first; spelling is not put right here.

    `known_years` (Common Era) are those that a year may mean; any other number stays a number.
    """
    yield Reading(How.LETTERS, (_as_letters(asked),))
    rest, year = without_year(asked, known_years)
    if year is not None and not rest:
        yield Reading(How.LETTERS, (), year)
        return
    if year is not None:
        yield Reading(How.LETTERS, (_as_letters(rest),), year)
    if signs.can_lose_marks(rest):
        yield Reading(How.ALIKE, (_as_letters(rest),), year, marks_aside=True)
    words = by_words(rest)
    if words.terms and (" " in rest or words.places or synonyms(rest)):
        yield replace(words, year=year)
    parts = replace(by_parts(rest), year=year)
    if parts.terms:
        yield parts
        yield replace(parts, marks_aside=True)


def _as_letters(asked: str) -> Term:
    taken, names = romanised.place_at(asked.split(" "))
    whole = taken == len(asked.split(" ")) and len(asked) >= SHORTEST_PLACE
    return Term(asked, (asked, *names) if whole else (asked,))


def by_words(asked: str) -> Reading:
    """Each word between blanks by itself; places and short forms also by their Thai or full names."""
    words = [word for word in asked.split(" ") if word]
    terms: list[Term] = []
    places: list[tuple[str, str]] = []
    while words:
        taken, names = romanised.place_at(words)
        typed = " ".join(words[: taken or 1])
        if taken:
            places.append((typed, names[0]))
        terms.append(Term(typed, _unique(typed, *names, *synonyms(typed))))
        words = words[taken or 1 :]
    return Reading(How.WORDS, _asked_for(terms), places=tuple(places))


def by_parts(asked: str) -> Reading:
    """Each word, also those that stand together without blanks."""
    terms = []
    read = by_words(asked)
    for term in read.terms:
        if len(term.needles) > 1:
            terms.append(term)
        else:
            terms += [part(word) for word in thai.words(term.typed) if is_word(word)]
    return Reading(How.PARTS, _asked_for(terms), places=read.places)


def part(word: str) -> Term:
    """A word cut out of what was typed."""
    return Term(word, _unique(word, *synonyms(word)), apart=len(word) < LONG_PART)


def is_word(word: str) -> bool:
    """Whether a piece of a text holds a letter or digit, not only blanks, signs or marks."""
    return any(letter.isalnum() for letter in word)


def _asked_for(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms without single letters, and without words of a mere sentence unless there are no others."""
    found = [term for term in terms if term.typed not in SENTENCE_WORDS]
    long = [term for term in found or terms if len(term.typed) > 1]
    return tuple(dict.fromkeys(long))[:MOST_TERMS]


def _unique(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


# Years

_YEAR = re.compile(
    r"(?:(?:(?:ปีงบประมาณ|งบประมาณปี|ปีงบ|งบปี|ปี|\bfy)\s*(?:พ\.?ศ\.?|ค\.?ศ\.?)?|พ\.?ศ\.?|ค\.?ศ\.?)\s*"
    r"(?P<said>[0-9]{2}|[0-9]{4})|(?<!\w)(?P<alone>[0-9]{4}))(?!\w|[.,][0-9])"
)


def without_year(asked: str, known_years: Collection[int]) -> tuple[str, int | None]:
    """A question without the year it names, and that year (Common Era), None if it names none."""
    for found in _YEAR.finditer(asked):
        for year in _years(found["said"] or found["alone"]):
            if year in known_years:
                rest = f"{asked[: found.start()]} {asked[found.end() :]}"
                return " ".join(rest.split()), year
    return asked, None


def _years(digits: str) -> list[int]:
    """The years (Common Era) that two or four digits may mean."""
    if len(digits) == 2:
        return [read_year(f"25{digits}"), read_year(f"20{digits}")]
    try:
        return [read_year(digits)]
    except ValueError:  # a number like 3268
        return []


# Words

SENTENCE_WORDS = frozenset((romanised.DATA / "sentence_words.txt").read_text(encoding="utf-8").split())


def synonyms(typed: str) -> tuple[str, ...]:
    """What a short form or an everyday word stands for in published texts."""
    return _synonyms().get(typed, ())


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    with (romanised.DATA / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            typed = thai.normalised(row["typed"])
            found[typed] = (*found.get(typed, ()), thai.normalised(row["means"]))
    return found

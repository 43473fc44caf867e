"""Which known name a printed name stands for, when scanning has damaged it.

Scanning loses tone marks, adds specks (`6ณ`, `de`, `シ`), prints the end of a line twice over and reads what
stands next to a name into it. Each rule here undoes one such damage; a name that no rule leads to a known one
is a name of its own and stays as printed. Two true names are never made one: every rule asks for a single
candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from .spelling import skeleton, tidy

LETTER_FROM = 20  # letters of a name, in a list that may be incomplete, in which a wrong one is forgiven
TWO_LETTERS_FROM = 50  # letters of a name in which two wrong ones are forgiven
CLEARER_BY = 2  # wrong letters, at least, that the next best candidate must have more
SHORT_ECHO = 6  # letters of a word behind a name that may be a poor echo of any part of it
LIKENESS = 75  # how alike (of 100) an echo and the letters it repeats must be
LONG_LIKENESS = 88  # the same for a longer word that repeats letters far from it

_NO_THAI_LETTER = re.compile("[^ก-ฮะ-ูเ-ๅ]")
_NO_THAI_LETTER_OR_DIGIT = re.compile("[^ก-ฮะ-ูเ-ๅ0-9]")
_DIGITS = re.compile(r"\d+")
_AMOUNT_BEHIND = re.compile(r"\s*\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:\s*บาท)?$")
# The heading or amount after a name read into it: `…1 : โครงการ…`, `…ลิตที่ 1 : ฐานความรู้…`, `… 7,471,800 บาท`.
_HEADING_BEHIND = re.compile(r"\s*(?:(?:ผลผลิต|ลผลิต|ผลิต|ลิต|โครงการ|กิจกรรม)?ที่\s*)?\d+\s*:\s.*$")
_TABLE_FIGURE = re.compile(r"\d\.\d{4}(?!\d)")  # million baht, as overview tables print them
# Names made of a place: two true ones may differ by one letter (ระยอง, ระนอง; ตอนล่าง, ตอนกลาง).
_LOCAL = re.compile("จังหวัด|กลุ่มจังหวัด|อำเภอ|องค์การบริหารส่วน|เทศบาล|โรงเรียน|โรงพยาบาล|วัด")
_PUBLIC_ORGANISATION = "(องค์การมหาชน)"


class Match(NamedTuple):
    """A known name, and how it was known: `same`, `listed` as another spelling, or by the damage undone.

    Damages are `marks` (tones, signs, spaces), `specks`, an `echo`, one or two wrong `letters`, or a `table`.
    """

    name: str
    how: str


class KnownNames:
    """True names, to be found by damaged ones.

    `names` gives for each true name other spellings that are known to mean it. `letter_from` is the length
    in letters from which one wrong letter is forgiven. Where `digits_matter`, names that differ in a digit
    are two names. `specks_of` is the most letters of a stray word that may stand before or behind a name
    without being part of it. `echoes` forgives letters printed twice; only a complete list allows that.
    """

    def __init__(
        self,
        names: Mapping[str, Iterable[str]],
        *,
        letter_from: int,
        digits_matter: bool = True,
        specks_of: int = 1,
        echoes: bool = True,
    ) -> None:
        self._letter_from = letter_from
        self._specks_of = specks_of
        self._echoes = echoes
        self._not_a_letter = _NO_THAI_LETTER_OR_DIGIT if digits_matter else _NO_THAI_LETTER
        spellings = [(spelling, name) for name, also in names.items() for spelling in (name, *also)]
        self._exact = dict(spellings) | {name: name for name in names}
        self._by_skeleton = _unambiguous((skeleton(spelling), name) for spelling, name in spellings)
        self._by_letters = _unambiguous((self._letters(spelling), name) for spelling, name in spellings)
        self.find = lru_cache(maxsize=10_000)(self._find)

    def _find(self, printed: str) -> Match | None:
        """The one known name that `printed` stands for, None if there is none."""
        text = tidy(printed)
        if name := self._exact.get(text):
            return Match(name, "same" if name == text else "listed")
        if name := self._by_skeleton.get(skeleton(text)):
            return Match(name, "marks")
        whole = self._letters(text)
        for letters in (whole, self._letters(alone(text)), self._core(text)):
            if name := self._by_letters.get(letters):
                return Match(name, "specks")
        if _TABLE_FIGURE.search(text):
            return self._behind_table(whole)
        return None if _LOCAL.match(text) else self._echoed(whole) or self._nearest(whole)

    def _letters(self, text: str) -> str:
        return self._not_a_letter.sub("", skeleton(text))

    def _core(self, text: str) -> str:
        """The letters without stray words at either end."""
        words = [self._letters(word) for word in text.split(" ")]
        while len(words) > 1 and self._is_speck(words[-1]):
            words.pop()
        while len(words) > 1 and self._is_speck(words[0]):
            words.pop(0)
        return "".join(words)

    def _is_speck(self, letters: str) -> bool:
        return len(letters) <= self._specks_of and not _DIGITS.search(letters)

    def _behind_table(self, letters: str) -> Match | None:
        """The known name that stands behind an overview table which was read into it."""
        at_the_end = (known for known in self._by_letters if letters.endswith(known))
        return _longest(at_the_end, self._by_letters, "table")

    def _echoed(self, letters: str) -> Match | None:
        """The known name in which one run of letters is printed over again."""
        if not self._echoes:
            return None
        could_be = [
            known
            for known in self._by_letters
            if len(known) < len(letters) <= 2 * len(known)
            and (letters.startswith(known[:4]) or letters.endswith(known[-4:]))
        ]
        return _longest((known for known in could_be if _is_echo(letters, known)), self._by_letters, "echo")

    def _nearest(self, letters: str) -> Match | None:
        """The known name that differs in a letter, or two of a long name, if no other is nearly as near."""
        if len(letters) < self._letter_from:
            return None
        forgiven = 2 if len(letters) >= TWO_LETTERS_FROM else 1
        most = forgiven + CLEARER_BY - 1
        near: dict[str, int] = {}
        for known, name in self._by_letters.items():
            if abs(len(known) - len(letters)) <= most:
                distance = Levenshtein.distance(letters, known, score_cutoff=most)
                if distance <= most and _DIGITS.findall(known) == _DIGITS.findall(letters):
                    near[name] = min(distance, near.get(name, distance))
        if len(near) == 1 and min(near.values()) <= forgiven:
            return Match(next(iter(near)), "letters")
        return None


class KnownBodies:
    """Names of bodies, to be found by damaged ones.

    For lists that may be incomplete: only tone marks, signs and, in a long name that is not made of a
    place, one or two letters are forgiven, and whether `(องค์การมหาชน)` is printed behind the name.
    """

    def __init__(self, names: Iterable[str]) -> None:
        spellings = {name: {public_form(name)} - {name} for name in names}
        self._known = KnownNames(spellings, letter_from=LETTER_FROM, echoes=False)

    def find(self, printed: str) -> Match | None:
        """The body that a printed name stands for, None if none or more than one may be meant."""
        return self._known.find(printed) or self._known.find(public_form(printed))


def match(printed: str, candidates: Iterable[str]) -> Match | None:
    """The candidate that a printed name of a body stands for, as `KnownBodies` finds it."""
    return KnownBodies(candidates).find(printed)


def same_name(one: str, other: str) -> bool:
    """Whether two printed names differ in nothing but what scanning loses: tone marks, signs, spaces."""
    return skeleton(one) == skeleton(other)


def alone(name: str) -> str:
    """A name without the amount or the heading that follows it on the page and was read into it."""
    return _AMOUNT_BEHIND.sub("", _HEADING_BEHIND.sub("", name)) or name


def public_form(name: str) -> str:
    """The name of a public organisation without the words that say it is one, which some lists leave out."""
    return tidy(name).removesuffix(_PUBLIC_ORGANISATION).rstrip()


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs whose key stands for one value only."""
    values: dict[str, set[str]] = {}
    for key, value in pairs:
        values.setdefault(key, set()).add(value)
    return {key: next(iter(meant)) for key, meant in values.items() if key and len(meant) == 1}


def _longest(found: Iterable[str], names: Mapping[str, str], how: str) -> Match | None:
    """The name with the most letters of those found; None if two have as many."""
    ranked = sorted(found, key=len, reverse=True)
    best = {names[letters] for letters in ranked if len(letters) == len(ranked[0])}
    return Match(best.pop(), how) if len(best) == 1 else None


def _is_echo(letters: str, known: str) -> bool:
    """Whether `letters` is `known` with one run of letters in it that repeats what stands beside it.

    Behind the name a run may repeat any part of it: there lines are printed one over the other.
    """
    return any(
        _repeats(run, before, after) or (not after and _repeats_far(run, known))
        for before, run, after in _insertions(letters, known)
        if not _DIGITS.search(run)
    )


def _insertions(letters: str, known: str) -> Iterator[tuple[str, str, str]]:
    """The ways to read `letters` as `known` with one run inserted: what is before it, the run, the rest."""
    extra = len(letters) - len(known)
    head = _shared(letters, known)
    tail = _shared(letters[::-1], known[::-1])
    for at in range(max(0, len(known) - tail), min(head, len(known)) + 1):
        yield known[:at], letters[at : at + extra], known[at:]


def _shared(one: str, other: str) -> int:
    """How many letters two texts share from the beginning."""
    shortest = min(len(one), len(other))
    return next((at for at in range(shortest) if one[at] != other[at]), shortest)


def _repeats(run: str, before: str, after: str) -> bool:
    near = len(run) + 2
    return len(run) == 1 or _alike(run, before[-near:], LIKENESS) or _alike(run, after[:near], LIKENESS)


def _repeats_far(run: str, known: str) -> bool:
    return len(run) > 1 and _alike(run, known, LIKENESS if len(run) <= SHORT_ECHO else LONG_LIKENESS)


def _alike(run: str, text: str, likeness: int) -> bool:
    return len(run) <= len(text) and fuzz.partial_ratio(run, text) >= likeness

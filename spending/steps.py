"""Texts written as steps from letter to letter, so that the database's trigram index finds a part at once.

A key (`signs`) is exact, but three of its signs tell of two letters, and two letters stand in every other
text: the index would have a dozen long lists to hold against each other. Here one sign of 36 tells of a
letter and of the one after it: to which of six groups the first belongs, and to which of six other groups the
second. Each letter is so told of twice, by groups of both kinds, and three signs tell of four letters, nearly
as well as the letters themselves would. A text that holds a part holds its steps; some hold the steps alone,
so whoever asks looks at the key too.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase, digits

from .thai import normalised

# Letters that follow each other stand in different groups as often as could be, in what budgets and purchases
# are called. Stored steps depend on them: a change needs `manage.py write_search_keys`.
AS_FIRST = ("าบตป์ภขญ4oc", "รเวยหะ1ูใn", " ั่คีจชธไa3tsฒ", "นกลทุแ2.ถ6", "อม้ิำพศณซ)5rid", "งดสืโ0ษ(eผ็ฉฟึฑ-")
AS_SECOND = ("าิสทีช1ูใซ).i", "รบ้จแ0ไษฉ5ฑฒ", " กวำืขณ(ญฟoึd", "น่มหะปโeผ4-cs", "อเคดุ์ภ2็ant", "งัยลตพศธถr63")
GROUPS = 6
SIGNS = ascii_lowercase + digits  # what the index knows, in any locale
SHORTEST_RUN = 3  # signs that the index finds by themselves
MOST_STEPS = 10_000  # kept in memory, whatever is typed
EDGE = " "  # stands before and behind a text


def _group(letter: str, groups: tuple[str, ...]) -> int:
    found = (number for number, letters in enumerate(groups) if letter in letters)
    return next(found, ord(letter) % GROUPS)


class _Signs(dict[tuple[str, str], str]):
    """The signs of steps that were met."""

    def __missing__(self, step: tuple[str, str]) -> str:
        first, second = step
        sign = SIGNS[GROUPS * _group(first, AS_FIRST) + _group(second, AS_SECOND)]
        if len(self) < MOST_STEPS:
            self[step] = sign
        return sign


_signs = _Signs()


@lru_cache(maxsize=20_000)  # published descriptions repeat
def steps(text: str) -> str:
    """The steps of a published text, to be kept beside its key: one sign more than it has letters."""
    return _steps(f"{EDGE}{normalised(text)}{EDGE}")


def _steps(letters: str) -> str:
    return "".join(map(_signs.__getitem__, pairwise(letters)))


def pattern(text: str) -> tuple[str, str] | None:
    """The operator and its right side that find by the index all steps whose text holds `text`, and few
    others; None for less than two letters.

    Of a step before the part its second group is known, and of one behind it the first: a short part is
    looked for with all that these may be.
    """
    letters = normalised(text)
    signs = _steps(letters)
    if len(signs) >= SHORTEST_RUN:
        return "LIKE", f"%{signs}%"
    if not signs:
        return None
    before, behind = _around(letters)
    return "~", f"[{before}]{signs}[{behind}]"


def runs_of(text: str) -> list[list[str]]:
    """Runs of three steps, of each of which one at least stands in all steps whose text holds `text`, two
    letters or more.
    """
    letters = normalised(text)
    signs = _steps(letters)
    if len(signs) >= SHORTEST_RUN:
        return [[run] for run in runs(signs)]
    before, behind = _around(letters)
    if len(signs) == 1:
        return [[first + signs + last for first in before for last in behind]]
    return [[first + signs for first in before], [signs + last for last in behind]]


def _around(letters: str) -> tuple[str, str]:
    """The signs of the steps that may stand before some letters, and of those that may stand behind."""
    behind = GROUPS * _group(letters[-1], AS_FIRST)
    return SIGNS[_group(letters[0], AS_SECOND) :: GROUPS], SIGNS[behind : behind + GROUPS]


def runs(steps: str) -> list[str]:
    """The runs of three steps, of which the index has lists, one behind the other."""
    return [steps[start : start + SHORTEST_RUN] for start in range(len(steps) - SHORTEST_RUN + 1)]


def like(steps: str, starts: Iterable[int]) -> str:
    """The right side of LIKE for steps that hold the runs of three that start at some places, in order."""
    pieces: list[str] = []
    end = 0
    for start in starts:
        if start < end:
            pieces[-1] += steps[end : start + SHORTEST_RUN]
        else:
            pieces.append(steps[start : start + SHORTEST_RUN])
        end = start + SHORTEST_RUN
    return "%".join(["", *pieces, ""])


def pieces_pattern(texts: list[str]) -> str:
    """The right side of LIKE for steps whose text holds some texts one after the other."""
    return "%".join(["", *(signs for signs in (_steps(normalised(text)) for text in texts) if signs), ""])

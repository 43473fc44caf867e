"""Which words were probably meant: the cheapest way to cover what was typed with words that are known.

A misspelt Thai word falls to pieces when it is cut into words (`คอมพิวเตอ` → คอม พิว เต อ), so any run of
pieces may stand for one known word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from rapidfuzz.distance import DamerauLevenshtein

from .sounds import sound

MOST_PIECES = 6  # that one misspelt word falls to
SHORTEST, LONGEST = 2, 30  # letters of a run that may be one word
SHORTEST_RIGHT = 3  # letters of a known word that is not doubted
WAYS = 7  # kept at each letter: corrections, and the question as typed
SAME_SOUND, OTHER_LETTER = 0.35, 0.25  # cost of a word that only looks different, and of each such letter
KNOWN, SHORT_KNOWN, UNKNOWN = 0.3, 0.9, 2.5  # cost of a piece that is kept
WORD = 0.4  # cost of each word that replaces pieces
RARE = 0.8  # cost of a word that was hardly ever met
LONG = 6  # letters of a word from which a wrong one weighs less
WRONG_SHARE = 0.4  # of its letters that may be wrong in a word

Like = Callable[[Sequence[str]], Mapping[str, Sequence[tuple[str, int]]]]


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """One way to put words right: what it costs, and the words."""

    cost: float
    words: tuple[str, ...]


def ways(pieces: Sequence[str], known: Collection[str], like: Like) -> tuple[list[Way], Way]:
    """The likeliest ways to put the pieces of a question right, cheapest first, and the way to leave them.

    `known` are those pieces that stand in published texts; `like` gives known words that sound like others.
    A piece may begin with a blank, which the word that replaces it keeps.
    """
    blanks = [" " if piece.startswith(" ") else "" for piece in pieces]
    pieces = [piece.strip() for piece in pieces]
    runs = {
        (start, end): "".join(pieces[start:end])
        for start in range(len(pieces))
        for end in range(start + 1, min(start + MOST_PIECES, len(pieces)) + 1)
        if _may_be_wrong(pieces[start:end], known)
    }
    candidates = like(list(dict.fromkeys(runs.values())))
    best: list[list[Way]] = [[Way(0, ())], *([] for _ in pieces)]
    for end in range(1, len(pieces) + 1):
        steps = [_kept(way, blanks[end - 1], pieces[end - 1], known) for way in best[end - 1]]
        for start in range(max(0, end - MOST_PIECES), end):
            if (start, end) in runs:
                typed = runs[start, end]
                steps += _replaced(best[start], blanks[start], typed, candidates.get(typed, ()))
        best[end] = _cheapest(steps)
    left = Way(0, ())
    for blank, piece in zip(blanks, pieces, strict=True):
        left = _kept(left, blank, piece, known)
    return [way for way in best[-1] if way.words != left.words], left


def _may_be_wrong(run: Sequence[str], known: Collection[str]) -> bool:
    """Whether a run may be one misspelt word; a whole word that is known is taken to be meant."""
    right = len(run) == 1 and len(run[0]) >= SHORTEST_RIGHT and run[0] in known
    return not right and SHORTEST <= len("".join(run)) <= LONGEST


def _cheapest(steps: list[Way]) -> list[Way]:
    """The few cheapest ways, each way to the same words once."""
    cheapest: dict[tuple[str, ...], Way] = {}
    for way in sorted(steps):
        cheapest.setdefault(way.words, way)
    return list(cheapest.values())[:WAYS]


def _kept(way: Way, blank: str, piece: str, known: Collection[str]) -> Way:
    cost = UNKNOWN if piece not in known else SHORT_KNOWN if len(piece) < 3 else KNOWN
    return Way(way.cost + cost, (*way.words, blank + piece))


def _replaced(before: list[Way], blank: str, typed: str, candidates: Sequence[tuple[str, int]]) -> list[Way]:
    found = []
    for word, met in candidates:
        wrong = distance(typed, word)
        if wrong <= max(1, WRONG_SHARE * min(LONG, len(word))):
            rare = RARE / (1 + log10(1 + met))
            found += [Way(way.cost + WORD + wrong + rare, (*way.words, blank + word)) for way in before]
    return found


def distance(typed: str, word: str) -> float:
    """How far a typed word is from a known one: letters wrong, less where both sound the same."""
    if typed == word:
        return 0
    letters = DamerauLevenshtein.distance(typed, word)
    heard = DamerauLevenshtein.distance(sound(typed), sound(word))
    wrong = max(SAME_SOUND, OTHER_LETTER * letters) if heard == 0 else (letters + heard) / 2
    return wrong * min(1, LONG / len(word))

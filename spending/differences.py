"""What became of each line of one book in another: matched, renamed, moved, split, merged, gone, new. Pure.

Each line of both sides stands in exactly one match, so the sums of the matches are the sums of the sides.
The order of the steps stands in docs/decisions/0008.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from rapidfuzz import fuzz, process

from .thai import normalised

RENAMED_FROM = 85  # of 100: how like two texts on one path must be
SAME_ID_FROM = 60  # of 100: how like two texts of one published id must be to be believed
PIECE_FROM = 70  # of 100: how like a piece must be to the whole it may be part of
MOST_PIECES = 6
_NUMBER = re.compile(r"\d+")


class How(StrEnum):
    """How a match was made; the value stands in addresses and files."""

    ID = "id"
    PATH = "path"
    MOVED = "moved"
    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a side: its published id, its text, where it stands, baht (None where none is published).

    `path` goes from the body down; its first step is the body within which lines are compared. `facts` are
    further values by name, of which those that differ are said.
    """

    id: str
    text: str
    path: tuple[str, ...]
    amount: Decimal | None
    facts: tuple[tuple[str, str], ...] = ()
    key: str = field(init=False)  # the text as it is compared

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", normalised(self.text))


@dataclass(frozen=True, slots=True)
class Match:
    """What stands for what: lines before, lines after, how it was found, and how like their words are (0 to
    100).
    """

    how: How
    before: tuple[Item, ...]
    after: tuple[Item, ...]
    score: int | None = None

    @property
    def amounts(self) -> tuple[Decimal | None, Decimal | None]:
        """Baht before and after; None where no line is there or none has an amount."""
        return _sum(self.before), _sum(self.after)

    @property
    def change(self) -> Decimal:
        """Baht after less baht before; a side without lines counts as nothing."""
        before, after = self.amounts
        return (after or Decimal(0)) - (before or Decimal(0))

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the values that differ between two matched lines."""
        if len(self.before) != 1 or len(self.after) != 1:
            return ()
        one, other = self.before[0], self.after[0]
        old = dict(one.facts)
        own = {
            "text": one.key != other.key,
            "path": one.path != other.path,
            "amount": one.amount != other.amount,
        }
        facts = [name for name, value in other.facts if old.get(name) != value]
        return (*(name for name, differs in own.items() if differs), *facts)


@dataclass
class _Work:
    """The lines of both sides that no step has taken yet, in their order; and the matches found."""

    before: dict[int, Item]
    after: dict[int, Item]
    found: list[Match] = field(default_factory=list)

    def take(self, how: How, before: Sequence[int], after: Sequence[int], score: int | None = None) -> None:
        olds, news = [self.before.pop(one) for one in before], [self.after.pop(one) for one in after]
        self.found.append(Match(how, tuple(olds), tuple(news), score))


def compare(
    before: Iterable[Item], after: Iterable[Item], *, ids_agree: bool, by_words: bool = True
) -> tuple[Match, ...]:
    """The lines of two sides matched; `ids_agree` says that both number their lines alike, `by_words` that
    other lines than those of one id may be the same.
    """
    work = _Work(dict(enumerate(before)), dict(enumerate(after)))
    if ids_agree:
        _by(work, How.ID, lambda item: (item.id,), _is_believed if by_words else _always)
    if by_words:
        _by_words(work)
    for one in list(work.before):
        work.take(How.GONE, [one], [])
    for one in list(work.after):
        work.take(How.NEW, [], [one])
    return tuple(work.found)


def _by_words(work: _Work) -> None:
    """Match what the published ids did not."""
    _by(work, How.PATH, lambda item: (*item.path, item.key))
    _by(work, How.MOVED, lambda item: (item.path[0], item.key))
    _renamed(work)
    _pieces(work, How.SPLIT)
    _pieces(work, How.MERGED)


def _always(one: Item, other: Item) -> bool:
    return True


def _is_believed(one: Item, other: Item) -> bool:
    return fuzz.ratio(one.key, other.key) >= SAME_ID_FROM


def _by(
    work: _Work,
    how: How,
    key: Callable[[Item], tuple[str, ...]],
    agree: Callable[[Item, Item], bool] = _always,
) -> None:
    """Match lines of one key: those of one amount first, the others in the order of their amounts."""
    olds, news = _grouped(work.before, key), _grouped(work.after, key)
    for name in olds.keys() & news.keys():
        for one, other in _aligned(work, olds[name], news[name]):
            if agree(work.before[one], work.after[other]):
                work.take(how, [one], [other])


def _grouped(
    items: dict[int, Item], key: Callable[[Item], tuple[str, ...]]
) -> dict[tuple[str, ...], list[int]]:
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, item in items.items():
        groups[key(item)].append(place)
    return groups


def _aligned(work: _Work, olds: list[int], news: list[int]) -> list[tuple[int, int]]:
    """Pairs of lines of one key."""
    waiting: dict[Decimal | None, list[int]] = defaultdict(list)
    for other in reversed(news):
        waiting[work.after[other].amount].append(other)
    pairs, rest = [], []
    for one in olds:
        same = waiting[work.before[one].amount]
        if same:
            pairs.append((one, same.pop()))
        else:
            rest.append(one)
    left = [other for others in waiting.values() for other in others]
    rest.sort(key=lambda one: (work.before[one].amount or 0, one))
    left.sort(key=lambda other: (work.after[other].amount or 0, other))
    return [*pairs, *zip(rest, left, strict=False)]


def _renamed(work: _Work) -> None:
    """Match lines on one path whose words are alike, the most alike first. Other numbers are other things."""
    olds, news = _grouped(work.before, lambda item: item.path), _grouped(work.after, lambda item: item.path)
    for path in olds.keys() & news.keys():
        pairs = sorted(_alike(work, olds[path], news[path]), reverse=True)
        for score, one, other in pairs:
            if one in work.before and other in work.after:
                work.take(How.RENAMED, [one], [other], int(score))


def _alike(work: _Work, olds: list[int], news: list[int]) -> list[tuple[float, int, int]]:
    keys = {other: work.after[other].key for other in news}
    found = []
    for one in olds:
        item = work.before[one]
        for _text, score, other in process.extract(
            item.key, keys, scorer=fuzz.ratio, score_cutoff=RENAMED_FROM, limit=5
        ):
            if _numbers(item.key) == _numbers(keys[other]) or item.amount == work.after[other].amount:
                found.append((score, one, other))
    return found


def _numbers(key: str) -> list[str]:
    return sorted(_NUMBER.findall(key))


def _pieces(work: _Work, how: How) -> None:
    """Match one line with several: `split` one before with several after, `merged` the other way round."""
    wholes, parts = (work.before, work.after) if how is How.SPLIT else (work.after, work.before)
    groups = _grouped(parts, lambda item: item.path)
    for one, whole in list(wholes.items()):
        near = [place for place in groups.get(whole.path, []) if place in parts]
        pieces = _pieces_of(whole, {place: parts[place] for place in near})
        if pieces:
            olds, news = ([one], pieces) if how is How.SPLIT else (pieces, [one])
            work.take(how, olds, news)


def _pieces_of(whole: Item, parts: dict[int, Item]) -> list[int]:
    """The lines that a whole is made of: their amounts add up to it exactly, or each begins with its
    words.
    """
    begins = [place for place, item in parts.items() if item.key.startswith(whole.key)]
    if 2 <= len(begins) <= MOST_PIECES:
        return begins
    like = [place for place, item in parts.items() if fuzz.token_set_ratio(whole.key, item.key) >= PIECE_FROM]
    if whole.amount is None or len(like) > 2 * MOST_PIECES:
        return []
    for number in range(2, min(len(like), MOST_PIECES) + 1):
        for some in combinations(like, number):
            if sum((parts[place].amount or Decimal(0) for place in some), Decimal(0)) == whole.amount:
                return list(some)
    return []


def _sum(items: Sequence[Item]) -> Decimal | None:
    known = [item.amount for item in items if item.amount is not None]
    return sum(known[1:], known[0]) if known else None

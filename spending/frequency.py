"""How often letters stand in the texts of a table, told from some of its rows that are kept in memory.

Which way is the quickest to the first rows that hold some letters depends on how many there are, and how
quickly the index finds them on how much of their steps it is asked for: it has a list of the rows of each run
of three steps, reads all lists of a question side by side, and those of one word name much the same rows.
Neither need be known well, but at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from time import monotonic
from typing import Any
from zlib import crc32

from django.db import models
from django.db.models import Max, Min

from . import signs, steps

SAMPLE = 4_000  # rows
KEPT = 600.0  # seconds: what is loaded meanwhile is much like what is there
LOOKED_AT = 50  # texts that have the steps, when the share of them is told that holds the letters
READING = 50  # rows in a list of the index that are passed as quickly as one row is read


@dataclass(frozen=True, slots=True)
class Sample:
    """The keys of some texts, in no order; of each run of steps a bit for each of them that has it; out of
    about how many they are.
    """

    keys: Sequence[str]
    runs: Mapping[str, int]
    of: int
    taken: float

    def having_steps(self, letters: str) -> float:
        """About how many texts of the table have the steps of some letters, two at least."""
        return self._told(self._of_steps(letters))

    def holding(self, letters: str) -> float:
        """About how many texts of the table hold some letters: those that have the steps, as far as the
        letters stand in the first of them.
        """
        having = self._of_steps(letters)
        looked_at = _first_places(having)
        part = signs.part(letters)
        found = sum(part in self.keys[place] for place in looked_at)
        return self._told(having) * found / max(len(looked_at), 1)

    def telling(self, part: str) -> str:
        """The right side of LIKE that finds the texts of some steps, or few more, by fewer runs of them: the
        rarest, then one by one those that leave the fewest, as long as each spares more than its list costs.
        """
        texts = list(map(self._having, steps.runs(part)))
        rarest = min(range(len(texts)), key=lambda place: texts[place].bit_count())
        asked, left = [rarest], texts[rarest]
        while len(asked) < len(texts):
            leaves = [((left & one).bit_count(), one.bit_count(), place) for place, one in enumerate(texts)]
            fewest, _all, place = min(one for one in leaves if one[2] not in asked)
            if (left.bit_count() - fewest) * READING <= texts[rarest].bit_count():
                break
            left &= texts[place]
            asked.append(place)
        return steps.like(part, sorted(asked))

    def _of_steps(self, letters: str) -> int:
        return reduce(and_, (reduce(or_, map(self._having, runs)) for runs in steps.runs_of(letters)))

    def _having(self, run: str) -> int:
        return self.runs.get(run, 0)

    def _told(self, texts: int) -> float:
        return texts.bit_count() * self.of / max(len(self.keys), 1)


_samples: dict[type[models.Model], Sample] = {}


def sample(model: type[models.Model]) -> Sample:
    """Rows that lie at equal distances in the table of a model that keeps `search_steps`."""
    known = _samples.get(model)
    if known is None or monotonic() - known.taken > KEPT:
        known = _samples[model] = _taken(model)
    return known


def _taken(model: type[models.Model]) -> Sample:
    ends = model._base_manager.aggregate(first=Min("pk"), last=Max("pk"))
    first, last = ends["first"] or 0, ends["last"] or 0
    step = (last - first) // SAMPLE + 1
    rows: Any = model._base_manager.filter(pk__in=range(first, last + 1, step))
    return sampled(rows.values_list("search_key", "search_steps"), step)


def sampled(rows: Iterable[tuple[str, str]], step: int = 1) -> Sample:
    """The sample of the keys and steps of some rows, each of which stands for so many."""
    texts = sorted(rows, key=lambda row: crc32(row[0].encode()))  # no longer like beside like
    runs: dict[str, int] = defaultdict(int)
    for place, (_key, own) in enumerate(texts):
        for run in steps.runs(own):
            runs[run] |= 1 << place
    return Sample([key.lower() for key, _own in texts], dict(runs), len(texts) * step, monotonic())


def _first_places(bits: int) -> list[int]:
    """The places of the first bits that are set, as many as are looked at."""
    written = f"{bits:b}"[::-1]
    found: list[int] = []
    place = written.find("1")
    while place >= 0 and len(found) < LOOKED_AT:
        found.append(place)
        place = written.find("1", place + 1)
    return found

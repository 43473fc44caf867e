"""How often letters stand in the texts of a table, told from some of its rows that are kept in memory.

Which way is the quickest to the first rows that hold some letters depends on how many there are, and how
quickly the index finds them on how much of their steps it is asked for: it has a list of the rows of each run
of three steps, reads all lists of a question side by side, and those of one word name much the same rows.
Neither need be known well, but at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from time import monotonic
from typing import Any

from django.db import models
from django.db.models import Max, Min

from . import steps

SAMPLE = 4_000  # rows
KEPT = 600.0  # seconds: what is loaded meanwhile is much like what is there
READING = 50  # rows in a list of the index that are passed as quickly as one row is read


@dataclass(frozen=True, slots=True)
class Sample:
    """Some texts: of each run of steps a bit for each of them that has it; of how many rows they are, and out
    of about how many.
    """

    runs: Mapping[str, int]
    rows: int
    of: int
    taken: float

    def expected(self, letters: str) -> float:
        """About how many texts of the table hold some letters, two at least."""
        having = (reduce(or_, map(self._having, runs)) for runs in steps.runs_of(letters))
        return reduce(and_, having).bit_count() * self.of / max(self.rows, 1)

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

    def _having(self, run: str) -> int:
        return self.runs.get(run, 0)


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
    texts = list(rows.values_list("search_steps", flat=True))
    return Sample(by_run(texts), len(texts), len(texts) * step, monotonic())


def by_run(texts: Iterable[str]) -> dict[str, int]:
    """Of each run of steps, a bit for each of some texts, given by their steps, that has it."""
    found: dict[str, int] = defaultdict(int)
    for number, text in enumerate(texts):
        for run in steps.runs(text):
            found[run] |= 1 << number
    return dict(found)

"""How often letters stand in the texts of a table, told from some of its rows that are kept in memory.

Which way is the quickest to the first rows that hold some letters depends on how many there are. It need not
be known well, but at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import models
from django.db.models import Max, Min

SAMPLE = 2_000  # rows
KEPT = 600.0  # seconds: what is loaded meanwhile is much like what is there


@dataclass(frozen=True, slots=True)
class Sample:
    """The keys of some texts, one behind the other: of how many rows, and out of about how many."""

    keys: str
    rows: int
    of: int
    taken: float

    def expected(self, signs: str) -> float:
        """About how many texts of the table hold the letters that are written with these signs."""
        return self.keys.count(signs) * self.of / max(self.rows, 1)


_samples: dict[type[models.Model], Sample] = {}


def sample(model: type[models.Model]) -> Sample:
    """Rows that lie at equal distances in the table of a model that keeps `search_key`."""
    known = _samples.get(model)
    if known is None or monotonic() - known.taken > KEPT:
        known = _samples[model] = _taken(model)
    return known


def _taken(model: type[models.Model]) -> Sample:
    ends = model._base_manager.aggregate(first=Min("pk"), last=Max("pk"))
    first, last = ends["first"] or 0, ends["last"] or 0
    step = (last - first) // SAMPLE + 1
    rows: Any = model._base_manager.filter(pk__in=range(first, last + 1, step))
    keys = [key.lower() for key in rows.values_list("search_key", flat=True)]
    return Sample("\n".join(keys), len(keys), len(keys) * step, monotonic())

"""The first rows of several editions in one order, each edition read by the index that has its rows in it.

The database keeps rows in order within an edition only. Asked for the largest of ten editions at once it
would read all rows of all ten; so each is asked for its own first, and the first of all are among those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import OrderBy

MOST_EDITIONS = 40  # asked one by one
FAR = 1_000  # rows, from the first, that are still merged; behind them all are sorted


@dataclass(frozen=True, slots=True)
class InOrder:
    """Rows of some editions in an order, as a list of which a part is taken. `order` names columns of the
    rows themselves; rows that are equal in all of it may stand either way.
    """

    rows: QuerySet[Any]
    editions: Sequence[int]
    order: tuple[OrderBy, ...]

    def __len__(self) -> int:
        return self.rows.filter(edition__in=self.editions).order_by().count()

    def __getitem__(self, part: slice) -> list[Any]:
        if len(self.editions) > MOST_EDITIONS or part.stop is None or part.stop > FAR:
            return list(self.rows.filter(edition__in=self.editions).order_by(*self.order)[part])
        found = [row for edition in self.editions for row in self._first(edition, part.stop)]
        if len(self.editions) > 1:
            for one in reversed(self.order):
                _sort(found, one)
        return found[part]

    def _first(self, edition: int, number: int) -> QuerySet[Any]:
        return self.rows.filter(edition=edition).order_by(*self.order)[:number]


def _sort(rows: list[Any], by: OrderBy) -> None:
    """Sort rows in place as the database does, those without a value last."""
    column: Any = by.expression
    value = attrgetter(column.name)
    known = [row for row in rows if value(row) is not None]
    known.sort(key=value, reverse=by.descending)
    rows[:] = [*known, *(row for row in rows if value(row) is None)]

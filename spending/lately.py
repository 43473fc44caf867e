"""What very frequent words find: the newest rows are read one after the other, and no index is asked.

An index finds rare words. A word that stands in every hundredth title it answers with fifty thousand rows,
all of them before the first. The newest rows, as they lie in the table, hold a page of such a word within a
few thousand; and how many of them answer says how many do among all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Count, Max, Min, Q, QuerySet, When

LOOKED = (3_000, 12_000)  # of the newest rows of an edition, when the share of those that answer is told
SURE = 100  # rows that answer, from which the share is known well: no more rows are looked at
GLANCED = 500  # of the newest rows, when it is enough that one answers


class Share(NamedTuple):
    """How many rows were looked at, and how many of them answer."""

    seen: int
    found: int

    def of(self, number: int) -> int:
        """How many of so many rows answer, if all are like those looked at; to as many digits as that is
        known: to two from SURE rows, to one from fewer.
        """
        expected = round(number * self.found / self.seen) if self.seen else 0
        return round(expected, (2 if self.found >= SURE else 1) - len(str(expected)))


def one_by_one(rows: QuerySet[Any], condition: Q) -> QuerySet[Any]:
    """The rows that answer a condition, which the database tries on each: said as a case, no index knows
    it.
    """
    answers = Case(When(condition, then=True), default=False, output_field=BooleanField())
    found: QuerySet[Any] = rows.alias(answers=answers).filter(answers=True)
    return found


def share(rows: QuerySet[Any], condition: Q, edition: int | None = None) -> Share:
    """How many of the newest rows of an edition, or of a table, answer a condition. More are looked at where
    few do.
    """
    found = Share(0, 0)
    for number in LOOKED:
        newest = _newest(rows, edition, number).order_by()
        found = Share(**newest.aggregate(seen=Count("pk"), found=Count("pk", filter=condition)))
        if found.found >= SURE:
            break
    return found


def answers_lately(rows: QuerySet[Any], condition: Q, last: int) -> bool:
    """Whether one of the rows loaded last answers a condition; `last` is the `last_key` of their model."""
    newest = rows.filter(pk__gt=last - GLANCED, pk__lte=last)
    found = one_by_one(newest, condition).order_by().values_list("pk")[:1]
    return next(iter(found), None) is not None


def last_key(model: Any) -> int:
    """The key of the row of a model that was loaded last; 0 where there is none."""
    last: int | None = model._base_manager.aggregate(last=Max("pk"))["last"]
    return last or 0


def newest_first(rows: QuerySet[Any], condition: Q, editions: Iterable[int], part: slice) -> list[int]:
    """The keys of a part of the rows that answer a condition: edition by edition as given, in each the row
    that was loaded last first. Edition is read behind edition until the part is full.
    """
    found: list[int] = []
    for edition in editions:
        left = part.stop - len(found)
        if left <= 0:
            break
        within = one_by_one(_newest(rows, edition), condition)
        found += within.order_by("-pk").values_list("pk", flat=True)[:left]
    return found[part]


def _newest(rows: QuerySet[Any], edition: int | None, number: int | None = None) -> QuerySet[Any]:
    """The rows of an edition, or of a table, all or so many of the last, between the first and the last key:
    so the database looks for them nowhere else.
    """
    of_it = {} if edition is None else {"edition": edition}
    ends = rows.model._base_manager.filter(**of_it).aggregate(first=Min("pk"), last=Max("pk"))
    first, last = ends["first"] or 0, ends["last"] or 0
    start = first if number is None else max(first, last - number + 1)
    return rows.filter(**of_it, pk__gte=start, pk__lte=last)

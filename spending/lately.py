"""What very frequent words find: the newest rows are read one after the other, and no index is asked.

An index finds rare words. A word that stands in every hundredth title it answers with fifty thousand rows,
all of them before the first. The newest rows, as they lie in the table, hold a page of such a word within a
few thousand; and how many of them answer says how many do among all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Count, Max, Min, Q, QuerySet, When

from .kept_readings import Answering, Question, summed
from .questions import Reading
from .statements import Hole, Planned, kept_rows

LOOKED = (3_000, 8_000)  # of the newest rows of an edition, when the share of those that answer is told
ENOUGH = 30  # rows that answer, from which no more rows are looked at
SURE = 100  # rows that answer, from which the share is known to two digits
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


def share(found: Answering, edition: int | None = None) -> Share:
    """How many of the newest rows of an edition, or of a table, answer. More are looked at where few do."""
    told = Share(0, 0)
    for number in LOOKED:
        counted = _of_the_newest(found, "share", _counted, edition, number)
        told = Share(*counted.rows(Planned.EITHER_WAY)[0])
        if told.found >= ENOUGH:
            break
    return told


def _counted(rows: QuerySet[Any], condition: Q) -> QuerySet[Any, Any]:
    return summed(rows, Count("pk"), Count("pk", filter=condition))


def answers_lately(found: Answering, last: int) -> bool:
    """Whether one of the rows loaded last answers; `last` is the `last_key` of their model."""

    def newest(facts: QuerySet[Any], condition: Q, _reading: Reading, start: Any, last: Any) -> Any:
        rows = one_by_one(facts.filter(pk__gt=start, pk__lte=last), condition)
        return rows.order_by().values_list("pk")[:1]

    asked = found.ask("answers lately", newest, start=last - GLANCED, last=last)
    return bool(asked.rows(Planned.EITHER_WAY))


def last_key(model: Any) -> int:
    """The key of the row of a model that was loaded last; 0 where there is none."""
    return _ends(model, None)[1]


def newest_first(found: Answering, editions: Iterable[int], part: slice) -> list[int]:
    """The keys of a part of the rows that answer: edition by edition as given, in each the row that was
    loaded last first. Edition is read behind edition until the part is full.
    """
    keys: list[int] = []
    for edition in editions:
        left = part.stop - len(keys)
        if left <= 0:
            break

        def newest(rows: QuerySet[Any], condition: Q, most: int = left) -> QuerySet[Any, Any]:
            return one_by_one(rows, condition).order_by("-pk").values_list("pk")[:most]

        asked = _of_the_newest(found, f"newest {left}", newest, edition)
        keys += [key for (key,) in asked.rows()]
    return keys[part]


def _of_the_newest(
    found: Answering,
    what: str,
    make: Callable[[QuerySet[Any], Q], QuerySet[Any, Any]],
    edition: int | None,
    number: int | None = None,
) -> Question:
    """A question about the rows of an edition, or of a table, all or so many of the last, between the first
    and the last key: so the database looks for them nowhere else.
    """
    first, last = _ends(found.model, edition)
    given = {"start": first if number is None else max(first, last - number + 1), "last": last}
    given |= {} if edition is None else {"edition": edition}

    def rows(
        facts: QuerySet[Any], condition: Q, _reading: Reading, start: Any, last: Any, **of_it: Any
    ) -> QuerySet[Any, Any]:
        return make(facts.filter(**of_it, pk__gte=start, pk__lte=last), condition)

    return found.ask(what, rows, **given)


def _ends(model: Any, edition: int | None) -> tuple[int, int]:
    """The first and the last key of an edition, or of a table; 0 where there is no row."""

    def ends() -> QuerySet[Any, Any]:
        of_it = {} if edition is None else {"edition": Hole("edition")}
        return summed(model._base_manager.filter(**of_it), Min("pk"), Max("pk"))

    ((first, last),) = kept_rows(("ends", model, edition is None), ends, edition=edition)
    return first or 0, last or 0

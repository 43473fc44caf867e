"""Statements of the database that differ in their values alone, made once and kept.

Django makes a statement of a question in some milliseconds, longer than the database takes to answer it. A
question whose conditions are the same whatever its values are is asked with holes in their place; what comes
out is kept by its shape, and the values are put into the holes each time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import count
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, Expression, Func, QuerySet
from django.db.models.expressions import Combinable
from psycopg.sql import Literal

MOST = 1_000  # shapes whose statements a process keeps
Row = tuple[Any, ...]


class Planned(Enum):
    """When the database plans a statement; the value is its own word for it."""

    AS_IT_LIKES = "auto"
    EITHER_WAY = ""  # as the one before, for the plan is the same
    ONCE = "force_generic_plan"  # for whatever values
    ANEW = "force_custom_plan"  # for the values, which decide the best plan


class Hole(Expression):
    """The place of a value that is given each time a statement is asked, by a name."""

    def __init__(self, name: Hashable) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def _resolve_output_field(self) -> None:
        """A hole has the kind of what it is compared with."""


class Made(NamedTuple):
    """The name of a hole for what is made of a text, which is known by its place in a question."""

    place: Hashable
    making: Callable[[str], Any]


class Typed(str):
    """A text that is only known when a statement is asked: its letters are those of the first time."""

    __slots__ = ("place",)
    place: Hashable

    @classmethod
    def at(cls, place: Hashable, text: str) -> Typed:
        typed = cls(text)
        typed.place = place
        return typed


def made_of(text: str, making: Callable[[str], Any]) -> Any:
    """What is made of a text; a hole for it where the text is only known when the statement is asked."""
    return Hole(Made(text.place, making)) if isinstance(text, Typed) else making(text)


class Expected(NamedTuple):
    """How many rows the database expects a query to find, and at what cost, in its own unit: of one page of
    a table that is read.
    """

    rows: int
    cost: float


def compared(column: Combinable, operator: str, hole: Combinable) -> Func:
    """The condition that a column stands to the value of a hole as an operator of the database says."""
    words = f"%(expressions)s{')' if operator.endswith('ANY') else ''}"
    joiner = f" {operator}{'(' if operator.endswith('ANY') else ' '}"
    return Func(column, hole, template=words, arg_joiner=joiner, output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in words, the names of its holes in their order, and how what it reads becomes Python's."""

    words: str
    holes: Sequence[Hashable]
    reads: Callable[[list[Row]], Iterable[Sequence[Any]]]

    @classmethod
    def of(cls, rows: QuerySet[Any, Row]) -> Statement:
        """The statement of a question."""
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        words, values = compiler.as_sql()
        holes = [value.name for value in values if isinstance(value, Hole)]
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        reads = partial(compiler.apply_converters, converters=converters) if converters else _as_they_are
        return cls(_with_literals(words, values), holes, reads)

    def rows(self, given: Mapping[Any, Any], planned: Planned = Planned.AS_IT_LIKES) -> list[Row]:
        """The rows under some values, by the names of the holes."""
        return [tuple(row) for row in self.reads(self._fetched(self.words, given, planned))]

    def is_answered(self, given: Mapping[Any, Any], planned: Planned = Planned.AS_IT_LIKES) -> bool:
        """Whether there is a row under some values. It is looked for as if all were wanted: told that one is
        enough, the database would read row by row where it expects many, and a whole table where is none.
        """
        words = f"WITH found AS MATERIALIZED ({self.words}) SELECT FROM found LIMIT 1"
        return bool(self._fetched(words, given, planned))

    def expected(self, given: Mapping[Any, Any]) -> Expected:
        """What the database expects of it under some values: at once, from samples of columns."""
        plan = self._fetched(f"EXPLAIN (FORMAT JSON) {self.words}", given, Planned.ANEW)[0][0]
        whole = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
        return Expected(whole["Plan Rows"], whole["Total Cost"])

    def _fetched(self, words: str, given: Mapping[Any, Any], planned: Planned) -> list[Row]:
        with kept_cursor(planned) as cursor:
            cursor.execute(words, [given[name] for name in self.holes])
            found: list[Row] = cursor.fetchall()
        return found


def kept_cursor(planned: Planned = Planned.AS_IT_LIKES) -> Any:
    """A cursor of statements with `$1` for their first value, which the server keeps as long as the
    connection, unless it plans them anew (`config.postgresql`).
    """
    backend: Any = connection
    return backend.kept_cursor(planned.value)


_kept: dict[Hashable, Sequence[Statement]] = {}


def statements(shape: Hashable, make: Callable[[], Iterable[QuerySet[Any, Row]]]) -> Sequence[Statement]:
    """The statements of a shape: those that are kept, else of the questions that are made with holes."""
    found = _kept.get(shape)
    if found is None:
        if len(_kept) >= MOST:
            _kept.clear()
        found = _kept[shape] = [Statement.of(question) for question in make()]
    return found


def kept_rows(shape: Hashable, make: Callable[[], QuerySet[Any, Row]], **given: Any) -> list[Row]:
    """The rows of a question that has holes for the values given, by their names; its plan is the same
    whatever these are.
    """
    (one,) = statements(shape, lambda: [make()])
    return one.rows(given, Planned.EITHER_WAY)


def _with_literals(words: str, values: Iterable[Any]) -> str:
    """The words of a statement, with `$1` for its first hole and so on; all that is no hole is written out,
    so that no type is guessed.
    """
    left, numbers = iter(values), count(1)

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        value = next(left)
        if isinstance(value, Hole):
            return f"${next(numbers)}"
        if isinstance(value, Typed):
            raise TypeError(f"the text at {value.place!r} has no hole in the statement")
        return str(Literal(value).as_string(connection.connection))

    return re.sub("%[%s]", written, words)


def _as_they_are(rows: list[Row]) -> list[Row]:
    return rows

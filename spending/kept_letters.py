"""Pages of the rows whose text holds some letters, read in their order by statements that are kept.

There are three ways to the first rows that hold some letters, and how many hold them says which is the
quickest. Where many do, the rows are read one by one until the page is full. Where few do, the index finds
them all. Between the two both would read thousands of rows to show fifty: there the index, which knows the
block of each row too, is asked block by block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from operator import itemgetter
from typing import Any

from django.db.models import BigIntegerField, Expression, F, QuerySet

from . import frequency, signs, steps
from .columns import Column
from .filters import Filter
from .kept_pages import can_be_kept, kind_of_order, with_holes
from .keyset import Order, Page, Place, cut, read, stretches, table
from .models.search import BLOCK_BITS, Block, within
from .resources import Resource
from .statements import Hole, Planned, Row, Statement, compared, statements
from .understanding import literally

FEW = 250  # rows that are expected to have the steps, up to which all are found
MANY = 0.02  # of the rows, from which they are read one by one


class Way(Enum):
    """How the first rows that hold some letters are come by."""

    ALL = "all that the index finds"
    BLOCKS = "block by block, what the index finds"
    ONE_BY_ONE = "one by one"
    PLANNED = "as the database plans it for these letters"


BY_INDEX = (Way.ALL, Way.BLOCKS)


def kept_page_of_letters(
    resource: Resource, query: Filter, columns: tuple[Column, ...], order: Order, cursor: str, size: int
) -> Page | None:
    """The page of the rows whose text holds the letters that `q` asks for, where these are what the question
    is understood to be: some row holds them, and nothing else was asked. None where that is not known here.
    """
    others = {name: value for name, value in query.values.items() if name != "q"}
    plain = query.with_values(others)
    letters = literally(query.values["q"])
    if letters is None or order.path or not can_be_kept(resource, plain):
        return None
    found_by = steps.pattern(letters)
    if found_by is None:
        return None
    place = read(cursor, order, kind_of_order(resource.name, "")) if cursor else None
    operator, pattern = found_by
    way = quickest(query.model, letters) if set(others) <= {"year"} else Way.PLANNED
    if operator == "LIKE" and way in BY_INDEX:
        pattern = frequency.sample(query.model).telling(pattern.strip("%"))
    shape = ("letters", way, resource.name, tuple(others), operator, place and place.backwards, size)
    given = {**others, "steps": pattern, "signs": signs.part(letters)}
    if place:
        given |= {"place": place.value, "key": place.key}
    (one,) = statements(shape, lambda: _keys(plain, operator, order, place, size, way))
    if way is Way.BLOCKS:
        one = _block_by_block(one, query.model._meta.db_table, place, size)
        given["block"] = place.key >> BLOCK_BITS if place else 0
    names = tuple(column.name for column in columns)
    (whole,) = statements(("keys", resource.name, names), lambda: [_of_keys(resource, columns)])
    whole = replace(whole, words=whole.words.replace("$1", f"ARRAY({one.words})"), holes=one.holes)
    rows = whole.rows(given, Planned.ANEW if way is Way.PLANNED else Planned.ONCE)
    if not rows:
        return None
    rows.sort(key=itemgetter(-1), reverse=place is not None and place.backwards)
    return cut(rows, place, order, size)


def quickest(model: Any, letters: str) -> Way:
    """The way to the first rows of a model whose texts hold some letters."""
    sample = frequency.sample(model)
    if sample.having_steps(letters) <= FEW:
        return Way.ALL
    return Way.ONE_BY_ONE if sample.holding(letters) > MANY * sample.of else Way.BLOCKS


class _OfBlock(Expression):
    """The number of the block that is looked into."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "block.number", []

    def _resolve_output_field(self) -> BigIntegerField[int, int]:
        return BigIntegerField()


def _keys(
    query: Filter, operator: str, order: Order, place: Place | None, size: int, way: Way
) -> Iterator[QuerySet[Any, Row]]:
    """The keys of the rows of the page and of one more, in their order; of one block, if by blocks."""
    lines = query.with_holes().lines()
    held: list[Any] = [
        compared(F("search_steps"), operator, Hole("steps")),
        within(F("search_key"), Hole("signs")),
    ]
    if way is Way.BLOCKS:
        held.append(compared(Block(F("pk")), "=", _OfBlock()))
    backwards = place is not None and place.backwards
    rows = order.sorts(lines.filter(*held), backwards=backwards, few=way in BY_INDEX)
    for stretch in stretches(lines, with_holes(place), order):
        yield rows.filter(stretch).values_list("pk")[: size + 1]


def _block_by_block(one: Statement, table_name: str, place: Place | None, size: int) -> Statement:
    """A statement of one block asked of the block of the place and of those behind it or, backwards, before
    it, until there are so many rows.
    """
    first = f"${len(one.holes) + 1}::bigint"
    blocks = f"generate_series({first}, (SELECT max(id) >> {BLOCK_BITS} FROM {table_name}))"
    if place and place.backwards:
        blocks = f"generate_series({first}, 0, -1)"
    words = (
        f"SELECT found.pk FROM {blocks} AS block (number) CROSS JOIN LATERAL ({one.words}) AS found "
        f"LIMIT {size + 1}"
    )
    return replace(one, words=words, holes=[*one.holes, "block"])


def _of_keys(resource: Resource, columns: tuple[Column, ...]) -> QuerySet[Any, Row]:
    lines = resource.filter.model.objects.filter(compared(F("pk"), "= ANY", Hole("keys")))
    return table(lines, [*map(resource.source, columns), F("pk")])

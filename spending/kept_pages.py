"""Pages of rows and single rows by statements that are kept, where these differ in their values alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from django.db.models import F, Field, QuerySet

from . import signs, steps
from .columns import Column
from .filters import Filter
from .keyset import Order, Page, Place, cut, field_of, read, stretches, table
from .models.search import within
from .resources import RESOURCES, Resource
from .statements import Hole, Row, compared, statements
from .understanding import literally


def can_be_kept(resource: Resource, query: Filter) -> bool:
    """Whether the pages of a query can be read so."""
    return resource.is_read_by_database and query.is_alike and query.editions is None


def kept_page(
    resource: Resource, query: Filter, columns: Sequence[Column], order: Order, cursor: str, size: int
) -> Page:
    """The page of `size` rows that a cursor asks for, the same that `keyset.page` reads. Raises BadCursor."""
    place = read(cursor, order, _kind(resource.name, order.path)) if cursor else None
    names = tuple(column.name for column in columns)
    behind = place and (place.value is None, place.backwards)
    shape = ("page", resource.name, tuple(query.values), names, order.name, behind, size)
    given = {**query.values, **({"place": place.value, "key": place.key} if place else {})}
    fetched: list[Row] = []
    for one in statements(shape, lambda: _stretches(resource, query, columns, order, place, size)):
        fetched += one.rows(given)
        if len(fetched) > size:
            break
    return cut(fetched[: size + 1], place, order, size)


def kept_page_of_letters(
    resource: Resource, query: Filter, columns: Sequence[Column], order: Order, cursor: str, size: int
) -> Page | None:
    """The page of the rows whose text holds the letters that `q` asks for, where these are what the question
    is understood to be: some row holds them, and nothing else was asked. None where that is not known here.

    Which way is quicker, by the index of the text or row by row in their order, depends on the letters: the
    keys of the rows are asked for by a statement planned anew, the rows by one that is kept.
    """
    others = {name: value for name, value in query.values.items() if name != "q"}
    plain = query.with_values(others)
    letters = literally(query.values["q"])
    if letters is None or order.path or not can_be_kept(resource, plain):
        return None
    found_by = steps.pattern(letters)
    if found_by is None:
        return None
    place = read(cursor, order, _kind(resource.name, "")) if cursor else None
    operator, pattern = found_by
    behind = place and place.backwards
    shape = ("letters", resource.name, tuple(others), operator, behind, size)
    given = {**others, "steps": pattern, "signs": signs.part(letters)}
    if place:
        given |= {"place": place.value, "key": place.key}
    (one,) = statements(shape, lambda: _keys_of_letters(plain, operator, order, place, size))
    keys = [key for (key,) in one.rows(given, planned_anew=True)]
    if not keys:
        return None
    names = tuple(column.name for column in columns)
    (one,) = statements(("keys", resource.name, names), lambda: [_of_keys(resource, columns)])
    found = {row[-1]: row for row in one.rows({"keys": keys})}
    rows = [found[key] for key in keys if key in found]  # a row may be withdrawn between the two
    return cut(rows, place, order, size)


def kept_row(resource: Resource, parts: Mapping[str, str], columns: Sequence[Column]) -> Row | None:
    """Some columns of the first row in which some columns, by their names, have these values; None where no
    row has. Only where `can_be_kept` with no parameters.
    """
    shape = ("row", resource.name, tuple(parts), tuple(column.name for column in columns))
    (one,) = statements(shape, lambda: [_first(resource, parts, columns)])
    return next(iter(one.rows(parts)), None)


def _stretches(
    resource: Resource,
    query: Filter,
    columns: Sequence[Column],
    order: Order,
    place: Place | None,
    size: int,
) -> Iterator[QuerySet[Any, Row]]:
    """The rows of the page and one more, stretch by stretch, with holes in the place of values."""
    lines = query.with_holes().lines()
    sources = [*map(resource.source, columns), F(order.path or "pk")]
    rows = table(order.sorts(lines, backwards=place is not None and place.backwards), sources)
    for stretch in stretches(lines, _with_holes(place), order):
        yield rows.filter(stretch)[: size + 1]


def _keys_of_letters(
    query: Filter, operator: str, order: Order, place: Place | None, size: int
) -> Iterator[QuerySet[Any, Row]]:
    """The keys of the rows of the page and of one more, in their order."""
    lines = query.with_holes().lines()
    held = (compared(F("search_steps"), operator, Hole("steps")), within(F("search_key"), Hole("signs")))
    rows = order.sorts(lines.filter(*held), backwards=place is not None and place.backwards)
    for stretch in stretches(lines, _with_holes(place), order):
        yield rows.filter(stretch).values_list("pk")[: size + 1]


def _of_keys(resource: Resource, columns: Sequence[Column]) -> QuerySet[Any, Row]:
    lines = resource.filter.model.objects.filter(compared(F("pk"), "= ANY", Hole("keys")))
    return table(lines, [*map(resource.source, columns), F("pk")])


def _with_holes(place: Place | None) -> Place | None:
    if place is None:
        return None
    key: Any = Hole("key")
    return replace(place, value=None if place.value is None else Hole("place"), key=key)


def _first(resource: Resource, parts: Mapping[str, str], columns: Sequence[Column]) -> QuerySet[Any, Row]:
    lines = resource.filter.unasked().order_by("pk")
    for name in parts:
        (column,) = resource.named((name,))
        lines = lines.annotate(**{f"named_{name}": resource.source(column)})
        lines = lines.filter(**{f"named_{name}": Hole(name)})
    return resource.table(lines, columns)[:1]


@cache
def _kind(resource: str, path: str) -> Field[Any, Any]:
    """The kind of value that rows of a resource are ordered by."""
    return field_of(RESOURCES[resource].filter.unasked(), path)

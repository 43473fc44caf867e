"""Pages of rows and single rows by statements that are kept, where these differ in their values alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from django.db.models import F, Field, QuerySet

from .columns import Column
from .filters import Filter
from .keyset import Order, Page, Place, cut, field_of, read, stretches, table
from .resources import RESOURCES, Resource
from .statements import Hole, Row, statements


def can_be_kept(resource: Resource, query: Filter) -> bool:
    """Whether the pages of a query can be read so."""
    return resource.is_read_by_database and query.is_alike and query.editions is None


def kept_page(
    resource: Resource, query: Filter, columns: Sequence[Column], order: Order, cursor: str, size: int
) -> Page:
    """The page of `size` rows that a cursor asks for, the same that `keyset.page` reads. Raises BadCursor."""
    place = read(cursor, order, kind_of_order(resource.name, order.path)) if cursor else None
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
    for stretch in stretches(lines, with_holes(place), order):
        yield rows.filter(stretch)[: size + 1]


def with_holes(place: Place | None) -> Place | None:
    """A place with holes for its values."""
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
def kind_of_order(resource: str, path: str) -> Field[Any, Any]:
    """The kind of value that rows of a resource are ordered by."""
    return field_of(RESOURCES[resource].filter.unasked(), path)

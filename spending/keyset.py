"""Pages that begin behind the last row seen, so that the thousandth costs what the first costs.

Rows stand in the order of one column, those without a value last, and equal ones in the order in which they
were loaded. A cursor holds the place of one row in that order; it is signed, so nobody need doubt it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import DateField, DecimalField, F, Field, IntegerField, Max, Min, Q, QuerySet

COMPARED_ALIKE = (DateField, DecimalField, IntegerField)  # kinds that Python sorts as the database does


class BadCursor(ValueError):
    """Raised if a cursor was not made by this site, or for another question or order."""


@dataclass(frozen=True, slots=True)
class Order:
    """By what rows are sorted: the name asked for (`-amount`), the path of the column, "" for none but the
    last. `question` is what else was asked, as a few letters: a cursor of one question is none of another.
    """

    name: str = ""
    path: str = ""
    question: str = ""

    @property
    def descending(self) -> bool:
        return self.name.startswith("-")

    def sorts(self, lines: QuerySet[Any], *, backwards: bool = False, few: bool = False) -> QuerySet[Any]:
        """The rows in this order. Where each has a value, nothing is said of rows without one, so that an
        index of the column can be read in its order. Of `few` all are found first and sorted: as a sum, the
        key is in the order of no index.
        """
        last = "-pk" if backwards else "pk"
        if not self.path and few:
            return lines.order_by((F("pk") + 0).desc() if backwards else (F("pk") + 0).asc())
        if not self.path:
            return lines.order_by(last)
        down = self.descending is not backwards
        nulls: dict[str, Any] = {"nulls_first": True} if backwards else {"nulls_last": True}
        nulls = nulls if may_be_empty(lines, self.path) else {}
        return lines.order_by(F(self.path).desc(**nulls) if down else F(self.path).asc(**nulls), last)


@dataclass(frozen=True, slots=True)
class Place:
    """A place between rows in an order: behind the one with this value and key or, backwards, before it."""

    order: Order
    value: Any
    key: int
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in their order, their keys, and the cursors of the pages beside them; None where there is no
    more.
    """

    rows: list[tuple[Any, ...]]
    keys: list[int]
    after: str | None
    before: str | None


def page(
    lines: QuerySet[Any],
    sources: Sequence[Any],
    order: Order,
    cursor: str,
    size: int,
    *,
    editions: Sequence[int] | None = None,
    few: bool = False,
) -> Page:
    """The page of `size` rows that a cursor asks for ("" for the first), as tuples of what the sources read.

    `editions` are those of the rows, ascending, where each has an index in the order asked for: rows are read
    edition by edition then. `few` where few rows answer, found by an index of their own. Raises BadCursor.
    """
    kind = field_of(lines, order.path)
    place = read(cursor, order, kind) if cursor else None
    backwards = place is not None and place.backwards
    last = order.path or ("pk" if editions is None else "edition_id")
    rows = table(order.sorts(lines, backwards=backwards, few=few), (*sources, F(last)))
    merged = editions if order.path and isinstance(kind, COMPARED_ALIKE) and "__" not in order.path else None
    fetched: list[tuple[Any, ...]] = []
    for stretch in stretches(lines, place, order, editions):
        left = size + 1 - len(fetched)
        found = rows.filter(stretch)
        fetched += _merged(found, merged, order, left, backwards) if merged else found[:left]
        if len(fetched) > size:
            break
    return cut(fetched, place, order, size)


def table(lines: QuerySet[Any], sources: Sequence[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    """Rows as tuples of what the sources read, their keys last."""
    named = {f"c{number}": source for number, source in enumerate((*sources, F("pk")))}
    read: QuerySet[Any, tuple[Any, ...]] = lines.annotate(**named).values_list(*named)
    return read


def cut(fetched: list[tuple[Any, ...]], place: Place | None, order: Order, size: int) -> Page:
    """The page of what was fetched: one row more than it shows, where there is one. The last two parts of a
    row are what it is ordered by and its key.
    """
    backwards = place is not None and place.backwards
    more, shown = len(fetched) > size, fetched[:size]
    if backwards:
        shown.reverse()
    has_after, has_before = (True, more) if backwards else (more, place is not None)
    return Page(
        rows=[row[:-2] for row in shown],
        keys=[row[-1] for row in shown],
        after=written(Place(order, shown[-1][-2], shown[-1][-1])) if shown and has_after else None,
        before=written(Place(order, shown[0][-2], shown[0][-1], True)) if shown and has_before else None,
    )


def stretches(
    lines: QuerySet[Any],
    place: Place | None,
    order: Order,
    editions: Sequence[int] | None = None,
) -> Iterable[Q]:
    """The conditions on rows behind a place or, backwards, before it, one behind the other as they are read.

    Each is a range of an index, which a condition with "or" between its columns would not be.
    """
    if not order.path:
        return [_behind(place)] if editions is None else _by_edition(lines.model, place, editions)
    if place is None:
        return [Q()]
    empty = Q(**{f"{order.path}__isnull": True})
    if place.value is None:
        return [empty & _behind(place), ~empty] if place.backwards else [empty & _behind(place)]
    sign = "lt" if order.descending is not place.backwards else "gt"
    from_here = Q(**{f"{order.path}__{sign}e": place.value})
    beyond = Q(**{f"{order.path}__{sign}": place.value}) | _behind(place)
    further = [from_here & beyond]
    is_last = place.backwards or not may_be_empty(lines, order.path)
    return further if is_last else [*further, empty]


def _behind(place: Place | None) -> Q:
    if place is None:
        return Q()
    return Q(pk__lt=place.key) if place.backwards else Q(pk__gt=place.key)


def _by_edition(model: Any, place: Place | None, editions: Sequence[int]) -> Iterator[Q]:
    """Rows as they were loaded: all of an edition, then all of the next."""
    if place is None:
        yield from (_within(model, edition) for edition in editions)
        return
    before = [edition for edition in editions if edition < place.value]
    others = before[::-1] if place.backwards else [edition for edition in editions if edition > place.value]
    yield _within(model, place.value) & _behind(place)
    yield from (_within(model, edition) for edition in others)


def _within(model: Any, edition: int) -> Q:
    """The rows of an edition, from its first to its last key: so the database looks for them nowhere else,
    and knows how many there are.
    """
    ends = model._base_manager.filter(edition=edition).aggregate(first=Min("pk"), last=Max("pk"))
    return Q(edition=edition, pk__gte=ends["first"] or 0, pk__lte=ends["last"] or 0)


def _merged(
    rows: QuerySet[Any], editions: Sequence[int], order: Order, number: int, backwards: bool
) -> list[tuple[Any, ...]]:
    """The first rows of an order, from the first of each edition."""
    found = [row for edition in editions for row in rows.filter(edition=edition)[:number]]
    found.sort(key=lambda row: row[-1], reverse=backwards)
    known = [row for row in found if row[-2] is not None]
    known.sort(key=lambda row: row[-2], reverse=order.descending is not backwards)
    empty = [row for row in found if row[-2] is None]
    return ([*empty, *known] if backwards else [*known, *empty])[:number]


def written(place: Place) -> str:
    """A place as a cursor."""
    value = place.value if place.value is None or isinstance(place.value, bool | int) else str(place.value)
    said = [place.order.question, place.order.name, value, place.key, int(place.backwards)]
    return _signer().sign_object(said)


def read(cursor: str, order: Order, kind: Field[Any, Any]) -> Place:
    """The place a cursor holds. Raises BadCursor."""
    try:
        question, name, value, key, backwards = _signer().unsign_object(cursor)
        if (question, name) != (order.question, order.name):
            raise BadCursor(cursor)
        return Place(order, None if value is None else kind.to_python(value), key, bool(backwards))
    except (BadSignature, ValueError, ValidationError) as error:
        raise BadCursor(cursor) from error


def may_be_empty(lines: QuerySet[Any], path: str) -> bool:
    """Whether a row may have no value at the end of a path."""
    model: Any = lines.model
    for step in path.split("__"):
        if step in lines.query.annotations:
            return True
        field = model._meta.get_field(step)
        if field.null:
            return True
        model = field.related_model
    return False


def _signer() -> Signer:
    return Signer(salt="spending.keyset")


def field_of(lines: QuerySet[Any], path: str) -> Field[Any, Any]:
    """The field at the end of a path, or the annotation of that name, by which rows are ordered."""
    if path in lines.query.annotations:
        annotated: Field[Any, Any] = lines.query.annotations[path].output_field
        return annotated
    model: Any = lines.model
    field: Any = model._meta.pk
    for step in path.split("__") if path else ():
        field = model._meta.get_field(step)
        model = field.related_model
    found: Field[Any, Any] = field
    return found

"""Questions about what was typed, as statements that are kept.

What is asked of a text differs from text to text in few ways: into how many words it is read, how many ways
there are to write each, whether names hold it. These are the shape of a reading; the letters are put into
holes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet, Value

from .matching import written_keys
from .models.search import Alike, Holds
from .questions import Reading, Term
from .romanised import is_province
from .signs import can_lose_marks
from .statements import Expected, Hole, Made, Planned, Row, Statement, Typed, statements

TOGETHER = "together"  # the place of the whole text of a reading
YEAR = "year of the reading"  # the name of the hole for it


class Among(NamedTuple):
    """Facts that are looked among. Those of one `shape` have the same conditions; None where no shape is
    known, and statements about them are not kept.
    """

    facts: QuerySet[Any]
    shape: Hashable = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a reading: `make` gives the rows for the reading and some values, by their names.
    It must give the same conditions for all readings of a shape; it is asked as it is where `shape` is None.
    """

    shape: Hashable
    make: Callable[..., QuerySet[Any, Any]]
    reading: Reading
    given: Mapping[str, Any] = field(default_factory=dict)

    def rows(self, planned: Planned = Planned.ANEW) -> list[Row]:
        if self.shape is None:
            return list(self._plainly())
        return self._kept().rows(_Values(self.reading, self.given), planned)

    def is_answered(self, planned: Planned = Planned.ANEW) -> bool:
        """Whether there is a row (`Statement.is_answered`)."""
        return self._at_once().is_answered(_Values(self.reading, self.given), planned)

    def expected(self) -> Expected:
        """What the database expects of it; nothing where no row can answer, and it is not asked."""
        try:
            return self._at_once().expected(_Values(self.reading, self.given))
        except EmptyResultSet:
            return Expected(0, 0)

    def _plainly(self) -> QuerySet[Any, Row]:
        return self.make(self.reading, **self.given)

    def _kept(self) -> Statement:
        shape = (self.shape, tuple(self.given), _shape(self.reading))
        holes = {name: Hole(name) for name in self.given}
        (one,) = statements(shape, lambda: [self.make(_with_holes(self.reading), **holes)])
        return one

    def _at_once(self) -> Statement:
        return self._kept() if self.shape is not None else Statement.of(self._plainly())


@dataclass(frozen=True, slots=True)
class Answering:
    """The facts that answer a reading: those of `among` under what `condition` makes of it."""

    among: Among
    reading: Reading
    condition: Callable[[Reading], Q]

    @property
    def model(self) -> Any:
        return self.among.facts.model

    def ask(self, what: str, make: Callable[..., QuerySet[Any, Any]], **given: Any) -> Question:
        """A question of some name: `make` gives its rows for the facts looked among, the condition on those
        that answer, the reading, and the values given.
        """

        def rows(reading: Reading, **values: Any) -> QuerySet[Any, Any]:
            return make(self.among.facts, self.condition(reading), reading, **values)

        shape = self.among.shape and (what, self.among.shape)
        return Question(shape, rows, self.reading, given)


def summed(rows: QuerySet[Any], *sums: Any) -> QuerySet[Any, Any]:
    """One row of sums over all of some rows."""
    all_of_them = rows.order_by().annotate(all_of_them=Value(1)).values("all_of_them")
    named = {f"sum_{number}": one for number, one in enumerate(sums)}
    found: QuerySet[Any, Any] = all_of_them.annotate(**named).values_list(*named)
    return found


class _Values(dict[Any, Any]):
    """What stands in the holes of a statement: values, and what is made of the texts of a reading."""

    def __init__(self, reading: Reading, given: Mapping[str, Any]) -> None:
        super().__init__(given)
        self.reading = reading

    def __missing__(self, name: Any) -> Any:
        if isinstance(name, Made):
            return name.making(self._text(name.place))
        if isinstance(name, _KeysOf):
            return written_keys(dict(self.reading.terms[name.term].names or ())[name.kind])
        if name == YEAR:
            return self.reading.year
        raise KeyError(name)

    def _text(self, place: Any) -> str:
        if place == TOGETHER:
            return self.reading.text
        term, needle = place
        return str(self.reading.terms[term].needles[needle])


class _KeysOf(NamedTuple):
    """The name of a hole for the keys of the names of a kind that hold a term, by its place."""

    term: int
    kind: str


def _shape(reading: Reading) -> Hashable:
    terms = tuple(
        (
            term.apart,
            None if term.names is None else tuple(kind for kind, _keys in term.names),
            tuple(_shape_of_needle(needle, reading) for needle in term.needles),
        )
        for term in reading.terms
    )
    return reading.how, reading.year is None, reading.marks_aside, terms


def _shape_of_needle(needle: str, reading: Reading) -> Hashable:
    is_alike = reading.marks_aside and can_lose_marks(needle)
    return is_alike, (Alike if is_alike else Holds).shape(needle), is_province(needle)


def _with_holes(reading: Reading) -> Reading:
    """The reading with holes in the place of all that its shape does not tell."""
    year: Any = None if reading.year is None else Hole(YEAR)
    terms = tuple(_term_with_holes(number, term) for number, term in enumerate(reading.terms))
    return replace(reading, terms=terms, year=year, corrected=Typed.at(TOGETHER, reading.text))


def _term_with_holes(number: int, term: Term) -> Term:
    needles = tuple(Typed.at((number, place), needle) for place, needle in enumerate(term.needles))
    names: Any = term.names and tuple((kind, Hole(_KeysOf(number, kind))) for kind, _keys in term.names)
    return replace(term, needles=needles, names=names)

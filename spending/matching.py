"""A reading of a question as a condition on rows, and the order in which found rows are shown.

A row answers with its own text: what a budget line says, what a project is called. Of several words, one must
stand there; the others may stand in the names above it: ministry, agency, plan, activity, category, province.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Case, F, IntegerField, Lookup, Model, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from .questions import How, Reading, Term
from .romanised import is_province
from .signs import can_lose_marks
from .statements import Hole, made_of

CONTEXT = ("ministry", "agency", "plan", "activity", "category", "buyer")
PROVINCE = "budget_province"


def condition(reading: Reading, model: type[Model]) -> Q:
    """Which rows of a model of facts answer a reading."""
    in_year = Q() if reading.year is None else Q(fiscal_year=reading.year)
    if not reading.terms:
        return in_year
    texts = [_any_needle(term, reading) for term in reading.terms]
    if reading.how in (How.LETTERS, How.ALIKE, How.SOME):
        return texts[0] & in_year
    above = [_in_names(term, reading, model) for term in reading.terms]
    must = [text for text, names in zip(texts, above, strict=True) if not names]
    may = [text | names for text, names in zip(texts, above, strict=True) if names]
    # The index answers what must stand in the text; where each word may stand in a name, one must not.
    in_text = reduce(and_, must) if must else reduce(or_, texts)
    return reduce(and_, may, in_text) & in_year


def named(reading: Reading) -> Q:
    """Which agencies, plans or activities answer a reading: those whose names hold all of it."""
    return reduce(and_, [_any_needle(term, reading) for term in reading.terms], Q())


def rank(reading: Reading, *, roughly: bool = False) -> Combinable:
    """How well a row's own text answers: as the text itself, words together, whole words, beginnings.

    `roughly`: by whole words alone, where so many rows answer that each comparison counts.
    """
    score: Combinable = Value(0)
    if roughly:
        for term in reading.terms:
            score += Case(*_worth_any(term, "word", 1), default=0, output_field=IntegerField())
        return score
    together = reading.text
    score += _worth(Q(search_key__is_text=together), 8) + _worth(Q(search_key__begins=together), 1)
    if len(reading.terms) > 1:
        score += _worth(Q(search_key__holds=together), 3)
    for term in reading.terms:
        whole = _worth_any(term, "word", 3)
        score += Case(*whole, *_worth_any(term, "begins_word", 1), default=0, output_field=IntegerField())
    return score


def _any_needle(term: Term, reading: Reading) -> Q:
    found = Q()
    for needle in term.needles:
        if term.apart:
            found |= Q(search_key__holds=needle) & Q(search_key__edges_word=needle)
        elif reading.marks_aside and can_lose_marks(needle):
            found |= Q(search_key__alike=needle)
        else:
            found |= Q(search_key__holds=needle)
    return found


def _in_names(term: Term, reading: Reading, model: type[Model]) -> Q:
    """Whether a name above the row holds the term; an empty condition where no name does."""
    columns = {field.name: field for field in model._meta.concrete_fields}
    found = Q()
    for name in CONTEXT:
        if name in columns:
            related: Any = columns[name].related_model
            if term.names is None:
                found |= Q(**{f"{name}__in": related.objects.filter(_any_needle(term, reading)).values("pk")})
            elif keys := dict(term.names).get(related._meta.model_name):
                found |= Q(_Among(F(f"{name}_id"), keys if isinstance(keys, Hole) else written_keys(keys)))
    if PROVINCE in columns and (provinces := [needle for needle in term.needles if is_province(needle)]):
        found |= Q(**{f"{PROVINCE}__in": [made_of(needle, str) for needle in provinces]})
    return found


def written_keys(keys: Iterable[int]) -> str:
    """Keys as one array of the database."""
    return "{" + ",".join(map(str, keys)) + "}"


class _Among(Lookup):
    """The row points to one of these keys, written as one array: of thousands, `in` would make as many
    values, each of them checked, hashed and written by itself.
    """

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", (*values, self.rhs)


def names_holding(reading: Reading, term: Term, kinds: Iterable[type[Model]]) -> QuerySet[Any, Any]:
    """Kind and key of the names that hold a term, in one query."""
    return _of_kinds(_any_needle(term, reading), kinds)


def names_answering(reading: Reading, kinds: Iterable[type[Model]]) -> QuerySet[Any, Any]:
    """Kind and key of the names that answer a reading, in one query."""
    return _of_kinds(named(reading), kinds)


def _of_kinds(asked: Q, kinds: Iterable[type[Model]]) -> QuerySet[Any, Any]:
    first, *others = [
        kind._default_manager.filter(asked)
        .order_by()
        .annotate(of=Value(kind._meta.model_name))
        .values_list("of", "pk")
        for kind in kinds
    ]
    rows: QuerySet[Any, Any] = first.union(*others, all=True)
    return rows


def _worth(one: Q, points: int) -> Case:
    return Case(When(one, then=points), default=0, output_field=IntegerField())


def _worth_any(term: Term, lookup: str, points: int) -> list[When]:
    return [When(Q(**{f"search_key__{lookup}": needle}), then=points) for needle in term.needles]

"""A reading of a question as a condition on rows, and the order in which found rows are shown.

A row answers with its own text: what a budget line says, what a project is called. Of several words, one must
stand there; the others may stand in the names above it: ministry, agency, plan, activity, category, province.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Case, IntegerField, Model, Q, Value, When
from django.db.models.expressions import Combinable

from .questions import How, Reading, Term
from .signs import can_lose_marks

CONTEXT = ("ministry", "agency", "plan", "activity", "category", "buyer")
PROVINCE = "budget_province"


def condition(reading: Reading, model: type[Model]) -> Q:
    """Which rows of a model of facts answer a reading."""
    in_year = Q() if reading.year is None else Q(fiscal_year=reading.year)
    if not reading.terms:
        return in_year
    texts = [_any_needle(term, reading.how) for term in reading.terms]
    if reading.how in (How.LETTERS, How.ALIKE, How.SOME):
        return texts[0] & in_year
    anywhere = [
        text | _in_names(term, reading.how, model) for term, text in zip(reading.terms, texts, strict=True)
    ]
    return reduce(or_, texts) & reduce(and_, anywhere) & in_year


def named(reading: Reading) -> Q:
    """Which agencies, plans or activities answer a reading: those whose names hold all of it."""
    return reduce(and_, [_any_needle(term, reading.how) for term in reading.terms], Q())


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


def _any_needle(term: Term, how: How) -> Q:
    found = Q()
    for needle in term.needles:
        if term.apart:
            found |= Q(search_key__holds=needle) & Q(search_key__edges_word=needle)
        elif how in (How.LETTERS, How.WORDS) or not can_lose_marks(needle):
            found |= Q(search_key__holds=needle)
        else:
            found |= Q(search_key__alike=needle)
    return found


def _in_names(term: Term, how: How, model: type[Model]) -> Q:
    """Whether a name above the row holds the term."""
    columns = {field.name: field for field in model._meta.concrete_fields}
    found = Q()
    for name in CONTEXT:
        if name in columns:
            related: Any = columns[name].related_model
            found |= Q(**{f"{name}__in": related.objects.filter(_any_needle(term, how)).values("pk")})
    if PROVINCE in columns:
        found |= Q(**{f"{PROVINCE}__in": term.needles})
    return found


def _worth(one: Q, points: int) -> Case:
    return Case(When(one, then=points), default=0, output_field=IntegerField())


def _worth_any(term: Term, lookup: str, points: int) -> list[When]:
    return [When(Q(**{f"search_key__{lookup}": needle}), then=points) for needle in term.needles]

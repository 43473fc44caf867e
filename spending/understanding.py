"""What a visitor probably means: the first way to read a question that finds something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Model, Q, QuerySet

from . import corrections, thai, vocabulary
from .kept_readings import Among, Answering, Question
from .lately import answers_lately, last_key
from .matching import condition, names_answering, names_holding
from .models import (
    Activity,
    Agency,
    Allocation,
    Buyer,
    Category,
    Edition,
    Plan,
    Project,
    ProjectDisbursement,
    Supplier,
)
from .questions import (
    SENTENCE_WORDS,
    How,
    Reading,
    Term,
    by_parts,
    is_word,
    question,
    readings,
    synonyms,
    without_year,
)
from .statements import Planned, kept_rows

FACTS = (Allocation, ProjectDisbursement, Project)
NAMES = (Agency, Plan, Activity, Supplier)
ABOVE_LINES = (Agency, Plan, Activity, Category)  # whose names stand above budget lines
ABOVE = (*ABOVE_LINES, Buyer)  # whose names stand above facts
MOST_PIECES = 24  # pieces of a question whose spelling is put right
UNLIKELY = 1.5  # cost by which a correction may exceed what was typed

Held = tuple[tuple[str, tuple[int, ...]], ...]  # names that hold a term: their keys by kind
Names = dict[tuple[tuple[str, ...], bool, bool], Held]  # the same by needles, `apart` and `marks_aside`


def understood(text: str, day: date | None = None, *, how: How | None = None) -> Reading:
    """The first way to read a question that finds something on `day` (None: now); as typed if none does.

    `how` asks for one way. Raises QuestionError if the text can't be looked for.
    """
    asked = question(text)
    every = all_readings(asked, day)
    first = next(every)
    if how is not None:
        return first if how is first.how else next((one for one in every if one.how is how), first)
    ends: dict[type[Model], int] = {}
    if finds(first, day, ends):
        return first
    return next((reading for reading in every if finds(reading, day, ends)), first)


def literally(text: str) -> str | None:
    """The letters of a question; None where these have other names too. A fact that holds them is what the
    question is understood to ask for.

    Raises QuestionError if the text can't be looked for.
    """
    first = next(readings(question(text), ()))
    needles = [needle for term in first.terms for needle in term.needles]
    return needles[0] if len(needles) == 1 else None


def wider(reading: Reading, text: str, day: date | None = None) -> list[Reading]:
    """The less literal ways to read a question, their names not yet asked for (`with_names`)."""
    every = list(readings(question(text), known_years(day)))
    plain = replace(reading, terms=tuple(replace(term, names=None) for term in reading.terms))
    return every[every.index(plain) + 1 :] if plain in every else []


def all_readings(asked: str, day: date | None) -> Iterator[Reading]:
    """Every way to read a normalised question: as typed, with words put right, with words missing."""
    years = known_years(day)
    rest, year = without_year(asked, years)
    known: Names = {}
    for reading in readings(asked, years):
        if reading.how is not How.PARTS or reading.marks_aside:
            yield with_names(reading, known)
            continue
        likelier, less_likely = spelled(rest, year)
        yield from (_together(one) for one in likelier + less_likely)
        yield from (with_names(one, known) for one in (*likelier, reading, *less_likely))
    yield from _some(replace(by_parts(rest), year=year), *spelled(rest, year))


def with_names(
    reading: Reading, known: Names | None = None, above: tuple[type[Model], ...] = ABOVE
) -> Reading:
    """The reading with the names that hold each of its terms, asked for once for all facts they stand above;
    `known` keeps them for the readings that follow.
    """
    if reading.how in (How.LETTERS, How.ALIKE):
        return reading
    known = {} if known is None else known
    terms = []
    for term in reading.terms:
        asked = (term.needles, term.apart, reading.marks_aside)
        if asked not in known:
            known[asked] = _names(reading, term, above)
        terms.append(replace(term, names=known[asked]))
    return replace(reading, terms=tuple(terms))


def _names(reading: Reading, term: Term, above: tuple[type[Model], ...]) -> Held:
    alone = replace(reading, terms=(replace(term, names=None),))
    asked = Question(("names holding", above), lambda one: names_holding(one, one.terms[0], above), alone)
    keys: dict[str, list[int]] = {}
    for kind, key in asked.rows(Planned.EITHER_WAY):
        keys.setdefault(kind, []).append(key)
    return tuple((kind, tuple(found)) for kind, found in keys.items())


def _together(reading: Reading) -> Reading:
    """The reading in which the corrected words must stand together, as they were typed."""
    return replace(reading, terms=(Term(reading.corrected, (reading.corrected,)),))


def _some(typed: Reading, likelier: list[Reading], less_likely: list[Reading]) -> Iterator[Reading]:
    """Readings in which only the rarest of the words is needed, of those that stand in some text."""
    for reading in (*(likelier + less_likely)[:1], typed):
        met = vocabulary.met([needle for term in reading.terms for needle in term.needles])
        found = [term for term in reading.terms if any(needle in met for needle in term.needles)]
        found.sort(key=lambda term: sum(met.get(needle, 0) for needle in term.needles))
        if found and len(reading.terms) > 1:
            yield replace(reading, how=How.SOME, terms=tuple(found))


def spelled(asked: str, year: int | None = None) -> tuple[list[Reading], list[Reading]]:
    """The question with its words put right: ways likelier than as it was typed, and less likely ones."""
    pieces = list(_pieces(asked))[:MOST_PIECES]
    plain = [piece.strip() for piece in pieces]
    known = vocabulary.met(plain).keys() | {
        piece for piece in plain if piece in SENTENCE_WORDS or synonyms(piece)
    }
    ways, left = corrections.ways(pieces, known, vocabulary.like)
    read = [(way.cost - left.cost, _corrected(way.words, year)) for way in ways]
    found = [(cost, reading) for cost, reading in read if reading.terms]
    likelier = [reading for cost, reading in found if cost < 0]
    return likelier, [reading for cost, reading in found if 0 <= cost <= UNLIKELY]


def _corrected(words: Sequence[str], year: int | None) -> Reading:
    read = by_parts(" ".join(words))
    return replace(read, how=How.SPELLING, year=year, corrected="".join(words).strip())


def _pieces(asked: str) -> Iterator[str]:
    """The words of a question, a blank before those that stood behind one."""
    blank = ""
    for piece in thai.words(asked):
        if is_word(piece):
            yield blank + piece
        blank = "" if is_word(piece) else " "


def known_years(day: date | None) -> frozenset[int]:
    """The fiscal years (Common Era) that some edition tells of on a day."""

    def years() -> QuerySet[Edition, tuple[int | None]]:
        return Edition.objects.known_on(day).order_by().values_list("fiscal_year").distinct()

    told = years() if day else kept_rows("known years", years)
    return frozenset(year for (year,) in told if year is not None)


def finds(reading: Reading, day: date | None = None, ends: dict[type[Model], int] | None = None) -> bool:
    """Whether a reading finds a fact or a name. `ends` keeps the last keys of facts for other readings."""
    if reading.terms:
        names = Question("names answering", lambda one: names_answering(one, NAMES), reading)
        if names.is_answered(Planned.EITHER_WAY):
            return True
    ends = {} if ends is None else ends
    return any(_some_row(model, reading, day, ends) for model in FACTS)


def _some_row(model: Any, reading: Reading, day: date | None, ends: dict[type[Model], int]) -> bool:
    """Whether a row answers: one of the newest, which are soon read; else the index is asked, which knows at
    once where none does.
    """
    if model not in ends:
        ends[model] = last_key(model)
    if not ends[model]:
        return False
    shape = (model._meta.model_name, "current") if day is None else None
    among = Among(model.objects.current(day), shape)
    found = Answering(among, reading, partial(condition, model=model))
    return answers_lately(found, ends[model]) or found.ask("some row", _keys).is_answered()


def _keys(facts: QuerySet[Any], answers: Q, _reading: Reading) -> QuerySet[Any, Any]:
    return facts.filter(answers).order_by().values_list("pk")

"""What a visitor probably means: the first way to read a question that finds something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from . import corrections, thai, vocabulary
from .matching import condition, named
from .models import Activity, Agency, Allocation, Edition, Plan, ProjectDisbursement
from .querysets import AllocationQuerySet
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

FACTS = (Allocation, ProjectDisbursement)
NAMES = (Agency, Plan, Activity)
MOST_PIECES = 24  # pieces of a question whose spelling is put right
UNLIKELY = 1.5  # cost by which a correction may exceed what was typed


def understood(text: str, day: date | None = None, *, how: How | None = None) -> Reading:
    """The first way to read a question that finds something on `day` (None: now); as typed if none does.

    `how` asks for one way. Raises QuestionError if the text can't be looked for.
    """
    asked = question(text)
    every = all_readings(asked, day)
    first = next(every)
    if how is not None:
        return first if how is first.how else next((one for one in every if one.how is how), first)
    if finds(first, day):
        return first
    return next((reading for reading in every if finds(reading, day)), first)


def wider(reading: Reading, text: str, day: date | None = None) -> list[Reading]:
    """The less literal ways to read a question."""
    every = list(readings(question(text), known_years(day)))
    return every[every.index(reading) + 1 :] if reading in every else []


def all_readings(asked: str, day: date | None) -> Iterator[Reading]:
    """Every way to read a normalised question: as typed, with words put right, with words missing."""
    years = known_years(day)
    rest, year = without_year(asked, years)
    for reading in readings(asked, years):
        if reading.how is not How.PARTS:
            yield reading
            continue
        likelier, less_likely = spelled(rest, year)
        yield from (_together(one) for one in likelier + less_likely)
        yield from (*likelier, reading, *less_likely)
        for one in (*(likelier + less_likely)[:1], reading):
            some = _some(one, day)
            if some is not None:
                yield some


def _together(reading: Reading) -> Reading:
    """The reading in which the corrected words must stand together, as they were typed."""
    return replace(reading, terms=(Term(reading.corrected, (reading.corrected,)),))


def _some(reading: Reading, day: date | None) -> Reading | None:
    """A reading in which only the rarest of its words is needed, of those that stand anywhere."""
    alone = [(replace(reading, terms=(term,)), term) for term in reading.terms]
    counted = [(_lines(one, day).count(), term) for one, term in alone]
    found = sorted(((count, term) for count, term in counted if count), key=lambda one: one[0])
    terms = tuple(term for _count, term in found)
    return replace(reading, how=How.SOME, terms=terms) if terms and len(reading.terms) > 1 else None


def spelled(asked: str, year: int | None = None) -> tuple[list[Reading], list[Reading]]:
    """The question with its words put right: ways likelier than as it was typed, and less likely ones."""
    pieces = list(_pieces(asked))[:MOST_PIECES]
    plain = [piece.strip() for piece in pieces]
    known = vocabulary.known(plain) | {piece for piece in plain if piece in SENTENCE_WORDS or synonyms(piece)}
    ways, left = corrections.ways(pieces, known, vocabulary.like)
    likelier = [_corrected(way.words, year) for way in ways if way.cost < left.cost]
    less_likely = [_corrected(way.words, year) for way in ways if 0 <= way.cost - left.cost <= UNLIKELY]
    return likelier, less_likely


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
    editions = Edition.objects.filter(pk__in=Edition.objects.answering(day))
    return frozenset(year for year in editions.values_list("fiscal_year", flat=True) if year is not None)


def finds(reading: Reading, day: date | None = None) -> bool:
    """Whether a reading finds a fact or a name."""
    if any(model.objects.filter(named(reading)).exists() for model in NAMES if reading.terms):
        return True
    return any(model.objects.current(day).filter(condition(reading, model)).exists() for model in FACTS)


def _lines(reading: Reading, day: date | None) -> AllocationQuerySet:
    lines: AllocationQuerySet = Allocation.objects.current(day)
    return lines.filter(condition(reading, Allocation))

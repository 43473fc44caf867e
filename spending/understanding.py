"""What a visitor probably means: the first way to read a question that finds something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from . import corrections, thai, vocabulary
from .matching import condition, named
from .models import Activity, Agency, Allocation, Edition, Plan, ProjectDisbursement
from .querysets import AllocationQuerySet
from .questions import How, Reading, by_parts, is_word, question, readings, without_year

FACTS = (Allocation, ProjectDisbursement)
NAMES = (Agency, Plan, Activity)
MOST_PIECES = 24  # pieces of a question whose spelling is put right


def understood(text: str, day: date | None = None) -> Reading:
    """The first way to read a question that finds something on `day` (None: now); as typed if none does.

    Raises QuestionError if the text can't be looked for.
    """
    asked = question(text)
    every = all_readings(asked, day)
    first = next(every)
    if finds(first, day):
        return first
    return next((reading for reading in every if finds(reading, day)), first)


def wider(reading: Reading, text: str, day: date | None = None) -> Reading | None:
    """The next, less literal way to read a question that finds budget lines; None if there is none."""
    every = list(readings(question(text), known_years(day)))
    behind = every[every.index(reading) + 1 :] if reading in every else []
    return next((one for one in behind if finds_lines(one, day)), None)


def all_readings(asked: str, day: date | None) -> Iterator[Reading]:
    """Every way to read a normalised question: as typed, with words put right, with words missing."""
    years = known_years(day)
    yield from readings(asked, years)
    rest, year = without_year(asked, years)
    put_right = [replace(reading, year=year) for reading in spelled(rest)]
    yield from put_right
    for reading in (*put_right[:1], replace(by_parts(rest), year=year)):
        some = _some(reading, day)
        if some is not None:
            yield some


def _some(reading: Reading, day: date | None) -> Reading | None:
    """A reading in which only the rarest of its words is needed; None where some word stands nowhere."""
    alone = [(replace(reading, terms=(term,)), term) for term in reading.terms]
    counted = [(_lines(one, day).count(), term) for one, term in alone]
    if len(counted) < 2 or min(count for count, _term in counted) == 0:
        return None
    return replace(
        reading, how=How.SOME, terms=tuple(term for _count, term in sorted(counted, key=lambda c: c[0]))
    )


def spelled(asked: str) -> Iterator[Reading]:
    """The question with its words put right, the likeliest way first."""
    pieces = list(_pieces(asked))[:MOST_PIECES]
    known = vocabulary.known([piece.strip() for piece in pieces])
    for words in corrections.ways(pieces, known, vocabulary.like):
        read = by_parts(" ".join(words))
        yield replace(read, how=How.SPELLING, corrected="".join(words).strip())


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


def finds_lines(reading: Reading, day: date | None = None) -> bool:
    """Whether a reading finds a budget line."""
    return _lines(reading, day).exists()


def _lines(reading: Reading, day: date | None) -> AllocationQuerySet:
    lines: AllocationQuerySet = Allocation.objects.current(day)
    return lines.filter(condition(reading, Allocation))

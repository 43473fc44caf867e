"""Searching all that is published: agencies, plans, outputs and projects, budget lines, paid projects.

`search()` answers a page. The same question as a filter, for sums, breakdowns and downloads, is
`lines.matching(understood(text))`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import Any

from .filters import AllocationFilter, Filter, ProjectDisbursementFilter
from .found import (
    BEGINNING,
    MANY,
    NOTHING,
    Group,
    Hit,
    Kind,
    facts_found,
    lines_found,
    names_found,
    projects_found,
)
from .kept_readings import Among
from .models import Allocation, Project, ProjectDisbursement
from .patience import TooSlow, within
from .purchases_found import purchases_found
from .questions import How, QuestionError, Reading, question, without_year
from .understanding import ABOVE_LINES, known_years, spelled, understood, wider, with_names

PAGE = 20  # lines shown at a time
NAMES = 8  # names of one kind shown
BEST = 10  # records of all kinds shown first
BEST_NAMES = 4  # of them names that are, or begin with, what was asked
FEW = 3  # lines so few that another spelling is looked for; names so few that they stand first
MANY_MORE = 10  # times as many lines that another spelling must find to be offered
OF_PROJECTS = ("year", "ministry", "agency", "as_of")  # what also narrows paid projects
NO_CONDITION = ("q", "how", "by", "measure")  # parameters of a query that say nothing of single facts
PATIENCE = 5_000  # milliseconds that one statement of a search may take


class Problem(Enum):
    """Why a text was not looked for."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"  # fewer than two letters
    TOO_LONG = "too_long"  # more than questions.LONGEST letters
    TOO_SLOW = "too_slow"  # it took longer than PATIENCE


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another question that would find more, and how many budget lines it finds."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a question.

    `reading` says how the question was read: which year, which places, what was corrected. `lines` are the
    budget lines under the filters given, with count and sum of all of them. `more` are the lines of a less
    literal reading, `wider`, with those lines among them; its hits fill the page. `best` are the first
    records of all kinds. With a `problem` all is empty.
    """

    text: str
    problem: Problem | None = None
    reading: Reading | None = None
    wider: Reading | None = None
    names: dict[Kind, Group] = field(default_factory=dict)
    lines: Group = NOTHING
    more: Group = NOTHING
    projects: Group = NOTHING
    bought: dict[Kind, Group] = field(default_factory=dict)
    best: tuple[Hit, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def is_empty(self) -> bool:
        groups = [*self.names.values(), self.lines, self.more, self.projects, *self.bought.values()]
        return not any(group.count for group in groups)


def search(
    text: str,
    *,
    lines: Among | None = None,
    projects: Among | None = None,
    purchases: Among | None = None,
    day: date | None = None,
    year: int | None = None,
    how: How | None = None,
    start: int = 0,
    size: int = PAGE,
) -> Results:
    """Look for what a visitor typed, whatever it is; never raises for its sake.

    `lines`, `projects` and `purchases` are the facts to look among, filtered as the page asks (None: all that
    answer on `day`); `year` (Common Era) is the one the page asks for, None for all. `how` asks for one way
    to read the text (None: the first that finds something). `start` skips lines, projects and purchases.
    """
    lines = lines or _every(Allocation, day)
    projects = projects or _every(ProjectDisbursement, day)
    purchases = purchases or Among(Project.objects.current(day).counted())
    try:
        with within(PATIENCE):
            reading = understood(text, day, how=how)
            found = _answer(text, reading, lines, projects, day, slice(start, start + size))
            return _with_purchases(found, purchases, day, year, start, size)
    except QuestionError as error:
        return Results(text, Problem(error.reason.value))
    except TooSlow:
        return Results(text, Problem.TOO_SLOW)


def _every(model: Any, day: date | None) -> Among:
    return Among(model.objects.current(day), None if day else (model._meta.model_name, ()))


def among(query: Filter) -> Among:
    """The facts under a query, without the words that it looks for."""
    plain = query.with_values({name: query.values[name] for name in query.values if name not in NO_CONDITION})
    shape = (plain.model._meta.model_name, tuple(plain.values.items())) if plain.is_alike else None
    return Among(plain.lines(), shape)


def paid_projects_under(query: AllocationFilter) -> Among:
    """The paid projects under a query on budget lines; none where it asks for what only these have."""
    texts = {name: value for name, value in query.texts.items() if name in OF_PROJECTS}
    if set(query.texts) - set(texts) - {"how"}:
        return Among(ProjectDisbursement.objects.none())
    return among(ProjectDisbursementFilter(texts))


def _answer(
    text: str,
    reading: Reading,
    lines: Among,
    projects: Among,
    day: date | None,
    shown: slice,
) -> Results:
    results = Results(
        text,
        reading=reading,
        names=names_found(reading, day, size=NAMES),
        lines=_lines(lines, reading, shown),
        projects=_projects(projects, reading, shown),
    )
    if shown.start == 0 and results.lines.count <= MANY:
        results = _with_wider(results, lines, day, shown.stop)
    if shown.start == 0 and results.lines.count <= FEW and reading.how is How.LETTERS:
        results = replace(results, suggestions=_suggestions(text, results, lines, day))
    return results


def _with_purchases(
    results: Results,
    purchases: Among,
    day: date | None,
    year: int | None,
    start: int,
    size: int,
) -> Results:
    """The results with purchases, suppliers and departments, and with the records to show first."""
    assert results.reading is not None
    bought = purchases_found(purchases, results.reading, day, year=year, start=start, size=size, names=NAMES)
    results = replace(results, bought=bought)
    return replace(results, best=tuple(islice(_best(results), BEST)))


def _lines(lines: Among, reading: Reading, shown: slice) -> Group:
    count, amount = facts_found(lines, reading, "amount")
    hits = lines_found(lines, reading, count=count, start=shown.start, size=shown.stop - shown.start)
    return Group(count, amount, hits)


def _projects(projects: Among, reading: Reading, shown: slice) -> Group:
    count, amount = facts_found(projects, reading, "budgeted")
    hits = projects_found(projects, reading, count=count, start=shown.start, size=shown.stop - shown.start)
    return Group(count, amount, hits)


def _with_wider(results: Results, lines: Among, day: date | None, size: int) -> Results:
    """The results with what the next less literal reading finds beyond them.

    Lines whose marks were lost are always worth a look; other readings where the page is not full.
    """
    assert results.reading is not None
    for plain in wider(results.reading, results.text, day):
        if plain.how is not How.ALIKE and results.lines.count >= size:
            break
        behind = with_names(plain, above=ABOVE_LINES)
        count, amount = facts_found(lines, behind, "amount")
        if count > results.lines.count:
            shown = [hit.code for hit in results.lines.hits]
            hits = lines_found(lines, behind, count=count, size=size - len(shown), but=shown)
            return replace(results, wider=behind, more=Group(count, amount, hits))
    return results


def _suggestions(text: str, results: Results, lines: Among, day: date | None) -> tuple[Suggestion, ...]:
    """Other spellings that find many more lines than the one that was typed."""
    likelier, less_likely = spelled(*without_year(question(text), known_years(day)))
    least = MANY_MORE * max(1, results.lines.count, results.more.count)
    found = []
    for other in likelier + less_likely:
        count, _amount = facts_found(lines, other, "amount")
        if count >= least:
            found.append(Suggestion(other.corrected, count))
    return tuple(found[:1])


def _best(results: Results) -> Iterator[Hit]:
    """The records to show first: names that were asked for, lines, what else there is."""
    assert results.reading is not None
    several = len(results.reading.terms) > 1
    rare = {kind for kind, group in results.names.items() if several and group.count <= FEW}
    names = [hit for group in results.names.values() for hit in group.hits]
    names.sort(key=lambda hit: (-hit.strength, -(hit.amount or Decimal(0))))
    asked_for = [hit for hit in names if hit.strength >= BEGINNING or hit.kind in rare][:BEST_NAMES]
    yield from asked_for
    yield from results.lines.hits[: BEST - len(asked_for)]
    yield from (hit for hit in names if hit not in asked_for)
    yield from results.more.hits
    yield from results.projects.hits
    for group in results.bought.values():
        yield from group.hits

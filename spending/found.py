"""What a search finds: names, budget lines and paid projects, as values that a page can show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, F, Q, QuerySet, Sum

from . import thai
from .fiscal import ARABIC_DIGITS
from .kept_readings import Among, Answering, Question, summed
from .matching import condition, named, rank
from .models import Activity, Agency, AllocationTotal, Plan
from .questions import Reading
from .statements import Hole, Planned, Row, Statement, compared, kept_rows

EXACT, BEGINNING, WORD, WITHIN = 4, 3, 2, 1  # how well a name answers
MANY = 20_000  # facts found so many that they are ranked roughly
FEW = 2_000  # facts expected so few that they are all found before a page of them is shown
OF_BODIES = ("fiscal_year", "ministry__name", "ministry__code", "agency__name", "agency__code")
LINE = ("item_id", "description", "amount", *OF_BODIES)
PROJECT = ("project_code", "name", "budgeted", *OF_BODIES, "budget_province")
AGENCY = ("pk", "code", "name", "name_en", "kind", "ministry__name", "ministry__code")


class Kind(Enum):
    """What sort of record was found; the value is its name in addresses."""

    AGENCY = "agency"
    PLAN = "plan"
    ACTIVITY = "activity"
    LINE = "line"
    PROJECT = "project"
    PURCHASE = "purchase"
    SUPPLIER = "supplier"
    BUYER = "buyer"


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found.

    `code` is its published code, id or name; `name` what is shown of it, with `spans` (start, end) of the
    letters that were looked for. `amount` is in baht, None where nothing is known; `year` is Common Era.
    `strength` says how well a name answers (EXACT to WITHIN), 0 for facts.
    """

    kind: Kind
    code: str
    name: str
    spans: tuple[tuple[int, int], ...]
    amount: Decimal | None
    year: int | None = None
    name_en: str = ""
    ministry: str = ""
    ministry_code: str = ""
    agency: str = ""
    agency_code: str = ""
    place: str = ""
    strength: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one kind: how many there are in all, the sum of their amounts (baht), and some of them.

    `amount` is None for names: their sums overlap. `about` says that there are so many that they were not
    counted: the count is then an estimate, and the newest stand first, not the best.
    """

    count: int
    amount: Decimal | None
    hits: tuple[Hit, ...]
    about: bool = False


NOTHING = Group(0, None, ())


def estimated(rows: QuerySet[Any, Any]) -> int:
    """How many rows the database expects a query to find."""
    try:
        return Statement.of(rows.order_by()).expected({}).rows
    except EmptyResultSet:  # no row can answer, so the database is not asked
        return 0


def are_few(rows: QuerySet[Any, Any]) -> bool:
    """Whether the database expects so few rows that sorting them is quicker than reading a table in order."""
    return estimated(rows.values_list("pk")) <= FEW


def facts_found(among: Among, reading: Reading, measure: str) -> tuple[int, Decimal]:
    """How many facts answer a reading, and the sum of their amounts in baht."""

    def sums(facts: QuerySet[Any], answers: Q, _reading: Reading) -> QuerySet[Any, Any]:
        return summed(facts.filter(answers), Count("pk"), Sum(measure))

    told = answering(among, reading).ask(f"sum of {measure}", sums).rows()
    count, amount = told[0] if told else (0, None)  # there is no row where none can answer
    return count, amount or Decimal(0)


def answering(among: Among, reading: Reading) -> Answering:
    """The facts that answer a reading with their own text."""
    return Answering(among, reading, partial(condition, model=among.facts.model))


def lines_found(
    among: Among,
    reading: Reading,
    *,
    count: int,
    start: int = 0,
    size: int,
    but: Iterable[str] = (),
) -> tuple[Hit, ...]:
    """Of the `count` budget lines that answer a reading some, best first.

    Equals stand in the order of their amounts, then of their published ids.
    """
    shown = slice(start, start + size)
    rows = _ranked(among, reading, count, ("-amount", "item_id"), shown, LINE, list(but))
    return tuple(_of_budget(Kind.LINE, row, reading) for row in rows)


def projects_found(
    among: Among, reading: Reading, *, count: int, start: int = 0, size: int
) -> tuple[Hit, ...]:
    """Of the `count` paid projects that answer a reading some, best first."""
    shown = slice(start, start + size)
    rows = _ranked(among, reading, count, ("-budgeted", "project_code"), shown, PROJECT)
    return tuple(_of_budget(Kind.PROJECT, row, reading) for row in rows)


def _ranked(
    among: Among,
    reading: Reading,
    count: int,
    order: tuple[str, ...],
    shown: slice,
    columns: Sequence[str],
    but: Sequence[str] = (),
) -> list[Row]:
    """Columns of facts that answer a reading, in their order; only those shown are read whole, so sorting is
    small. `but` are the published ids of lines left out.
    """
    if count <= shown.start or shown.start == shown.stop:
        return []
    roughly = count > MANY

    def keys(facts: QuerySet[Any], answers: Q, reading: Reading, **left: Any) -> Any:
        found = facts.filter(answers).annotate(rank=rank(reading, roughly=roughly))
        if left:
            found = found.exclude(compared(F("item_id"), "= ANY", left["out"]))
        return found.order_by("-rank", *order, "pk").values_list("pk")[shown]

    out = {"out": but} if but else {}
    asked = answering(among, reading).ask(f"ranked {roughly} {shown.start} {shown.stop}", keys, **out)
    return of_keys(among.facts.model, [key for (key,) in asked.rows()], columns)


def of_keys(model: Any, keys: Sequence[int], columns: Sequence[str]) -> list[Row]:
    """Columns of the rows of some keys, in the order of the keys."""
    if not keys:
        return []

    def rows() -> QuerySet[Any, Row]:
        found: QuerySet[Any, Row] = model._default_manager.filter(compared(F("pk"), "= ANY", Hole("keys")))
        return found.order_by().values_list("pk", *columns)

    found = {key: row for key, *row in kept_rows(("of keys", model, columns), rows, keys=keys)}
    return [tuple(found[key]) for key in keys]


def names_found(reading: Reading, day: date | None, *, size: int) -> dict[Kind, Group]:
    """Agencies, plans, outputs and projects whose names answer a reading; amounts are of the budget lines."""
    if not reading.terms:
        return dict.fromkeys((Kind.AGENCY, Kind.PLAN, Kind.ACTIVITY), NOTHING)
    reading = reading.with_synonyms
    return {
        Kind.AGENCY: _agencies(reading, day, size),
        Kind.PLAN: _names(Kind.PLAN, Plan, "plan", reading, day, size),
        Kind.ACTIVITY: _names(Kind.ACTIVITY, Activity, "activity", reading, day, size),
    }


def _agencies(reading: Reading, day: date | None, size: int) -> Group:
    found = _so_called(Agency, reading, AGENCY)
    sums = _sums("agency", [row[0] for row in found], reading, day)
    sums |= _sums("ministry", [row[0] for row in found if row[4] == Agency.Kind.MINISTRY], reading, day)
    hits = [
        Hit(
            Kind.AGENCY,
            code,
            name,
            spans(name, reading),
            sums.get(key),
            name_en=name_en,
            ministry=ministry or "",
            ministry_code=ministry_code or "",
            strength=max(strength(name, reading), strength(name_en, reading)),
        )
        for key, code, name, name_en, _kind, ministry, ministry_code in found
    ]
    return _best(hits, size)


def _names(
    kind: Kind, model: type[Plan] | type[Activity], column: str, reading: Reading, day: date | None, size: int
) -> Group:
    found = _so_called(model, reading, ("pk", "name"))
    sums = _sums(column, [key for key, _name in found], reading, day)
    hits = [
        Hit(kind, name, name, spans(name, reading), sums.get(key), strength=strength(name, reading))
        for key, name in found
    ]
    return _best(hits, size)


def _so_called(model: Any, reading: Reading, columns: Sequence[str]) -> list[Row]:
    """Columns of the names of a kind that hold all of a reading."""

    def names(reading: Reading) -> QuerySet[Any, Row]:
        found: QuerySet[Any, Row] = model._default_manager.filter(named(reading)).order_by()
        return found.values_list(*columns)

    return Question(("so called", model), names, reading).rows(Planned.EITHER_WAY)


def _sums(column: str, keys: Sequence[int], reading: Reading, day: date | None) -> dict[int, Decimal]:
    """Sums of the budget lines of some names, by key, from the totals beside the lines."""
    if not keys:
        return {}

    def sums(reading: Reading, keys: Any) -> Any:
        totals = AllocationTotal.objects.current(day).filter(compared(F(column), "= ANY", keys))
        if reading.year is not None:
            totals = totals.in_year(reading.year)
        return totals.order_by().values_list(column).annotate(Sum("amount"))

    shape = ("sums by", column) if day is None else None
    return dict(Question(shape, sums, reading.of_year, {"keys": keys}).rows(Planned.EITHER_WAY))


def _best(hits: list[Hit], size: int) -> Group:
    ranked = sorted(hits, key=lambda hit: (-hit.strength, -(hit.amount or Decimal(0)), hit.code))
    return Group(len(hits), None, tuple(ranked[:size]))


def _of_budget(kind: Kind, row: Row, reading: Reading) -> Hit:
    """What was found of a budget line or a paid project, of the columns of `LINE` or `PROJECT`."""
    code, text, amount, year, ministry, ministry_code, agency, agency_code, *place = row
    return Hit(
        kind,
        code,
        text,
        spans(text, reading),
        amount,
        year=year,
        ministry=ministry,
        ministry_code=ministry_code,
        agency=agency,
        agency_code=agency_code,
        place=place[0] if place else "",
    )


def strength(name: str, reading: Reading) -> int:
    """How well a name answers: it is what was asked, begins with it, holds it as words, or somewhere."""
    plain = _close(thai.normalised(name))
    said = [reading.text, *("".join(term.needles[number] for term in reading.terms) for number in (0, -1))]
    if len(reading.terms) == 1:
        said += reading.terms[0].needles
    asked = {_close(text) for text in said}
    if plain in asked:
        return EXACT
    if any(plain.startswith(text) for text in asked):
        return BEGINNING
    words = thai.words(thai.normalised(name))
    return WORD if all(any(n in words for n in term.needles) for term in reading.terms) else WITHIN


def _close(text: str) -> str:
    return text.replace(" ", "")


def spans(text: str, reading: Reading) -> tuple[tuple[int, int], ...]:
    """Where the letters looked for stand in a published text, as (start, end), in order, none overlapping."""
    needles = sorted({needle for term in reading.terms for needle in term.needles}, key=len, reverse=True)
    if not needles:
        return ()
    pattern = "|".join("".join(_LOOSE.get(letter) or re.escape(letter) for letter in one) for one in needles)
    return tuple(found.span() for found in re.finditer(pattern, text, re.IGNORECASE))


_LOOSE = {" ": r"\s+", "ำ": "(?:ำ|ํา)", "แ": "(?:แ|เเ)"} | {
    chr(arabic): f"[{chr(arabic)}{chr(thai_digit)}]" for arabic, thai_digit in ARABIC_DIGITS.items()
}
"""How a letter of a normalised text may stand in the published one."""

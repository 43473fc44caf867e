"""What a search finds: names, budget lines and paid projects, as values that a page can show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, Sum

from . import thai
from .fiscal import ARABIC_DIGITS
from .matching import condition, named, rank
from .models import Activity, Agency, Allocation, AllocationTotal, Plan, ProjectDisbursement
from .questions import Reading

EXACT, BEGINNING, WORD, WITHIN = 4, 3, 2, 1  # how well a name answers
MANY = 20_000  # facts found so many that they are ranked roughly
FEW = 2_000  # facts expected so few that they are all found before a page of them is shown


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


class Expected(NamedTuple):
    """How many rows the database expects a query to find, and at what cost, in its own unit: of one page of
    a table that is read.
    """

    rows: int
    cost: float


def expectation(rows: QuerySet[Any, Any]) -> Expected:
    """What the database expects of a query: at once, from samples of its columns."""
    plan = rows.order_by().explain(format="json")
    if not plan:  # no row can answer, so the database was not asked
        return Expected(0, 0)
    whole = json.loads(plan)[0]["Plan"]
    return Expected(whole["Plan Rows"], whole["Total Cost"])


def estimated(rows: QuerySet[Any, Any]) -> int:
    """How many rows the database expects a query to find."""
    return expectation(rows).rows


def are_few(rows: QuerySet[Any, Any]) -> bool:
    """Whether the database expects so few rows that sorting them is quicker than reading a table in order."""
    return estimated(rows.values("pk")) <= FEW


def facts_found(facts: QuerySet[Any], reading: Reading, measure: str) -> tuple[int, Decimal]:
    """How many facts answer a reading, and the sum of their amounts in baht."""
    answering = facts.filter(condition(reading, facts.model)).order_by()
    summed = answering.aggregate(count=Count("pk"), sum=Sum(measure))
    return summed["count"], summed["sum"] or Decimal(0)


def lines_found(
    lines: QuerySet[Allocation],
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
    found = lines.exclude(item_id__in=list(but))
    rows = _ranked(found, reading, count, ("-amount", "item_id"), slice(start, start + size))
    return tuple(_line(line, reading) for line in rows)


def projects_found(
    projects: QuerySet[ProjectDisbursement], reading: Reading, *, count: int, start: int = 0, size: int
) -> tuple[Hit, ...]:
    """Of the `count` paid projects that answer a reading some, best first."""
    rows = _ranked(projects, reading, count, ("-budgeted", "project_code"), slice(start, start + size))
    return tuple(_project(project, reading) for project in rows)


def _ranked(
    facts: QuerySet[Any], reading: Reading, count: int, order: tuple[str, ...], shown: slice
) -> list[Any]:
    """Facts that answer a reading, in their order; only those shown are read whole, so sorting is small."""
    if count <= shown.start:
        return []
    ranked = (
        facts.filter(condition(reading, facts.model))
        .annotate(rank=rank(reading, roughly=count > MANY))
        .order_by("-rank", *order, "pk")
    )
    keys = list(ranked.values_list("pk", flat=True)[shown])
    rows = facts.model._default_manager.select_related("ministry", "agency").in_bulk(keys)
    return [rows[key] for key in keys]


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
    found = list(Agency.objects.filter(named(reading)).select_related("ministry"))
    sums = _sums("agency", [a.pk for a in found], reading, day)
    sums |= _sums("ministry", [a.pk for a in found if a.kind == Agency.Kind.MINISTRY], reading, day)
    hits = [
        Hit(
            Kind.AGENCY,
            agency.code,
            agency.name,
            spans(agency.name, reading),
            sums.get(agency.pk),
            name_en=agency.name_en,
            ministry=agency.ministry.name if agency.ministry else "",
            ministry_code=agency.ministry.code if agency.ministry else "",
            strength=max(strength(agency.name, reading), strength(agency.name_en, reading)),
        )
        for agency in found
    ]
    return _best(hits, size)


def _names(
    kind: Kind, model: type[Plan] | type[Activity], column: str, reading: Reading, day: date | None, size: int
) -> Group:
    found: list[Any] = list(model._default_manager.filter(named(reading)))
    sums = _sums(column, [one.pk for one in found], reading, day)
    hits = [
        Hit(
            kind,
            one.name,
            one.name,
            spans(one.name, reading),
            sums.get(one.pk),
            strength=strength(one.name, reading),
        )
        for one in found
    ]
    return _best(hits, size)


def _sums(column: str, keys: Sequence[int], reading: Reading, day: date | None) -> dict[int, Decimal]:
    """Sums of the budget lines of some names, by key, from the totals beside the lines."""
    totals = AllocationTotal.objects.current(day).filter(**{f"{column}__in": keys})
    if reading.year is not None:
        totals = totals.in_year(reading.year)
    return dict(totals.values_list(column).annotate(Sum("amount")))


def _best(hits: list[Hit], size: int) -> Group:
    ranked = sorted(hits, key=lambda hit: (-hit.strength, -(hit.amount or Decimal(0)), hit.code))
    return Group(len(hits), None, tuple(ranked[:size]))


def _line(line: Any, reading: Reading) -> Hit:
    return Hit(
        Kind.LINE,
        line.item_id,
        line.description,
        spans(line.description, reading),
        line.amount,
        year=line.fiscal_year,
        ministry=line.ministry.name,
        ministry_code=line.ministry.code,
        agency=line.agency.name,
        agency_code=line.agency.code,
    )


def _project(project: Any, reading: Reading) -> Hit:
    return Hit(
        Kind.PROJECT,
        project.project_code,
        project.name,
        spans(project.name, reading),
        project.budgeted,
        year=project.fiscal_year,
        ministry=project.ministry.name,
        ministry_code=project.ministry.code,
        agency=project.agency.name,
        agency_code=project.agency.code,
        place=project.budget_province,
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

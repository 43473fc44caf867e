"""What each source says of an agency's money in a year, at each station from parliament to payment.

A station is where money is counted: allotted, after transfers, contracted, disbursed. A `Figure` is what one
source says of one agency and year at one station; sources are never added to each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from django.db.models import F, Max, Q, Sum

from . import crosswalk
from .models import (
    AllocationTotal,
    ContractBuyerTotal,
    Disbursement,
    ListedBody,
    LocalBudget,
    ProjectBuyerTotal,
    ProjectDisbursement,
    ReferenceTotal,
)
from .models.classification import PATH_SEPARATOR
from .purses import CUTS

SALARIES = "งบบุคลากร"
Scheme = ListedBody.Scheme


class Station(StrEnum):
    """Where money is counted on its way, in the order of the way."""

    ALLOTTED = "allotted"
    AFTER_TRANSFER = "after_transfer"
    CONTRACTED = "contracted"
    DISBURSED = "disbursed"


class Source(StrEnum):
    """Who counts it; of two for one station the first named here speaks, the other stands beside it."""

    ORDINANCE = "act_local_budgets"  # what a local council granted
    LAMPHUN = "lamphun_pao_budgets"  # the same of one provincial administration, with what became of it
    BOOK = "budget_book"
    REPORT = "cgd_weekly"
    CONTRACTS = "egp_contracts"
    HISTORY = "mof_history"
    PROJECTS = "bbgfproject"
    AGREED = "egp_projects"  # agreed prices of projects, where files hold no contracts
    AGENCIES = "cgd_weekly_agencies"  # a ministry's agencies added up, in their own cut of the report


@dataclass(frozen=True, slots=True)
class Figure:
    """What one source says at one station, in baht, up to `as_of`.

    `within` are amounts contained in it that explain differences, by cause; `bodies` are the codes under
    which its rows were loaded.
    """

    station: Station
    source: Source
    amount: Decimal
    as_of: date
    bodies: tuple[str, ...] = ()
    within: Mapping[str, Decimal] = field(default_factory=dict)


Key: TypeAlias = tuple[int, int]  # agency and fiscal year (Common Era)
Figures: TypeAlias = dict[Key, list[Figure]]
Sums: TypeAlias = dict[Key, tuple[list[str], dict[str, Any]]]  # codes of the rows, and what they add up to


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures: of some agencies (None: of all), of a year (None: of each), as known on a day."""

    agencies: Collection[int] | None = None
    year: int | None = None
    day: date | None = None

    def facts(self, model: Any) -> Any:
        facts = model.objects.current(self.day).order_by()
        return facts if self.year is None else facts.in_year(self.year)


class _Reading:
    """What is read: the facts asked for, and under which agency the rows of each scheme stand."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.moved = crosswalk.under()

    def sums(
        self, facts: Any, sums: Mapping[str, Any], agency: str, ministry: str = "", scheme: str = ""
    ) -> Sums:
        """Facts summed by the agency they stand under and by its ministry, and year, in one query.

        `agency` and `ministry` are paths; without a ministry, sums of agencies alone.
        """
        moved = self.moved.get(scheme, {})
        paths = [path for path in (agency, ministry) if path]
        names = [name for path in paths for name in (path, f"{path}__code")]
        groups = self._only(facts, paths, moved).values(*names, "fiscal_year")
        found: Sums = {}
        for row in groups.annotate(as_of=Max("edition__as_of"), **_named(sums)):
            year = row["fiscal_year"]
            values = {name: row[name] for name in ("as_of", *_named(sums))}
            own = moved.get(row[agency], row[agency])
            _add(found, (own, year), row[f"{agency}__code"], values)
            if ministry and row[ministry] != own:
                _add(found, (row[ministry], year), row[f"{ministry}__code"], values)
        return {key: found[key] for key in found if key[0] is not None}

    def _only(self, facts: Any, paths: list[str], moved: dict[int, int | None]) -> Any:
        """The facts that stand under the agencies asked for."""
        wanted = self.asked.agencies
        if wanted is None:
            return facts
        bodies = {*wanted, *(body for body, agency in moved.items() if agency in wanted)}
        under = Q(pk=None)
        for path in paths:
            under |= Q(**{f"{path}__in": bodies})
        return facts.filter(under)


def figures(asked: Asked) -> Figures:
    """The figures of all sources, by agency and year, in the order in which sources speak."""
    reading = _Reading(asked)
    found: Figures = defaultdict(list)
    for source in (_local, _book, _report, _contracts, _history, _projects, _agreed, _agencies):
        for key, figure in source(reading):
            if asked.agencies is None or key[0] in asked.agencies:
                found[key].append(figure)
    return dict(found)


def _add(found: Sums, key: tuple[int | None, int], code: str, values: Mapping[str, Any]) -> None:
    """Add a group of rows to what is known of an agency and year; unknown amounts are left out."""
    codes, sums = found.setdefault(key, ([], {}))  # type: ignore[arg-type]
    if code not in codes:
        codes.append(code)
    for name, value in values.items():
        known = sums.get(name)
        if value is None or known is None:
            sums[name] = known if value is None else value
        else:
            sums[name] = max(known, value) if name == "as_of" else known + value


def _local(reading: _Reading) -> Iterator[tuple[Key, Figure]]:
    """The budgets of local bodies, which are their own: the book's subsidies are another cut of them."""
    moved = F("increased") - F("decreased")
    sums = {
        "approved": Sum("approved"),
        "after_transfer": Sum(F("approved") + moved),
        "disbursed": Sum("disbursed"),
        "ordered": Sum("committed"),
        "transferred": Sum(-1 * moved),
        "not_bought": Sum("approved", filter=Q(budget_type=SALARIES)),
        "salaries": Sum(F("approved") + moved, filter=Q(budget_type=SALARIES)),
    }
    for source in (Source.ORDINANCE, Source.LAMPHUN):
        facts = reading.asked.facts(LocalBudget).filter(edition__dataset=source)
        found = reading.sums(facts, sums, "body")
        within = ("not_bought", "transferred")
        yield from _told(found, Station.ALLOTTED, source, "approved", within=within)
        for _codes, row in found.values():
            row["sum_not_bought"] = row["sum_salaries"]
        within = ("not_bought", "ordered")
        yield from _told(found, Station.AFTER_TRANSFER, source, "after_transfer", within=within)
        yield from _told(found, Station.DISBURSED, source, "disbursed")


def _book(reading: _Reading) -> Iterator[tuple[Key, Figure]]:
    salaries = Q(category__path=SALARIES) | Q(category__path__startswith=SALARIES + PATH_SEPARATOR)
    sums = {"amount": Sum("amount"), "not_bought": Sum("amount", filter=salaries)}
    facts = reading.asked.facts(AllocationTotal)
    found = reading.sums(facts, sums, "agency", "ministry", Scheme.BUDGET)
    yield from _told(found, Station.ALLOTTED, Source.BOOK, "amount", within=("not_bought",))


def _report(reading: _Reading) -> Iterator[tuple[Key, Figure]]:
    facts = reading.asked.facts(Disbursement).exclude(agency=None).filter(_principal())
    measures = ("allotted", "after_transfer", "disbursed")
    sums = {name: Sum(name) for name in measures} | {"ordered": Sum("committed")}
    found = reading.sums(facts, sums, "agency", scheme=Scheme.CGD)
    for station in (Station.ALLOTTED, Station.AFTER_TRANSFER, Station.DISBURSED):
        within = ("ordered",) if station is Station.AFTER_TRANSFER else ()
        yield from _told(found, station, Source.REPORT, station, within=within)


def _principal() -> Q:
    """Each body in the cut of its kind: cuts overlap and are never added."""
    found = Q(pk=None)
    for kind, cuts in CUTS.items():
        found |= Q(agency__kind=kind, cut=cuts[0])
    return found


def _agencies(reading: _Reading) -> Iterator[tuple[Key, Figure]]:
    cut = reading.asked.facts(Disbursement).in_cut(Disbursement.Cut.AGENCY).exclude(agency__ministry=None)
    sums = {name: Sum(name) for name in ("after_transfer", "disbursed")}
    found = reading.sums(cut, sums, "agency__ministry")
    for station in (Station.AFTER_TRANSFER, Station.DISBURSED):
        yield from _told(found, station, Source.AGENCIES, station)


def _contracts(reading: _Reading) -> Iterator[tuple[Key, Figure]]:
    found = _bought(reading, ContractBuyerTotal, amount="amount", carried_over="carried_over")
    yield from _told(found, Station.CONTRACTED, Source.CONTRACTS, "amount", within=("carried_over",))


def _agreed(reading: _Reading) -> Iterator[tuple[Key, Figure]]:
    found = _bought(reading, ProjectBuyerTotal, amount="agreed_price")
    yield from _told(found, Station.CONTRACTED, Source.AGREED, "amount")


def _bought(reading: _Reading, totals: Any, **measures: str) -> Sums:
    """Purchases of the departments that are an agency, or stand under a ministry."""
    joined = reading.asked.facts(totals).exclude(buyer__agency=None)
    sums = {name: Sum(measure) for name, measure in measures.items()}
    return reading.sums(joined, sums, "buyer__agency", "buyer__agency__ministry")


def _history(reading: _Reading) -> Iterator[tuple[Key, Figure]]:
    measures = ReferenceTotal.Measure
    sums = {
        "act": Sum("amount", filter=Q(measure=measures.ACT)),
        "paid": Sum("amount", filter=Q(measure=measures.PAID)),
    }
    facts = reading.asked.facts(ReferenceTotal).of_bodies().exclude(agency=None)
    found = reading.sums(facts, sums, "agency", scheme=Scheme.BUDGET)
    yield from _told(found, Station.ALLOTTED, Source.HISTORY, "act")
    yield from _told(found, Station.DISBURSED, Source.HISTORY, "paid")


def _projects(reading: _Reading) -> Iterator[tuple[Key, Figure]]:
    sums = {
        "budgeted": Sum("budgeted"),
        "disbursed": Sum("disbursed"),
        "unpaid": Sum("budgeted", filter=Q(disbursed=None)),
        "unplanned": Sum("disbursed", filter=Q(budgeted=None)),
    }
    facts = reading.asked.facts(ProjectDisbursement)
    found = reading.sums(facts, sums, "agency", "ministry", Scheme.BUDGET)
    for _codes, row in found.values():
        row["sum_not_covered"] = row["sum_unpaid"]
    yield from _told(found, Station.ALLOTTED, Source.PROJECTS, "budgeted", within=("not_covered",))
    for _codes, row in found.values():
        row["sum_not_covered"] = row["sum_unplanned"]
    yield from _told(found, Station.DISBURSED, Source.PROJECTS, "disbursed", within=("not_covered",))


def _told(
    found: Sums, station: Station, source: Source, measure: str, *, within: tuple[str, ...] = ()
) -> Iterator[tuple[Key, Figure]]:
    """Sums as figures of one station; nothing where the measure is unknown."""
    for key, (codes, row) in found.items():
        amount = row[f"sum_{measure}"]
        if amount is not None:
            inner = {name: row[f"sum_{name}"] for name in within if row.get(f"sum_{name}")}
            yield key, Figure(station, source, amount, row["as_of"], tuple(codes), inner)


def _named(sums: Mapping[str, Any]) -> dict[str, Any]:
    """Sums under names that no column has."""
    return {f"sum_{name}": summed for name, summed in sums.items()}

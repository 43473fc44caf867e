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

from django.db.models import Max, Q, QuerySet, Sum

from . import crosswalk
from .fiscal import first_day
from .models import (
    AllocationTotal,
    Contract,
    ContractTotal,
    Disbursement,
    ListedBody,
    ProjectDisbursement,
    ProjectTotal,
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


def figures(asked: Asked) -> Figures:
    """The figures of all sources, by agency and year, in the order in which sources speak."""
    found: Figures = defaultdict(list)
    for source in (_book, _report, _contracts, _history, _projects, _agreed, _agencies):
        for key, figure in source(asked):
            if asked.agencies is None or key[0] in asked.agencies:
                found[key].append(figure)
    return dict(found)


class _Under:
    """Under which agency the rows of a scheme are read, and the codes of the rows read under each."""

    def __init__(self, asked: Asked, scheme: str) -> None:
        self.moved = crosswalk.under(scheme)
        self.asked = asked

    def only(self, facts: QuerySet[Any], path: str) -> QuerySet[Any]:
        """The facts that stand under the agencies asked for."""
        if self.asked.agencies is None:
            return facts
        moved = {body for body, agency in self.moved.items() if agency in self.asked.agencies}
        return facts.filter(**{f"{path}__in": {*self.asked.agencies, *moved}})

    def agency(self, body: int) -> int | None:
        return self.moved.get(body, body)


def _gathered(rows: Iterator[tuple[Key, str, dict[str, Any]]]) -> Sums:
    """Rows of the same agency and year as one: amounts added, unknown ones left out, the newest date."""
    found: Sums = {}
    for key, code, values in rows:
        codes, sums = found.setdefault(key, ([], {}))
        codes.append(code)
        for name, value in values.items():
            known = sums.get(name)
            if value is None or known is None:
                sums[name] = known if value is None else value
            else:
                sums[name] = max(known, value) if name == "as_of" else known + value
    return found


def _rows(asked: Asked, scheme: str, facts: Any, body: str, **sums: Any) -> Sums:
    """Facts summed by the agency they are read under, and year."""
    under = _Under(asked, scheme)

    def told() -> Iterator[tuple[Key, str, dict[str, Any]]]:
        groups = under.only(facts, body).values(body, f"{body}__code", "fiscal_year")
        for row in groups.annotate(as_of=Max("edition__as_of"), **sums):
            agency = under.agency(row.pop(body))
            code, year = row.pop(f"{body}__code"), row.pop("fiscal_year")
            if agency is not None:
                yield (agency, year), code, row

    return _gathered(told())


def _by_body(asked: Asked, scheme: str, facts: Any, **sums: Any) -> dict[Key, Any]:
    """The sums of agencies, and of ministries with all that stands under them."""
    own = _rows(asked, scheme, facts, "agency", **sums)
    return own | _rows(asked, scheme, facts, "ministry", **sums)


def _book(asked: Asked) -> Iterator[tuple[Key, Figure]]:
    salaries = Q(category__path=SALARIES) | Q(category__path__startswith=SALARIES + PATH_SEPARATOR)
    sums = {"amount": Sum("amount"), "salaries": Sum("amount", filter=salaries)}
    for key, (codes, row) in _by_body(
        asked, Scheme.BUDGET, asked.facts(AllocationTotal), **_named(sums)
    ).items():
        within = {"not_bought": row["sum_salaries"]} if row["sum_salaries"] else {}
        yield (
            key,
            Figure(Station.ALLOTTED, Source.BOOK, row["sum_amount"], row["as_of"], tuple(codes), within),
        )


def _report(asked: Asked) -> Iterator[tuple[Key, Figure]]:
    facts = asked.facts(Disbursement).exclude(agency=None).filter(_principal())
    measures = ("allotted", "after_transfer", "committed", "disbursed")
    sums = _named({name: Sum(name) for name in measures})
    for key, (codes, row) in _rows(asked, Scheme.CGD, facts, "agency", **sums).items():
        ordered = {"ordered": row["sum_committed"]} if row["sum_committed"] else {}
        for station in (Station.ALLOTTED, Station.AFTER_TRANSFER, Station.DISBURSED):
            amount = row[f"sum_{station}"]
            within = ordered if station is Station.AFTER_TRANSFER else {}
            if amount is not None:
                yield key, Figure(station, Source.REPORT, amount, row["as_of"], tuple(codes), within)


def _principal() -> Q:
    """Each body in the cut of its kind: cuts overlap and are never added."""
    found = Q(pk=None)
    for kind, cuts in CUTS.items():
        found |= Q(agency__kind=kind, cut=cuts[0])
    return found


def _agencies(asked: Asked) -> Iterator[tuple[Key, Figure]]:
    facts = asked.facts(Disbursement).in_cut(Disbursement.Cut.AGENCY).exclude(agency__ministry=None)
    sums = _named({"after_transfer": Sum("after_transfer"), "disbursed": Sum("disbursed")})
    for key, (codes, row) in _rows(asked, Scheme.CGD, facts, "agency__ministry", **sums).items():
        for station in (Station.AFTER_TRANSFER, Station.DISBURSED):
            if row[f"sum_{station}"] is not None:
                amount = row[f"sum_{station}"]
                yield key, Figure(station, Source.AGENCIES, amount, row["as_of"], tuple(codes))


def _bought(asked: Asked, facts: Any, measure: str) -> Sums:
    """Purchases of the departments that are an agency, or stand under a ministry."""

    def told() -> Iterator[tuple[Key, str, dict[str, Any]]]:
        for path in ("buyer__agency", "buyer__agency__ministry"):
            own = facts.exclude(**{path: None})
            if asked.agencies is not None:
                own = own.filter(**{f"{path}__in": asked.agencies})
            groups = own.values(path, f"{path}__code", "fiscal_year")
            for row in groups.annotate(sum=Sum(measure), as_of=Max("edition__as_of")):
                agency, code = row.pop(path), row.pop(f"{path}__code")
                yield (agency, row.pop("fiscal_year")), code, row

    return _gathered(told())


def _contracts(asked: Asked) -> Iterator[tuple[Key, Figure]]:
    earlier: dict[Key, Decimal] = {}
    found = _bought(asked, asked.facts(ContractTotal), "amount")
    for year in {year for _agency, year in found}:
        signed = asked.facts(Contract).counted().in_year(year).filter(signed_on__lt=first_day(year))
        earlier |= {key: row["sum"] for key, (_codes, row) in _bought(asked, signed, "amount").items()}
    for key, (codes, row) in found.items():
        if row["sum"] is not None:
            within = {"carried_over": earlier[key]} if earlier.get(key) else {}
            bodies = tuple(dict.fromkeys(codes))
            yield key, Figure(Station.CONTRACTED, Source.CONTRACTS, row["sum"], row["as_of"], bodies, within)


def _agreed(asked: Asked) -> Iterator[tuple[Key, Figure]]:
    for key, (codes, row) in _bought(asked, asked.facts(ProjectTotal), "agreed_price").items():
        if row["sum"] is not None:
            bodies = tuple(dict.fromkeys(codes))
            yield key, Figure(Station.CONTRACTED, Source.AGREED, row["sum"], row["as_of"], bodies)


def _history(asked: Asked) -> Iterator[tuple[Key, Figure]]:
    facts = asked.facts(ReferenceTotal).of_bodies().exclude(agency=None)
    told = {
        Station.ALLOTTED: ReferenceTotal.Measure.ACT,
        Station.DISBURSED: ReferenceTotal.Measure.PAID,
    }
    for station, measure in told.items():
        rows = _rows(asked, Scheme.BUDGET, facts.filter(measure=measure), "agency", sum=Sum("amount"))
        for key, (codes, row) in rows.items():
            yield key, Figure(station, Source.HISTORY, row["sum"], row["as_of"], tuple(codes))


def _projects(asked: Asked) -> Iterator[tuple[Key, Figure]]:
    sums = _named(
        {
            "budgeted": Sum("budgeted"),
            "disbursed": Sum("disbursed"),
            "unpaid": Sum("budgeted", filter=Q(disbursed=None)),
            "unplanned": Sum("disbursed", filter=Q(budgeted=None)),
        }
    )
    facts = asked.facts(ProjectDisbursement)
    for key, (codes, row) in _by_body(asked, Scheme.BUDGET, facts, **sums).items():
        for station, name, missing in (
            (Station.ALLOTTED, "budgeted", "unpaid"),
            (Station.DISBURSED, "disbursed", "unplanned"),
        ):
            if row[f"sum_{name}"] is not None:
                within = {"not_covered": row[f"sum_{missing}"]} if row[f"sum_{missing}"] else {}
                amount = row[f"sum_{name}"]
                yield key, Figure(station, Source.PROJECTS, amount, row["as_of"], tuple(codes), within)


def _named(sums: Mapping[str, Any]) -> dict[str, Any]:
    """Sums under names that no column has."""
    return {f"sum_{name}": summed for name, summed in sums.items()}

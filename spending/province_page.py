"""One province: what each source says of it, its local government, its largest projects and purchases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum

from . import winners
from .in_order import InOrder
from .models import Agency, Area, LocalBudget, Project, ProjectDisbursement, Province, ReferenceValue
from .province_money import Holding, Source, by_province, years_of
from .purses import Week, weeks
from .querysets import LARGEST_BUDGET
from .references import Key, people_of

PAO_NAME = "องค์การบริหารส่วนจังหวัด"  # how every provincial administration is called, before its province
LARGEST = 10  # projects and purchases shown one by one


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says of a province in a fiscal year (Common Era), and its place among all by budget.

    `holding` is None where the source has no year to speak of.
    """

    source: Source
    year: int | None = None
    holding: Holding | None = None
    rank: int | None = None
    among: int = 0


@dataclass(frozen=True, slots=True)
class OwnBudget:
    """The budget that a local body granted itself in a fiscal year (Common Era), in baht.

    `disbursed` is None where its file does not say how far it is spent.
    """

    year: int
    code: str
    name: str
    approved: Decimal
    disbursed: Decimal | None
    lines: int


def said_of(
    province: Province,
    year: int | None,
    day: date | None = None,
    counts: Mapping[Key, ReferenceValue] | None = None,
) -> tuple[Said, ...]:
    """What every source says of a province: in one year, or in the newest of each source. `counts` are the
    people that are published.
    """
    return tuple(_said(source, province, year, day, counts or {}) for source in Source)


def _said(
    source: Source,
    province: Province,
    year: int | None,
    day: date | None,
    counts: Mapping[Key, ReferenceValue],
) -> Said:
    known = years_of(source, day)
    chosen = max(known, default=None) if year is None else year if year in known else None
    if chosen is None:
        return Said(source)
    found = by_province(source, chosen, day, people_of(chosen, counts))
    own = found.of(province.code)
    others = [one.given for one in found.holdings if one.given is not None]
    rank = None if own.given is None else 1 + sum(1 for amount in others if amount > own.given)
    return Said(source, chosen, own, rank, len(others))


def administration(province: Province, day: date | None = None) -> tuple[Agency, Sequence[Week]] | None:
    """The provincial administrative organisation and its weeks; None where no list has it (Bangkok)."""
    found = Agency.objects.filter(kind=Agency.Kind.PAO, name=f"{PAO_NAME}{province.name}").first()
    return None if found is None else (found, weeks(found, day))


def own_budgets(province: Province, day: date | None = None) -> tuple[OwnBudget, ...]:
    """The budgets of the province's local bodies that are published line by line, newest first."""
    lines = LocalBudget.objects.current(day).in_province(province).order_by()
    rows = lines.values("fiscal_year", code=F("body__code"), name=F("body__name")).annotate(
        sum_approved=Sum("approved"), sum_disbursed=Sum("disbursed"), counted=Count("pk")
    )
    return tuple(
        OwnBudget(
            row["fiscal_year"],
            row["code"],
            row["name"],
            row["sum_approved"],
            row["sum_disbursed"],
            row["counted"],
        )
        for row in rows.order_by("-fiscal_year", "-sum_approved", "code")
    )


def functions_of(province: Province, year: int, day: date | None = None) -> list[tuple[str, Decimal]]:
    """What the local bodies' budgets of a year are for, by field of work, largest first, in baht."""
    lines = LocalBudget.objects.current(day).in_province(province).in_year(year).order_by()
    rows = lines.values("function").annotate(sum=Sum("approved"))
    return sorted(((row["function"], row["sum"]) for row in rows), key=lambda row: (-row[1], row[0]))


def largest_projects(province: Province, year: int, day: date | None = None) -> list[dict[str, Any]]:
    """The records of past projects with the largest budget for the province in one year."""
    facts = ProjectDisbursement.objects.current(day).in_year(year).filter(budget_province=province.name)
    rows = facts.order_by().values("edition", "line", "project_code", "fiscal_year", "name")
    sums = rows.annotate(
        agency_name=F("agency__name"), sum_budgeted=Sum("budgeted"), sum_disbursed=Sum("disbursed")
    )
    return list(sums.order_by(F("sum_budgeted").desc(nulls_last=True), "edition", "line")[:LARGEST])


def largest_purchases(province: Province, year: int, day: date | None = None) -> list[Project]:
    """The purchases with the largest budget made for the province in one year."""
    found = Project.objects.counted().in_year(year).filter(province=province).select_related("buyer")
    return InOrder(found, winners.editions(day, year), LARGEST_BUDGET)[:LARGEST]


def districts(province: Province, day: date | None = None) -> tuple[int, int]:
    """How many districts and subdistricts the province has; zeros where no list is published here."""
    areas = Area.objects.current(day).in_province(province).order_by().values_list("level")
    counts = dict(areas.annotate(Count("pk")))
    return counts.get(Area.Level.DISTRICT, 0), counts.get(Area.Level.SUBDISTRICT, 0)

"""The reconciliation of agencies from the database: which years, which figures, which files are extracts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from .models import Agency, ContractBuyerTotal, ProjectBuyerTotal
from .purchases import covered_years
from .reconciliation import Reconciliation, reconcile
from .stations import Asked, Figures, Key, Source, Station, figures

BOUGHT: dict[Source, Any] = {Source.CONTRACTS: ContractBuyerTotal, Source.AGREED: ProjectBuyerTotal}
OF_PURCHASES = frozenset(BOUGHT)


def of_agency(agency: Agency, *, year: int | None = None, day: date | None = None) -> list[Reconciliation]:
    """The reconciliations of one agency, newest year first; of one year, or of all that any source knows."""
    found = figures(Asked({agency.pk}, year, day))
    return told(found, day)


def told(found: Figures, day: date | None) -> list[Reconciliation]:
    """Figures as reconciliations, newest year first, then in the order of the agencies' keys."""
    extracts = partial_sources(found, day)
    keys: Sequence[Key] = sorted(found, key=lambda key: (-key[1], key[0]))
    return [reconcile(agency, year, found[agency, year], extracts=extracts[year]) for agency, year in keys]


def partial_sources(found: Figures, day: date | None) -> dict[int, frozenset[Source]]:
    """For each year the sources of which only extracts are at hand, not the year nor pieces of it."""
    covered = covered_years(day)
    years = {year for _agency, year in found}
    return {year: frozenset() if year in covered else OF_PURCHASES for year in years}


def newest_told(found: Iterable[Reconciliation]) -> Reconciliation | None:
    """The newest year of those in which most stations are known."""
    return max(found, key=lambda one: (one.known, one.year), default=None)


def of_extract(one: Reconciliation, day: date | None = None) -> int | None:
    """How many contracts (or projects) stand behind what is contracted, where the files of the year are
    extracts alone; None where they are more, or nothing is contracted.
    """
    contracted = one.at(Station.CONTRACTED)
    totals = BOUGHT.get(contracted.source) if contracted.source else None
    if totals is None or one.year in covered_years(day):
        return None
    own = Q(buyer__agency__code__in=contracted.bodies)
    under = Q(buyer__agency__ministry__code__in=contracted.bodies)
    rows = totals.objects.current(day).in_year(one.year).filter(own | under)
    counted: int | None = rows.order_by().aggregate(counted=Sum("lines"))["counted"]
    return counted

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


def extracts_of(found: Iterable[Reconciliation], day: date | None = None) -> dict[Key, int]:
    """How many contracts (or projects) stand behind what is contracted, by agency and year, where the files
    of the year are extracts alone; none where they are more, or nothing is contracted.
    """
    covered = covered_years(day)
    partial = [one for one in found if one.year not in covered]
    counts: dict[Key, int] = {}
    for source, totals in BOUGHT.items():
        of_source = [one for one in partial if one.at(Station.CONTRACTED).source is source]
        if of_source:
            cells = _cells(totals.objects.current(day), of_source)
            counts |= {(one.agency, one.year): _counted(one, cells) for one in of_source}
    return counts


def _cells(totals: Any, found: Sequence[Reconciliation]) -> list[tuple[int, set[str], int]]:
    """The totals of some bodies and years: year, code of the agency and of its ministry, rows. One query."""
    bodies = {code for one in found for code in one.at(Station.CONTRACTED).bodies}
    own, above = "buyer__agency__code", "buyer__agency__ministry__code"
    rows = totals.filter(Q(**{f"{own}__in": bodies}) | Q(**{f"{above}__in": bodies})).order_by()
    rows = rows.filter(fiscal_year__in={one.year for one in found})
    cells = rows.values_list("fiscal_year", own, above).annotate(counted=Sum("lines"))
    return [(year, {code, ministry}, counted) for year, code, ministry, counted in cells]


def _counted(one: Reconciliation, cells: Iterable[tuple[int, set[str], int]]) -> int:
    bodies = set(one.at(Station.CONTRACTED).bodies)
    return sum(counted for year, codes, counted in cells if year == one.year and codes & bodies)

"""The reconciliation of agencies from the database: which years, which figures, which files are extracts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .models import Agency
from .purchases import covered_years
from .reconciliation import Reconciliation, reconcile
from .stations import Asked, Figures, Key, Source, figures

OF_PURCHASES = frozenset({Source.CONTRACTS, Source.AGREED})


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

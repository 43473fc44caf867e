"""The reconciliation of agencies from the database: which years, which figures, which files are extracts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .models import Agency
from .purchases import reach
from .reconciliation import Reconciliation, reconcile
from .stations import Asked, Figures, Key, Source, Station, figures

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
    years = {year for _agency, year in found}
    bought = {
        year
        for (_agency, year), some in found.items()
        if any(figure.station is Station.CONTRACTED for figure in some)
    }
    return {year: _extracts(year, day) if year in bought else frozenset() for year in years}


def _extracts(year: int, day: date | None) -> frozenset[Source]:
    of_year = reach(year, day)
    return frozenset() if of_year.whole or of_year.pieces else OF_PURCHASES


def newest_told(found: Iterable[Reconciliation]) -> Reconciliation | None:
    """The newest year of those in which most stations are known."""
    return max(found, key=lambda one: (one.known, one.year), default=None)

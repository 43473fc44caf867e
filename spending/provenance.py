"""Where a figure comes from, as the line under it says it, and in which forms it can be taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.encoding import uri_to_iri

from .models import Edition


@dataclass(frozen=True, slots=True)
class Download:
    """One form in which the very figures shown can be fetched: its name ("CSV") and its address."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The publisher, data set, date and editions behind a figure; `place` names sheets or pages, `citation`
    says how to cite it ("" where the page does so elsewhere).
    """

    publisher: str
    dataset: str
    as_of: date
    licence: str
    editions: tuple[Edition, ...]
    place: str = ""
    downloads: tuple[Download, ...] = ()
    citation: str = ""

    @property
    def edition(self) -> Edition | None:
        """The one edition, where there is just one."""
        return self.editions[0] if len(self.editions) == 1 else None


ENDINGS = {"JSON": "/", "CSV": ".csv", "XLSX": ".xlsx", "Parquet": ".parquet"}
"""The forms in which the rows of every resource can be had, and how their addresses end."""


def data_links(resource: str, query: str = "", **names: str) -> list[Download]:
    """The very rows shown, as data in every form: the resource under the query of the page.

    `names` says a form in other words, e.g. what its rows are.
    """
    asked = f"?{query}" if query else ""
    return [
        Download(names.get(form, form), uri_to_iri(f"/api/v1/{resource}{ending}{asked}"))
        for form, ending in ENDINGS.items()
    ]


def provenance_of(
    editions: Iterable[Edition], *, place: str = "", downloads: Iterable[Download] = ()
) -> Provenance | None:
    """The origin of figures made from some editions of one data set; None where there are none.

    Where the editions differ in date, the newest is given.
    """
    found = tuple(editions)
    if not found:
        return None
    newest = max(found, key=lambda edition: (edition.as_of, edition.pk))
    return Provenance(
        publisher=newest.publisher,
        dataset=newest.dataset,
        as_of=newest.as_of,
        licence=newest.licence,
        editions=found,
        place=place,
        downloads=tuple(downloads),
    )

"""Where a figure comes from, as the line under it says it, and in which forms it can be taken away."""

from __future__ import annotations

import json
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
    """The publisher, data set, date and editions behind a figure; `place` names sheets or pages, `subject`
    what the figure is of ("" for the data set as a whole), each in the language that is spoken when it is
    read; `year` the fiscal year it speaks of (Common Era;
    None for several). `mark` is how the one row begins in a kept file that is rewritten, to be looked for.
    """

    publisher: str
    dataset: str
    as_of: date
    licence: str
    editions: tuple[Edition, ...]
    place: str = ""
    downloads: tuple[Download, ...] = ()
    subject: str = ""
    year: int | None = None
    mark: str = ""

    @property
    def edition(self) -> Edition | None:
        """The one edition, where there is just one."""
        return self.editions[0] if len(self.editions) == 1 else None


def mark_of(kind: str, line: int, *values: str) -> str:
    """How a row begins in a rewritten file: its kind there, its line in the published file, its first values.

    A rewritten file is JSON lines (`importers.samples`): `["allocation",490,"2022.3.1.p6-2"`.
    """
    return json.dumps([kind, line, *values], ensure_ascii=False, separators=(",", ":")).removesuffix("]")


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
    editions: Iterable[Edition],
    *,
    place: str = "",
    downloads: Iterable[Download] = (),
    subject: str = "",
    year: int | None = None,
    mark: str = "",
) -> Provenance | None:
    """The origin of figures made from some editions; None where there are none.

    Where the editions differ in date, the newest is given; where they are of several data sets, all
    publishers. `year` is that of the editions, unless it is given.
    """
    found = tuple(editions)
    if not found:
        return None
    newest = max(found, key=lambda edition: (edition.as_of, edition.pk))
    datasets = {edition.dataset for edition in found}
    publishers = dict.fromkeys(edition.publisher for edition in found)
    years = {edition.fiscal_year for edition in found}
    return Provenance(
        publisher=newest.publisher if len(datasets) == 1 else ", ".join(publishers),
        dataset=newest.dataset,
        as_of=newest.as_of,
        licence=newest.licence,
        editions=found,
        place=place,
        downloads=tuple(downloads),
        subject=subject,
        year=year or (years.pop() if len(years) == 1 else None),
        mark=mark if found[0].is_rewritten and len(found) == 1 else "",
    )

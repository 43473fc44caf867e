"""The reconciliation as rows of files and of the API, and where the rows behind each amount stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext_noop as _

from .columns import YEARS, Column
from .models import Agency, Disbursement
from .reconciliation import Cause, Entry, Kind, Reconciliation
from .reconciliation_words import note
from .stations import SALARIES, Key, Source

LOCAL = (Source.ORDINANCE, Source.LAMPHUN)
RESOURCES_OF = {
    Source.ORDINANCE: "local-budgets",
    Source.LAMPHUN: "local-budgets",
    Source.BOOK: "allocations",
    Source.REPORT: "disbursements",
    Source.AGENCIES: "disbursements",
    Source.CONTRACTS: "contracts",
    Source.AGREED: "projects",
    Source.PROJECTS: "project-disbursements",
    Source.HISTORY: "reference-totals",
}
"""The resource of the API that has the rows of a source."""
OF_ROWS = (Cause.NOT_BOUGHT, Cause.TRANSFERRED, Cause.ORDERED)
"""Causes that lie in the rows of the earlier station."""
DATASETS_OF = {Source.AGREED: "egp_contracts", Source.AGENCIES: "cgd_weekly"}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the reconciliation of one agency and year, with the source that the entry speaks of;
    `extract` is how many contracts are at hand, where not all of the year are.
    """

    agency: Agency
    fiscal_year: int
    entry: Entry
    source: Source | None
    extract: int | None = None

    @property
    def dataset(self) -> str:
        """The data set of the source; empty where there is none."""
        return DATASETS_OF.get(self.source, str(self.source)) if self.source else ""

    @property
    def note(self) -> str:
        """A remark on the entry in the reader's language; empty where none is needed."""
        return note(self.entry, self.extract)

    @property
    def queries(self) -> list[str]:
        """The questions to the API whose rows add up to the amount, one for each body they are kept under."""
        if self.source is None or self.entry.kind is Kind.DIFFERENCE:
            return []
        return [urlencode(self._words(code)) for code in self.entry.bodies or (self.agency.code,)]

    @property
    def rows(self) -> str:
        """The addresses of those rows in the API, with blanks between; empty where nothing is known."""
        if self.source is None:
            return ""
        return " ".join(f"/api/v1/{RESOURCES_OF[self.source]}/?{query}" for query in self.queries)

    def _words(self, code: str) -> dict[str, str]:
        is_ministry = self.agency.kind == Agency.Kind.MINISTRY
        words = {"year": str(self.fiscal_year + 543), "agency": code}
        if self.source is Source.AGENCIES or (
            is_ministry and self.source not in (Source.REPORT, Source.HISTORY)
        ):
            words = {"year": words["year"], "ministry": code}
        if self.source is Source.REPORT:
            words["cut"] = str(self.agency.kind)
        if self.source is Source.AGENCIES:
            words["cut"] = "agency"
        if self.entry.cause is Cause.NOT_BOUGHT:
            words["budget_type" if self.source in LOCAL else "category"] = SALARIES
        return words


def lines_of(
    told: Iterable[Reconciliation], agencies: Mapping[int, Agency], extracts: Mapping[Key, int]
) -> Iterator[Line]:
    """The entries of reconciliations, one after the other. `extracts` are counts of contracts at hand, by
    agency and year, where not all of the year are.
    """
    for one in told:
        extract = extracts.get((one.agency, one.year))
        for entry in one.entries:
            yield Line(agencies[one.agency], one.year, entry, _source(one, entry), extract)


def _source(one: Reconciliation, entry: Entry) -> Source | None:
    """The source whose rows an entry speaks of: its own, or that of the station in which a cause lies."""
    if entry.kind is not Kind.CAUSE:
        return entry.source
    if entry.cause is Cause.CARRIED_OVER and entry.until is not None:
        return one.at(entry.until).source
    return one.at(entry.station).source if entry.cause in OF_ROWS else None


def _own(name: str, means: str) -> Column:
    return Column(name, lambda line: getattr(line.entry, name), means)


COLUMNS = (
    Column("agency_code", lambda line: line.agency.code, _("code of the agency")),
    Column("agency", lambda line: line.agency.name, _("name of the agency")),
    *YEARS,
    _own(
        "kind",
        _("amount at a station, other_cut (another source for it), difference of two stations, or its cause"),
    ),
    _own("station", _("allotted, after_transfer, contracted or disbursed; the earlier one of a difference")),
    _own("until", _("the later station of a difference and of its causes")),
    _own("cause", _("why it differs, or why the station is empty; causes add up to their difference")),
    _own("amount", _("baht; empty where no edition covers it, which is not zero")),
    Column("dataset", lambda line: line.dataset, _("data set that says so")),
    _own("as_of", _("date that the figures speak of")),
    Column("rows", lambda line: line.rows, _("addresses of the rows that add up to it")),
    Column("note", lambda line: line.note, _("a remark, as that it is of an extract; empty for none")),
)
KIND_OF: dict[str, Any] = {
    **dict.fromkeys(column.name for column in COLUMNS),
    "fiscal_year_be": models.IntegerField(),
    "fiscal_year": models.IntegerField(),
    "amount": Disbursement._meta.get_field("disbursed"),
    "as_of": models.DateField(),
}
"""The kind of value of each column as a field of a model; None for text."""

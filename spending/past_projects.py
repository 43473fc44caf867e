"""One project of a past year as the former site published it: budgeted and paid, by province.

Its key is the fiscal year and the 16-digit budget code; a project with money of several budget types has a
record for each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .models import ProjectDisbursement
from .provinces import Place, places_of
from .purses import added, share


@dataclass(frozen=True, slots=True)
class Record:
    """One published record of a project: the money of one budget type. Amounts in baht.

    `rows` are its pairs of provinces; `copies` are the numbers of identical records elsewhere in the file.
    """

    rows: tuple[ProjectDisbursement, ...]
    copies: tuple[int, ...] = ()

    @property
    def first(self) -> ProjectDisbursement:
        return self.rows[0]

    @property
    def budgeted(self) -> Decimal | None:
        return added(*(row.budgeted for row in self.rows))

    @property
    def paid(self) -> Decimal | None:
        return added(*(row.disbursed for row in self.rows))

    @property
    def paid_share(self) -> Decimal | None:
        """Paid as a share (0 to 1) of budgeted; over 1 where more was paid than budgeted."""
        return share(self.paid, self.budgeted)

    @property
    def places(self) -> Sequence[Place]:
        """Where it was budgeted and where it was paid, largest budget first."""
        return places_of(self.rows)


@dataclass(frozen=True, slots=True)
class PastProject:
    """A project of one fiscal year (Common Era) with its records, the largest first."""

    code: str
    year: int
    records: tuple[Record, ...]

    @property
    def first(self) -> ProjectDisbursement:
        return self.records[0].first

    @property
    def budgeted(self) -> Decimal | None:
        return added(*(record.budgeted for record in self.records))

    @property
    def paid(self) -> Decimal | None:
        return added(*(record.paid for record in self.records))

    @property
    def paid_share(self) -> Decimal | None:
        return share(self.paid, self.budgeted)

    @property
    def places(self) -> Sequence[Place]:
        """The provinces of all its records together."""
        return places_of(row for record in self.records for row in record.rows)

    @property
    def copies(self) -> tuple[int, ...]:
        """The numbers of the records that stand in the file a second time, and are not counted here again."""
        return tuple(number for record in self.records for number in record.copies)


def past_project(year: int, code: str, day: date | None = None, category: str = "") -> PastProject | None:
    """The project of a published code in a fiscal year (Common Era), in one query; `category` keeps one
    budget type.
    """
    facts = ProjectDisbursement.objects.current(day).in_year(year).of_project(code)
    if category:
        facts = facts.filter(category__path=category)
    related = ("edition__source_file", "ministry", "agency", "plan", "category")
    by_line: dict[int, list[ProjectDisbursement]] = {}
    for row in facts.select_related(*related).order_by("line", "pk"):
        by_line.setdefault(row.line, []).append(row)
    records = _once([tuple(rows) for rows in by_line.values()])
    records.sort(key=lambda record: (-(record.budgeted or Decimal(0)), record.first.line))
    return PastProject(code, year, tuple(records)) if records else None


def _once(found: Sequence[tuple[ProjectDisbursement, ...]]) -> list[Record]:
    """The records, identical ones once: the publisher's pages overlap."""
    kept: dict[tuple[object, ...], tuple[ProjectDisbursement, ...]] = {}
    copies: dict[tuple[object, ...], list[int]] = {}
    for rows in found:
        what = tuple(
            (r.category_id, r.budget_province, r.paid_province, r.budgeted, r.disbursed) for r in rows
        )
        key: tuple[object, ...] = what if rows[0].repeated else (rows[0].line,)
        if key in kept:
            copies[key].append(rows[0].line)
        else:
            kept[key], copies[key] = rows, []
    return [Record(rows, tuple(copies[key])) for key, rows in kept.items()]

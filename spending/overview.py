"""One fiscal year at a glance: the budget act, who holds its money, how far it has come, what is not known.

The slices of a year come from the best single source of that year; sources are never mixed, and what the act
gave beyond the slices is kept as `unknown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, Sum
from django.db.models.functions import Left

from .breakdowns import Dimension, break_down, share_of
from .coverage import BOOK, acts, book_years
from .models import Agency, AllocationTotal, Disbursement, Edition, ReferenceTotal
from .progress import Progress, progress_of
from .querysets import DisbursementQuerySet

WEEKLY = "cgd_weekly"
Cut, Kind = Disbursement.Cut, Agency.Kind
GROUPS = (Cut.PAO, Cut.MUNICIPALITY, Cut.STATE_ENTERPRISE, Cut.PROVINCE, Cut.FUND)
"""Cuts of the weekly report that list money outside the ministries; each is one slice of the year."""


class Basis(StrEnum):
    """What the slices of a year are made of."""

    WEEKLY = "weekly"  # the weekly disbursement report: budgets after transfers
    BOOK = "book"  # the budget book, line by line
    HISTORY = "history"  # published totals of each ministry
    WHOLE = "whole"  # nothing but the total of the act


@dataclass(frozen=True, slots=True)
class Slice:
    """Who holds a part of the year's money. Amounts in baht; None where nothing is published.

    `kind` is a value of Agency.Kind. A slice of one body has its code and names; a group of bodies (all
    municipalities, say) has its kind for a code and no name, for the page to name.
    """

    kind: str
    code: str
    name: str
    name_en: str
    amount: Decimal
    disbursed: Decimal | None = None
    has_page: bool = True  # whether a body of that code is known by itself

    @property
    def disbursed_share(self) -> Decimal | None:
        return None if self.disbursed is None else share_of(self.disbursed, self.amount)


@dataclass(frozen=True, slots=True)
class Overview:
    """A year's money as slices, largest first, beside the act. `act` is None where no total is published."""

    year: int
    basis: Basis
    act: Decimal | None
    slices: tuple[Slice, ...]
    editions: tuple[Edition, ...]
    progress: Progress | None = None

    @property
    def known(self) -> Decimal:
        """What the slices add up to, in baht."""
        return sum((one.amount for one in self.slices), Decimal(0))

    @property
    def whole(self) -> Decimal:
        """What a share of the year is a share of: the act, or the slices where they are more than it."""
        return max(self.act or Decimal(0), self.known)

    @property
    def unknown(self) -> Decimal:
        """What the act gave and no slice accounts for, in baht."""
        return self.whole - self.known

    @property
    def known_share(self) -> Decimal | None:
        """The known part (0 to 1) of the act; None where nobody published what the act gave."""
        return None if self.act is None else share_of(self.known, self.whole)

    def share(self, amount: Decimal) -> Decimal | None:
        """The share (0 to 1) of an amount in the year's money."""
        return share_of(amount, self.whole)


def years_known(day: date | None = None) -> tuple[int, ...]:
    """The fiscal years (Common Era) of which anything at all is published, newest first, in three queries."""
    weekly = Edition.objects.of(WEEKLY).known_on(day).values_list("fiscal_year", flat=True)
    return tuple(sorted({*acts(day), *book_years(day), *(year for year in weekly if year)}, reverse=True))


def overview(year: int, day: date | None = None) -> Overview | None:
    """One fiscal year (Common Era) by its best source on `day` (None: now), or None where nothing was
    published of it.
    """
    act = acts(day).get(year)
    ways = (_weekly(year, act, day), _book(year, act, day), _history(year, act, day))
    found = [one for one in ways if one is not None]
    if found:
        return max(found, key=lambda one: one.known)
    if act is None:
        return None
    editions = Edition.objects.filter(pk__in=_act_editions(year, day))
    return Overview(year, Basis.WHOLE, act, (), tuple(editions.select_related("source_file")))


def _weekly(year: int, act: Decimal | None, day: date | None) -> Overview | None:
    editions = Edition.objects.of(WEEKLY).known_on(day).filter(fiscal_year=year)
    edition = editions.select_related("source_file").first()
    if edition is None:
        return None
    facts = Disbursement.objects.filter(edition=edition)
    progress = progress_of(facts)
    slices = [*_ministries(facts), *_outside(facts), *_groups(facts)]
    if act is None and progress is not None:
        act = progress.whole.purse.after_transfer
    return Overview(year, Basis.WEEKLY, act, largest_first(slices), (edition,), progress)


def _ministries(facts: DisbursementQuerySet) -> list[Slice]:
    return _bodies(facts.in_cut(Cut.MINISTRY), Kind.MINISTRY)


def _outside(facts: DisbursementQuerySet) -> list[Slice]:
    """Agencies that stand under none of the ministries listed: Bangkok, Pattaya, the Red Cross."""
    codes = facts.in_cut(Cut.MINISTRY).values("body_code")
    under = facts.in_cut(Cut.AGENCY).annotate(above=Left("body_code", 2))
    return _bodies(under.exclude(above__in=codes), Kind.AGENCY)


def _bodies(facts: DisbursementQuerySet, kind: Agency.Kind) -> list[Slice]:
    rows = facts.values("body_code", "body_name", english=F("agency__name_en"))
    summed_rows = rows.annotate(amount=Sum("after_transfer"), paid=Sum("disbursed"))
    return [
        Slice(kind, row["body_code"], row["body_name"], row["english"] or "", row["amount"], row["paid"])
        for row in summed_rows
        if row["amount"] is not None
    ]


def _groups(facts: DisbursementQuerySet) -> list[Slice]:
    rows = facts.filter(cut__in=GROUPS).values("cut")
    return [
        Slice(row["cut"], row["cut"], "", "", row["amount"], row["paid"])
        for row in rows.annotate(amount=Sum("after_transfer"), paid=Sum("disbursed"))
        if row["amount"] is not None
    ]


def _book(year: int, act: Decimal | None, day: date | None) -> Overview | None:
    by_ministry = break_down(AllocationTotal.objects.current(day).in_year(year), Dimension.MINISTRY)
    if not by_ministry.rows:
        return None
    slices = [Slice(Kind.MINISTRY, row.code, row.name, row.name_en, row.amount) for row in by_ministry.rows]
    editions = Edition.objects.of(BOOK).known_on(day).filter(fiscal_year=year).select_related("source_file")
    return Overview(year, Basis.BOOK, act, largest_first(slices), tuple(editions))


def _history(year: int, act: Decimal | None, day: date | None) -> Overview | None:
    """The totals of the ministries as their publisher gives them: budgets, and what was paid of them."""
    Measure = ReferenceTotal.Measure
    rows = ReferenceTotal.objects.current(day).of_bodies().in_year(year)
    found = list(
        rows.values("edition", "body_name", code=F("agency__code"), english=F("agency__name_en"))
        .annotate(
            given=Sum("amount", filter=Q(measure=Measure.ACT)),
            adjusted=Sum("amount", filter=Q(measure=Measure.ADJUSTED)),
            paid=Sum("amount", filter=Q(measure=Measure.PAID)),
        )
        .order_by("body_name")
    )
    slices = [
        Slice(
            Kind.MINISTRY,
            row["code"] or row["body_name"],
            row["body_name"],
            row["english"] or "",
            row["given"] if row["given"] is not None else row["adjusted"],
            row["paid"],
            row["code"] is not None,
        )
        for row in found
        if row["given"] is not None or row["adjusted"] is not None
    ]
    if not slices:
        return None
    editions = Edition.objects.filter(pk__in={row["edition"] for row in found}).select_related("source_file")
    return Overview(year, Basis.HISTORY, act, largest_first(slices), tuple(editions))


def _act_editions(year: int, day: date | None) -> Any:
    whole = ReferenceTotal.objects.current(day).of_whole_budget().in_year(year)
    return whole.filter(measure=ReferenceTotal.Measure.ACT).values("edition")


def largest_first(slices: Sequence[Slice]) -> tuple[Slice, ...]:
    """Slices in the order in which they are shown; equal ones by code."""
    return tuple(sorted(slices, key=lambda one: (-one.amount, one.code)))

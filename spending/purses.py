"""What one body's money has come to: given, bound, paid and left, week by week, and beside its peers.

The weekly report cuts the money by kind of body; a body is read in the cut that lists it, never added
across cuts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .breakdowns import share_of
from .models import Agency, Disbursement

Cut, Economic, Kind = Disbursement.Cut, Disbursement.Economic, Agency.Kind

CUTS = {
    Kind.MINISTRY: (Cut.MINISTRY,),
    Kind.AGENCY: (Cut.AGENCY, Cut.AGENCY_SPENDING),
    Kind.PAO: (Cut.PAO, Cut.PAO_SPENDING),
    Kind.MUNICIPALITY: (Cut.MUNICIPALITY, Cut.MUNICIPALITY_SPENDING),
    Kind.STATE_ENTERPRISE: (Cut.STATE_ENTERPRISE,),
    Kind.PROVINCE: (Cut.PROVINCE, Cut.PROVINCE_SPENDING),
    Kind.FUND: (Cut.FUND,),
}
"""The cuts that describe a kind of body: the second one gives spending against target for the same money."""
PRINCIPAL_CUTS = tuple(cuts[0] for cuts in CUTS.values())
EVERY_CUT = tuple(cut for cuts in CUTS.values() for cut in cuts)


@dataclass(frozen=True, slots=True)
class Purse:
    """One body's money of one economic class since the fiscal year began, in baht; None where nothing is
    published.

    `target_gap` is in percentage points of the money after transfer, above (positive) or below the
    spending target.
    """

    economic: str
    after_transfer: Decimal | None = None
    allotted: Decimal | None = None
    committed: Decimal | None = None
    disbursed: Decimal | None = None
    spent: Decimal | None = None
    target_gap: Decimal | None = None

    @property
    def remaining(self) -> Decimal | None:
        """What is neither paid nor bound by contract, in baht."""
        spent = self.bound_or_paid
        return None if self.after_transfer is None or spent is None else self.after_transfer - spent

    @property
    def bound_or_paid(self) -> Decimal | None:
        """Paid out or bound by contract, in baht: as published, else the sum of the two."""
        return self.spent if self.spent is not None else added(self.disbursed, self.committed)

    @property
    def disbursed_share(self) -> Decimal | None:
        """Paid out, as a share (0 to 1) of the money after transfer."""
        return share(self.disbursed, self.after_transfer)

    @property
    def spent_share(self) -> Decimal | None:
        """Paid out or bound, as a share (0 to 1) of the money after transfer."""
        return share(self.bound_or_paid, self.after_transfer)

    @property
    def target_share(self) -> Decimal | None:
        """The spending target (0 to 1) that the published gap speaks of."""
        if self.target_gap is None or self.spent_share is None:
            return None
        return (self.spent_share - self.target_gap / 100).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class Week:
    """One weekly report about one body: recurrent, investment and their sum, up to the day `as_of`.

    `cut` is the cut of the money in which the body was read.
    """

    cut: str
    as_of: date
    recurrent: Purse | None
    investment: Purse | None
    total: Purse

    @property
    def parts(self) -> tuple[Purse, ...]:
        """The classes that the report gives for this body."""
        return tuple(purse for purse in (self.recurrent, self.investment) if purse is not None)


def weeks(agency: Agency, day: date | None = None, year: int | None = None) -> Sequence[Week]:
    """Every week of a body that was known on `day` (None: now), oldest first, in one query: of one fiscal
    year (Common Era), or of the newest reported on.
    """
    rows = list(Disbursement.objects.for_agency(agency).filter(cut__in=EVERY_CUT).by_week(day))
    newest = year or max((row.fiscal_year for row in rows), default=None)
    cuts = cuts_of(agency, {row.cut for row in rows})
    by_day: dict[date, list[Disbursement]] = {}
    for row in sorted(rows, key=lambda row: cuts.index(row.cut) if row.cut in cuts else len(cuts)):
        if row.fiscal_year == newest and row.cut in cuts:
            by_day.setdefault(row.as_of, []).append(row)
    return [week_of(day, by_day[day]) for day in sorted(by_day)]


def cuts_of(agency: Agency, found: Collection[str]) -> tuple[str, ...]:
    """The cuts to read a body in: those of its kind if they list it, else the first that do."""
    own = CUTS[Kind(agency.kind)]
    if any(cut in found for cut in own):
        return own
    return next((cuts for cuts in CUTS.values() if any(cut in found for cut in cuts)), own)


def week_of(day: date, rows: Sequence[Disbursement]) -> Week:
    """The report of one body on one day: its rows in the cuts of its kind, the principal cut first."""
    purses: dict[str, Purse] = {}
    for row in rows:
        known = purses.get(row.economic, Purse(row.economic))
        purses[row.economic] = merged(known, row)
    total = purses.get(Economic.TOTAL)
    recurrent, investment = purses.get(Economic.RECURRENT), purses.get(Economic.INVESTMENT)
    parts = [purse for purse in (recurrent, investment) if purse is not None]
    return Week(rows[0].cut, day, recurrent, investment, total or summed(parts))


def merged(purse: Purse, row: Disbursement) -> Purse:
    """A purse with what one more row of the same money says: each amount from the first row that gives it."""

    def first(name: str) -> Any:
        known = getattr(purse, name)
        return getattr(row, name) if known is None else known

    return Purse(
        purse.economic,
        after_transfer=first("after_transfer"),
        allotted=first("allotted"),
        committed=first("committed"),
        disbursed=first("disbursed"),
        spent=first("spent"),
        target_gap=first("target_gap"),
    )


def summed(purses: Sequence[Purse]) -> Purse:
    """The classes of one body together. A target is given by class only, so the sum has none."""
    return Purse(
        Economic.TOTAL,
        after_transfer=added(*(purse.after_transfer for purse in purses)),
        allotted=added(*(purse.allotted for purse in purses)),
        committed=added(*(purse.committed for purse in purses)),
        disbursed=added(*(purse.disbursed for purse in purses)),
        spent=added(*(purse.spent for purse in purses)),
    )


def added(*amounts: Decimal | None) -> Decimal | None:
    """The sum of the amounts that are known; None where none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def share(amount: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """The share (0 to 1) of an amount in a whole; None where either is unknown or the whole is zero."""
    return None if amount is None or whole is None else share_of(amount, whole)

"""How far a year's money has come on one day: paid, bound by contract, and against the spending target."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .breakdowns import share_of
from .models import Disbursement
from .purses import Purse, summed
from .querysets import DisbursementQuerySet

Cut, Economic = Disbursement.Cut, Disbursement.Economic
CLASSES = (Economic.RECURRENT, Economic.INVESTMENT)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The way of one economic class, or of both together. `target` is the share (0 to 1) of the money that
    should have been paid or bound by that day; None where none is published.
    """

    purse: Purse
    target: Decimal | None = None

    @property
    def bound(self) -> Decimal | None:
        """Bound by contract or reserved and not yet paid, in baht."""
        if self.purse.committed is not None:
            return self.purse.committed
        if self.purse.spent is None or self.purse.disbursed is None:
            return None
        return self.purse.spent - self.purse.disbursed

    @property
    def bound_share(self) -> Decimal | None:
        return _share(self.bound, self.purse.after_transfer)

    @property
    def left_share(self) -> Decimal | None:
        """The share (0 to 1) that is neither paid nor bound."""
        return _share(self.purse.remaining, self.purse.after_transfer)

    @property
    def gap(self) -> Decimal | None:
        """How far what is paid or bound is above (positive) or below the target, in percentage points."""
        share = self.purse.spent_share
        return None if share is None or self.target is None else (share - self.target) * 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the year's own money had come on one day, by economic class. Money carried over from the year
    before has a way of its own, None where the report does not give it.
    """

    as_of: date
    recurrent: Stretch
    investment: Stretch
    carried_over: Stretch | None = None

    @property
    def classes(self) -> tuple[Stretch, Stretch]:
        return (self.recurrent, self.investment)

    @property
    def whole(self) -> Stretch:
        """Both classes together; the report holds each class against a target of its own, not their sum."""
        return Stretch(summed([one.purse for one in self.classes]))


def progress_of(facts: DisbursementQuerySet, as_of: date) -> Progress | None:
    """The progress that one weekly report gives, in two queries; None where it lacks one of the classes."""
    purses: dict[str, Purse] = {}
    for row in facts.in_cut(Cut.OVERVIEW).order_by("line"):
        purses.setdefault(row.economic, _purse(row))
    if not all(economic in purses for economic in CLASSES):
        return None
    targets = targets_of(facts)
    recurrent, investment = (Stretch(purses[economic], targets.get(economic)) for economic in CLASSES)
    carried = purses.get(Economic.TOTAL)
    return Progress(as_of, recurrent, investment, Stretch(carried) if carried else None)


def targets_of(facts: DisbursementQuerySet) -> dict[str, Decimal]:
    """The spending target (0 to 1) of each economic class: the one that most agencies are held against.

    The report prints how far an agency is above or below its target; the target is its share less that gap.
    """
    rows = facts.in_cut(Cut.AGENCY_SPENDING).filter(after_transfer__gt=0, spent__isnull=False)
    found: dict[str, Counter[Decimal]] = {}
    columns = ("economic", "spent", "after_transfer", "target_gap")
    for economic, spent, budget, gap in rows.exclude(target_gap=None).values_list(*columns):
        target = (spent / budget - gap / 100).quantize(Decimal("0.0001"))
        found.setdefault(economic, Counter())[target] += 1
    return {economic: counts.most_common(1)[0][0] for economic, counts in found.items()}


def _purse(row: Disbursement) -> Purse:
    return Purse(
        row.economic,
        after_transfer=row.after_transfer,
        allotted=row.allotted,
        committed=row.committed,
        disbursed=row.disbursed,
        spent=row.spent,
    )


def _share(amount: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if amount is None or whole is None else share_of(amount, whole)

"""How far a year's money has come on one day: paid, bound by contract, and against the spending target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .models import Disbursement
from .purses import Purse, share
from .querysets import DisbursementQuerySet

Cut = Disbursement.Cut
WHOLE, RECURRENT, INVESTMENT, CARRIED_OVER = "1", "1.1", "1.2", "2"
"""The printed numbers of the overview's lines."""


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
        return share(self.bound, self.purse.after_transfer)

    @property
    def left_share(self) -> Decimal | None:
        """The share (0 to 1) that is neither paid nor bound."""
        return share(self.purse.remaining, self.purse.after_transfer)

    @property
    def gap(self) -> Decimal | None:
        """How far what is paid or bound is above (positive) or below the target, in percentage points."""
        spent = self.purse.spent_share
        return None if spent is None or self.target is None else (spent - self.target) * 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the money of a fiscal year (Common Era) had come on one day: the year's own budget, its two
    economic classes, and the money carried over from the year before; None where the report leaves one out.

    The report holds the whole and each class against a target of its own.
    """

    year: int
    as_of: date
    whole: Stretch
    recurrent: Stretch | None = None
    investment: Stretch | None = None
    carried_over: Stretch | None = None

    @property
    def classes(self) -> tuple[Stretch, ...]:
        """The economic classes that the report gives."""
        return tuple(one for one in (self.recurrent, self.investment) if one is not None)


def progress_of(facts: DisbursementQuerySet) -> Progress | None:
    """The progress that one weekly report gives, in two queries; None where it lacks the year's budget."""
    rows = {row.body_code: row for row in facts.in_cut(Cut.OVERVIEW)}
    whole = rows.get(WHOLE)
    if whole is None:
        return None
    targets = targets_of(facts)

    def stretch(code: str) -> Stretch | None:
        row = rows.get(code)
        if row is None:
            return None
        printed = printed_target(row)
        return Stretch(purse_of(row), targets.get(row.economic) if printed is None else printed)

    return Progress(
        year=whole.fiscal_year,
        as_of=whole.as_of,
        whole=Stretch(purse_of(whole), printed_target(whole)),
        recurrent=stretch(RECURRENT),
        investment=stretch(INVESTMENT),
        carried_over=stretch(CARRIED_OVER),
    )


def reported_budgets(day: date | None = None) -> dict[int, Decimal]:
    """The year's own budget of each fiscal year (Common Era) with a weekly report, in baht, in one query."""
    rows = Disbursement.objects.current(day).in_cut(Cut.OVERVIEW).filter(body_code=WHOLE)
    return dict(rows.exclude(after_transfer=None).values_list("fiscal_year", "after_transfer"))


def by_week(year: int, day: date | None = None) -> Sequence[tuple[date, Purse]]:
    """The year's own budget in each published week of a fiscal year (Common Era), oldest first, in one
    query.
    """
    rows = Disbursement.objects.in_year(year).in_cut(Cut.OVERVIEW).filter(body_code=WHOLE).by_week(day)
    return [(row.as_of, purse_of(row)) for row in rows]


def targets_of(facts: DisbursementQuerySet) -> dict[str, Decimal]:
    """The spending target (0 to 1) of each economic class, for reports that do not print it: the one that
    most agencies are held against.

    The report prints how far an agency is above or below its target; the target is its share less that gap.
    """
    rows = facts.in_cut(Cut.AGENCY_SPENDING).filter(after_transfer__gt=0, spent__isnull=False)
    found: dict[str, Counter[Decimal]] = {}
    columns = ("economic", "spent", "after_transfer", "target_gap")
    for economic, spent, budget, gap in rows.exclude(target_gap=None).values_list(*columns):
        target = (spent / budget - gap / 100).quantize(Decimal("0.0001"))
        found.setdefault(economic, Counter())[target] += 1
    return {economic: counts.most_common(1)[0][0] for economic, counts in found.items()}


def printed_target(row: Disbursement) -> Decimal | None:
    """The spending target (0 to 1) that the report prints of a line of the overview; None where it prints
    none.
    """
    return None if row.target is None else row.target / 100


def purse_of(row: Disbursement) -> Purse:
    """The amounts of one row of the report."""
    return Purse(
        row.economic,
        after_transfer=row.after_transfer,
        allotted=row.allotted,
        committed=row.committed,
        disbursed=row.disbursed,
        spent=row.spent,
    )

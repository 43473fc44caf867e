"""What stands out in a sum: the largest slice, how few slices hold half, how it changed. Pure; sentences
say it in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .breakdowns import Breakdown, Point, Row, share_of

HALF = Decimal("0.5")
FEW = 4  # slices are few if they are at most a quarter of all


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands out in one breakdown.

    `largest` is the largest slice; `holders` the smallest number of slices that hold at least half of the
    sum, and `held` their share (0 to 1); `slices` how many slices the sum has, those beyond a limit
    counted.
    """

    largest: Row
    holders: int
    held: Decimal
    slices: int

    @property
    def is_single(self) -> bool:
        """Whether the whole sum lies in one slice."""
        return self.largest.share == 1

    @property
    def is_dominant(self) -> bool:
        """Whether one slice holds at least half."""
        return self.largest.share is not None and self.largest.share >= HALF

    @property
    def is_concentrated(self) -> bool:
        """Whether a few slices, of many, hold half."""
        return self.holders * FEW <= self.slices


@dataclass(frozen=True, slots=True)
class Change:
    """How a sum changed between two years (Common Era): amounts in baht, `rate` as a share of the earlier
    one.

    `rate` is None where the earlier amount is zero.
    """

    earlier: int
    later: int
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before

    @property
    def rate(self) -> Decimal | None:
        return share_of(self.difference, self.before)


def standing_out(breakdown: Breakdown) -> Standing | None:
    """What stands out in a breakdown; None where there is no money to speak of."""
    if not breakdown.rows or breakdown.total <= 0:
        return None
    holders, held = _half(breakdown)
    return Standing(
        largest=breakdown.rows[0],
        holders=holders,
        held=held,
        slices=len(breakdown.rows) + breakdown.hidden,
    )


def change(points: Iterable[Point]) -> Change | None:
    """The change between the last two years of a series whose amounts are known; None where there are not
    two.
    """
    known = [(point.year, point.amount) for point in points if point.amount is not None]
    if len(known) < 2:
        return None
    (earlier, before), (later, after) = known[-2:]
    return Change(earlier, later, before, after)


def _half(breakdown: Breakdown) -> tuple[int, Decimal]:
    """How many of the largest slices hold half of the sum, and what they hold; all shown where a limit
    hides the rest.
    """
    held = Decimal(0)
    for holders, row in enumerate(breakdown.rows, start=1):
        held += row.share or Decimal(0)
        if held >= HALF:
            return holders, held
    return len(breakdown.rows), held

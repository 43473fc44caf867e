"""Lines of the budget, and the obligations (งบผูกพัน) that stand on several rows, one for each year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..errors import Reason, gettext_noop
from ..records import AllocationRecord, CommitmentRecord, Entry, Head, Note, Refusal
from .bb_budget_rows import Line

ROUNDING = Decimal("0.000001")  # baht by which a part of a split sum may be off: 16 digits are printed


def allocation(line: Line) -> AllocationRecord:
    """The line of the book's own year."""
    return AllocationRecord(
        line.line,
        line.item_id,
        line.fiscal_year,
        line.ministry,
        line.agency,
        line.plan,
        line.cross_cutting,
        line.activity_kind,
        line.activity,
        line.category,
        line.description,
        line.amount,
        line.obliged,
        line.page,
    )


def timeline(lines: Sequence[Line], head: Head) -> Iterator[Entry]:
    """All years of one obligation, each pointing to the row of the book's own year, a budget line as well."""
    own = next((line.item_id for line in lines if line.fiscal_year == head.fiscal_year), "")
    for run in _runs(lines):
        if run[0].is_part:
            yield from _restored(run, own, head)
        else:
            yield commitment(run[0], own, run[0].fiscal_year, run[0].amount)
            if run[0].fiscal_year == head.fiscal_year:
                yield allocation(run[0])


def commitment(line: Line, own: str, until: int, amount: Decimal) -> CommitmentRecord:
    """What an obligation costs from the year of a line until another."""
    return CommitmentRecord(
        line.line,
        line.item_id,
        own,
        line.fiscal_year,
        until,
        line.ministry,
        line.agency,
        line.description,
        amount,
        line.page,
    )


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Each line by itself, but the equal parts of consecutive years together."""
    run: list[Line] = []
    for line in lines:
        if run and not _splits_on(run[-1], line):
            yield run
            run = []
        run.append(line)
    yield run


def _splits_on(before: Line, line: Line) -> bool:
    return line.is_part and line.amount == before.amount and line.fiscal_year == before.fiscal_year + 1


def _restored(run: Sequence[Line], own: str, head: Head) -> Iterator[Entry]:
    """The sum printed for a range of years that the extraction has split; refused if it comes out uneven."""
    first, last = run[0], run[-1]
    parts = sum((line.amount for line in run), Decimal(0))
    whole = parts.quantize(Decimal(1))
    holds_own_year = any(line.fiscal_year == head.fiscal_year for line in run)
    if len(run) < 2 or holds_own_year or abs(parts - whole) > ROUNDING * len(run):
        sentence = gettext_noop("This is no whole number of satang, nor part of a sum split over some years.")
        for line in run:
            yield Refusal(line.line, "AMOUNT", f"{line.amount}", Reason(sentence))
        return
    yield Note(
        "restored_range",
        first.line,
        f"{first.amount:,} × {len(run)}",
        f"{whole:,} ({first.fiscal_year}–{last.fiscal_year})",
    )
    yield commitment(first, own, last.fiscal_year, whole)

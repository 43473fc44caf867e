"""Which counts of parts may stand beside the counts of their wholes, so that no small one can be worked out.

A count is small from one to four. What is small is withheld, and so is what would tell it: the part of a row
by the rest of the row, a row by the total of its column. Plain numbers in, plain numbers out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases of one group came in, and how many of them came how far; None where withheld."""

    received: int
    delivered: int | None
    acknowledged: int | None
    """Of those delivered."""
    overdue: int | None


def is_safe(number: int) -> bool:
    """Whether a count tells of none, or of five and more."""
    return number == 0 or number >= LEAST


def published(groups: Sequence[tuple[int, int, int, int]]) -> tuple[Sequence[Counts], Counts]:
    """What may be shown of each group that has received five and more, and of all of them together. The
    numbers of a group are received, delivered, acknowledged, overdue.
    """
    received, delivered, acknowledged, overdue = (list(column) for column in zip(*groups, strict=True))
    no_delivered, delivered_total = hidden(delivered, [received])
    no_acknowledged, acknowledged_total = hidden(acknowledged, [received, delivered], no_delivered)
    no_overdue, overdue_total = hidden(overdue, [received])
    rows = [
        Counts(
            received[row],
            None if row in no_delivered else delivered[row],
            None if row in no_acknowledged else acknowledged[row],
            None if row in no_overdue else overdue[row],
        )
        for row in range(len(groups))
    ]
    return rows, Counts(sum(received), delivered_total, acknowledged_total, overdue_total)


def hidden(
    parts: Sequence[int], wholes: Sequence[Sequence[int]], known: frozenset[int] = frozenset()
) -> tuple[frozenset[int], int | None]:
    """The rows that must not show their part, `known` ones among them, and the total if it may be shown.

    The rows withheld are themselves a group: there are two at least, and together they are safe against
    each of the wholes. Until they are, the smallest row beside them is withheld too.
    """

    def tells(rows: frozenset[int]) -> bool:
        part = sum(parts[row] for row in rows)
        rests = [sum(whole[row] for row in rows) - part for whole in wholes]
        return not all(is_safe(number) for number in (part, *rests))

    everybody = frozenset(range(len(parts)))
    rows = known | {row for row in everybody if tells(frozenset({row}))}
    while rows and (len(rows) == 1 or tells(rows)):
        rest = everybody - rows
        if not rest:
            return rows, None
        rows |= {min(rest, key=lambda row: (wholes[0][row], row))}
    return rows, sum(parts)

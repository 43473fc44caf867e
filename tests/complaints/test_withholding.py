"""No small number is shown, and none can be worked out from those that are: every table that would show the
same is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.withholding import Counts, is_safe, published


@st.composite
def groups(draw: st.DrawFn) -> list[tuple[int, int, int, int]]:
    """Up to three groups of five to nine, and how far their cases came."""
    made = []
    for _ in range(draw(st.integers(1, 3))):
        received = draw(st.integers(5, 9))
        delivered = draw(st.integers(0, received))
        acknowledged = draw(st.integers(0, delivered))
        made.append((received, delivered, acknowledged, draw(st.integers(0, received))))
    return made


def columns(shown: tuple[Sequence[Counts], Counts], name: str) -> tuple[list[int | None], int | None]:
    rows, whole = shown
    return [getattr(row, name) for row in rows], getattr(whole, name)


def possible(
    shown: Sequence[int | None], total: int | None, most: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    """Every column that would show the same."""
    ranges = [
        range(0 if cell is None else cell, top + 1 if cell is None else min(cell, top) + 1)
        for cell, top in zip(shown, most, strict=True)
    ]
    return (column for column in product(*ranges) if total is None or sum(column) == total)


@given(groups())
def test_shown_numbers_are_true_and_safe(given_: list[tuple[int, int, int, int]]) -> None:
    rows, whole = published(given_)

    for row, true in zip([*rows, whole], [*given_, tuple(map(sum, zip(*given_, strict=True)))], strict=True):
        numbers = (row.received, row.delivered, row.acknowledged, row.overdue)
        assert all(n is None or n == t for n, t in zip(numbers, true, strict=True))
        assert all(n is None or (is_safe(n) and is_safe(row.received - n)) for n in numbers)
        if row.delivered is not None and row.acknowledged is not None:
            assert is_safe(row.delivered - row.acknowledged)


@pytest.mark.parametrize("name", ["delivered", "overdue"])
@settings(deadline=None, max_examples=60)
@given(given_=groups())
def test_withheld_number_may_be_any_of_many(name: str, given_: list[tuple[int, int, int, int]]) -> None:
    shown = published(given_)
    cells, total = columns(shown, name)

    tables = list(possible(cells, total, [row[0] for row in given_]))

    for place, cell in enumerate(cells):
        if cell is None:
            values = {table[place] for table in tables}
            assert len(values) > 5
            assert any(value >= 5 for value in values)


@settings(deadline=None, max_examples=60)
@given(groups())
def test_withheld_acknowledgement_may_be_any_of_many(given_: list[tuple[int, int, int, int]]) -> None:
    shown = published(given_)
    delivered, _total = columns(shown, "delivered")
    cells, total = columns(shown, "acknowledged")
    most = [row[0] if d is None else d for d, row in zip(delivered, given_, strict=True)]

    tables = list(possible(cells, total, most))

    for place, cell in enumerate(cells):
        true = given_[place]
        is_told = delivered[place] is not None and not is_safe(true[1] - true[2])
        if cell is None and (is_told or not is_safe(true[2])):
            assert len({table[place] for table in tables}) > 3


@settings(deadline=None, max_examples=40)
@given(groups())
def test_withheld_delivery_may_be_any_of_many_beside_acknowledgements(
    given_: list[tuple[int, int, int, int]],
) -> None:
    shown = published(given_)
    cells, total = columns(shown, "delivered")
    accepted, accepted_total = columns(shown, "acknowledged")
    received = [row[0] for row in given_]

    tables = [
        table
        for table in possible(cells, total, received)
        if any(True for _ in possible(accepted, accepted_total, table))
    ]

    for place, cell in enumerate(cells):
        if cell is None:
            assert len({table[place] for table in tables}) > 5


@given(groups())
def test_withheld_rows_are_safe_together(given_: list[tuple[int, int, int, int]]) -> None:
    shown = published(given_)
    for place, name in enumerate(("received", "delivered", "acknowledged", "overdue")):
        cells, total = columns(shown, name)
        left = [row for row, cell in zip(given_, cells, strict=True) if cell is None]
        if left and total is not None:
            part = sum(row[place] for row in left)
            assert len(left) > 1
            assert is_safe(part)
            assert is_safe(sum(row[0] for row in left) - part)

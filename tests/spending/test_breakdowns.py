"""Breakdowns: one query, exact sums, whatever way one slices."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spending import speech
from spending.breakdowns import Dimension, break_down, over_years, share_of
from spending.filters import AllocationFilter
from spending.models import Allocation, AllocationTotal
from tests.factories import DISEASE_CONTROL, HEALTH, INTERIOR, LOCAL_AFFAIRS, allocation, head, loaded

pytestmark = pytest.mark.django_db

BODIES = [(INTERIOR, LOCAL_AFFAIRS), (HEALTH, DISEASE_CONTROL)]
CATEGORIES = [(), ("งบลงทุน",), ("งบลงทุน", "ค่าครุภัณฑ์"), ("งบดำเนินงาน", "ค่าใช้สอย", "ค่าจ้าง")]
LINES = st.lists(
    st.tuples(
        st.sampled_from(BODIES),
        st.sampled_from(["แผนงานก", "แผนงานข"]),
        st.sampled_from(["", "ผลผลิต", "อีกผลผลิต"]),
        st.sampled_from(CATEGORIES),
        st.decimals(0, 10**12, places=2),
    ),
    min_size=1,
    max_size=12,
)


def test_rows_are_largest_first_and_add_up(tmp_path: Path, django_assert_num_queries: Any) -> None:
    loaded(
        head(),
        allocation(1, "1.10"),
        allocation(2, "5.05", ministry=HEALTH, agency=DISEASE_CONTROL),
        folder=tmp_path,
    )

    with django_assert_num_queries(1):
        parts = break_down(AllocationTotal.objects.current(), Dimension.MINISTRY)

    assert [(row.code, row.amount) for row in parts.rows] == [
        ("21", Decimal("5.05")),
        ("15", Decimal("1.10")),
    ]
    assert parts.total == Decimal("6.15")
    assert parts.rows[0].name_en == "Ministry of Public Health"


def test_fixed_terms_have_english_names_and_names_of_ones_own_have_none(tmp_path: Path) -> None:
    path = ("งบลงทุน", "ค่าครุภัณฑ์", "ครุภัณฑ์สำนักงาน")
    loaded(head(), allocation(1, "2", category=path, plan="งบลงทุน"), folder=tmp_path)
    facts = AllocationTotal.objects.current()

    of_types, of_groups = (break_down(facts, Dimension.CATEGORY, level=level) for level in (1, 2))
    parts = (of_types, of_groups, break_down(facts, Dimension.PLAN))
    (over_time,) = over_years(facts, Dimension.CATEGORY, ["งบลงทุน"])

    assert [part.rows[0].name_en for part in parts] == ["Investment", "Equipment", ""]
    assert over_time.name_en == "Investment"


def test_what_a_limit_hides_is_summed_in_the_rest(tmp_path: Path) -> None:
    loaded(head(), *[allocation(n, str(n), plan=f"แผน{n}") for n in range(1, 6)], folder=tmp_path)

    parts = break_down(Allocation.objects.current(), Dimension.PLAN, limit=2)

    assert [row.amount for row in parts.rows] == [5, 4]
    assert parts.rest is not None
    assert (parts.rest.amount, parts.hidden, parts.total) == (6, 3, 15)


def test_categories_are_cut_off_at_the_level_asked(tmp_path: Path) -> None:
    loaded(
        head(),
        allocation(1, "1", category=("งบลงทุน", "ก", "ข")),
        allocation(2, "2", category=("งบลงทุน", "ค")),
        allocation(3, "4", category=()),
        folder=tmp_path,
    )

    top = break_down(AllocationTotal.objects.current(), Dimension.CATEGORY)
    second = break_down(AllocationTotal.objects.current(), Dimension.CATEGORY, level=2)

    assert {row.code: row.amount for row in top.rows} == {"-": 4, "งบลงทุน": 3}
    assert {row.code: row.name for row in second.rows} == {"-": "", "งบลงทุน/ก": "ก", "งบลงทุน/ค": "ค"}


def test_series_leaves_unknown_years_empty_not_zero(tmp_path: Path) -> None:
    loaded(head("a"), allocation(1, "1"), folder=tmp_path)
    loaded(
        head("b", fiscal_year=2023),
        allocation(2, "2", fiscal_year=2023, ministry=HEALTH, agency=DISEASE_CONTROL),
        folder=tmp_path,
    )

    series = over_years(AllocationTotal.objects.current(), Dimension.MINISTRY, ["15", "21", "99"])

    assert [[point.amount for point in line.points] for line in series] == [[1, None], [None, 2]]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES)
def test_totals_beside_the_facts_equal_the_facts_in_every_dimension(lines: Any, tmp_path: Path) -> None:
    before = AllocationTotal.objects.current().total()
    rows = [
        allocation(
            n,
            str(amount),
            ministry=bodies[0],
            agency=bodies[1],
            plan=plan,
            activity_kind="output" if activity else "",
            activity=activity,
            category=category,
        )
        for n, (bodies, plan, activity, category, amount) in enumerate(lines)
    ]
    loaded(head(f"p{abs(hash(str(lines)))}"), *rows, folder=tmp_path)

    for dimension in AllocationFilter.dimensions:
        for level in (1, 2, 3):
            from_totals = break_down(AllocationTotal.objects.current(), dimension, level=level)
            from_lines = break_down(Allocation.objects.current(), dimension, level=level)
            assert from_totals == from_lines
    assert AllocationTotal.objects.current().total() - before == sum(row.amount for row in rows)


def test_a_small_share_is_not_rounded_to_nothing() -> None:
    share = share_of(Decimal("470200"), Decimal("3100000000000"))

    assert share == Decimal("0.000000151677")
    assert speech.percent(share) == "<0.1%"
    assert share_of(Decimal(0), Decimal(5)) == 0

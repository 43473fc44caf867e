"""What is published of complaints: no small number, none by subtraction, none by looking every day."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from io import StringIO
from itertools import combinations
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from complaints import statistics as module
from complaints.models import Complaint, Desk, Dispatch, Event
from complaints.models.events import note
from complaints.statistics import OTHERS, _rows, joined, quarter_begin, quarter_of, statistics
from complaints.withholding import LEAST

from .cases import complaint, dispatch

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 30), max_size=8)
CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from([(2026, 1), (2026, 2), (2025, 4)]),
        st.sampled_from(["15", "21", "", "07"]),
        st.sampled_from(["open", "spam", "no_grounds", "substantiated"]),
    ),
    st.integers(1, 12),
    max_size=30,
)


@given(COUNTS)
def test_no_group_under_five_is_left_or_told_by_the_rest(counts: dict[str, int]) -> None:
    shown, rest = joined(counts)

    assert all(number >= LEAST for _key, number in shown)
    assert rest == 0 or rest >= LEAST or not shown
    assert sum(number for _key, number in shown) + rest == sum(counts.values())


@given(CELLS)
def test_no_shown_number_and_no_difference_of_sums_is_under_five(cells: dict[Any, int]) -> None:
    rows = list(_rows(cells))

    assert all(row.cases >= LEAST for row in rows)
    whole = sum(row.cases for row in rows)
    assert whole in (0, sum(cells.values())) or sum(cells.values()) < LEAST
    for size in (1, 2):
        for some in combinations(rows, size):
            left = whole - sum(row.cases for row in some)
            assert left == 0 or left >= LEAST


@given(CELLS)
def test_each_true_cell_is_shown_or_part_of_a_joined_one(cells: dict[Any, int]) -> None:
    for row in _rows(cells):
        if OTHERS not in (row.agency_code, row.outcome):
            assert cells[(row.year, row.quarter), row.agency_code, row.outcome] == row.cases


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2025, 10, 1), (2026, 1)), (date(2026, 1, 1), (2026, 2)), (date(2026, 6, 30), (2026, 3)),
     (date(2026, 9, 30), (2026, 4))],
)  # fmt: skip
def test_fiscal_quarter_begins_in_october(day: date, quarter: tuple[int, int]) -> None:
    assert quarter_of(day) == quarter
    assert quarter_of(quarter_begin(day)) == quarter


@pytest.fixture
def cases(db: None) -> None:
    """Twelve of one agency, three of another, in the second quarter of 2569; one in the quarter that runs."""
    day = timezone.make_aware(datetime(2026, 2, 10))
    for number in range(12):
        case = complaint(agency_code="15008", received_at=day)
        if number < 6:
            Complaint.objects.filter(pk=case.pk).update(
                state="closed", outcome="no_grounds", closed_at=day + timedelta(days=30 + number)
            )
    for _ in range(3):
        complaint(agency_code="21004", received_at=day)
    complaint(agency_code="15008")
    cache.clear()


def test_small_agency_is_joined_with_another(cases: None) -> None:
    shown = statistics(date(2026, 11, 21))

    assert shown.until == date(2026, 10, 1)
    assert shown.total == 15
    assert {row.agency_code for row in shown.rows} == {OTHERS}
    assert Counter(row.outcome for row in shown.rows) == {"no_grounds": 1, "open": 1}


def test_running_quarter_is_not_counted(cases: None) -> None:
    before = statistics(date(2026, 11, 21))
    complaint(received_at=timezone.make_aware(datetime(2026, 11, 20)))

    assert statistics(date(2026, 11, 22)) == before


def test_case_closed_after_the_quarter_counts_as_open_until_the_next(cases: None) -> None:
    Complaint.objects.filter(outcome="no_grounds").update(
        closed_at=timezone.make_aware(datetime(2026, 10, 5))
    )

    Complaint.objects.latest("pk").delete()

    assert {row.outcome for row in statistics(date(2026, 11, 21)).rows} == {"open"}
    assert {row.outcome for row in statistics(date(2027, 1, 2)).rows} == {"open", "no_grounds"}


def test_steps_are_told_by_the_middle_of_five_cases_at_least(cases: None) -> None:
    (closed,) = [d for d in statistics(date(2026, 11, 21)).durations if d.step == "close"]

    assert (closed.cases, closed.days) == (5, 32)  # six, told as "at least five"
    assert statistics(date(2026, 1, 1)).durations == []


def test_read_and_delivery_are_measured_by_the_log(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "quarter_begin", lambda day: day + timedelta(days=2))
    for _ in range(5):
        case = complaint()
        for kind in ("filed", "moved", "delivered"):
            note(case, kind, "system")  # type: ignore[arg-type]

    steps = {d.step: d.days for d in statistics().durations}

    assert steps == {"read": 0, "deliver": 0}


NUMBERS = ("year", "quarter", "received", "delivered", "acknowledged", "overdue")


def numbers(text: str) -> int | None:
    return int(text) if text else None


def csv_of(client: Client, name: str) -> list[dict[str, str]]:
    lines = b"".join(client.get(f"/api/v1/complaints/{name}").streaming_content)  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(lines.decode("utf-8-sig"))))


def came(number: int, agency: str, *, delivered: int = 0, acknowledged: int = 0, overdue: int = 0) -> None:
    """So many cases of a quarter, of which the first came so far."""
    for place in range(number):
        case = complaint(agency_code=agency)
        note(case, Event.Kind.FILED, "reporter")
        sent = dispatch(complaint=case)
        if place < delivered:
            sent.mark_sent(sent.claim(), "got it")
        if place < acknowledged:
            sent.mark_acknowledged("acknowledged", f"7/{place}")
        if place < overdue:
            note(case, Event.Kind.REMINDED, "system", step="read", due="2026-11-21")


@pytest.fixture
def next_quarter(db: None) -> date:
    """A day on which what is filed now is told of."""
    Desk.objects.update(at_once=100)
    return quarter_begin(timezone.localdate() + timedelta(days=95))


def test_quarter_and_agency_say_how_far_complaints_came(next_quarter: date) -> None:
    came(12, "15008", delivered=12, acknowledged=6, overdue=5)
    came(7, "21004", delivered=7)

    told = {row.agency_code: row for row in statistics(next_quarter).progress}

    numbers = {code: (r.received, r.delivered, r.acknowledged, r.overdue) for code, r in told.items()}
    assert numbers == {"15008": (12, 12, 6, 5), "21004": (7, 7, 0, 0), "all": (19, 19, 6, 5)}


def test_small_number_is_withheld_and_so_is_what_would_tell_it(next_quarter: date) -> None:
    came(12, "15008", delivered=6)
    came(9, "21004", delivered=6)
    came(9, "07004", delivered=2)

    told = {row.agency_code: row.delivered for row in statistics(next_quarter).progress}

    assert told == {"15008": 6, "21004": None, "07004": None, "all": 14}


def test_number_is_withheld_from_the_whole_where_nothing_else_hides_it(next_quarter: date) -> None:
    came(9, "07004", delivered=2)

    told = statistics(next_quarter)

    assert [(row.agency_code, row.received, row.delivered) for row in told.progress] == [
        ("07004", 9, None),
        ("all", 9, None),
    ]
    assert told.durations == []


def test_progress_stands_as_it_was_on_the_last_day(next_quarter: date) -> None:
    came(6, "15008", delivered=6, acknowledged=6, overdue=6)
    day = timezone.make_aware(datetime.combine(next_quarter, time()))
    Dispatch.objects.update(delivered_at=day)
    before = statistics(next_quarter).progress[0]

    assert (before.received, before.acknowledged, before.delivered) == (6, 6, 6)
    assert statistics(quarter_begin(timezone.localdate())).progress == []


def test_steps_are_counted_so_that_no_case_is_told_by_subtraction(next_quarter: date) -> None:
    came(8, "15008", delivered=7)

    (step,) = statistics(next_quarter).durations

    assert (step.step, step.cases) == ("deliver", 5)


@pytest.mark.parametrize("language", ["", "/en"])
def test_page_api_and_file_say_the_same(cases: None, client: Client, language: str) -> None:
    page = client.get(f"{language}/complaints/statistics/")
    told = client.get("/api/v1/complaints/statistics/").json()
    rows = csv_of(client, "statistics.csv")

    assert page.status_code == 200
    assert told["total"] == sum(row["cases"] for row in told["rows"]) == sum(int(r["cases"]) for r in rows)
    assert [str(row["cases"]) for row in told["rows"]] == [row["cases"] for row in rows]
    shown = re.sub(r' data-label="[^"]*"', "", page.text)
    assert all(f'<td class="n">{row["cases"]}</td>' in shown for row in told["rows"])
    assert told["progress"] == [
        {name: numbers(value) if name in NUMBERS else value for name, value in row.items()}
        for row in csv_of(client, "progress.csv")
    ]
    for row in told["progress"]:
        cells = "".join(
            f'<td class="n">{"–" if row[name] is None else row[name]}</td>' for name in NUMBERS[2:]
        )
        assert cells in shown


def test_page_without_enough_cases_says_so(db: None, client: Client) -> None:
    cache.clear()

    page = client.get("/en/complaints/statistics/")

    assert "nothing is shown yet" in page.text

"""Obligations of the budget book: one line, and what it costs in each year."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from importers.records import AllocationRecord, CommitmentRecord, Refusal

from .budget_rows import notes, obligation, only, read


def test_obligation_is_a_line_and_a_commitment_for_each_year(tmp_path: Path) -> None:
    entries = read(tmp_path, *obligation((2021, "10"), (2022, "20.0"), (2023, "30")))

    (line,) = only(AllocationRecord, entries)
    commitments = only(CommitmentRecord, entries)
    assert (line.item_id, line.amount, line.obliged) == ("2022.3.9.1", 20, True)
    assert [(c.fiscal_year, c.until_year, c.amount) for c in commitments] == [
        (2021, 2021, 10),
        (2022, 2022, 20),
        (2023, 2023, 30),
    ]
    assert {c.line_item_id for c in commitments} == {"2022.3.9.1"}


def test_obligation_without_this_year_belongs_to_no_line(tmp_path: Path) -> None:
    entries = read(tmp_path, *obligation((2023, "10"), (2024, "20")))

    assert [c.line_item_id for c in only(CommitmentRecord, entries)] == ["", ""]
    assert only(AllocationRecord, entries) == []


def test_obligation_begins_anew_where_the_years_do(tmp_path: Path) -> None:
    first = obligation((2022, "10"), (2023, "20"))
    second = obligation((2022, "30"), (2023, "40"), start=2)

    commitments = only(CommitmentRecord, read(tmp_path, *first, *second))

    assert [c.line_item_id for c in commitments] == ["2022.3.9.0", "2022.3.9.0", "2022.3.9.2", "2022.3.9.2"]


def test_obligation_of_another_page_is_another_one(tmp_path: Path) -> None:
    first = obligation((2022, "10"), REF_PAGE_NO="16")
    second = obligation((2023, "20"), REF_PAGE_NO="17", start=1)

    commitments = only(CommitmentRecord, read(tmp_path, *first, *second))

    assert [c.line_item_id for c in commitments] == ["2022.3.9.0", ""]


def test_refused_year_does_not_part_an_obligation(tmp_path: Path) -> None:
    entries = read(tmp_path, *obligation((2021, "10"), (2022, "20"), (2023, ""), (2024, "40")))

    assert [c.line_item_id for c in only(CommitmentRecord, entries)] == ["2022.3.9.1"] * 3
    assert [refusal.column for refusal in only(Refusal, entries)] == ["AMOUNT"]


def test_range_of_years_that_was_split_is_restored(tmp_path: Path) -> None:
    part = "891,666.6666666666"
    rows = obligation((2017, part), (2018, part), (2019, part), (2020, "5"), (2022, "7"))

    entries = read(tmp_path, *rows)

    first, *others = only(CommitmentRecord, entries)
    assert (first.item_id, first.fiscal_year, first.until_year) == ("2022.3.9.0", 2017, 2019)
    assert (first.amount, first.line_item_id) == (Decimal(2_675_000), "2022.3.9.4")
    assert [c.fiscal_year for c in others] == [2020, 2022]
    assert notes(entries) == [("restored_range", "891,666.6666666666 × 3", "2,675,000 (2017–2019)")]


@pytest.mark.parametrize(
    "parts",
    [
        [(2017, "891,666.6666666666")],
        [(2017, "891,666.61234"), (2018, "891,666.61234")],
        [(2016, "891,666.6666666666"), (2018, "891,666.6666666666"), (2019, "891,666.6666666666")],
        [(2021, "891,666.6666666666"), (2022, "891,666.6666666666"), (2023, "891,666.6666666666")],
    ],
    ids=["alone", "not whole baht", "a year missing", "over the book's own year"],
)
def test_part_of_a_sum_that_cannot_be_restored_is_refused(
    tmp_path: Path, parts: list[tuple[int, str]]
) -> None:
    entries = read(tmp_path, *obligation(*parts))

    assert [refusal.column for refusal in only(Refusal, entries)] == ["AMOUNT"] * len(parts)
    assert only(CommitmentRecord, entries) == []


def test_exact_satang_in_many_years_are_plain_money(tmp_path: Path) -> None:
    commitments = only(CommitmentRecord, read(tmp_path, *obligation((2025, "1,234.5"), (2026, "1,234.5"))))

    assert [(c.fiscal_year, c.until_year, c.amount) for c in commitments] == [
        (2025, 2025, Decimal("1234.5")),
        (2026, 2026, Decimal("1234.5")),
    ]

"""The budget book as published: nineteen volumes to the baht, and extractions that are not to be trusted."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from importers.errors import FileError
from importers.records import AllocationRecord, CommitmentRecord, Head, Note, Refusal
from importers.sources.bb_budget_book import BudgetBook

from .budget_rows import only

VOLUMES = BudgetBook.expects.totals


def volume_path(shared_data: Path, part: str) -> Path:
    return shared_data / "budget" / "fy2565-whitebook-csv" / f"{part.replace('.', '-')}.csv"


@pytest.mark.parametrize("part", VOLUMES)
def test_volume_adds_up_to_its_verified_total(shared_data: Path, part: str) -> None:
    entries = list(BudgetBook().entries(volume_path(shared_data, part)))

    heads, lines = only(Head, entries), only(AllocationRecord, entries)
    commitments = only(CommitmentRecord, entries)
    assert [head.part for head in heads] == [part]
    assert sum(line.amount for line in lines) == VOLUMES[part]
    assert only(Refusal, entries) == []
    assert {c.line_item_id for c in commitments} == {line.item_id for line in lines if line.obliged}
    assert {line.category[:1] for line in lines} <= {
        ("งบบุคลากร",), ("งบดำเนินงาน",), ("งบลงทุน",), ("งบเงินอุดหนุน",), ("งบรายจ่ายอื่น",), ()
    }  # fmt: skip


def test_nineteen_volumes_are_read_whole(shared_data: Path) -> None:
    entries = [entry for part in VOLUMES for entry in BudgetBook().entries(volume_path(shared_data, part))]

    lines, commitments = only(AllocationRecord, entries), only(CommitmentRecord, entries)
    kinds = Counter(note.kind for note in only(Note, entries))
    assert (len(lines), len(commitments)) == (26_724, 6_493)
    assert sum(line.obliged for line in lines) == 1_670
    assert sum(line.amount for line in lines) == Decimal(2_111_296_325_593)
    assert sum(line.amount for line in lines if not line.category) == Decimal(571_047_326_800)
    assert (kinds["restored_range"], kinds["repeated_row"], kinds["amount_cut_short"]) == (62, 7, 11)
    assert len({line.plan for line in lines}) == 60
    assert len({(line.ministry.name, line.agency.name) for line in lines}) == 548
    assert len({line.ministry.name for line in lines}) == 25
    assert (min(c.fiscal_year for c in commitments), max(c.until_year for c in commitments)) == (1967, 2066)


def test_published_target_layout_is_read_alike_from_csv_and_spreadsheet(shared_data: Path) -> None:
    from_csv = list(BudgetBook().entries(shared_data / "budget" / "output_example_v2.csv"))
    from_sheet = list(BudgetBook().entries(shared_data / "budget" / "output_example_v2.xlsx"))

    lines, same = only(AllocationRecord, from_csv), only(AllocationRecord, from_sheet)
    assert [line.item_id for line in lines] == [f"2022.3.5-{n}" for n in (1, 2, 3, 4, 7, 10)]
    assert sum(line.amount for line in lines) == Decimal(39_260_800)
    assert [(line.item_id, line.amount) for line in same] == [(line.item_id, line.amount) for line in lines]
    assert [refusal.value for refusal in only(Refusal, from_sheet)] == ["…", "…"]


def test_rows_of_the_poorer_extraction_are_refused(shared_data: Path) -> None:
    entries = list(BudgetBook().entries(shared_data / "budget" / "2022.3.17.csv"))

    assert only(Head, entries)[0].part == "2022.3.17"
    assert Counter(refusal.column for refusal in only(Refusal, entries)) == {"MINISTRY": 262, "AMOUNT": 13}
    assert only(AllocationRecord, entries) == []


def test_known_bad_extract_lacks_a_row_and_its_total(shared_data: Path) -> None:
    entries = list(BudgetBook().entries(shared_data / "budget" / "2022-3-3(2)-bug.csv"))

    lines = only(AllocationRecord, entries)
    assert [(refusal.line, refusal.column) for refusal in only(Refusal, entries)] == [(9, "CATEGORY_LV4")]
    assert sum(line.amount for line in lines) == Decimal(61_362_400) != VOLUMES["2022.3.3(2)"]


def test_extract_without_rows_is_refused_as_a_whole(shared_data: Path) -> None:
    with pytest.raises(FileError):
        list(BudgetBook().entries(shared_data / "budget" / "2022.3.13(1).csv"))

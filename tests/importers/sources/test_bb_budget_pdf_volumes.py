"""Three volumes of the budget book as they were printed: every unit adds up, and every word is legible."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from importers.records import AllocationRecord, CommitmentRecord, Control, Entry, Head, Note, Refusal
from importers.sources.bb_budget_pdf import BudgetBookPdf

from .budget_rows import only

VOLUMES = {  # the file, the volume, its lines, and the sum of what it prints for its ministries and agencies
    "31.pdf": ("2022.3.17", 186, Decimal("17505800000")),
    "14.pdf": ("2022.3.3(5)", 228, Decimal("8343343500")),
    "17.pdf": ("2022.3.6", 1338, Decimal("28325492800")),
}
UNITS = {"31.pdf": 4, "14.pdf": 10, "17.pdf": 12}


@pytest.fixture(scope="module", params=VOLUMES)
def volume(request: pytest.FixtureRequest, shared_data: Path) -> tuple[str, list[Entry]]:
    path = shared_data / "budget" / "fy2565-pdf" / request.param
    return request.param, list(BudgetBookPdf().entries(path))


def test_every_unit_adds_up_at_every_level(volume: tuple[str, list[Entry]]) -> None:
    name, entries = volume
    part, count, total = VOLUMES[name]

    lines, controls = only(AllocationRecord, entries), only(Control, entries)
    assert [head.part for head in only(Head, entries)] == [part]
    assert only(Refusal, entries) == []
    assert (len(lines), sum(line.amount for line in lines)) == (count, total)
    assert [control.name for control in controls if not control.holds] == []
    assert len({(line.ministry, line.agency) for line in lines}) == UNITS[name]


def test_every_line_has_its_printed_page_and_an_id_of_its_own(volume: tuple[str, list[Entry]]) -> None:
    _name, entries = volume

    lines, commitments = only(AllocationRecord, entries), only(CommitmentRecord, entries)
    assert all(line.page and line.line > line.page for line in lines)
    assert len({line.item_id for line in lines}) == len(lines)
    assert len({commitment.item_id for commitment in commitments}) == len(commitments)
    assert {c.line_item_id for c in commitments} == {line.item_id for line in lines if line.obliged}


def test_every_word_is_whole(volume: tuple[str, list[Entry]]) -> None:
    _name, entries = volume

    words = "".join(line.description + line.plan + line.activity for line in only(AllocationRecord, entries))
    assert not set(words) & set("\ufffdÉÊËÌÍ\u0e4d")
    assert "  " not in words


def test_the_years_of_every_obligation_come_to_what_it_costs(volume: tuple[str, list[Entry]]) -> None:
    _name, entries = volume

    assert {note.kind for note in only(Note, entries)} <= {"of_which"}


def test_a_known_line_is_read_to_the_letter(shared_data: Path) -> None:
    entries = BudgetBookPdf().entries(shared_data / "budget" / "fy2565-pdf" / "31.pdf")

    found = next(e for e in entries if isinstance(e, AllocationRecord) and e.item_id == "2022.3.17.p50-7")
    assert found.amount == Decimal(1_000_000)
    assert found.category == ("งบเงินอุดหนุน", "เงินอุดหนุนทั่วไป", "ค่าครุภัณฑ์")
    assert found.description == (
        "ปรับปรุงเครื่องบรรจุวัคซีนอัตโนมัติของโรงงานแบ่งบรรจุวัคซีน แขวงปทุมวัน เขตปทุมวัน กรุงเทพมหานคร 1 เครื่อง"
    )

"""Act, adjusted and paid of each year: whole or refused, and the rate must agree with the amounts."""

from __future__ import annotations

import copy
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import Entry, Head, ReferenceTotalRecord, Refusal
from importers.sources.pbo_history import PboHistory

DOCUMENT: dict[str, Any] = {
    "years": 2,
    "row_count": 402956,
    "series": [
        {
            "year": 2561,
            "rows": 219246,
            "act": 3050000.007,
            "adjusted": 3050000.1152,
            "paid": 2792068.7085,
            "paid_rate": 91.5,
        },
        {
            "year": 2562,
            "rows": 183710,
            "act": 3000000,
            "adjusted": 3000000,
            "paid": 2783154.8012,
            "paid_rate": 92.8,
        },
    ],
}


def entries_of(path: Path) -> list[Entry]:
    return list(PboHistory().entries(path))


def read(folder: Path, document: Any) -> list[Entry]:
    path = folder / "pbo-history.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return entries_of(path)


def changed(**changes: Any) -> dict[str, Any]:
    """The document with changes in its second year."""
    document = copy.deepcopy(DOCUMENT)
    document["series"][1] |= changes
    return document


def records(entries: list[Entry]) -> list[ReferenceTotalRecord]:
    return [entry for entry in entries if isinstance(entry, ReferenceTotalRecord)]


def test_history_is_one_part_of_the_end_of_its_last_year(tmp_path: Path) -> None:
    head, *_ = read(tmp_path, DOCUMENT)

    assert head == Head("history", None, date(2019, 9, 30))


def test_year_gives_three_totals_of_the_whole_budget_exact_to_the_satang(tmp_path: Path) -> None:
    found = records(read(tmp_path, DOCUMENT))

    assert found[:3] == [
        ReferenceTotalRecord(1, 2018, "act", Decimal("3050000007000.00")),
        ReferenceTotalRecord(1, 2018, "adjusted", Decimal("3050000115200.00")),
        ReferenceTotalRecord(1, 2018, "paid", Decimal("2792068708500.00")),
    ]
    assert found[3].amount == Decimal("3000000000000.00")


@pytest.mark.parametrize(
    ("document", "column", "value"),
    [
        pytest.param(changed(paid=2683154.8012), "paid_rate", "92.8", id="rate and amounts disagree"),
        pytest.param(changed(paid_rate=None), "paid_rate", "", id="no rate"),
        pytest.param(changed(adjusted=0), "paid_rate", "92.8", id="nothing to have a share of"),
        pytest.param(changed(act=None), "act", "", id="no amount"),
        pytest.param(changed(act=-3000000), "act", "-3000000", id="negative"),
        pytest.param(changed(act="สามล้าน"), "act", "สามล้าน", id="words"),
        pytest.param(changed(year=2019), "year", "2019", id="another calendar"),
        pytest.param(changed(committed=5), "committed", "5", id="new member"),
    ],
)
def test_bad_year_is_refused_with_its_member_and_the_rest_is_read(
    tmp_path: Path, document: dict[str, Any], column: str, value: str
) -> None:
    entries = read(tmp_path, document)

    (refusal,) = [entry for entry in entries if isinstance(entry, Refusal)]
    assert (refusal.line, refusal.column, refusal.value) == (2, column, value)
    assert len(records(entries)) == 3


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({**DOCUMENT, "years": 3}, id="a year is missing"),
        pytest.param({**DOCUMENT, "row_count": 402957}, id="rows are missing"),
        pytest.param({**DOCUMENT, "series": []}, id="no years"),
        pytest.param({"years": 0, "row_count": 0, "series": []}, id="nothing"),
        pytest.param({"TransGovernment": {}}, id="another document"),
        pytest.param([1, 2], id="a list"),
        pytest.param({**DOCUMENT, "series": [1, 2]}, id="years without members"),
    ],
)
def test_document_that_is_not_whole_is_refused(tmp_path: Path, document: Any) -> None:
    with pytest.raises(FileError):
        read(tmp_path, document)


def test_published_history_has_the_known_totals(shared_data: Path) -> None:
    entries = entries_of(shared_data / "reference/pbo-history.json")

    found = {(r.fiscal_year + 543, r.measure): r.amount for r in records(entries)}

    assert len(found) == 33
    assert found[2565, "act"] == Decimal("3100000000000.00")
    assert found[2565, "paid"] == Decimal("2932562758200.00")
    assert found[2566, "act"] == Decimal("3185000000000.00")
    assert found[2567, "act"] == Decimal("3602000000300.00")
    assert found[2568, "act"] == Decimal("3752700000600.00")
    assert found[2568, "paid"] == Decimal("3464300654000.00")
    assert not [entry for entry in entries if isinstance(entry, Refusal)]

"""Lamphun's budget: what remains follows from what was granted, moved, bound and paid, on every row."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from importers.errors import FileError
from importers.records import Entry, Head, LocalBudgetRecord, Refusal
from importers.sources.lamphun_pao_budgets import COLUMNS, LamphunPaoBudgets

FOLDER = "local/lamphun-pao"
ROW = "ค่าใช้สอย,รายจ่าย,งานบริหารทั่วไป,โครงการ,100.00,20.00,5.00,10.00,30.50,74.50"
LINE = {"lvl1": "งบลงทุน", "lvl2": "ค่าครุภัณฑ์", "project": "รถ", "plan": "แผนงานการศึกษา", "budget": 100}


def table(folder: Path, *rows: str, name: str = "20250121-budget.csv") -> list[Entry]:
    path = folder / name
    path.write_text("\n".join((",".join(COLUMNS), *rows)) + "\n", encoding="utf-8-sig")
    return list(LamphunPaoBudgets().entries(path))


def listed(folder: Path, *lines: Any, name: str = "2569-budgeting.json") -> list[Entry]:
    path = folder / name
    path.write_text(json.dumps(list(lines)), encoding="utf-8")
    return list(LamphunPaoBudgets().entries(path))


def test_row_of_the_table_says_how_far_the_money_is_spent(tmp_path: Path) -> None:
    head, line = table(tmp_path, ROW)

    assert head == Head("2568-01", 2025, date(2025, 1, 21))
    assert isinstance(line, LocalBudgetRecord)
    assert (line.line, line.task, line.group, line.item) == (2, "บริหารทั่วไป", "ค่าใช้สอย", "รายจ่าย")
    assert (line.approved, line.increased, line.decreased) == (Decimal(100), Decimal(20), Decimal(5))
    assert (line.committed, line.disbursed, line.remaining) == (
        Decimal(10),
        Decimal("30.50"),
        Decimal("74.50"),
    )


def test_line_of_the_ordinance_has_its_field_of_work(tmp_path: Path) -> None:
    head, line = listed(tmp_path, LINE)

    assert head == Head("2569", 2026, date(2025, 10, 1))
    assert isinstance(line, LocalBudgetRecord)
    assert (line.function, line.plan) == ("ด้านบริการชุมชนและสังคม", "การศึกษา")
    assert (line.approved, line.remaining) == (Decimal(100), None)


def test_row_whose_rest_is_off_by_a_satang_is_refused(tmp_path: Path) -> None:
    _head, refusal = table(tmp_path, ROW.replace("74.50", "74.51"))

    assert isinstance(refusal, Refusal)
    assert (refusal.line, refusal.column, refusal.value) == (2, "remaining", "74.51")
    assert "74.50" in str(refusal.reason)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (ROW.replace("100.00", ""), "approved"),
        (ROW.replace("100.00", "-100.00"), "approved"),
        (ROW.replace("งานบริหารทั่วไป", ""), "category_2"),
    ],
)
def test_odd_row_is_refused_with_its_column(tmp_path: Path, row: str, column: str) -> None:
    _head, refusal = table(tmp_path, row)

    assert isinstance(refusal, Refusal)
    assert refusal.column == column


@pytest.mark.parametrize(
    ("changes", "column"),
    [({"budget": None}, "budget"), ({"plan": ""}, "plan"), ({"note": "x"}, "note"), ({"lvl1": None}, "lvl1")],
)
def test_odd_line_is_refused_with_its_member(tmp_path: Path, changes: dict[str, Any], column: str) -> None:
    _head, refusal = listed(tmp_path, LINE | changes)

    assert isinstance(refusal, Refusal)
    assert refusal.column == column


@pytest.mark.parametrize("name", ["budget.csv", "20251321.csv"])
def test_table_without_a_day_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match="day"):
        table(tmp_path, ROW, name=name)


def test_list_without_a_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="year"):
        listed(tmp_path, LINE, name="budgeting.json")


def test_document_that_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2569.json"
    path.write_text("{}", encoding="utf-8")

    with pytest.raises(FileError, match="list"):
        list(LamphunPaoBudgets().entries(path))


def lines(path: Path) -> list[LocalBudgetRecord]:
    entries = list(LamphunPaoBudgets().entries(path))
    assert not any(isinstance(entry, Refusal) for entry in entries)
    return [entry for entry in entries if isinstance(entry, LocalBudgetRecord)]


def test_published_table_comes_to_its_sums(shared_data: Path) -> None:
    found = lines(shared_data / FOLDER / "20250121-lpao-budgeting-mini.csv")

    assert len(found) == 415
    assert sum(one.approved for one in found) == Decimal("548827400")
    assert sum(one.disbursed or 0 for one in found) == Decimal("112232950.82")
    assert sum(one.remaining or 0 for one in found) == Decimal("379373609.82")


def test_published_ordinance_comes_to_its_sum(shared_data: Path) -> None:
    found = lines(shared_data / FOLDER / "2569-budgeting.json")

    assert len(found) == 350
    assert sum(one.approved for one in found) == Decimal("690200000")
    assert all(one.function for one in found)

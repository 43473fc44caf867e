"""The Ministry of Interior's months: Gregorian months become Thai fiscal years, million baht become baht."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from importers.errors import FileError
from importers.records import Body, Entry, Head, Note, ReferenceTotalRecord, Refusal
from importers.sources.mof_interior_monthly import MofInteriorMonthly
from importers.sources.mof_ministry_history import MofMinistryHistory

FOLDER = "disbursement/mof-monthly"
INTERIOR = Body("กระทรวงมหาดไทย", "15", "ministry")


def entries_of(path: Path) -> list[Entry]:
    return list(MofInteriorMonthly().entries(path))


def read(folder: Path, *lines: str) -> list[Entry]:
    path = folder / "moi_monthly.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return entries_of(path)


def records(entries: list[Entry]) -> list[ReferenceTotalRecord]:
    return [entry for entry in entries if isinstance(entry, ReferenceTotalRecord)]


def test_months_are_one_part_of_the_end_of_the_last_month(tmp_path: Path) -> None:
    head, *_ = read(tmp_path, "Month,Use", "2004-12,2", "2005-02,3", "2005-01,1")

    assert head == Head("interior", None, date(2005, 2, 28))


def test_month_is_one_record_in_baht_of_its_fiscal_year(tmp_path: Path) -> None:
    october, september = records(read(tmp_path, '"Month","Use"', "2004-10,3657.661", "2005-09,10243.490"))

    assert october == ReferenceTotalRecord(
        2, 2005, "paid", Decimal("3657661000.00"), INTERIOR, date(2004, 10, 1)
    )
    assert (september.fiscal_year, september.month) == (2005, date(2005, 9, 1))


def test_month_left_out_is_noted(tmp_path: Path) -> None:
    entries = read(tmp_path, "Month,Use", "2004-11,1", "2005-02,1")

    assert [e.published for e in entries if isinstance(e, Note)] == ["2004-12", "2005-01"]


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        pytest.param("2547-10,1", "Month", "2547-10", id="buddhist year"),
        pytest.param("2004-13,1", "Month", "2004-13", id="no month"),
        pytest.param("ต.ค. 2547,1", "Month", "ต.ค. 2547", id="thai month"),
        pytest.param(",1", "Month", "", id="blank month"),
        pytest.param("2004-11,", "Use", "", id="blank amount"),
        pytest.param("2004-11,-5", "Use", "-5", id="negative"),
        pytest.param("2004-11,n/a", "Use", "n/a", id="words"),
    ],
)
def test_bad_row_is_refused_with_its_column(tmp_path: Path, row: str, column: str, value: str) -> None:
    entries = read(tmp_path, "Month,Use", "2004-10,3657.661", row)

    (refusal,) = [entry for entry in entries if isinstance(entry, Refusal)]
    assert (refusal.line, refusal.column, refusal.value) == (3, column, value)
    assert len(records(entries)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("Month,Use",),
        ("Month,Use,Plan", "2004-10,1,2"),
        ("Month,Use", "2547,1"),
        ("ITEM_ID,AMOUNT", "1,2"),
    ],
)
def test_other_table_is_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(FileError):
        read(tmp_path, *lines)


def test_published_months_run_on_without_a_gap(shared_data: Path) -> None:
    entries = entries_of(shared_data / FOLDER / "moi_monthly_2547-2562.csv")

    found = records(entries)

    assert entries[0] == Head("interior", None, date(2019, 5, 31))
    assert len(found) == len({record.key for record in found}) == 176
    assert not [entry for entry in entries if isinstance(entry, Note | Refusal)]


def test_published_months_come_to_the_ministrys_years_but_one(shared_data: Path) -> None:
    months = Counter[int]()
    for record in records(entries_of(shared_data / FOLDER / "moi_monthly_2547-2562.csv")):
        months[record.fiscal_year] += record.amount
    history = records(list(MofMinistryHistory().entries(shared_data / FOLDER / "budget.json")))
    paid = [r for r in history if r.measure == "paid" and r.body and r.body.name == INTERIOR.name]
    years = {record.fiscal_year: record.amount for record in paid}

    differences = {year: years[year] - amount for year, amount in months.items()}

    assert differences.pop(2008) == Decimal("21763071000.00")
    assert {abs(difference) for difference in differences.values()} <= {Decimal(0), Decimal(1000)}

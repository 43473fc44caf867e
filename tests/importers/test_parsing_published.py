"""The published files, cell by cell: their verified sums come out to the satang."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

from importers.errors import RecordError
from importers.parsing import fraction, money, year
from importers.reading import Row, open_sheets, open_table

MILLION = 1_000_000


def test_the_verified_sum_of_every_volume_of_the_budget_book_is_reproduced(shared_data: Path) -> None:
    sums: dict[str, Decimal] = {}
    torn = []
    for path in sorted((shared_data / "budget/fy2565-whitebook-csv").glob("*.csv")):
        for row in open_table(path):
            assert isinstance(row, Row)
            values = row.values
            if year(values["FISCAL_YEAR"], "FISCAL_YEAR", calendar="ce") != 2022:
                continue
            amount = money(values["AMOUNT"], "AMOUNT", loose_commas=True)
            sums[path.stem] = sums.get(path.stem, Decimal(0)) + amount
            try:
                money(values["AMOUNT"], "AMOUNT")
            except RecordError as error:
                torn.append(error.value)

    in_millions = {volume: f"{amount / MILLION:.3f}" for volume, amount in sums.items()}
    assert in_millions["2022-3-1"] == "810207.920"
    assert in_millions["2022-3-3(4)"] == "47421.207"
    assert in_millions["2022-3-16(2)"] == "24065.241"
    assert in_millions["2022-3-7"] == "9141.201"
    assert len(in_millions) == 19
    assert " ".join(torn) == "18,250,00 4,840,0 300,0 20,486,10 00 22,7 25, 20,0 25,000,0 76,900,70"


def test_every_amount_of_the_weekly_report_is_whole_satang_and_most_percentages_are_not(
    shared_data: Path,
) -> None:
    amounts = percentages = refused = 0
    with open_sheets(shared_data / "disbursement/cgd-weekly-fy2569/2026_07_03.xlsx") as sheets:
        for sheet in list(sheets.values())[1:]:
            shares: set[int] = set()
            for line, cells in sheet.rows():
                for column, cell in enumerate(cells):
                    if isinstance(cell, str) and line <= 6 and ("ร้อยละ" in cell or "สูง/ต่ำ" in cell):
                        shares.add(column)
                    if not isinstance(cell, float):
                        continue
                    try:
                        money(cell, unit=MILLION)
                        amounts += column not in shares
                    except RecordError:
                        assert column in shares
                        refused += 1
                    percentages += column in shares

    assert amounts > 35_000
    assert refused > percentages * 0.8


def test_fractional_amounts_of_the_budget_book_are_parts_of_commitments(shared_data: Path) -> None:
    refused = 0
    for path in sorted((shared_data / "budget/fy2565-whitebook-csv").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                try:
                    money(row["AMOUNT"], "AMOUNT", loose_commas=True)
                except RecordError:
                    refused += 1
                    assert row["FISCAL_YEAR"] != "2022"
                    assert fraction(row["AMOUNT"], "AMOUNT") > 0

    assert refused > 0


def test_the_ministry_of_finance_history_is_read_whole(shared_data: Path) -> None:
    history = json.loads((shared_data / "disbursement/mof-monthly/budget.json").read_text())
    groups = history["TransGovernment"]["MinistryGroup"]

    amounts = [
        money(detail["MinistryDetail"]["Value"], "Value", unit=MILLION)
        for group in groups
        for detail in group["MinistryGroupDetail"]
    ]

    assert len(amounts) > 500
    assert all(amount == amount.to_integral_value() for amount in amounts)

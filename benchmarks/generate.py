"""Realistic lines of a budget book in any number, the same ones for the same seed.

`python -m benchmarks.generate 1000000 lines.csv` (or `.xlsx`) writes them in the published layout.
Ministries, agencies, plans and categories are real; how finely the money is classified does not grow with
the number of lines. Projects, places and amounts are made up.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

KNOWN = Path(__file__).parent.parent / "importers" / "known"
PROVINCES = Path(__file__).parent.parent / "spending" / "data" / "provinces.csv"
ITEMS = Path(__file__).parent / "items.csv"
COLUMNS = (
    "", "ITEM_ID", "REF_DOC", "REF_PAGE_NO", "MINISTRY", "BUDGETARY_UNIT", "CROSS_FUNC?", "BUDGET_PLAN",
    "OUTPUT", "PROJECT", "CATEGORY_LV1", "CATEGORY_LV2", "CATEGORY_LV3", "CATEGORY_LV4", "CATEGORY_LV5",
    "CATEGORY_LV6", "ITEM_DESCRIPTION", "FISCAL_YEAR", "AMOUNT", "OBLIGED?", "DEBUG_LOG",
)  # fmt: skip
AGENCIES_OF_A_MINISTRY = 18
ACTIVITIES_OF_AN_AGENCY = 3
LINES_ON_A_PAGE = 14
OBLIGATIONS = 0.04  # share of the items that go on for some years, a row for each
PLACES = (
    (
        "บ้าน",
        "หนอง",
        "คลอง",
        "ท่า",
        "ทุ่ง",
        "นา",
        "โคก",
        "ดอน",
        "ห้วย",
        "วัง",
        "บึง",
        "แก่ง",
        "เขา",
        "ดง",
        "ปาก",
        "บาง",
    ),
    (
        "ใหญ่",
        "น้อย",
        "งาม",
        "ทอง",
        "แก้ว",
        "ไผ่",
        "ขาม",
        "สูง",
        "ยาว",
        "ไทร",
        "หิน",
        "แดง",
        "ขาว",
        "กลาง",
        "เหนือ",
        "ใต้",
    ),
)


class Item(NamedTuple):
    """Something money is given for: its category, its words (with places and numbers to fill in), its likely
    size in thousand baht, and how often it occurs beside others.
    """

    category: tuple[str, ...]
    words: str
    thousands: int
    weight: int


class Unit(NamedTuple):
    """Where a line stands in the book: volume, ministry, agency, plan, output or project."""

    volume: int
    ministry: str
    agency: str
    plan: str
    output: str
    project: str


@cache
def names(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


@cache
def items() -> list[Item]:
    with ITEMS.open(encoding="utf-8", newline="") as file:
        return [
            Item(tuple(row["category"].split(" > ")), row["words"], int(row["thousands"]), int(row["weight"]))
            for row in csv.DictReader(file)
        ]


def place(chance: random.Random) -> str:
    return "".join(chance.choice(part) for part in PLACES)


def units(chance: random.Random) -> list[Unit]:
    """The places of a book in its printed order."""
    ministries = [name for name in names(KNOWN / "ministries.csv") if name.startswith("กระทรวง")]
    agencies = [name for name in names(KNOWN / "agencies.csv") if name.startswith(("กรม", "สำนัก", "มหา"))]
    plans = names(KNOWN / "plans.csv")
    found = []
    for volume, ministry in enumerate(ministries, start=1):
        for agency in chance.sample(agencies, min(AGENCIES_OF_A_MINISTRY, len(agencies))):
            for number in range(ACTIVITIES_OF_AN_AGENCY):
                kind = chance.choice(("output", "project", ""))
                output = f"ผลผลิตที่ {number + 1} ของ{agency}" if kind == "output" else ""
                project = f"โครงการพัฒนา{place(chance)}" if kind == "project" else ""
                found.append(Unit(volume, ministry, agency, chance.choice(plans), output, project))
    return found


def description(item: Item, chance: random.Random) -> str:
    """What a line says: an item at a made-up place of a real province."""
    where = f"ตำบล{place(chance)} อำเภอ{place(chance)} จังหวัด{chance.choice(names(PROVINCES))}"
    number = chance.randint(1, 300)
    return item.words.format(place=place(chance), other=place(chance), where=where, number=number)


def lines(number: int, *, year: int = 2024, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Rows of the published layout, without the header, for a fiscal year in Common Era."""
    chance = random.Random(seed)
    places = units(chance)
    return islice(_rows(places, max(1, number // len(places) + 1), year, chance), number)


def _rows(places: list[Unit], of_each: int, year: int, chance: random.Random) -> Iterator[tuple[str, ...]]:
    volume, ids = 0, count(1)
    weights = [item.weight for item in items()]
    for unit in places:
        if unit.volume != volume:
            volume, ids = unit.volume, count(1)
        for item in chance.choices(items(), weights, k=of_each):
            years = chance.randint(2, 5) if chance.random() < OBLIGATIONS else 1
            words = description(item, chance)
            for later in range(years):
                amount = round(chance.lognormvariate(0, 1) * item.thousands * 10) * 100
                yield _row(unit, item, words, next(ids), amount, year, year + later, obliged=years > 1)


def _row(
    unit: Unit, item: Item, words: str, number: int, amount: int, book: int, year: int, *, obliged: bool
) -> tuple[str, ...]:
    part = f"{book}.3.{unit.volume}"
    levels = (*item.category, "", "", "", "", "")[:6]
    return (
        str(number), f"{part}.{number}", part, str(number // LINES_ON_A_PAGE + 3), unit.ministry, unit.agency,
        str(unit.plan.startswith("แผนงานบูรณาการ")), unit.plan, unit.output, unit.project, *levels,
        words, str(year), f"{amount:,}", str(obliged), "",
    )  # fmt: skip


def write_csv(path: Path, number: int, *, year: int = 2024, seed: int = 1) -> Path:
    """Write lines as the CSV files of the volumes are written."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(lines(number, year=year, seed=seed))
    return path


def write_workbook(path: Path, number: int, *, year: int = 2024, seed: int = 1) -> Path:
    """Write lines as a workbook of one sheet."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("lines")
        sheet.write_row(0, 0, COLUMNS)
        for place, row in enumerate(lines(number, year=year, seed=seed), start=1):
            sheet.write_row(place, 0, row)
    return path


if __name__ == "__main__":
    how_many, target = int(sys.argv[1]), Path(sys.argv[2])
    (write_workbook if target.suffix == ".xlsx" else write_csv)(target, how_many)

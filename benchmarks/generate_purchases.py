"""Realistic rows of e-GP's bulk files in any number, the same ones for the same seed.

`python -m benchmarks.generate_purchases 1000000 2567-egp-contract.csv` writes them in the published layout
of 31 columns, one row for each contract. Departments, places, winners and amounts are made up; the methods,
the provinces, the shapes of dates and of ids, and how often each occurs are those of the published files.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from .generate import KNOWN, PROVINCES, description, items, names, place

COLUMNS = (
    "ลำดับ", "รหัสโครงการ", "ชื่อโครงการ", "ชื่อประเภทโครงการ", "ชื่อหน่วยงาน", "ชื่อหน่วยงานย่อย", "วิธีจัดซื้อฯ",
    "กลุ่มวิธีจัดซื้อฯ", "วันที่ประกาศ", "งบประมาณ(บาท)", "ราคากลาง(บาท)", "ราคาตกลงซื้อ/จ้าง", "ปีงบประมาณ",
    "วันที่เกิดรายการ", "จังหวัด", "จังหวัด (Eng)", "เขต/อำเภอ", "เขต/อำเภอ (Eng)", "แขวง/ตำบล", "แขวง/ตำบล (Eng)",
    "สถานะโครงการ", "พิกัดของโครงการ", "ละติจูดโครงการ", "ลองจิจูดโครงการ", "เลขนิติบุคคล", "ชื่อผู้ชนะ",
    "เลขที่สัญญา", "วันที่ลงนามสัญญา", "วันที่สิ้นสุดสัญญา", "งบสัญญา(บาท)", "สถานะสัญญา",
)  # fmt: skip
MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
GROUP = "วิธีการจัดหา ประกาศเชิญชวนทั่วไป คัดเลือก เฉพาะเจาะจง"
METHODS = {"เฉพาะเจาะจง": 88, "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)": 10, "คัดเลือก": 2}  # of a hundred projects
KINDS = {"ซื้อ": 50, "จ้างทำของ/จ้างเหมาบริการ": 35, "จ้างก่อสร้าง": 12, "เช่า": 3}
DEPARTMENTS = 8_900  # that buy through e-GP
ROWS_OF_A_SUPPLIER = 25  # contracts for each company, on average
PERSONS = 0.25  # share of winners who are natural persons
WITHOUT_ID = 0.02  # share of winners whose id a spreadsheet has destroyed
MORE_CONTRACTS = 0.06  # share of projects with a second contract
WEEK = timedelta(days=7)


class Department(NamedTuple):
    """Who buys, and where."""

    name: str
    unit: str
    province: str


def departments() -> list[Department]:
    """Those that buy, the same for every file."""
    chance = random.Random(8_900)
    agencies, provinces = names(KNOWN / "agencies.csv"), names(PROVINCES)
    found = [Department(name, "ส่วนกลาง", "กรุงเทพมหานคร") for name in agencies]
    while len(found) < DEPARTMENTS:
        kind = chance.choice(("องค์การบริหารส่วนตำบล", "เทศบาลตำบล", "โรงพยาบาล", "โรงเรียน"))
        name = f"{kind}{place(chance)}{place(chance)}"
        found.append(Department(name, "กองคลัง", chance.choice(provinces)))
    return found


@lru_cache(maxsize=500_000)
def tax_id(number: int) -> str:
    """The id of the company of a number, its last digit the check digit."""
    digits = f"01055{number:07}"
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(13, 1, -1), strict=True))
    return f"{digits}{(11 - weighted % 11) % 10}"


@lru_cache(maxsize=500_000)
def company(number: int) -> str:
    chance = random.Random(number)
    return f"บริษัท {place(chance)}{place(chance)} {number % 97 + 1} จำกัด"


def rows(number: int, *, year: int = 2024, seed: int = 1, suppliers: int = 0) -> Iterator[tuple[str, ...]]:
    """Rows of the published layout, without the header, for a fiscal year in Common Era."""
    chance = random.Random(seed)
    pool = suppliers or max(50, number // ROWS_OF_A_SUPPLIER)
    return islice(_rows(departments(), pool, year, chance), number)


def _rows(buyers: list[Department], pool: int, year: int, chance: random.Random) -> Iterator[tuple[str, ...]]:
    weights = [item.weight for item in items()]
    line = 0
    for project in range(1, 1_000_000_000):
        buyer = buyers[int(len(buyers) * chance.random() ** 2)]
        item = chance.choices(items(), weights)[0]
        budget = round(chance.lognormvariate(0, 1.2) * item.thousands * 100) * 10
        own = (
            f"{(year + 543) % 100:02}{project:09}",
            description(item, chance),
            chance.choices(list(KINDS), list(KINDS.values()))[0],
            *_who_and_how(buyer, chance),
        )
        for _ in range(2 if chance.random() < MORE_CONTRACTS else 1):
            line += 1
            yield _row(line, own, buyer, budget, pool, year, chance)


def _who_and_how(buyer: Department, chance: random.Random) -> tuple[str, ...]:
    return buyer.name, buyer.unit, chance.choices(list(METHODS), list(METHODS.values()))[0], GROUP


def _row(
    line: int,
    own: tuple[str, ...],
    buyer: Department,
    budget: int,
    pool: int,
    year: int,
    chance: random.Random,
) -> tuple[str, ...]:
    announced = date(year - 1, 10, 1) + timedelta(days=chance.randrange(320))
    agreed = f"{budget * chance.randint(850, 1000) // 1000}.{chance.randrange(100):02}"
    return (
        str(line), *own, _day(announced), f"{budget}", f"{budget}", agreed, str(year + 543),
        _day(announced), buyer.province, "", "เมือง", "Mueang", "ในเมือง", "Nai Mueang", "สิ้นสุดสัญญา",
        "", "", "", *_winner(pool, chance), f"{line}/{year + 543}", _day(announced + 2 * WEEK),
        _day(announced + 12 * WEEK), agreed, "ส่งงานครบถ้วน",
    )  # fmt: skip


def _winner(pool: int, chance: random.Random) -> tuple[str, str]:
    """Id and name: few companies win often, most win seldom; made-up persons beside them."""
    if chance.random() < PERSONS:
        return f"3{chance.randrange(10**6):06}…xxxx", f"นาย{place(chance)} {place(chance)}"
    number = int(pool * chance.random() ** 3)
    return "1.05559E+11" if chance.random() < WITHOUT_ID else tax_id(number), company(number)


@lru_cache(maxsize=4096)
def _day(day: date) -> str:
    return f"{day.day}-{MONTHS[day.month - 1]}-{(day.year + 543) % 100:02}"


def write_csv(path: Path, number: int, *, year: int = 2024, seed: int = 1, suppliers: int = 0) -> Path:
    """Write rows as e-GP's bulk files are written."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(number, year=year, seed=seed, suppliers=suppliers))
    return path


if __name__ == "__main__":
    write_csv(Path(sys.argv[2]), int(sys.argv[1]))

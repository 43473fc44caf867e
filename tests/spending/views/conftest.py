"""A small year of two ministries for the tests of the pages."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from importers.records import AllocationRecord, Body, CommitmentRecord, DisbursementRecord
from tests.factories import (
    DISEASE_CONTROL,
    HEALTH,
    INTERIOR,
    LOCAL_AFFAIRS,
    allocation,
    commitment,
    disbursement,
    head,
    loaded,
)

LANDS = Body("กรมที่ดิน", "15005", "agency", "15")


@pytest.fixture
def book(db: None, tmp_path: Path) -> None:
    """The budget book of 2022: Interior with two agencies in one volume, Health with one in another."""
    health = [
        allocation(
            1,
            "100.00",
            item_id="2022.3.11.1",
            ministry=HEALTH,
            agency=DISEASE_CONTROL,
            plan="แผนงานบูรณาการสุขภาพ",
            cross_cutting=True,
            description="วัคซีน",
        )
    ]
    loaded(head(), *interior(), folder=tmp_path)
    loaded(head("2022.3.11"), *health, folder=tmp_path)


def interior(road: str = "600.00") -> list[AllocationRecord | CommitmentRecord]:
    """The volume of Interior; `road` is what the road of its first line costs."""
    return [
        allocation(1, road, activity="ถนน", activity_kind="project", obliged=True, description="ก่อสร้างถนน"),
        allocation(2, "250.00", description="ค่าไฟฟ้า", category=("งบดำเนินงาน", "ค่าสาธารณูปโภค")),
        allocation(3, "50.00", agency=LANDS, activity="", activity_kind="", description="เงินเดือน"),
        commitment(1, road, line_item_id="2022.3.9.1", fiscal_year=2022, until_year=2022),
        commitment(11, "300.00", line_item_id="2022.3.9.1", fiscal_year=2021, until_year=2021),
        commitment(12, "900.00", line_item_id="2022.3.9.1", fiscal_year=2023, until_year=2025),
    ]


@pytest.fixture
def report(db: None, tmp_path: Path) -> None:
    """One weekly report of 2026: three ministries' agencies, and two weeks for one of them."""
    loaded(week_head(date(2026, 6, 26)), *week(date(2026, 6, 26), "300"), folder=tmp_path)
    loaded(week_head(date(2026, 7, 3)), *week(date(2026, 7, 3), "400"), folder=tmp_path)


def week_head(day: date) -> object:
    return head("2569", fiscal_year=2026, as_of=day)


def week(day: date, paid: str) -> list[DisbursementRecord]:
    bodies = [Body(f"กรมที่ {number}", f"1500{number}", "agency", "15") for number in range(1, 5)]
    rows = []
    for line, body in enumerate([*bodies, LOCAL_AFFAIRS], start=6):
        paid_here = Decimal(paid) + line
        rows.append(
            disbursement(body, line=line, cut="agency", as_of=day, disbursed=paid_here, committed=Decimal(50))
        )
    rows.append(
        disbursement(
            LOCAL_AFFAIRS,
            line=20,
            cut="agency_spending",
            as_of=day,
            disbursed=None,
            spent=Decimal(460),
            target_gap=Decimal("-43"),
        )
    )
    rows.append(disbursement(INTERIOR, line=21, as_of=day, disbursed=Decimal(paid)))
    return rows

"""Published years for the tests of a year at a glance: a weekly report, totals of past years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from importers.records import Body, DisbursementRecord, Head
from spending.models import Agency, Edition, ReferenceTotal, SourceFile
from tests.factories import HEALTH, INTERIOR, LOCAL_AFFAIRS, disbursement, loaded

BANGKOK = Body("กรุงเทพมหานคร", "75002", "agency", "75")
MUNICIPALITY = Body("เทศบาลนครขอนแก่น", "751DH", "municipality")
FUND = Body("กองทุนหลักประกันสุขภาพแห่งชาติ", "698080846002500", "fund")
WEEK = date(2026, 7, 3)


def line(
    number: str, economic: str, budget: str, spent: str, paid: str, **changes: Any
) -> DisbursementRecord:
    """One line of the overview, by its printed number."""
    amounts = {"after_transfer": Decimal(budget), "spent": Decimal(spent), "disbursed": Decimal(paid)}
    return disbursement(Body(number, number, ""), cut="overview", economic=economic, **amounts, **changes)


def week(day: date = WEEK, paid: str = "600.00") -> list[Head | DisbursementRecord]:
    """A report on a budget of 1,000: two ministries (500), Bangkok (100), a municipality (50), a fund (150);
    200 stand with nobody.
    """
    records = [
        line("1", "total", "1000", "750", paid, line=6),
        line("1.1", "recurrent", "800", "640", "520", line=7),
        line("1.2", "investment", "200", "110", "80", line=8),
        line("1.2x", "investment", "150", "100", "70", line=9),
        line("2", "total", "90", "60", "45", line=10),
        disbursement(INTERIOR, after_transfer=Decimal(200), disbursed=Decimal(150)),
        disbursement(INTERIOR, economic="investment", after_transfer=Decimal(100), disbursed=Decimal(30)),
        disbursement(HEALTH, after_transfer=Decimal(200), disbursed=Decimal(190)),
        disbursement(LOCAL_AFFAIRS, cut="agency", after_transfer=Decimal(200), committed=Decimal(20)),
        disbursement(BANGKOK, cut="agency", after_transfer=Decimal(100), disbursed=Decimal(40)),
        disbursement(MUNICIPALITY, cut="municipality", after_transfer=Decimal(50), disbursed=Decimal(25)),
        disbursement(FUND, cut="fund", after_transfer=Decimal(150), disbursed=Decimal(150)),
        against_target(LOCAL_AFFAIRS, spent="160", gap="-9"),
        against_target(BANGKOK, spent="90", gap="1"),
    ]
    return [Head("2569", 2026, day), *(_on(record, day, number) for number, record in enumerate(records, 1))]


def against_target(body: Body, *, spent: str, gap: str) -> DisbursementRecord:
    """Recurrent spending of a body with 200 (160 spent is 80 %) or 100 in the sheet against targets."""
    budget = Decimal(100) if body is BANGKOK else Decimal(200)
    return disbursement(
        body,
        cut="agency_spending",
        after_transfer=budget,
        disbursed=None,
        spent=Decimal(spent),
        target_gap=Decimal(gap),
    )


def load_week(folder: Path, day: date = WEEK, paid: str = "600.00") -> Edition:
    """Load a week and return its edition."""
    loaded(*week(day, paid), folder=folder)
    return Edition.objects.get(dataset="cgd_weekly", as_of=day)


def total(
    year: int, amount: str, *, measure: str = "act", body: str = "", dataset: str = "pbo_history"
) -> None:
    """One published total of a year (Common Era), as an edition of its own data set."""
    edition = _edition(dataset)
    ReferenceTotal.objects.create(
        edition=edition,
        line=ReferenceTotal.objects.count() + 1,
        fiscal_year=year,
        measure=measure,
        amount=Decimal(amount),
        body_name=body,
        agency=Agency.objects.filter(name=body).first() if body else None,
    )


def _edition(dataset: str) -> Edition:
    known = Edition.objects.filter(dataset=dataset).first()
    if known is not None:
        return known
    source_file = SourceFile.objects.create(sha256=dataset.ljust(64, "0"), name=f"{dataset}.json", size=1)
    edition = Edition.objects.create(
        dataset=dataset,
        part="history",
        as_of=date(2025, 9, 30) if dataset == "pbo_history" else date(2019, 9, 30),
        source_file=source_file,
        publisher="สำนักงบประมาณของรัฐสภา",
        licence="open",
    )
    edition.mark_published(timezone.now())
    return edition


def _on(record: DisbursementRecord, day: date, number: int) -> DisbursementRecord:
    return replace(record, as_of=day, line=record.line if record.cut == "overview" else number + 20)

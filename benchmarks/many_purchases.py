"""Contracts by the million: loading them beside a bare COPY, and asking ten times as many the same."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from .clocks import typical
from .generate import write_csv as write_book
from .generate_purchases import ROWS_OF_A_SUPPLIER, write_csv
from .loading import PURCHASES, against_copy, in_a_process, load_book
from .stage import held_against, say, stage, visitors

MOST_MEMORY = 400  # million bytes
YEARS = range(2558, 2568)
TIMES_ROWS = 5  # of the rows asked for, how many contracts the longer record holds
TIMES_FEWER = 10
AS_FAST = 1.5
TIMES = 7  # an answer is measured
LINES_OF_THE_BOOK = 5_000


def loaded(rows: int) -> None:
    """A year of contracts: the load beside a bare COPY, and its memory."""
    with stage(), tempfile.TemporaryDirectory() as folder:
        first = write_csv(Path(folder) / "2567-egp-contract.csv", rows)
        say(f"A year of {rows:,} contracts, {first.stat().st_size / 1e6:,.0f} MB")
        found = against_copy(PURCHASES, [first])
        held_against("most memory", found.memory / 1e6, MOST_MEMORY, "MB")


def asked(rows: int) -> None:
    """Ten years of contracts, and ten years of ten times as many: the same pages and data of both."""
    most = rows * TIMES_ROWS
    with visitors(), stage(), tempfile.TemporaryDirectory() as folder:
        load_book(write_book(Path(folder) / "book.csv", LINES_OF_THE_BOOK))  # of agencies that buy
        few, many = (measured(Path(folder), number) for number in (most // TIMES_FEWER, most))
    say(f"Answers over {most // TIMES_FEWER:,} contracts and over {most:,}, in milliseconds")
    for what, long in many.items():
        say(f"  {what:40} {few[what]:9.1f} {long:9.1f}   {long / few[what]:6.2f} ×")
    slowest = max(many, key=lambda what: many[what] / few[what])
    held_against(f"slowest to grow: {slowest}", many[slowest] / few[slowest], AS_FAST)


def measured(folder: Path, contracts: int) -> dict[str, float]:
    """Load ten years, which replace those before, and ask."""
    of_a_year = contracts // len(YEARS)
    for year in YEARS:
        path = folder / f"{year}-egp-contract.csv"
        write_csv(path, of_a_year, year=year - 543, seed=year, suppliers=contracts // ROWS_OF_A_SUPPLIER)
        in_a_process(PURCHASES.source, [path])
        path.unlink()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {what: typical(_getting(address), times=TIMES) for what, address in _addresses().items()}


def _getting(address: str) -> Callable[[], Any]:
    client = Client()

    def get() -> None:
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        assert response.status_code == 200, (address, response.status_code, body[:300])

    return get


def _addresses() -> dict[str, str]:
    """What visitors ask, by its name: pages, breakdowns, first pages of the data."""
    from spending.models import Buyer, ContractTotal, Project

    won = ContractTotal.objects.exclude(supplier=None).select_related("supplier").order_by("-amount").first()
    buyer = Buyer.objects.exclude(agency=None).select_related("agency").order_by("pk").first()
    project = Project.objects.current().order_by("-number").first()
    if won is None or buyer is None or buyer.agency is None or project is None:
        raise SystemExit("The generated contracts name no supplier, no agency or no project.")
    data = "/api/v1"
    return {
        "year": "/procurement/2567/",
        "year, one province": "/procurement/2567/?province=ขอนแก่น",
        "year, one department": f"/procurement/2567/?buyer={buyer.code}",
        "list of projects": "/procurement/2567/projects/",
        "project": f"/projects/{project.number}/",
        "supplier": f"/suppliers/{won.supplier.code}/",
        "list of suppliers": "/suppliers/",
        "agency": f"/agencies/{buyer.agency.code}/",
        "contracts by method": f"{data}/contracts/breakdown?by=method&year=2567",
        "contracts by province, all years": f"{data}/contracts/breakdown?by=province",
        "contracts by supplier": f"{data}/contracts/breakdown?by=supplier&year=2567&limit=20",
        "projects by department": f"{data}/projects/breakdown?by=buyer&year=2567",
        "projects by method over years": f"{data}/projects/series?by=method",
        "projects, first page of data": f"{data}/projects/?year=2567",
        "contracts, first page of data": f"{data}/contracts/?year=2567",
        "contracts of a supplier": f"{data}/contracts/?supplier={won.supplier.code}",
    }

"""A real browser at a running site that holds the sample data set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from complaints.models import Desk
from spending.contract_codes import codes
from spending.models import Allocation, Contract, Edition
from tests.complaints.cases import restored_desks

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver keeps an event loop in this thread

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a site with the sample data set, served by threads of this process."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # the browser's driver keeps an event loop in this thread
    )
    settings.COMPLAINTS_FROM_ONE_SOURCE = 0  # all citizens of these tests sit at this machine
    with django_db_blocker.unblock():
        call_command("load_sample")
        connections.settings[DEFAULT_DB_ALIAS]["CONN_MAX_AGE"] = 0  # each idle tab would keep one
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        with connection.cursor() as cursor:  # sessions that the server's threads have left behind
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def addresses(site: str) -> dict[str, str]:
    """One address of each type of page, in Thai; English ones stand under /en."""
    line = Allocation.objects.current().largest_first().filter(obliged=True).with_names().first()
    edition = Edition.objects.current().order_by("-refused", "pk").first()
    assert line is not None
    assert edition is not None
    agency = line.agency
    return {
        "home": "/",
        "home of a book year": "/?year=2565",
        "receipt for a tax": "/taxes/?income=45000&shopping=15000",
        "receipt not asked for": "/taxes/?tax=none",
        "budget": "/budget/2565/",
        "budget by category": "/budget/2565/?by=category",
        "budget of a ministry": f"/budget/2565/?ministry={line.ministry.code}",
        "budget of an agency": f"/budget/2565/?ministry={line.ministry.code}&agency={agency.code}",
        "budget per person in prices of a year": "/budget/2565/?by=agency&per=capita&prices=2560",
        "budget as a share of the product": "/budget/2564/?per=gdp",
        "lines": f"/budget/2565/lines/?ministry={line.ministry.code}",
        "line": f"/budget/2565/lines/{line.item_id}/",
        "printed page": "/budget/2565/pages/2022.3.17/51/",
        "agencies": "/agencies/",
        "two bodies": "/compare/?a=20&b=21",
        "agency": f"/agencies/{agency.code}/",
        "ministry": f"/agencies/{line.ministry.code}/",
        "ministry in prices of a year": f"/agencies/{line.ministry.code}/?prices=2560",
        "figure per person alone": "/embed/budget/2565/?figure=slices&per=capita",
        "figure alone": "/embed/budget/2565/?figure=slices",
        "map alone": "/embed/provinces/",
        "past projects": "/budget/2561/projects/?province=ขอนแก่น",
        "past project": "/budget/2561/projects/1500257023000000/",
        "provinces": "/provinces/",
        "provinces by projects": "/provinces/?source=projects&show=share",
        "provinces per person": "/provinces/?show=person",
        "province": "/provinces/50/",
        "as known on a day": "/agencies/15/?as_of=2026-07-10",
        "not known": "/budget/2565/?ministry=15",
        "api": "/api/v1/docs/",
        "former api": "/api/v1/docs/migration/",
        "disbursements": "/disbursements/2569/",
        "purchases": "/procurement/2568/",
        "purchases of a department": "/procurement/2566/?buyer=กรมการข้าว",
        "projects": "/procurement/2568/projects/?method=คัดเลือก",
        "project": "/projects/65057360721/",
        "contract": _contract_page(),
        "questions of rules": "/flags/",
        "one rule": "/flags/near-reference/",
        "obligations": "/obligations/2565/",
        "differences": "/budget/differences/",
        "local budgets": "/local/2565/",
        "other publishers": "/elsewhere/",
        "reconciliation": f"/agencies/{agency.code}/reconciliation/",
        "suppliers": "/suppliers/",
        "supplier": "/suppliers/0305560001659/",
        "supplier without an id": "/suppliers/บริษัท ไทยสกายวิชั่น จำกัด/",
        "search": "/search/?q=ถนน",
        "search without an answer": "/search/?q=กขคงจฉช",
        "data": "/data/",
        "data set": "/data/budget_book/",
        "data set in many editions": "/data/egp_contracts/",
        "data set of published values": "/data/reference_series/",
        "edition": f"/data/editions/{edition.pk}/",
        "sources": "/data/sources/",
        "dictionary": "/data/dictionary/",
        "tables": "/data/dictionary/tables/",
        "changes": "/data/changes/",
        "letters by e-mail": "/follow/?kind=agency&key=15008",
        "letters asked for": "/follow/asked/",
        "shall letters stop": "/follow/stop/nobody-has-this-key/",
        "dumps": "/data/dumps/",
        "about": "/about/",
        "accessibility": "/accessibility/",
        "privacy": "/privacy/",
        "complaint": "/complaints/new/?about=/budget/2565/",
        "complaint's status": "/complaints/status/",
        "complaints in numbers": "/complaints/statistics/",
        "opinions": "/complaints/opinions/?about=/projects/65057360721/",
        "nothing there": "/no-such-page/",
        "bad question": "/budget/2565/?colour=red",
    }


def _contract_page() -> str:
    """The page of a contract, led to from its project."""
    contract = Contract.objects.current().counted().of_project("65057360721").first()
    assert contract is not None
    code = next(code for code, one in codes([contract]).items() if one == contract)
    return reverse("spending:contract", args=[contract.project_number, code])


@pytest.fixture(scope="session")
def browser(site: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Any]:
    """Open an address: `open_page("/", width=360, scheme="dark", script=False)`. Pages note what they
    asked for.
    """
    contexts = []

    def open_(address: str, *, width: int = 1280, scheme: str = "light", script: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def office(site: str, django_db_blocker: Any) -> Iterator[None]:
    """A case on a real page, seen by the server's threads too."""
    with django_db_blocker.unblock():
        assert str(connection.settings_dict["NAME"]).startswith("test_"), "run the module as a whole"
        restored_desks()
        Desk.objects.filter(code="pacc").update(channel="pickup")
        yield
        Desk.objects.filter(code="pacc").update(channel="paper", held_for_triage=False)

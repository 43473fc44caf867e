"""The verified totals of the published files, to the last satang, as pages show them."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from importers.loading import load
from importers.models import ImportRun
from importers.sources import SOURCES
from spending.overview import Basis, overview

pytestmark = pytest.mark.django_db
MILLION = 1_000_000
KINDS = {
    "ministry": Decimal("2352654.0282"),
    "agency": Decimal("2392995.3248") - Decimal("2352654.0282"),  # those under no ministry
    "pao": Decimal("31626.0656"),
    "municipality": Decimal("139319.8089"),
    "state_enterprise": Decimal("148552.8979"),
    "province": Decimal("26330.8136"),
    "fund": Decimal("274373.1122"),
}


@pytest.fixture
def published_week(shared_data: Path) -> None:
    file = shared_data / "disbursement/cgd-weekly-fy2569/2026_07_03.xlsx"
    run = load(SOURCES["cgd_weekly"], file)
    assert run.outcome == ImportRun.Outcome.PUBLISHED


@pytest.mark.usefixtures("published_week")
def test_week_of_3_july_2569_is_shown_to_the_last_satang(client: Client) -> None:
    found = overview(2026)

    assert found is not None
    assert found.basis is Basis.WEEKLY
    assert found.act == Decimal("3780600.00") * MILLION
    sums = {kind: sum(one.amount for one in found.slices if one.kind == kind) for kind in KINDS}
    assert sums == {kind: amount * MILLION for kind, amount in KINDS.items()}
    assert found.progress is not None
    assert found.progress.whole.purse.disbursed == Decimal("2940281.46") * MILLION
    assert [one.target for one in found.progress.classes] == [Decimal("0.89"), Decimal("0.79")]

    html = client.get("/").content.decode()

    assert "3.78 ล้านล้านบาท" in html
    assert '<data value="3780600000000.00">3,780,600,000,000</data>' in html
    assert "2.94 ล้านล้านบาท" in html
    assert "กรุงเทพมหานคร" in html
    assert len(html.encode()) < 100_000

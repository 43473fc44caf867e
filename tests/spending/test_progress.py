"""How far a year's money has come, and against which target."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from spending.models import Disbursement
from spending.progress import Stretch, by_week, progress_of, reported_budgets, targets_of
from spending.purses import Purse
from tests.factories import disbursement, head, loaded
from tests.spending.years import WEEK, load_week, week

pytestmark = pytest.mark.django_db


def test_progress_is_read_from_the_printed_lines(tmp_path: Path) -> None:
    load_week(tmp_path)

    progress = progress_of(Disbursement.objects.current())

    assert progress is not None
    assert (progress.year, progress.as_of) == (2026, WEEK)
    assert progress.whole.purse.disbursed == Decimal(600)
    assert [one.purse.after_transfer for one in progress.classes] == [Decimal(800), Decimal(200)]
    assert progress.carried_over is not None
    assert progress.carried_over.purse.after_transfer == Decimal(90)


def test_report_without_the_line_of_the_whole_budget_tells_of_no_progress(tmp_path: Path) -> None:
    loaded(head("2569", fiscal_year=2026, as_of=WEEK), disbursement(), folder=tmp_path)

    assert progress_of(Disbursement.objects.current()) is None


def test_target_is_the_share_less_the_printed_gap(tmp_path: Path) -> None:
    load_week(tmp_path)

    assert targets_of(Disbursement.objects.current()) == {"recurrent": Decimal("0.8900")}


def test_stretch_knows_what_is_bound_left_and_missing() -> None:
    purse = Purse("recurrent", after_transfer=Decimal(800), disbursed=Decimal(520), spent=Decimal(680))

    stretch = Stretch(purse, Decimal("0.89"))

    assert stretch.bound == Decimal(160)
    assert (stretch.bound_share, stretch.left_share) == (Decimal("0.2"), Decimal("0.15"))
    assert stretch.gap == Decimal("-4.000000")


def test_stretch_without_a_target_has_no_gap() -> None:
    assert Stretch(Purse("total", after_transfer=Decimal(10), spent=Decimal(5))).gap is None


def test_weeks_come_oldest_first_and_a_corrected_week_once(tmp_path: Path) -> None:
    load_week(tmp_path, WEEK, "600")
    load_week(tmp_path, date(2026, 6, 26), "550")
    loaded(*week(WEEK, "610"), folder=tmp_path)

    weeks = by_week(2026)

    assert [(day, purse.disbursed) for day, purse in weeks] == [
        (date(2026, 6, 26), Decimal(550)),
        (WEEK, Decimal(610)),
    ]


def test_budget_of_a_reported_year_is_known_before_its_totals_are(tmp_path: Path) -> None:
    load_week(tmp_path)

    assert reported_budgets() == {2026: Decimal(1000)}


@pytest.mark.django_db
def test_printed_targets_come_before_those_that_agencies_show(tmp_path: Path) -> None:
    load_week(tmp_path)
    Disbursement.objects.filter(cut="overview", body_code="1").update(target="87.00")
    Disbursement.objects.filter(cut="overview", body_code="1.2").update(target="79.00")

    found = progress_of(Disbursement.objects.current())

    assert found is not None
    assert found.whole.target == Decimal("0.87")
    assert found.whole.gap == Decimal("-12")
    assert found.investment is not None
    assert found.investment.target == Decimal("0.79")

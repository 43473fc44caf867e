"""The weekly report body by body, one cut of the money at a time."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from spending.cuts import bodies, ordered, together
from spending.models import Disbursement
from tests.factories import INTERIOR, LOCAL_AFFAIRS, disbursement, head, loaded
from tests.spending.years import WEEK, load_week

pytestmark = pytest.mark.django_db


def facts() -> Any:
    return Disbursement.objects.current()


def test_body_holds_both_classes_of_its_money(tmp_path: Path) -> None:
    load_week(tmp_path)

    held = {one.code: one for one in bodies(facts(), "ministry")}

    assert held["15"].purse.after_transfer == Decimal(300)
    assert held["15"].purse.disbursed == Decimal(180)
    assert held["15"].agency == "15"


def test_one_class_of_the_money_leaves_the_other_out(tmp_path: Path) -> None:
    load_week(tmp_path)

    held = {one.code: one for one in bodies(facts(), "ministry", "investment")}

    assert set(held) == {"15"}
    assert held["15"].purse.after_transfer == Decimal(100)


def test_cuts_are_never_added_to_each_other(tmp_path: Path) -> None:
    load_week(tmp_path)

    assert together(bodies(facts(), "ministry")).after_transfer == Decimal(500)
    assert together(bodies(facts(), "agency")).after_transfer == Decimal(300)


def test_class_of_money_is_held_against_its_target(tmp_path: Path) -> None:
    load_week(tmp_path)

    held = {one.code: one for one in bodies(facts(), "agency", "recurrent")}

    assert held["15008"].purse.target_gap == Decimal(-9)
    assert held["15008"].purse.target_share == Decimal("0.89")


def test_all_the_money_of_a_body_has_no_target(tmp_path: Path) -> None:
    load_week(tmp_path)

    assert all(one.purse.target_gap is None for one in bodies(facts(), "agency"))


def test_body_without_a_budget_after_transfers_is_measured_by_what_it_was_allotted(tmp_path: Path) -> None:
    given = disbursement(
        INTERIOR, after_transfer=None, allotted=Decimal(80), disbursed=Decimal(20), cut="central_to_province"
    )
    loaded(head("2569", fiscal_year=2026, as_of=WEEK), given, folder=tmp_path)

    (held,) = bodies(facts(), "central_to_province")

    assert held.purse.disbursed_share == Decimal("0.25")


def test_bodies_are_sorted_and_those_without_a_value_come_last(tmp_path: Path) -> None:
    rows = [
        disbursement(INTERIOR, disbursed=None),
        disbursement(LOCAL_AFFAIRS, disbursed=Decimal(1), line=7),
    ]
    loaded(head("2569", fiscal_year=2026, as_of=WEEK), *rows, folder=tmp_path)
    held = bodies(facts(), "ministry")

    assert [one.code for one in ordered(held, "disbursed", descending=True)] == ["15008", "15"]
    assert [one.code for one in ordered(held, "disbursed", descending=False)] == ["15008", "15"]
    assert [one.code for one in ordered(held, "budget", descending=True)] == ["15", "15008"]


def test_cut_costs_two_queries_at_most(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    load_week(tmp_path)

    with django_assert_max_num_queries(2):
        bodies(facts(), "agency", "recurrent")

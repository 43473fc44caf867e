"""Candidates kept: bounded in time, found once, never proposed again after a decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from spending.candidates import find_candidates, generation
from spending.models import Agency, CandidateRun, LineCandidate
from tests.factories import LOCAL_AFFAIRS, allocation, head, loaded
from tests.purchases import bought, contract, part, project

pytestmark = pytest.mark.django_db
THING = "ชุดอุปกรณ์แสงเลเซอร์บนอากาศยานไร้คนขับ"


def a_line_and_its_purchase(folder: Path, buyer: str = LOCAL_AFFAIRS.name) -> None:
    loaded(
        head(),
        allocation(1, "1770000.00", description=f"{THING} จังหวัดนนทบุรี 1 ชุด"),
        allocation(2, "500.00", description="วัสดุสำนักงาน"),
        folder=folder,
    )
    bought(
        part("2565", 2022),
        project(1, "1770000.00", name=f"ซื้อ{THING}", buyer=buyer, fiscal_year=2022),
        contract(1, buyer=buyer, fiscal_year=2022),
        folder=folder,
    )


def test_purchase_of_the_agency_is_proposed_for_its_line(tmp_path: Path) -> None:
    a_line_and_its_purchase(tmp_path)

    run = find_candidates(seconds=10)

    found = LineCandidate.objects.get()
    assert (run.compared, run.proposed) == (1, 1)
    assert run.finished_at is not None
    assert (found.item_id, found.project_number, found.state) == ("2022.3.9.1", "67119000001", "proposed")
    assert found.score == sum(reason["points"] for reason in found.reasons)


def test_purchase_of_another_agency_is_not_proposed(tmp_path: Path) -> None:
    a_line_and_its_purchase(tmp_path, buyer="กรมอื่น")

    find_candidates(seconds=10)

    assert not LineCandidate.objects.exists()


def test_purchase_of_another_year_is_not_proposed(tmp_path: Path) -> None:
    loaded(head(), allocation(1, "1770000.00", description=THING), folder=tmp_path)
    bought(part(), project(1, "1770000.00", name=THING, buyer=LOCAL_AFFAIRS.name), folder=tmp_path)

    find_candidates(seconds=10)

    assert not LineCandidate.objects.exists()


def test_search_ends_in_time_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    a_line_and_its_purchase(tmp_path)

    broken_off = find_candidates(seconds=0)
    finished = find_candidates(seconds=10)

    assert broken_off.finished_at is None
    assert finished.pk == broken_off.pk
    assert LineCandidate.objects.count() == 1


def test_search_is_not_repeated_while_nothing_is_new(tmp_path: Path) -> None:
    a_line_and_its_purchase(tmp_path)
    find_candidates(seconds=10)

    run = find_candidates(seconds=10)

    assert CandidateRun.objects.count() == 1
    assert run.compared == 1


def test_new_edition_is_compared_anew(tmp_path: Path) -> None:
    a_line_and_its_purchase(tmp_path)
    before = generation()

    loaded(head("2022.3.10"), allocation(9, item_id="2022.3.10.9"), folder=tmp_path)

    assert generation() != before


def test_decision_stays_when_the_pair_is_found_again(tmp_path: Path) -> None:
    a_line_and_its_purchase(tmp_path)
    find_candidates(seconds=10)
    LineCandidate.objects.get().mark_refused(by="somchai", reason="คนละรายการ")
    CandidateRun.objects.all().delete()

    find_candidates(seconds=10)

    found = LineCandidate.objects.get()
    assert (found.state, found.decision_reason) == ("refused", "คนละรายการ")
    assert not LineCandidate.objects.shown().exists()


def test_department_that_is_named_in_a_line_needs_no_agency(tmp_path: Path) -> None:
    college = "วิทยาลัยเกษตรและเทคโนโลยียโสธร"
    loaded(head(), allocation(1, "1770000.00", description=f"{THING} {college}"), folder=tmp_path)
    bought(
        part("2565", 2022),
        project(1, "1770000.00", name=THING, buyer=college, fiscal_year=2022),
        folder=tmp_path,
    )

    find_candidates(seconds=10)

    assert LineCandidate.objects.get().item_id == "2022.3.9.1"
    assert Agency.objects.filter(name=college).count() == 0

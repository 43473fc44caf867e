"""Titles loaded before a rule knew whom they name. The names are made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Sum

from importers.leaving_out import leave_out_persons
from spending.models import Edition, KnownWord, Project, ProjectDisbursement
from spending.validity import version
from tests.past_projects import past_project, published_projects
from tests.purchases import bought, contract, part, project

pytestmark = pytest.mark.django_db
NAMED = "ก่อสร้างถนน สายบ้านนายมั่นหมาย ดวงประเสริฐ หมู่ที่ 3"
LEFT = "ก่อสร้างถนน สายบ้าน(ชื่อบุคคล) หมู่ที่ 3"


@pytest.fixture
def loaded(tmp_path: Path) -> None:
    """Rows as an earlier version loaded them: with the names."""
    published_projects(past_project(1), past_project(2), folder=tmp_path)
    bought(part(), project(1), project(2), contract(1), folder=tmp_path)
    for model in (ProjectDisbursement, Project):
        rows: Any = model
        for row in rows.objects.order_by("pk")[:1]:
            row.name = NAMED
            row.save()


def texts() -> set[str]:
    names: Any = (ProjectDisbursement, Project)
    return {name for model in names for name in model.objects.values_list("name", flat=True)}


def sums() -> list[Any]:
    return [ProjectDisbursement.objects.aggregate(Sum("budgeted")), Project.objects.aggregate(Sum("budget"))]


@pytest.mark.usefixtures("loaded")
def test_persons_are_taken_out_and_figures_stay() -> None:
    before, others = sums(), texts() - {NAMED}

    changed = leave_out_persons()

    assert texts() == {LEFT} | others
    assert sums() == before
    assert sorted(changed.values()) == [1, 1]
    assert {edition.key for edition in Edition.objects.all()} == set(changed)
    for edition in Edition.objects.all():
        assert [(note["kind"], note["count"]) for note in edition.notes][-1] == ("person_left_out_later", 1)


@pytest.mark.usefixtures("loaded")
def test_search_does_not_find_them_any_more() -> None:
    leave_out_persons()

    assert not ProjectDisbursement.objects.filter(search_key__holds="มั่นหมาย").exists()
    assert not Project.objects.filter(search_key__holds="ดวงประเสริฐ").exists()
    assert not KnownWord.objects.filter(text__contains="มั่นหมาย").exists()


@pytest.mark.usefixtures("loaded")
def test_answers_that_name_them_hold_no_longer() -> None:
    held = version().etag

    leave_out_persons()

    assert version().etag != held


@pytest.mark.usefixtures("loaded")
def test_second_time_nothing_is_left_to_do(capsys: Any) -> None:
    call_command("leave_out_persons")
    call_command("leave_out_persons")

    told = capsys.readouterr().out
    assert told.count(": 1 rows") == 2
    assert told.endswith("Nobody is named whom the rules know.\n")

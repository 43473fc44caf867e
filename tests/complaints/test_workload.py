"""How the office does: counted for staff, coarse for whoever may not read, written down when taken out."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints import handling, roles, triage, workload
from complaints.models import Event
from complaints.models.events import SYSTEM, note
from tests.complaints.cases import complaint, dispatch
from tests.complaints.staff import account, signed_in, verified

pytestmark = pytest.mark.django_db
PLACES = {"ages": 0, "clocks": 1, "desks": 2, "outcomes": 3, "people": 4}


def table(role: str, name: str) -> workload.Table:
    return workload.tables(account(role))[PLACES[name]]


def numbers(shown: workload.Table) -> dict[str, Any]:
    return {label: tuple(row) for label, row in shown.rows}


def test_open_cases_stand_in_groups_of_age_with_what_is_late() -> None:
    now = timezone.now()
    complaint(received_at=now - timedelta(days=2))
    complaint(received_at=now - timedelta(days=20), due_at=now - timedelta(days=1), due_step="decide")
    complaint(received_at=now - timedelta(days=200))

    counted = [tuple(row) for _label, row in table(roles.TRIAGE, "ages").rows]

    assert counted == [(1, 0), (0, 0), (1, 1), (0, 0), (1, 0)]


def test_clock_is_kept_or_missed_never_both() -> None:
    in_time, late = complaint(), complaint()
    for case in (in_time, late):
        triage.move(case, "in_triage", "triage")
    note(late, Event.Kind.REMINDED, SYSTEM, step="read", due="2026-11-01")

    assert table(roles.TRIAGE, "clocks").rows[0][1] == (1, 1, 0)


def test_work_is_counted_by_person_desk_and_outcome() -> None:
    mine, officer = complaint(), account("triage")
    handling.assign(mine, officer, "triage")
    triage.close(complaint(), "spam", "triage")
    dispatch(state="held", next_attempt_at=None)

    assert numbers(table(roles.TRIAGE, "people"))["triage"] == (1, 0, 0)
    assert table(roles.TRIAGE, "desks").rows[0][1] == (3, 2, 1)
    assert (1,) in numbers(table(roles.TRIAGE, "outcomes")).values()


def test_case_kept_from_a_person_is_not_counted_for_them() -> None:
    case = complaint()
    handling.keep_from(case, account("triage"), "supervisor")

    assert table(roles.TRIAGE, "desks").rows == []


@pytest.mark.parametrize("role", [roles.INTAKE, roles.AUDITOR])
def test_who_may_not_read_sees_no_number_under_five_and_one_column(role: str) -> None:
    for _number in range(6):
        complaint(assigned_to=account("triage"))
    complaint()

    for shown in workload.tables(account(role)):
        assert len(shown.columns) == 1
        assert all(number >= 5 for _label, row in shown.rows for number in row)


def test_fewer_than_five_cases_show_nothing_to_an_auditor() -> None:
    complaint()

    assert [shown.rows for shown in workload.tables(account(roles.AUDITOR))] == [[]] * 5


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_is_written_down(kind: str) -> None:
    complaint()
    there = reverse("admin:complaints_statistics")

    said = {"file": kind, "purpose": "report"}
    answer = signed_in(roles.TRIAGE).post(there, said)

    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    taken = Event.objects.get(kind=Event.Kind.EXPORTED)
    assert (taken.complaint, taken.detail) == (None, said | {"what": "statistics", "order": ""})


def test_name_of_an_account_is_no_formula_in_the_file() -> None:
    sly = account("triage", name="=cmd()")
    complaint(assigned_to=sly)

    answer = verified(account("triage")).post(
        reverse("admin:complaints_statistics"), {"file": "csv", "purpose": "work"}
    )
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]

    groups = [row[1] for row in list(csv.reader(text.splitlines()))[1:]]
    assert not any(group.startswith("=") for group in groups)
    assert any("cmd()" in group for group in groups)


def test_page_costs_a_handful_of_questions(django_assert_max_num_queries: Any) -> None:
    client = signed_in(roles.SUPERVISOR)
    for _number in range(5):
        complaint()

    with django_assert_max_num_queries(40):
        answer = client.get(reverse("admin:complaints_statistics"))

    assert answer.status_code == 200


def test_page_asks_as_often_however_much_there_is(django_assert_max_num_queries: Any) -> None:
    for _number in range(3):
        case = complaint(assigned_to=account(roles.TRIAGE), priority=1)
        triage.move(case, "in_triage", "triage")
    client = signed_in(roles.SUPERVISOR)

    with django_assert_max_num_queries(12):
        client.get(reverse("admin:complaints_statistics"))

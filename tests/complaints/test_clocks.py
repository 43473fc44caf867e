"""What is due, and when: limits, working days, reminders; and how long closed cases are kept."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from complaints import calendars, clocks, handling, reminders, retention, roles, triage
from complaints.clocks import Facts
from complaints.filing import file_complaint
from complaints.models import (
    Attachment,
    Clock,
    Complaint,
    Event,
    Holiday,
    Message,
    Note,
    Redaction,
    Reporter,
)

from .cases import complaint, dispatch
from .staff import account, signed_in
from .test_filing import told

MONDAY = date(2026, 11, 23)
DAY_OFF = frozenset({date(2026, 11, 30)})
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


# Calendars


@pytest.mark.parametrize(
    ("days", "in_working_days", "last"),
    [
        (4, False, date(2026, 11, 27)),
        (5, False, date(2026, 12, 1)),  # a Saturday, then a Sunday, then a day off
        (5, True, date(2026, 12, 1)),  # Tuesday to Friday, then Tuesday
    ],
)
def test_limit_never_ends_on_a_day_off(days: int, in_working_days: bool, last: date) -> None:
    assert calendars.limit(MONDAY, days, DAY_OFF, in_working_days=in_working_days) == last


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 400), st.booleans())
def test_limit_ends_on_a_working_day_and_never_early(begin: date, days: int, in_working_days: bool) -> None:
    last = calendars.limit(begin, days, DAY_OFF, in_working_days=in_working_days)

    assert calendars.is_working(last, DAY_OFF)
    assert last >= begin + timedelta(days=days)


# What is due


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "step", "day"),
    [
        (Facts("received", NOW), "read", date(2026, 11, 30)),
        (Facts("in_triage", NOW), "decide", date(2026, 12, 8)),  # the 6th a Sunday, the 7th a day off
        (Facts("routed", NOW, delivered=NOW), "accept", date(2026, 11, 30)),
        (Facts("with_agency", NOW, told=NOW), "tell", date(2027, 2, 19)),
        (Facts("needs_info", NOW), "tell", date(2027, 2, 19)),
    ],
)
def test_next_step_and_its_last_day(facts: Facts, step: str, day: date) -> None:
    due_step, due_at = clocks.timetable().next_due(facts, NOW)

    assert due_at is not None
    if step == "decide":
        assert timezone.localdate(due_at) >= date(2026, 12, 6)
    else:
        assert timezone.localdate(due_at) >= day - timedelta(days=2)
    assert due_step == step
    assert calendars.is_working(timezone.localdate(due_at), clocks.timetable().holidays)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "step"), [(1, "accept"), (12, "accept_late"), (25, "accept_missing"), (60, "accept_missing")]
)
def test_delivery_nobody_accepts_is_pressed_in_three_steps(days: int, step: str) -> None:
    delivered = NOW - timedelta(days=days)

    assert clocks.timetable().next_due(Facts("routed", delivered, delivered), NOW)[0] == step


@pytest.mark.django_db
def test_closed_case_has_no_clock() -> None:
    assert clocks.timetable().next_due(Facts("closed", NOW), NOW) == ("", None)


@pytest.mark.django_db
def test_clocks_are_data_that_supervisors_change_and_others_see() -> None:
    case, clock = complaint(), Clock.objects.get(step="read")
    clocks.wind(case)
    before = case.due_at

    signed_in(roles.SUPERVISOR).post(
        f"/admin/complaints/clock/{clock.pk}/change/",
        {"days": 30, "warn_days": 3, "source": "a decision", "grade": "unconfirmed"},
    )
    clocks.wind(case)

    assert case.due_at is not None
    assert before is not None
    assert case.due_at > before


@pytest.mark.django_db
def test_day_off_added_by_staff_moves_a_limit() -> None:
    case = complaint()
    clocks.wind(case)
    assert case.due_at is not None
    last = timezone.localdate(case.due_at)

    Holiday.objects.create(day=last, name="วันหยุดพิเศษ", name_en="Special holiday", grade="official")
    clocks.wind(case)

    assert timezone.localdate(case.due_at) > last


@pytest.mark.django_db
def test_clock_that_ran_out_is_written_down_once() -> None:
    case = complaint(received_at=timezone.now() - timedelta(days=40))

    late = [clocks.wind_all(), clocks.wind_all()]

    assert late == [1, 0]
    assert [str(event.kind) for event in case.events.all()] == ["reminded"]


@pytest.mark.django_db
def test_delivery_and_acknowledgement_move_the_clock_on() -> None:
    sent = dispatch(state="delivered", receipt="x", delivered_at=timezone.now(), next_attempt_at=None)
    case = sent.complaint
    Complaint.objects.filter(pk=case.pk).update(state="routed")
    case.refresh_from_db()

    clocks.wind(case)
    first = case.due_step
    sent.mark_acknowledged("acknowledged", "1/2569")
    clocks.wind(case)

    assert (first, case.due_step) == ("accept", "tell")


# Reminders


@pytest.mark.django_db
def test_reminder_holds_numbers_and_nothing_of_a_case(settings: Any) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "site@example.org"
    supervisor = account(roles.SUPERVISOR)
    supervisor.email = "supervisor@example.org"
    supervisor.save()
    case = complaint(due_step="read", due_at=timezone.now() - timedelta(days=1))

    assert reminders.send() == 1

    (letter,) = mail.outbox
    assert case.reference not in letter.body + letter.subject
    assert "1" in letter.body


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "is_told"), [("exhausted", True), ("held", True), ("ready", False)])
def test_supervisor_hears_each_day_of_what_was_not_delivered(state: str, is_told: bool) -> None:
    for _case in range(2):
        dispatch(complaint=complaint(), state=state, next_attempt_at=None)

    with translation.override("en"):
        told = reminders.text_for(account(roles.SUPERVISOR))

    assert ("Not delivered: 2" in told) is is_told


@pytest.mark.django_db
def test_nobody_is_reminded_of_nothing(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    account(roles.SUPERVISOR)

    assert reminders.send() == 0


# Retention


def closed(days: int, **changes: Any) -> Complaint:
    file_complaint(told())
    case = Complaint.objects.latest("pk")
    triage.ask(case, "หมู่ที่เท่าไร", "triage")
    triage.write_note(case, "รอ", "triage")
    triage.close(case, "no_grounds", "triage")
    Complaint.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=days), **changes)
    case.refresh_from_db()
    return case


@pytest.mark.django_db
def test_case_is_put_away_after_ninety_days_and_only_a_supervisor_opens_it() -> None:
    case, fresh = closed(91), closed(80)
    page = f"/admin/complaints/complaint/{case.pk}/change/"

    assert retention.put_away() == 1

    case.refresh_from_db()
    fresh.refresh_from_db()
    assert case.put_away_at is not None
    assert fresh.put_away_at is None
    assert "ถนนลาดยางไม่ครบ" not in signed_in(roles.TRIAGE).get(page).text
    assert "ถนนลาดยางไม่ครบ" in signed_in(roles.SUPERVISOR).get(page).text


@pytest.mark.django_db(transaction=True)
def test_everything_sealed_is_removed_after_a_year_and_the_chain_stays_whole() -> None:
    case = closed(366)
    files = [file.original.name for file in Attachment.objects.all()]

    assert retention.remove() == 1

    case.refresh_from_db()
    assert (case.matter, case.accused) == (None, None)
    assert not any(model.objects.exists() for model in (Reporter, Attachment, Message, Note))
    assert not any(default_storage.exists(name) for name in files)
    assert (case.outcome, case.snapshot["title"]) == ("no_grounds", "งบประมาณ")
    assert Event.objects.broken() == []
    assert str(case.events.last().kind) == "removed"  # type: ignore[union-attr]
    assert retention.remove() == 0


@pytest.mark.django_db
def test_hold_keeps_a_case_beyond_its_time() -> None:
    case = closed(400)
    handling.hold(case, "supervisor", is_held=True)

    assert retention.remove() == 0
    handling.hold(case, "supervisor", is_held=False)
    assert retention.remove() == 1


@pytest.mark.django_db
def test_emptied_case_is_not_opened_again() -> None:
    case = closed(366)
    retention.remove()

    assert not triage.move(case, "reopened", "supervisor")
    with pytest.raises(handling.NotPossible):
        handling.hold(case, "supervisor", is_held=True)


@pytest.mark.django_db
@pytest.mark.parametrize("act", [{"question": "เพิ่ม"}, {"remark": "เพิ่ม"}, {"kept_back": "เพิ่ม"}])
def test_nothing_sealed_is_added_to_an_emptied_case(act: dict[str, str]) -> None:
    case = closed(366)
    retention.remove()

    signed_in(roles.SUPERVISOR).post(f"/admin/complaints/complaint/{case.pk}/change/", act)

    assert (Message.objects.count(), Note.objects.count(), Redaction.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("days", retention.REMIND_DAYS)
def test_staff_hear_before_something_is_removed(days: int) -> None:
    closed(365 - days)

    assert retention.soon_removed()[days] == 1
    assert str(days) in reminders.text_for(account(roles.SUPERVISOR))


@pytest.mark.django_db
@pytest.mark.parametrize("down", [1, 5, 30])
def test_days_without_beat_are_made_up_for(down: int) -> None:
    closed(365 + down)

    assert (retention.put_away(), retention.remove()) == (1, 1)


@pytest.mark.django_db
def test_file_that_no_row_names_is_removed_after_a_day() -> None:
    file_complaint(told())
    kept = Attachment.objects.get().original.name
    new, old = (default_storage.save(f"evidence/{name}", ContentFile(b"sealed")) for name in ("new", "old"))
    yesterday = (timezone.now() - timedelta(hours=25)).timestamp()
    for name in (kept, old):
        os.utime(default_storage.path(name), (yesterday, yesterday))

    retention.forget_orphans()

    assert [default_storage.exists(name) for name in (kept, new, old)] == [True, True, False]
    default_storage.delete(new)

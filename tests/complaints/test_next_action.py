"""What staff want to do next with a case, and when: set, changed, cleared, listed, reminded of by counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from complaints import handling, reminders, resealing, roles, sealing, triage
from complaints.admin.rights import day_of
from complaints.handling import NotPossible
from complaints.models import Change, Complaint, Event

from .cases import complaint
from .staff import account, signed_in

pytestmark = pytest.mark.django_db
WORDS = "โทรถามสำนักงาน"


def day(after: int) -> Any:
    return timezone.localdate() + timedelta(days=after)


def page(case: Complaint) -> str:
    return f"/admin/complaints/complaint/{case.pk}/change/"


def save(case: Complaint, **fields: Any) -> Any:
    answer = signed_in(roles.TRIAGE).post(page(case), fields, follow=True)
    case.refresh_from_db()
    return answer


def words_of(case: Complaint) -> str:
    assert case.next_action is not None
    return str(sealing.unseal_words(case.next_action, settings.COMPLAINT_PRIVATE_KEYS)["text"])


def planned(after: int, **changes: Any) -> Complaint:
    case = complaint(**changes)
    handling.plan(case, day(after), WORDS, "triage")
    return case


def test_day_and_words_are_set_at_once_sealed_and_written_down_once() -> None:
    case = complaint()

    save(case, action_on=day(3).isoformat(), action=WORDS)

    assert (case.next_action_on, words_of(case)) == (day(3), WORDS)
    assert [(event.kind, event.detail) for event in case.events.all()] == [
        ("planned", {"on": day(3).isoformat()})
    ]
    assert WORDS not in str([change.fields for change in Change.objects.filter(row=case.pk)])


def test_other_day_keeps_the_words_and_other_words_keep_the_day() -> None:
    case = planned(3)

    save(case, action_on=day(5).isoformat())
    first = (case.next_action_on, words_of(case))
    save(case, action="ส่งหนังสือ")

    assert first == (day(5), WORDS)
    assert (case.next_action_on, words_of(case)) == (day(5), "ส่งหนังสือ")


def test_it_is_cleared_by_a_tick_and_by_nothing_else() -> None:
    case = planned(3)

    save(case, remark="x", action_on="", action="")
    kept = case.next_action_on
    save(case, action_done="on")

    assert (kept, case.next_action_on, case.next_action) == (day(3), None, None)
    assert case.events.filter(kind=Event.Kind.PLANNED).last().detail == {"on": ""}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "wrong", [{"action_on": "31/12/2569"}, {"action_on": "2020-01-01", "action": "x"},
              {"action_done": "on", "action": "x"}],
)  # fmt: skip
def test_wrong_day_is_named_on_the_form(wrong: dict[str, str]) -> None:
    case = complaint()

    answer = save(case, **wrong)

    assert "errorlist" in answer.text
    assert case.next_action_on is None


@pytest.mark.parametrize(("after", "words"), [(None, WORDS), (0, "")])
def test_half_of_it_is_not_enough(after: int | None, words: str) -> None:
    with pytest.raises(NotPossible):
        handling.plan(complaint(), None if after is None else day(after), words, "triage")


def test_closing_a_case_leaves_nothing_to_be_done() -> None:
    case = planned(3)

    triage.close(case, "spam", "triage")

    assert (case.next_action_on, case.next_action) == (None, None)
    with pytest.raises(NotPossible):
        handling.plan(case, day(1), WORDS, "triage")
    with pytest.raises(NotPossible):
        handling.clear_plan(case, "triage")


def test_queue_count_and_list_tell_what_is_due_and_no_word_of_it() -> None:
    late, today, later = planned(-2), planned(0), planned(1)
    client = signed_in(roles.INTAKE)

    listed = client.get("/admin/complaints/complaint/?queue=action").text
    waiting = {one.address: one for one in client.get("/admin/").context["waiting"]}

    assert [case.reference in listed for case in (late, today, later)] == [True, True, False]
    assert day_of(day(-2)) in listed
    assert WORDS not in listed
    found = next(one for address, one in waiting.items() if address.endswith("queue=action"))
    assert (found.count, found.is_pressing) == (2, True)


def test_page_tells_the_words_to_those_who_may_read() -> None:
    case = planned(2)

    read, sorted_ = (signed_in(role).get(page(case)).text for role in (roles.TRIAGE, roles.INTAKE))

    assert WORDS in read
    assert WORDS not in sorted_
    assert all(day_of(day(2)) in text for text in (read, sorted_))


@pytest.mark.parametrize("role", [roles.INTAKE, roles.AUDITOR, roles.LIAISON, "superuser"])
def test_who_may_not_act_plans_nothing(role: str) -> None:
    case = complaint()

    signed_in(role).post(page(case), {"action_on": day(1).isoformat(), "action": WORDS})

    case.refresh_from_db()
    assert case.next_action_on is None


def test_morning_mail_says_how_many_and_nothing_else() -> None:
    triager = account(roles.TRIAGE)
    case = planned(0, assigned_to=triager)
    planned(0)  # nobody's
    planned(1, assigned_to=triager)

    text = reminders.text_for(triager)

    assert text.endswith(": 1")
    assert len(text.splitlines()) == 1
    assert case.reference not in text
    assert WORDS not in text


def test_words_are_sealed_anew_with_another_key() -> None:
    case, private = planned(3), sealing.new_private_key()

    resealing.reseal(sealing.public_key_of(private), settings.COMPLAINT_PRIVATE_KEYS)

    case.refresh_from_db()
    assert case.next_action is not None
    assert sealing.unseal_words(case.next_action, [private]) == {"text": WORDS}

"""Acts on many cases: what is shown before, what is done and written down, what is told of failures."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from complaints import duplicates, handling, roles, triage
from complaints.admin import bulk as acts
from complaints.admin import confirming
from complaints.models import Complaint, Event

from .cases import complaint, dispatch
from .staff import account, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/complaints/complaint/"


def bulk(client: Any, action: str, cases: list[Complaint], **more: Any) -> Any:
    """The act, confirmed."""
    chosen = {"action": action, "_selected_action": [case.pk for case in cases], "step": "do"}
    chosen |= {"purpose": "work"} if action.startswith("take_out") else {}
    return client.post(LIST, chosen | more, follow=True)


def before(client: Any, action: str, cases: list[Complaint], **more: Any) -> Any:
    """The page that is shown before it."""
    return client.post(LIST, {"action": action, "_selected_action": [case.pk for case in cases]} | more)


def test_bulk_act_reports_what_failed_and_does_the_rest() -> None:
    one, two = complaint(), complaint()
    triage.close(two, "spam", "a")

    answer = bulk(signed_in(roles.TRIAGE), "begin", [one, two])

    one.refresh_from_db()
    assert one.state == "in_triage"
    assert two.reference in answer.text


def test_bulk_giving_leaves_out_what_is_kept_from_the_person() -> None:
    one, two, triager = complaint(), complaint(), account(roles.TRIAGE)
    handling.keep_from(two, triager, "supervisor")

    answer = bulk(signed_in(roles.INTAKE), "give", [one, two], worker=triager.pk)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.assigned_to, two.assigned_to) == (triager, None)
    assert two.reference in answer.text


def test_intake_sorts_but_does_not_close() -> None:
    case = complaint()
    client = signed_in(roles.INTAKE)

    bulk(client, "hurry", [case], priority=1)
    bulk(client, "sweep_out", [case])

    case.refresh_from_db()
    assert (case.priority, case.state) == (1, "received")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_is_taken_out_harmless_and_written_down(kind: str) -> None:
    case = complaint(agency_code="=1+1")

    answer = bulk(signed_in(roles.TRIAGE), f"take_out_{kind}", [case])

    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert kind == "xlsx" or b",'=1+1," in content
    assert kind == "xlsx" or roles.TRIAGE.encode() in content.split(b"\n")[0]
    event = Event.objects.get(kind=Event.Kind.EXPORTED)
    assert event.detail["cases"] == [case.reference]
    assert event.complaint is None


def test_list_that_is_taken_out_names_no_case_that_is_kept_from_whoever_takes_it() -> None:
    kept, case = complaint(), complaint()
    duplicates.link(case, kept, "supervisor")
    client, other = signed_in(roles.TRIAGE), signed_in(roles.SUPERVISOR)
    handling.keep_from(kept, account(roles.TRIAGE), "supervisor")

    lists = [b"".join(bulk(who, "take_out_csv", [case]).streaming_content) for who in (client, other)]

    assert [kept.reference.encode() in listed for listed in lists] == [False, True]


# Before


@pytest.mark.parametrize("act", [act for act in acts.REGISTER if not act.form.base_fields])
def test_what_will_happen_to_which_cases_is_shown_and_nothing_done(act: confirming.Act) -> None:
    cases = [complaint(), complaint()]

    answer = before(signed_in(roles.SUPERVISOR), act.name, cases)

    assert act.told(2, {}) in answer.text
    assert all(case.reference in answer.text for case in cases)
    assert "no-store" in answer["Cache-Control"]
    assert not Event.objects.exists()


def test_to_whom_is_asked_shown_and_done() -> None:
    case, triager, client = complaint(), account(roles.TRIAGE), signed_in(roles.INTAKE)

    asked = before(client, "give", [case])
    shown = before(client, "give", [case], step="show", worker=triager.pk)
    untouched = Complaint.objects.get(pk=case.pk).assigned_to
    bulk(client, "give", [case], worker=triager.pk)

    assert "id_worker" in asked.text
    assert acts._given(1, {"worker": triager}) in shown.text
    assert untouched is None
    assert Complaint.objects.get(pk=case.pk).assigned_to == triager
    assert case.events.get().detail == {"to": "triage"}


@pytest.mark.parametrize("wrong", [{}, {"worker": "0"}, {"worker": "x"}])
def test_confirming_without_a_choice_asks_again(wrong: dict[str, str]) -> None:
    case = complaint()

    answer = bulk(signed_in(roles.INTAKE), "give", [case], **wrong)

    assert "errorlist" in answer.text
    assert not case.events.exists()


def test_more_than_so_many_are_refused_and_none_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirming, "MOST", 2)
    cases = [complaint() for _number in range(3)]
    client = signed_in(roles.TRIAGE)

    said = before(client, "take", cases[:1], select_across="1")
    done = bulk(client, "take", cases)

    assert said.status_code == 302
    assert done.redirect_chain
    assert not Event.objects.exists()


def test_case_that_left_the_queue_since_is_done_too_and_one_kept_from_us_since_is_not() -> None:
    triager = account(roles.TRIAGE)
    left, kept = complaint(), complaint()
    client = signed_in(roles.TRIAGE)
    handling.assign(left, account(roles.SUPERVISOR), "supervisor")  # no longer given to nobody
    handling.keep_from(kept, triager, "supervisor")
    chosen = {"action": "take", "_selected_action": [left.pk, kept.pk], "step": "do"}

    client.post(f"{LIST}?queue=unassigned", chosen)

    assert Complaint.objects.get(pk=left.pk).assigned_to == triager
    assert Complaint.objects.get(pk=kept.pk).assigned_to is None


# Same matter


def test_cases_are_merged_into_another_one_which_is_named_before() -> None:
    main, one = complaint(), complaint()
    gone = complaint(state="closed", outcome="spam", closed_at="2026-11-01T00:00Z")
    undelivered = dispatch(complaint=one)
    client, more = signed_in(roles.TRIAGE), {"joined_with": main.reference, "joining": "merge"}

    shown = before(client, "same", [one, gone], step="show", **more)
    answer = bulk(client, "same", [one, gone], **more)

    for case in (one, gone, undelivered):
        case.refresh_from_db()
    assert main.reference in shown.text
    assert (one.outcome, one.duplicate_of, undelivered.state) == ("duplicate", main, "cancelled")
    assert (gone.outcome, gone.duplicate_of) == ("spam", None)
    assert gone.reference in answer.text
    assert [event.kind for event in main.events.all()] == ["linked"]


@pytest.mark.parametrize("named", ["000000000", "one of them", "kept"])
def test_cases_are_joined_with_none_that_is_missing_chosen_or_kept_from_us(named: str) -> None:
    one, kept, client = complaint(), complaint(), signed_in(roles.TRIAGE)
    handling.keep_from(kept, account(roles.TRIAGE), "supervisor")
    number = {"one of them": one.reference, "kept": kept.reference}.get(named, named)

    answer = bulk(client, "same", [one], joined_with=number, joining="link")

    assert "errorlist" in answer.text
    assert not one.events.exists()


# Rights


@pytest.mark.parametrize("act", [act.name for act in acts.REGISTER if act.right == "change"])
def test_intake_is_offered_no_act_that_needs_reading(act: str) -> None:
    case, client = complaint(), signed_in(roles.INTAKE)

    offered = [name for name, _title in client.get(LIST).context["action_form"].fields["action"].choices]
    bulk(client, act, [case], joined_with=complaint().reference, joining="link")

    assert act not in offered
    assert not Event.objects.exists()


def test_closing_many_tells_the_citizens_of_merged_ones_as_closing_one_does() -> None:
    main, merged = complaint(), complaint()
    duplicates.merge(merged, main, "triage")

    bulk(signed_in(roles.TRIAGE), "sweep_out", [main])

    assert merged.messages.count() == 2


def test_page_before_costs_a_handful_of_questions(django_assert_max_num_queries: Any) -> None:
    cases = [complaint(assigned_to=account(roles.TRIAGE)) for _number in range(6)]
    client = signed_in(roles.TRIAGE)

    with django_assert_max_num_queries(16):
        answer = before(client, "begin", cases)

    assert reverse("admin:complaints_complaint_change", args=[cases[0].pk]) in answer.text

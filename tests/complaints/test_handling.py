"""What staff do with cases beside reading them: giving, blocking, rerouting, joining, keeping back."""

from __future__ import annotations

import pytest
from django.conf import settings

from complaints import duplicates, handling, inbox, redacting, roles, triage
from complaints.access import access_for, new_nonce
from complaints.delivery import letter_for
from complaints.filing import file_complaint
from complaints.handling import NotPossible
from complaints.models import Change, Complaint, Desk, Dispatch, Event

from .cases import complaint, dispatch
from .staff import account, signed_in
from .test_filing import told

pytestmark = pytest.mark.django_db


def kinds(case: Complaint) -> list[str]:
    return [str(event.kind) for event in case.events.all()]


def test_case_is_given_to_a_person_and_that_is_written_down() -> None:
    case, triager = complaint(), account(roles.TRIAGE)

    handling.assign(case, triager, "intake")

    case.refresh_from_db()
    assert case.assigned_to == triager
    assert case.events.get().detail == {"to": "triage"}


def test_what_has_come_since_goes_to_the_same_body_as_a_further_version() -> None:
    sent = dispatch()
    with pytest.raises(NotPossible):  # all of it goes with the one that is on its way
        handling.send_further(sent.complaint, "triage")
    sent.mark_acknowledged("acknowledged", "ปปท 1/2569")

    further = handling.send_further(sent.complaint, "triage")

    assert (further.desk, further.version, further.state) == (sent.desk, 2, Dispatch.State.PENDING)
    assert further.number != sent.number
    assert kinds(sent.complaint)[-1] == Event.Kind.RESENT


def test_closed_case_is_not_sent_again() -> None:
    sent = dispatch()
    sent.mark_acknowledged("acknowledged", "ปปท 1/2569")
    triage.close(sent.complaint, "duplicate", "triage")

    with pytest.raises(NotPossible):
        handling.send_further(sent.complaint, "triage")


def test_officer_sends_it_again_on_the_page_of_the_case() -> None:
    sent = dispatch()
    sent.mark_acknowledged("acknowledged", "ปปท 1/2569")
    there = f"/admin/complaints/complaint/{sent.complaint_id}/change/"

    signed_in(roles.TRIAGE).post(there, {"further": "on", "new_priority": "2"})

    assert list(sent.complaint.dispatches.values_list("version", flat=True)) == [1, 2]


def test_case_kept_from_a_person_leaves_their_hands_and_their_lists() -> None:
    case, triager = complaint(), account(roles.TRIAGE)
    handling.assign(case, triager, "intake")

    handling.keep_from(case, triager, "supervisor")

    case.refresh_from_db()
    assert case.assigned_to is None
    assert not Complaint.objects.open_to(triager).exists()
    with pytest.raises(NotPossible):
        handling.assign(case, triager, "intake")


@pytest.mark.parametrize(("code", "is_kept"), [("15008", True), ("15", False), ("21004", False), ("", False)])
def test_complaint_about_their_own_agency_is_kept_from_staff(code: str, is_kept: bool) -> None:
    complaint(agency_code=code)
    insider = account(roles.TRIAGE, agency_code="15008")

    assert Complaint.objects.kept_from(insider).exists() == is_kept


def test_other_desk_gets_a_new_version_and_what_had_not_left_stops() -> None:
    sent = dispatch()
    case, nacc = sent.complaint, Desk.objects.get(code="nacc")

    further = handling.reroute(case, nacc, "เป็นเรื่องของนักการเมือง", "triage")

    sent.refresh_from_db()
    case.refresh_from_db()
    assert (sent.state, further.state, further.version) == ("cancelled", "pending", 2)
    assert case.desk == nacc
    assert kinds(case) == ["cancelled", "noted", "routed"]


def test_what_has_arrived_is_not_called_back() -> None:
    sent = dispatch(state="delivered", receipt="x", delivered_at="2026-11-01T00:00Z", next_attempt_at=None)

    handling.reroute(sent.complaint, Desk.objects.get(code="nacc"), "x", "triage")

    sent.refresh_from_db()
    assert sent.state == Dispatch.State.DELIVERED


def test_closed_case_goes_nowhere() -> None:
    case = complaint()
    triage.close(case, "spam", "a")

    with pytest.raises(NotPossible):
        handling.reroute(case, Desk.objects.get(code="nacc"), "x", "triage")


# Duplicates


def filed() -> tuple[Complaint, str]:
    said = told(nonce=new_nonce())
    receipt = file_complaint(said)
    key = access_for(said.nonce, settings.COMPLAINT_PEPPER).key
    return Complaint.objects.get(reference=receipt.reference), key


def test_merged_citizens_each_see_their_own_and_hear_the_outcome() -> None:
    (main, main_key), (second, second_key) = filed(), filed()

    duplicates.merge(second, main, "triage")
    main.refresh_from_db()
    triage.close(main, "substantiated", "triage")
    duplicates.tell_merged(main, "triage")

    for case, key in ((main, main_key), (second, second_key)):
        found = inbox.find(key)
        assert found is not None
        assert found.reference == case.reference
    second.refresh_from_db()
    assert (second.outcome, second.duplicate_of) == ("duplicate", main)
    assert second.dispatches.get().state == "cancelled"
    assert len(inbox.read(second, second_key).letters) == 2
    assert inbox.read(main, main_key).letters == []


def test_parted_case_opens_again() -> None:
    (main, _key), (second, _other) = filed(), filed()
    duplicates.merge(second, main, "triage")

    duplicates.part(second, "triage")

    second.refresh_from_db()
    assert (second.state, second.duplicate_of) == ("reopened", None)


def test_linked_cases_each_go_their_own_way() -> None:
    main, second = complaint(), complaint()

    duplicates.link(second, main, "triage")

    second.refresh_from_db()
    assert (second.state, second.duplicate_of) == ("received", main)
    assert kinds(main) == kinds(second) == ["linked"]


def test_joining_in_a_ring_is_refused() -> None:
    one, two, three = complaint(), complaint(), complaint()
    duplicates.link(two, one, "triage")

    for case, main in ((one, two), (three, two), (one, one), (one, three)):
        with pytest.raises(NotPossible):
            duplicates.link(case, main, "triage")


def test_cases_on_one_page_are_proposed() -> None:
    one, two = complaint(about="/agencies/1/"), complaint(about="/agencies/1/")
    complaint(about="/agencies/2/")

    triager = account(roles.TRIAGE)

    assert duplicates.similar(one, triager) == [two]
    assert duplicates.similar(complaint(), triager) == []


@pytest.mark.parametrize("is_joined", [True, False])
def test_case_kept_from_a_person_is_not_named_on_the_page_of_another(is_joined: bool) -> None:
    kept, shown = complaint(about="/agencies/1/"), complaint(about="/agencies/1/")
    if is_joined:
        duplicates.link(kept, shown, "supervisor")
    before = signed_in(roles.TRIAGE).get(f"/admin/complaints/complaint/{shown.pk}/change/").text
    handling.keep_from(kept, account(roles.TRIAGE), "supervisor")

    after = signed_in(roles.TRIAGE).get(f"/admin/complaints/complaint/{shown.pk}/change/").text

    assert kept.reference in before
    assert kept.reference not in after


def test_nobody_joins_a_case_with_one_that_is_kept_from_them() -> None:
    kept, case = complaint(), complaint()
    handling.keep_from(kept, account(roles.TRIAGE), "supervisor")

    answer = signed_in(roles.TRIAGE).post(
        f"/admin/complaints/complaint/{case.pk}/change/", {"joined_with": kept.reference, "joining": "link"}
    )

    case.refresh_from_db()
    assert answer.status_code == 200
    assert case.duplicate_of is None


# Keeping back


def test_passages_are_black_in_the_letter_and_stay_in_the_original() -> None:
    file_complaint(told(matter={"subject": "ถนน", "detail": "ลุงสมชายเห็น"}, files=[]))
    sent = Dispatch.objects.get()

    redacting.keep_back(sent.complaint, ["ลุงสมชาย"], "triage")

    assert letter_for(sent).matter["detail"] == "█" * len("ลุงสมชาย") + "เห็น"
    assert triage.read(sent.complaint, "triage")["detail"] == "ลุงสมชายเห็น"


def test_whole_text_can_be_given_free_again() -> None:
    case = complaint()
    redacting.keep_back(case, ["ถนน"], "triage")

    redacting.keep_back(case, [], "triage")

    assert redacting.passages_of(case) == []
    assert kinds(case) == ["redacted", "redacted"]


# On the page


def page(case: Complaint) -> str:
    return f"/admin/complaints/complaint/{case.pk}/change/"


def test_one_form_does_several_things_and_says_what_it_could_not() -> None:
    case, other = complaint(), complaint()
    nacc = Desk.objects.get(code="nacc")

    answer = signed_in(roles.SUPERVISOR).post(
        page(case),
        {
            "new_priority": 1, "new_desk": nacc.pk, "reason": "เรื่องใหญ่", "held": "yes",
            "kept_back": "นาย ก", "joined_with": other.reference, "joining": "link",
            "step": "in_triage", "worker": account(roles.TRIAGE).pk,
        },
        follow=True,
    )  # fmt: skip

    case.refresh_from_db()
    assert answer.status_code == 200
    assert (case.priority, case.desk, case.is_held, case.duplicate_of) == (1, nacc, True, other)
    assert (case.state, case.assigned_to) == ("in_triage", account(roles.TRIAGE))
    assert case.due_step == "decide"


def test_change_of_desk_wants_a_reason() -> None:
    case = complaint()

    answer = signed_in(roles.TRIAGE).post(page(case), {"new_desk": Desk.objects.get(code="nacc").pk})

    case.refresh_from_db()
    assert answer.status_code == 200
    assert case.desk.code == "pacc"


def test_only_a_supervisor_sets_a_hold() -> None:
    case = complaint()

    signed_in(roles.TRIAGE).post(page(case), {"held": "yes"})

    case.refresh_from_db()
    assert not case.is_held


def test_officer_keeps_a_case_from_themselves() -> None:
    case, triager = complaint(), account(roles.TRIAGE)

    client = signed_in(roles.TRIAGE)
    client.post(page(case), {"blocked": triager.pk})

    assert client.get(page(case)).status_code == 302


def test_dossier_is_taken_out_and_written_down() -> None:
    file_complaint(told(files=[]))
    case = Complaint.objects.get()

    client, there = signed_in(roles.TRIAGE), f"/admin/complaints/complaint/{case.pk}/dossier/"
    asked = client.get(there)
    none_yet = kinds(case)[-1]
    answer = client.post(there, {"purpose": "work"})

    assert "id_purpose" in asked.text
    assert none_yet != "exported"
    assert answer["Content-Type"] == "application/zip"
    assert kinds(case)[-1] == "exported"


def test_queues_hold_what_their_names_say() -> None:
    complaint(identity="anonymous", priority=1)
    case = complaint(identity="confidential", assigned_to=account(roles.TRIAGE))
    dispatch(complaint=case, state="exhausted", next_attempt_at=None)
    client = signed_in(roles.TRIAGE)

    def listed(queue: str) -> int:
        return int(client.get(f"/admin/complaints/complaint/?queue={queue}").context["cl"].result_count)

    found = {name: listed(name) for name in ("mine", "unassigned", "urgent", "anonymous", "undeliverable")}
    assert found == dict.fromkeys(found, 1)
    assert client.get("/admin/").context["waiting"][0].count == 1


# The liaison


def ready() -> Dispatch:
    file_complaint(told(files=[]))
    sent = Dispatch.objects.get()
    assert sent.mark_ready(sent.claim(), "ready")
    return sent


def test_liaison_takes_the_dossier_and_gives_a_register_number() -> None:
    sent, client = ready(), signed_in(roles.LIAISON)
    there = f"/admin/complaints/dispatch/{sent.pk}/"

    page_before = client.get(f"{there}change/")
    asked = client.get(f"{there}dossier/")
    sent.refresh_from_db()
    still_ready = sent.state == Dispatch.State.READY
    dossier = client.post(f"{there}dossier/")
    taken = Change.objects.filter(table="complaints_dispatch", row=sent.pk).latest("number")
    client.post(f"{there}change/", {"decision": "acknowledged", "registered_as": "ปปท 12/2569"})

    sent.refresh_from_db()
    assert page_before.status_code == asked.status_code == 200
    assert still_ready  # whoever only looks takes nothing
    assert taken.actor == roles.LIAISON
    assert dossier.content.startswith(b"PK")
    assert (sent.state, sent.register_number) == ("acknowledged", "ปปท 12/2569")
    assert kinds(sent.complaint)[-3:] == ["delivered", "exported", "acknowledged"]


def test_taking_over_wants_a_register_number() -> None:
    sent = ready()

    signed_in(roles.LIAISON).post(
        f"/admin/complaints/dispatch/{sent.pk}/change/", {"decision": "acknowledged"}
    )

    sent.refresh_from_db()
    assert sent.state == Dispatch.State.READY

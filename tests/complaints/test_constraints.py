"""What must always be true of complaints: each constraint and trigger of the database, broken once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from complaints.models import (
    Acknowledgement,
    Attachment,
    Blackening,
    Change,
    Clock,
    CompetenceRule,
    Complaint,
    Conflict,
    Desk,
    Dispatch,
    Event,
    Handover,
    IdentityRequest,
    Message,
    RegionalOffice,
    ReplyTemplate,
    ScreeningSheet,
    Slip,
)
from complaints.models.events import note

from .cases import complaint, dispatch, opinion
from .staff import account

pytestmark = pytest.mark.django_db


@contextmanager
def refused_as(constraint: str) -> Iterator[None]:
    """The database refuses what happens inside, in the name of one constraint."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


def test_closed_complaint_needs_time_and_outcome() -> None:
    with refused_as("closed_complaint_has_time_and_outcome"):
        complaint(state="closed")
    with refused_as("closed_complaint_has_time_and_outcome"):
        complaint(closed_at=timezone.now(), outcome="spam")


def test_reference_is_nine_digits() -> None:
    with refused_as("reference_is_nine_digits"):
        complaint(reference="12345678A")


def test_matter_stays_until_it_is_removed_on_purpose() -> None:
    with refused_as("complaint_has_matter_until_it_is_removed"):
        complaint(matter=None)


def test_snapshot_comes_with_its_hash() -> None:
    with refused_as("snapshot_has_its_hash"):
        complaint(snapshot={"title": "ถนน"})


def test_express_letter_has_its_parcel_and_no_letter_is_sent_before_its_day() -> None:
    sent = dispatch(state="exhausted", next_attempt_at=None)
    said = {"dispatch": sent, "letter_number": "12/2569", "letter_on": date(2026, 11, 2), "unit": "x"}

    with refused_as("express_letter_has_number_of_parcel"):
        Handover.objects.create(**said, way="ems", sent_on=date(2026, 11, 3))
    with refused_as("express_letter_has_number_of_parcel"):
        Handover.objects.create(**said, way="hand", sent_on=date(2026, 11, 3), parcel="12")
    with refused_as("letter_is_sent_after_it_is_dated"):
        Handover.objects.create(**said, way="hand", sent_on=date(2026, 11, 1))


def test_taken_in_has_day_and_unit_and_has_arrived() -> None:
    sent = dispatch(state="exhausted", next_attempt_at=None)

    for wrong in ({"registered_on": date(2026, 11, 2)}, {"taken_in_by": "งานสารบรรณ"},
                  {"registered_on": date(2026, 11, 2), "taken_in_by": "งานสารบรรณ"}):  # fmt: skip
        with refused_as("taken_in_has_day_and_unit"):
            Dispatch.objects.filter(pk=sent.pk).update(**wrong)


def test_only_what_arrived_is_recalled() -> None:
    sent = dispatch(state="cancelled", next_attempt_at=None)

    with refused_as("recalled_dispatch_has_arrived"):
        Dispatch.objects.filter(pk=sent.pk).update(recall="due")


def test_rule_cannot_end_before_it_begins() -> None:
    rule = CompetenceRule.objects.first()
    assert rule is not None
    rule.valid_until = date(2000, 1, 1)

    with refused_as("rule_ends_after_it_begins"):
        rule.save()


def test_regional_office_has_its_own_number_and_ends_after_it_begins() -> None:
    office = RegionalOffice.objects.get(number=5)

    with refused_as("one_regional_office_of_a_number_at_a_time"):
        RegionalOffice.objects.filter(number=4).update(number=5)
    with refused_as("regional_office_ends_after_it_begins"):
        RegionalOffice.objects.filter(pk=office.pk).update(valid_until=date(2000, 1, 1))


def test_desk_reached_by_wire_needs_an_address() -> None:
    with refused_as("desk_reached_by_wire_has_address"):
        Desk.objects.filter(code="pacc").update(channel="webhook")


def test_desk_reached_by_sftp_needs_the_key_of_its_server() -> None:
    with refused_as("desk_reached_by_sftp_has_host_key"):
        Desk.objects.filter(code="pacc").update(channel="sftp", address="sftp://us@files.example/in")


def test_infected_file_has_no_copy() -> None:
    with refused_as("infected_file_has_no_copy"):
        Attachment.objects.create(
            complaint=complaint(), position=1, name=b"x", kind="png", size=1, sha256="a" * 64,
            original="evidence/1", cleaned="evidence/2", cleaned_sha256="b" * 64, state="infected",
        )  # fmt: skip


def blackening(file: Attachment | None = None, **changes: object) -> Blackening:
    """A confirmed copy with black boxes, as the database may hold it."""
    file = file or Attachment.objects.create(
        complaint=complaint(), position=1, name=b"x", kind="png", size=1, sha256="a" * 64,
        original="evidence/1", cleaned="evidence/2", cleaned_sha256="b" * 64, state="clean",
    )  # fmt: skip
    values = {"version": 1, "content": b"x", "ground": "other", "copy": "evidence/3", "copy_sha256": "c" * 64}
    known = {"attachment": file, "author": "triage", "confirmed_at": timezone.now()}
    return Blackening.objects.create(**(values | known | changes))


def test_black_boxes_of_a_file_have_versions_and_one_draft() -> None:
    first = blackening()

    with refused_as("one_blackening_of_a_version"):
        blackening(first.attachment)
    blackening(first.attachment, version=2, confirmed_at=None)
    with refused_as("one_draft_of_blackening_of_a_file"):
        blackening(first.attachment, version=3, confirmed_at=None)


@pytest.mark.parametrize(
    "changes",
    [
        {"taken_back_at": timezone.now()},
        {"taken_back_by": "supervisor"},
        {"taken_back_at": timezone.now(), "taken_back_by": "supervisor", "confirmed_at": None},
    ],
    ids=["nobody", "never", "of a draft"],
)
def test_black_boxes_are_taken_back_by_somebody_at_some_time(changes: dict[str, object]) -> None:
    with refused_as("taken_back_blackening_has_person_and_time"):
        blackening(**changes)


def test_same_version_goes_to_a_desk_once() -> None:
    sent = dispatch()

    with refused_as("one_delivery_of_a_version_to_a_desk"):
        dispatch(complaint=sent.complaint)


def test_nothing_is_delivered_without_a_receipt() -> None:
    with refused_as("delivered_dispatch_has_receipt"):
        dispatch(state="delivered", next_attempt_at=None)


def test_what_is_on_its_way_is_due_at_some_time() -> None:
    with refused_as("dispatch_on_its_way_has_next_attempt"):
        dispatch(next_attempt_at=None)


def test_running_attempt_has_a_worker_and_an_end() -> None:
    with refused_as("running_attempt_has_worker_and_end"):
        dispatch(leased_by=7)


def test_desk_is_sent_one_at_a_time_at_least() -> None:
    with refused_as("desk_is_sent_one_at_least"):
        Desk.objects.update(at_once=0)


def test_message_of_a_desk_is_heard_once() -> None:
    sent = dispatch()
    values = {"desk": sent.desk, "dispatch": sent, "message_id": "ack-1", "kind": "acknowledged"}
    Acknowledgement.objects.create(**values)

    with refused_as("one_message_of_a_desk_is_heard_once"):
        Acknowledgement.objects.create(**values)


def test_event_has_its_own_place() -> None:
    case = complaint()
    note(case, Event.Kind.FILED, "reporter")

    with refused_as("one_event_at_a_place"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE complaints_event DISABLE TRIGGER event_is_chained")
        Event.objects.bulk_create([Event(complaint=case, kind="moved", actor="x", number=1)])


def test_file_has_its_own_place() -> None:
    case = complaint()
    values = {"complaint": case, "position": 1, "name": b"x", "kind": "png", "size": 1, "sha256": "0" * 64}
    Attachment.objects.create(**values)

    with refused_as("one_file_at_a_place"):
        Attachment.objects.create(**values)


def test_cleaned_copy_comes_with_its_hash() -> None:
    values = {"complaint": complaint(), "position": 1, "name": b"x", "kind": "png", "size": 1}

    with refused_as("cleaned_copy_has_its_hash"):
        Attachment.objects.create(**values, sha256="0" * 64, cleaned="evidence/copy")


def test_question_that_the_citizen_cannot_open_is_refused() -> None:
    with refused_as("message_to_a_citizen_is_sealed_to_them"):
        Message.objects.create(complaint=complaint(), from_reporter=False, words=b"x")


# The log


CHANGES = [
    "UPDATE complaints_event SET actor = 'somebody else'",
    "UPDATE complaints_event SET detail = '{}', hash = hash",
    "DELETE FROM complaints_event",
    "TRUNCATE complaints_event",
    "UPDATE complaints_event SET number = number + 1",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_log_is_never_changed_even_by_hand(statement: str) -> None:
    case = complaint()
    note(case, Event.Kind.FILED, "reporter")

    with refused_as("never changed"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE complaints_event ENABLE TRIGGER log_is_never_emptied")
        cursor.execute(statement)


def test_log_is_never_changed_in_bulk() -> None:
    case = complaint()
    note(case, Event.Kind.FILED, "reporter")

    with refused_as("never changed"):
        Event.objects.update(actor="somebody else")
    with refused_as("never changed"):
        Event.objects.all()._raw_delete("default")


def test_chain_checks_out_and_a_forged_link_is_found() -> None:
    case, other = complaint(), complaint()
    for _ in range(3):
        note(case, Event.Kind.MOVED, "system", state="routed")
        note(other, Event.Kind.MOVED, "system", state="routed")
    whole = Event.objects.broken()
    second = Event.objects.get(complaint=case, number=2)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE complaints_event DISABLE TRIGGER event_is_never_changed")
        cursor.execute("UPDATE complaints_event SET actor = 'forger' WHERE id = %s", [second.pk])

    assert whole == []
    assert Event.objects.broken() == [second.pk]


def test_number_time_and_hash_are_the_database_s_own() -> None:
    case = complaint()
    forged = Event(complaint=case, kind="filed", actor="reporter", number=7, hash="f" * 64)
    forged.save()

    forged.refresh_from_db()

    assert forged.number == 1
    assert forged.hash != "f" * 64


@pytest.mark.parametrize("column", ["snapshot = '{}'", "about = '/'", "reference = '000000000'"])
def test_what_a_complaint_was_about_is_never_changed(column: str) -> None:
    complaint(snapshot={"title": "ถนน"}, snapshot_sha256="0" * 64, about="/budget/2565/")

    with refused_as("never changed"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE complaints_complaint SET {column}")


def test_complaint_with_a_history_cannot_be_deleted() -> None:
    case = complaint()
    note(case, Event.Kind.FILED, "reporter")

    with pytest.raises(IntegrityError):
        Complaint.objects.filter(pk=case.pk).delete()
    assert Dispatch.objects.count() == 0


# The staff side


def test_case_is_no_duplicate_of_itself() -> None:
    case = complaint()
    with refused_as("case_is_no_duplicate_of_itself"):
        Complaint.objects.filter(pk=case.pk).update(duplicate_of=case)


def test_only_a_closed_case_without_hold_and_names_is_emptied() -> None:
    ended = {"state": "closed", "outcome": "spam", "closed_at": timezone.now(), "removed_at": timezone.now()}
    with refused_as("only_a_closed_case_without_hold_is_emptied"):
        complaint(removed_at=timezone.now())
    with refused_as("only_a_closed_case_without_hold_is_emptied"):
        complaint(**ended, is_held=True)
    with refused_as("only_a_closed_case_without_hold_is_emptied"):
        complaint(**ended, accused=b"x")


def test_clock_runs_a_day_at_least() -> None:
    with refused_as("clock_runs_a_day_at_least"):
        Clock.objects.update(days=0)


def test_case_is_kept_from_a_person_once() -> None:
    case, person = complaint(), account("triage")
    Conflict.objects.create(complaint=case, user=person, declared_by="a")
    with refused_as("one_conflict_of_a_person_in_a_case"):
        Conflict.objects.create(complaint=case, user=person, declared_by="b")


def test_version_of_a_screening_sheet_is_written_once() -> None:
    case, person = complaint(), account("triage")
    ScreeningSheet.objects.create(complaint=case, version=1, content=b"x", written_by=person)
    ScreeningSheet.objects.create(complaint=case, version=2, content=b"x", written_by=person)
    with refused_as("one_sheet_of_a_version"):
        ScreeningSheet.objects.create(complaint=case, version=2, content=b"y", written_by=person)


def test_screening_sheet_needs_two_people() -> None:
    person, other = account("triage"), account("supervisor")
    sheet = ScreeningSheet.objects.create(complaint=complaint(), version=1, content=b"x", written_by=person)
    rows = ScreeningSheet.objects.filter(pk=sheet.pk)
    with refused_as("nobody_signs_their_own_sheet"):
        rows.update(signed_by=person, signed_at=timezone.now())
    with refused_as("signed_sheet_has_person_and_time"):
        rows.update(signed_by=other)
    with refused_as("signed_sheet_has_person_and_time"):
        rows.update(signed_at=timezone.now())


def test_request_to_learn_who_a_citizen_is_needs_two_people() -> None:
    case, person, other = complaint(), account("custodian"), account("supervisor")
    asked = IdentityRequest.objects.create(complaint=case, asked_by=person, reason=b"x")
    rows = IdentityRequest.objects.filter(pk=asked.pk)
    with refused_as("nobody_decides_their_own_request"):
        rows.update(decided_by=person, decided_at=timezone.now(), is_approved=True)
    with refused_as("decided_request_has_person_and_time"):
        rows.update(is_approved=True)
    with refused_as("decided_request_has_person_and_time"):
        rows.update(decided_by=other)


def test_opinion_is_published_with_words_and_answered_beside_them() -> None:
    with refused_as("published_opinion_has_words_and_time"):
        opinion(state="published")
    with refused_as("published_opinion_has_words_and_time"):
        opinion(published_words="x")
    with refused_as("answer_stands_beside_a_published_opinion"):
        opinion(answer="x", answered_at=timezone.now())
    with refused_as("converted_opinion_has_its_complaint"):
        opinion(state="converted")


def test_two_changes_have_no_place_in_common() -> None:
    values = {
        "table": "x", "row": 1, "operation": "UPDATE", "fields": {}, "actor": "a", "number": 1,
        "at": timezone.now(), "previous": "", "hash": "x",
    }  # fmt: skip
    Change.objects.create(**values)
    with refused_as("one_change_at_a_place"):
        Change.objects.create(**values)


def test_next_action_has_day_and_words_and_an_open_case() -> None:
    name = "next_action_of_an_open_case_has_day_and_words"
    complaint(next_action_on="2026-11-30", next_action=b"x")
    with refused_as("next_action_of_an_open_case_has_day_and_words"):
        complaint(next_action_on="2026-11-30")
    with refused_as(name):
        complaint(next_action=b"x")
    ended = {"state": "closed", "outcome": "spam", "closed_at": timezone.now()}
    with refused_as(name):
        complaint(next_action_on="2026-11-30", next_action=b"x", **ended)


def test_text_kept_ready_has_a_title_of_its_own_and_an_outcome_only_if_it_closes() -> None:
    words = {"title": "ก", "title_en": "A", "text": "ข", "text_en": "B"}
    ReplyTemplate.objects.create(use="closing", outcome="spam", **words)
    with refused_as("one_template_of_a_title"):
        ReplyTemplate.objects.create(use="closing", **words)
    with refused_as("only_a_closing_template_has_an_outcome"):
        ReplyTemplate.objects.create(use="question", outcome="spam", **words)


def test_scans_of_a_letter_have_places_and_are_pictures_or_pdfs() -> None:
    sent = dispatch(state="delivered", delivered_at=timezone.now(), receipt="x", next_attempt_at=None)
    day = timezone.localdate()
    letter = Handover.objects.create(
        dispatch=sent, letter_number="1/2569", letter_on=day, way="hand", sent_on=day, unit="x"
    )
    values = {"handover": letter, "size": 1, "sha256": "a" * 64, "content": "x", "is_scanned": False}
    Slip.objects.create(**values, position=1, kind="png", author="x")

    with refused_as("one_slip_at_a_place"):
        Slip.objects.create(**values, position=1, kind="png", author="x")
    with refused_as("slip_is_a_picture_or_a_pdf"):
        Slip.objects.create(**values, position=2, kind="docx", author="x")


@pytest.mark.parametrize(
    "wrong",
    [
        {"content": ""},
        {"content": "", "taken_back_at": timezone.now(), "taken_back_by": "x"},
        {"content": "", "taken_back_at": timezone.now(), "ground": "twice"},
        {"content": "", "taken_back_by": "x", "ground": "twice"},
        {"content": "x", "taken_back_at": timezone.now(), "taken_back_by": "x", "ground": "twice"},
    ],
)
def test_scan_without_its_file_says_who_took_it_back_when_and_why(wrong: dict[str, Any]) -> None:
    sent = dispatch(state="delivered", delivered_at=timezone.now(), receipt="x", next_attempt_at=None)
    day = timezone.localdate()
    letter = Handover.objects.create(
        dispatch=sent, letter_number="1/2569", letter_on=day, way="hand", sent_on=day, unit="x"
    )
    values = {"handover": letter, "size": 1, "sha256": "a" * 64, "is_scanned": False, "kind": "png"}

    with refused_as("taken_back_slip_has_person_ground_and_no_file"):
        Slip.objects.create(**values, position=1, author="x", **wrong)

"""The screening sheet: suggested by facts, marked by one person, signed by a second one, never changed."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from complaints import handling, redacting, screening, sealed_sheets
from complaints.admin import bulk_forms
from complaints.delivery import letter_for
from complaints.handling import NotPossible
from complaints.models import Change, Complaint, Event, ScreeningDecision, ScreeningQuestion, ScreeningSheet
from complaints.sheets import Sheet
from tests.complaints.cases import complaint, dispatch
from tests.complaints.staff import account, verified

pytestmark = pytest.mark.django_db
ANSWERS = {"graft": ("yes", "ลุงสมชายเล่าไว้ตรงกัน"), "named": ("unclear", "")}


def marks(sheet: Sheet) -> dict[str, str]:
    return {line.code: line.mark for line in sheet.lines}


def costly(**changes: Any) -> Complaint:
    figure = {"title": "ถนน", "amount": "2500000.00", "figures": {}, "about": "/x/", "agency": ""}
    return complaint(snapshot=figure, snapshot_sha256="0" * 64, **changes)


def test_facts_of_the_case_suggest_marks_and_the_rest_is_left_to_a_person() -> None:
    found = marks(screening.blank(costly(suspicion="bidding", level="official", identity="named")))

    suggested = {code for code, mark in found.items() if mark}
    assert suggested == {"executive", "graft", "reachable", "nacc_bidding", "nacc_two_million"}


def test_table_of_competence_is_proposed_with_its_reason() -> None:
    sheet = screening.blank(complaint(suspicion="corruption", level="official"))

    assert (sheet.suggested_desk, sheet.decision) == ("pacc", "accept_18_1_a")
    assert sheet.suggested_because


def test_each_shipped_question_and_decision_says_where_it_comes_from() -> None:
    assert ScreeningQuestion.objects.count() >= 20
    assert not ScreeningQuestion.objects.filter(source="").exists()
    assert not ScreeningDecision.objects.filter(source="").exists()


def test_question_that_staff_add_is_asked_next_time() -> None:
    ScreeningQuestion.objects.create(
        code="new", group="facts", question="ใหม่", question_en="new", source="มติ", grade="official",
        over_amount=Decimal(1),
    )  # fmt: skip

    assert marks(screening.blank(costly()))["new"] == "yes"


def test_a_change_is_a_further_version_and_the_first_stays() -> None:
    case, writer = complaint(), account("triage")

    first = screening.write(case, writer, ANSWERS, "accept_18_4", "")
    second = screening.write(case, writer, {}, "not_accepted", "ไม่มีข้อเท็จจริง")

    assert (first.version, second.version) == (1, 2)
    assert marks(sealed_sheets.opened(first))["graft"] == "yes"
    assert sealed_sheets.opened(second).reason == "ไม่มีข้อเท็จจริง"
    assert case.events.filter(kind=Event.Kind.SCREENED).count() == 2


def test_remarks_are_sealed_in_the_table_and_in_its_log() -> None:
    sheet = screening.write(complaint(), account("triage"), ANSWERS, "accept_18_4", "")

    assert "สมชาย".encode() not in bytes(sheet.content)
    written = Change.objects.get(table="complaints_screeningsheet", row=sheet.pk)
    assert written.fields["content"][1].startswith("sha256:")


@pytest.mark.parametrize("decision", ["", "unheard-of", "not_accepted", "send_to_nacc", "send_elsewhere"])
def test_decision_wants_what_belongs_to_it(decision: str) -> None:
    with pytest.raises(NotPossible):
        screening.write(complaint(), account("triage"), ANSWERS, decision, "")


def test_nobody_signs_their_own_sheet_and_nobody_signs_twice() -> None:
    writer, second = account("triage"), account("supervisor")
    sheet = screening.write(complaint(), writer, ANSWERS, "accept_18_4", "")

    with pytest.raises(NotPossible):
        screening.sign(sheet, writer)
    screening.sign(sheet, second)
    with pytest.raises(NotPossible):
        screening.sign(sheet, second)


def test_a_sheet_that_a_later_one_replaced_is_not_signed() -> None:
    case, writer = complaint(), account("triage")
    first = screening.write(case, writer, ANSWERS, "accept_18_4", "")
    screening.write(case, writer, {}, "accept_18_4", "")

    with pytest.raises(NotPossible):
        screening.sign(first, account("supervisor"))


@pytest.mark.parametrize("broken", ["own", "half", "twice"])
def test_database_refuses_what_no_sheet_may_be(broken: str) -> None:
    sheet = screening.write(complaint(), account("triage"), ANSWERS, "accept_18_4", "")
    rows = ScreeningSheet.objects.filter(pk=sheet.pk)

    other = screening.write(sheet.complaint, sheet.written_by, ANSWERS, "accept_18_4", "")
    moment = "2026-11-01T00:00Z"
    broken_by: dict[str, dict[str, Any]] = {
        "own": {"signed_by": sheet.written_by, "signed_at": moment},
        "half": {"signed_at": moment},
        "twice": {"version": other.version},
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**broken_by[broken])


def test_page_keeps_a_version_and_another_person_signs_it() -> None:
    sent = dispatch()
    there = reverse("admin:complaints_complaint_screening", args=[sent.complaint.pk])
    officer, supervisor = verified(account("triage")), verified(account("supervisor"))

    answer = officer.post(there, {"mark_graft": "yes", "decision": "accept_18_4", "keep": "1"})
    own = officer.post(there, {"sign": "1"})
    shown = supervisor.get(there).content.decode()
    supervisor.post(there, {"sign": "1"})

    assert answer.status_code == 302
    assert own.status_code == 200  # said, not done
    assert 'value="1"' in shown
    signed = ScreeningSheet.objects.get(complaint=sent.complaint)
    assert signed.signed_by == account("supervisor")


def test_mark_that_is_none_is_refused() -> None:
    case = complaint()
    there = reverse("admin:complaints_complaint_screening", args=[case.pk])

    answer = verified(account("triage")).post(there, {"mark_graft": "perhaps", "decision": "accept_18_4"})

    assert answer.status_code == 200
    assert not ScreeningSheet.objects.filter(complaint=case).exists()


def test_case_kept_from_a_person_has_no_sheet_for_them() -> None:
    case, close = complaint(), account("triage")
    handling.keep_from(case, close, "supervisor")

    there = reverse("admin:complaints_complaint_screening", args=[case.pk])
    assert verified(close).get(there).status_code == 404


def test_dossier_holds_the_signed_sheet_without_what_is_kept_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr(bulk_forms, "timezone", SimpleNamespace(now=lambda: now))  # when it is taken out
    sent = dispatch()
    case, supervisor = sent.complaint, account("supervisor")
    client = verified(supervisor)
    there = reverse("admin:complaints_complaint_dossier", args=[case.pk])
    redacting.keep_back(case, ["ลุงสมชาย"], "supervisor")
    sheet = screening.write(case, account("triage"), ANSWERS, "accept_18_4", "")
    before = zipfile.ZipFile(io.BytesIO(client.post(there, {"purpose": "work"}).content)).namelist()
    screening.sign(sheet, supervisor)

    given, again = (client.post(there, {"purpose": "work"}).content for _ in range(2))

    held = zipfile.ZipFile(io.BytesIO(given))
    assert "screening.pdf" not in before
    assert len(pikepdf.open(io.BytesIO(held.read("screening.pdf"))).pages) >= 1
    assert "screening.pdf" in held.read("manifest.json").decode()
    assert given == again


def test_letter_carries_the_signed_sheet_without_what_is_kept_back() -> None:
    sent = dispatch()
    case = sent.complaint
    redacting.keep_back(case, ["ลุงสมชาย"], "supervisor")
    sheet = screening.write(case, account("triage"), ANSWERS, "accept_18_4", "ถามลุงสมชาย")
    before = letter_for(sent).screening
    screening.sign(sheet, account("supervisor"))
    screening.write(case, account("triage"), {}, "accept_18_4", "")  # not signed: stays here

    letter = letter_for(sent)

    assert before is None
    assert letter.screening is not None
    assert (letter.screening.version, letter.screening.sheet.decision) == (1, "accept_18_4")
    assert "เล่าไว้ตรงกัน" in letter.as_json().decode()
    assert "สมชาย" not in letter.as_json().decode()

"""The workbench of staff: who sees what, what is done by which verb, and what is written down."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings

from complaints import roles, sealing, triage
from complaints.access import access_for, new_nonce, reporter_private_key
from complaints.filing import file_complaint
from complaints.models import Complaint, Desk, Event

from .staff import signed_in
from .test_filing import told

pytestmark = pytest.mark.django_db
WORDS = "ถนนลาดยางไม่ครบ"
PAGES = ["complaint", "dispatch", "desk", "competencerule", "event"]
SEEN = {
    roles.INTAKE: {"complaint", "dispatch", "desk", "competencerule"},
    roles.TRIAGE: {"complaint", "dispatch", "desk", "competencerule"},
    roles.SUPERVISOR: set(PAGES),
    roles.AUDITOR: {"event"},
    "superuser": set(),
    "no role": set(),
}


def case() -> Complaint:
    file_complaint(told())
    return Complaint.objects.latest("pk")


def page(filed: Complaint) -> str:
    return f"/admin/complaints/complaint/{filed.pk}/change/"


def test_list_of_cases_says_in_short_what_it_is_about_and_shows_nothing_sealed() -> None:
    filed = case()

    listed = signed_in(roles.INTAKE).get("/admin/complaints/complaint/").text
    row = listed[listed.index('id="result_list"') :]

    assert f"{filed.get_suspicion_display().partition(':')[0]}</td>" in row
    assert "ป.ป.ท.</td>" in row
    assert "\\x" not in row


def test_log_of_a_case_says_who_in_words() -> None:
    filed = case()
    triage.ask(filed, "ถนนสายใด", "triage")

    on_case = signed_in(roles.TRIAGE).get(page(filed)).text
    log = signed_in(roles.AUDITOR).get("/admin/complaints/event/").text

    assert "· ผู้แจ้ง · รับเรื่อง" in on_case
    assert "· triage · " in on_case
    assert '<td class="field-who">ผู้แจ้ง</td>' in log
    assert "reporter</td>" not in log


def test_each_message_stands_on_a_line_of_its_own() -> None:
    filed = case()
    for text in ("ถนนสายใด", "<b>เมื่อไร"):
        triage.ask(filed, text, "triage")

    shown = signed_in(roles.TRIAGE).get(page(filed)).text

    assert re.search("ถนนสายใด</div><div>[^<]*&lt;b&gt;เมื่อไร</div>", shown)


def test_page_that_comes_back_with_an_error_says_that_the_words_were_not_opened_again() -> None:
    filed = case()
    another = Desk.objects.get(code="nacc").pk

    back = signed_in(roles.TRIAGE).post(page(filed).replace("/admin/", "/en/admin/"), {"new_desk": another})

    assert WORDS not in back.text
    assert "Open the page of the case anew to read it." in back.text


@pytest.mark.parametrize("role", SEEN)
@pytest.mark.parametrize("name", PAGES)
def test_each_role_sees_its_own_lists(role: str, name: str) -> None:
    case()

    answer = signed_in(role).get(f"/admin/complaints/{name}/")

    assert (answer.status_code == 200) == (name in SEEN[role])


@pytest.mark.parametrize("role", SEEN)
def test_only_those_who_may_read_see_content_and_are_written_down(role: str) -> None:
    filed = case()

    answer = signed_in(role).get(page(filed))

    opened = Event.objects.filter(kind=Event.Kind.OPENED, actor=role).count()
    assert (WORDS in answer.text) == (role in roles.MAY_READ)
    assert opened == (1 if role in roles.MAY_READ else 0)
    assert "0812345678" not in answer.text


def test_question_reaches_the_citizen_and_nobody_else() -> None:
    said = told(nonce=new_nonce())
    file_complaint(said)
    filed = Complaint.objects.get()

    signed_in(roles.TRIAGE).post(
        page(filed), {"question": "หมู่ที่เท่าไร", "remark": "รอคำตอบ", "step": "in_triage"}
    )

    filed.refresh_from_db()
    key = access_for(said.nonce, settings.COMPLAINT_PEPPER).key
    sealed = filed.messages.get().words_for_reporter
    assert sealing.unseal_words(sealed, [reporter_private_key(key)]) == {"text": "หมู่ที่เท่าไร"}
    assert filed.state == Complaint.State.IN_TRIAGE
    assert [e.kind for e in filed.events.all()] == ["filed", "asked", "noted", "moved"]
    assert {e.actor for e in filed.events.all()} == {"reporter", roles.TRIAGE}


@pytest.mark.parametrize("role", [roles.INTAKE, roles.AUDITOR, "superuser", "no role"])
def test_who_may_not_act_changes_nothing(role: str) -> None:
    filed = case()

    answer = signed_in(role).post(page(filed), {"question": "x", "step": "close:spam"})

    filed.refresh_from_db()
    assert answer.status_code in (302, 403)
    assert (filed.state, filed.messages.count()) == ("received", 0)


@pytest.mark.parametrize("step", ["routed", "with_agency", "close:nothing", "closed", "x"])
def test_case_goes_only_where_it_may(step: str) -> None:
    filed = case()

    signed_in(roles.TRIAGE).post(page(filed), {"step": step})

    filed.refresh_from_db()
    assert filed.state == Complaint.State.RECEIVED


def test_closed_case_opens_again() -> None:
    filed = case()

    assert triage.close(filed, "spam", "a")
    assert not triage.close(filed, "spam", "a")
    assert triage.move(filed, "reopened", "a")

    assert (filed.state, filed.outcome, filed.closed_at) == ("reopened", "", None)


def test_script_in_a_complaint_is_only_text() -> None:
    file_complaint(told(matter={"subject": "<script>alert(1)</script>", "detail": "<img onerror=x>"}))

    answer = signed_in(roles.TRIAGE).get(page(Complaint.objects.get()))

    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_deleted_here(name: str) -> None:
    case()

    answer = signed_in(roles.SUPERVISOR).post(f"/admin/complaints/{name}/1/delete/", {"post": "yes"})

    assert answer.status_code in (302, 403)
    assert Complaint.objects.count() == 1


def test_queue_asks_the_database_a_known_number_of_times(django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        case()
    client = signed_in(roles.TRIAGE)

    with django_assert_max_num_queries(12):
        client.get("/admin/complaints/complaint/")


def test_page_of_a_case_names_the_parts_of_a_complaint_in_thai() -> None:
    filed = case()
    triage.ask(filed, "ถนนสายใด", "triage")
    triage.write_note(filed, "โทรถามแล้ว", "triage")

    said = signed_in(roles.TRIAGE).get(page(filed)).text

    for part in ("<dt>สิ่งที่เกิดขึ้น</dt>", "<dt>ข้อความ</dt>", "<dt>บันทึกของเพื่อนร่วมงาน</dt>"):
        assert part in said
    assert "<dt>detail</dt>" not in said
    assert "เจ้าหน้าที่, " in said
    assert "True |" not in said

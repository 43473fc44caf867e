"""Texts kept ready for citizens: who keeps them, and how they come into the box without being sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from complaints import roles, sealing
from complaints.models import Change, Complaint, Event, ReplyTemplate

from .cases import complaint
from .staff import account, signed_in

pytestmark = pytest.mark.django_db


def page(case: Complaint) -> str:
    return f"/admin/complaints/complaint/{case.pk}/change/"


def template(use: str) -> ReplyTemplate:
    found = ReplyTemplate.objects.filter(use=use).first()
    assert found is not None
    return found


def put_in(case: Complaint, **typed: Any) -> Any:
    """The page of a case after the button beside the texts was pressed."""
    return signed_in(roles.TRIAGE).post(page(case), typed | {"_fill": "1"})


def box(answer: Any) -> str:
    return str(answer.context["adminform"].form["question"].value())


@pytest.mark.parametrize(("language", "words"), [("th", "text"), ("en", "text_en")])
def test_text_comes_into_the_box_in_the_citizens_language_and_nothing_is_sent(
    language: str, words: str
) -> None:
    case, chosen = complaint(language=language), template("question")

    answer = put_in(case, template=chosen.pk)

    assert box(answer) == getattr(chosen, words)
    assert case.messages.count() == 0
    assert [event.kind for event in case.events.all()] == [Event.Kind.OPENED]


def test_what_was_typed_stays_and_the_text_stands_below_it() -> None:
    case, worker = complaint(), account(roles.SUPERVISOR)

    answer = put_in(
        case, template=template("question").pk, question="สวัสดี", remark="โทรแล้ว", step="in_triage",
        worker=worker.pk, new_priority="1", further="on",
    )  # fmt: skip

    form = answer.context["adminform"].form
    assert box(answer) == f"สวัสดี\n\n{template('question').text}"
    shown = {name: str(form[name].value()) for name in ("remark", "step", "worker", "new_priority")}
    assert shown == {"remark": "โทรแล้ว", "step": "in_triage", "worker": str(worker.pk), "new_priority": "1"}
    assert "checked" in str(form["further"])
    case.refresh_from_db()
    assert (case.state, case.assigned_to, case.notes.count()) == ("received", None, 0)


def test_text_of_a_closing_chooses_its_outcome_unless_a_step_was_chosen() -> None:
    case, chosen = complaint(), template("closing")

    fresh = put_in(case, template=chosen.pk)
    other = put_in(case, template=chosen.pk, step="close:spam")

    assert fresh.context["adminform"].form["step"].value() == f"close:{chosen.outcome}"
    assert other.context["adminform"].form["step"].value() == "close:spam"


@pytest.mark.parametrize("chosen", ["", "0", "x", "99999999"])
def test_no_text_leaves_the_page_as_it_was_typed(chosen: str) -> None:
    answer = put_in(complaint(), template=chosen, question="สวัสดี")

    assert (answer.status_code, box(answer)) == (200, "สวัสดี")


def test_text_that_is_not_offered_any_more_comes_into_no_box() -> None:
    chosen = template("question")
    ReplyTemplate.objects.filter(pk=chosen.pk).update(is_offered=False)

    answer = put_in(complaint(), template=chosen.pk)

    assert box(answer) == "None"
    assert chosen.title not in answer.text


def test_changed_text_is_what_is_sent() -> None:
    case = complaint()

    signed_in(roles.TRIAGE).post(page(case), {"template": template("question").pk, "question": "เมื่อไรและที่ใด"})

    sealed = case.messages.get().words
    assert sealing.unseal_words(sealed, settings.COMPLAINT_PRIVATE_KEYS) == {"text": "เมื่อไรและที่ใด"}


@pytest.mark.parametrize("role", [roles.INTAKE, roles.AUDITOR, roles.LIAISON, "superuser"])
def test_who_may_not_read_learns_nothing_by_the_button(role: str) -> None:
    case = complaint()

    answer = signed_in(role).post(page(case), {"template": template("question").pk, "_fill": "1"})

    assert "id_question" not in answer.text
    assert not case.events.exists()


def test_supervisor_adds_a_text_and_that_is_written_down() -> None:
    words = {"title": "ก", "title_en": "A", "text": "ข", "text_en": "B", "order": 5}

    signed_in(roles.SUPERVISOR).post(
        "/admin/complaints/replytemplate/add/", words | {"use": "question", "is_offered": "on"}
    )

    made = ReplyTemplate.objects.get(title="ก")
    change = Change.objects.get(table="complaints_replytemplate", row=made.pk)
    assert (change.operation, change.actor) == ("INSERT", roles.SUPERVISOR)


def test_outcome_of_a_question_is_refused_with_a_word_on_the_form() -> None:
    words = {"title": "ก", "title_en": "A", "text": "ข", "text_en": "B", "order": 5}

    answer = signed_in(roles.SUPERVISOR).post(
        "/admin/complaints/replytemplate/add/", words | {"use": "question", "outcome": "spam"}
    )

    assert answer.status_code == 200
    assert not ReplyTemplate.objects.filter(title="ก").exists()


def test_each_shipped_text_has_both_languages() -> None:
    texts = ReplyTemplate.objects.all()

    assert {text.use for text in texts} == {"question", "closing"}
    assert all(text.title and text.title_en and text.text and text.text_en for text in texts)

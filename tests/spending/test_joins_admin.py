"""The workbench of the joins: suggestions to choose from, reasons asked for, everything written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from spending.models import Agency, BodyMatch, Buyer, LineCandidate, ListedBody
from tests.complaints.staff import signed_in
from tests.purchases import DEPARTMENT, bought, part, project

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    return signed_in("superuser")


@pytest.fixture
def waiting(tmp_path: Path) -> ListedBody:
    bought(part(), project(1), folder=tmp_path)
    return ListedBody.objects.get(name=DEPARTMENT)


@pytest.fixture
def agency() -> Agency:
    found = Agency.objects.create(code="07003", name="กรมตัวอย่างที่ดี", kind=Agency.Kind.AGENCY)
    ListedBody.objects.create(
        scheme="cgd", code="07003", name=found.name, letters="กรมตัวอยางทีดี", body=found, agency=found
    )
    return found


@pytest.fixture
def candidate() -> LineCandidate:
    return LineCandidate.objects.create(
        item_id="2022.3.9.1", project_number="67119000001", fiscal_year=2022, score=84
    )


def page(body: ListedBody) -> str:
    return f"/admin/spending/listedbody/{body.pk}/change/"


@pytest.mark.usefixtures("agency")
def test_waiting_body_offers_suggestions_with_score_and_reasons(staff: Client, waiting: ListedBody) -> None:
    html = staff.get(page(waiting)).content.decode()

    assert "กรมตัวอย่างที่ดี (07003)" in html
    assert 'type="radio"' in html


def test_person_joins_a_body_with_a_reason(staff: Client, waiting: ListedBody, agency: Agency) -> None:
    staff.post(page(waiting), inline(waiting) | {"agency_found": agency.code, "why": "ชื่อเดียวกัน"})

    match = BodyMatch.objects.get(listed=waiting)
    assert (match.agency, match.how, match.reason) == (agency, "person", "ชื่อเดียวกัน")
    assert match.by
    assert match.score is not None
    assert Buyer.objects.get().agency == agency
    assert "ชื่อเดียวกัน" in LogEntry.objects.get().change_message


@pytest.mark.parametrize(
    "given",
    [
        {"agency_code": "07003"},
        {"agency_code": "00000", "why": "x"},
        {"why": "x"},
        {"agency_code": "07003", "why": " "},
    ],
)
@pytest.mark.usefixtures("agency")
def test_nothing_is_joined_without_an_agency_and_a_reason(
    staff: Client, waiting: ListedBody, given: dict[str, str]
) -> None:
    answer = staff.post(page(waiting), inline(waiting) | given)

    assert answer.status_code == 200
    assert not BodyMatch.objects.filter(listed=waiting).exists()


def test_match_is_undone_with_a_reason_and_stays_in_the_log(
    staff: Client, waiting: ListedBody, agency: Agency
) -> None:
    staff.post(page(waiting), inline(waiting) | {"agency_code": agency.code, "why": "ชื่อเดียวกัน"})

    staff.post(page(waiting), inline(waiting) | {"undo": "on", "why": "คนละหน่วยงาน"})

    match = BodyMatch.objects.get(listed=waiting)
    assert match.undone_reason == "คนละหน่วยงาน"
    assert match.undone_by == match.by
    assert Buyer.objects.get().agency is None
    assert LogEntry.objects.count() == 2


def test_form_to_join_that_comes_second_undoes_nothing(
    staff: Client, waiting: ListedBody, agency: Agency
) -> None:
    filled_in = {"agency_code": agency.code, "why": "ชื่อเดียวกัน"}
    staff.post(page(waiting), inline(waiting) | filled_in)

    answer = staff.post(page(waiting), inline(waiting) | filled_in)

    assert answer.status_code == 200
    assert Buyer.objects.get().agency == agency


@pytest.mark.parametrize("decision", ["confirmed", "refused"])
def test_candidate_is_decided_with_a_reason(staff: Client, candidate: LineCandidate, decision: str) -> None:
    staff.post(f"/admin/spending/linecandidate/{candidate.pk}/change/", {"decision": decision, "why": "ดูแล้ว"})

    candidate.refresh_from_db()
    assert (candidate.state, candidate.decision_reason) == (decision, "ดูแล้ว")
    assert candidate.decided_by
    assert "ดูแล้ว" in LogEntry.objects.get().change_message


def test_candidate_is_not_decided_without_a_reason(staff: Client, candidate: LineCandidate) -> None:
    staff.post(f"/admin/spending/linecandidate/{candidate.pk}/change/", {"decision": "confirmed"})

    candidate.refresh_from_db()
    assert candidate.state == "proposed"


@pytest.mark.parametrize("table", ["listedbody", "linecandidate"])
@pytest.mark.usefixtures("waiting", "candidate")
def test_lists_can_be_searched_and_filtered(staff: Client, table: str) -> None:
    answer = staff.get(f"/admin/spending/{table}/?q=1")

    assert answer.status_code == 200


def inline(body: ListedBody) -> dict[str, str]:
    """What the form says of the history below it, which nobody changes."""
    count = str(BodyMatch.objects.filter(listed=body).count())
    rows = {f"matches-{n}-id": str(m.pk) for n, m in enumerate(BodyMatch.objects.filter(listed=body))}
    return {"matches-TOTAL_FORMS": count, "matches-INITIAL_FORMS": count} | rows

"""Who a citizen is: learnt for a reason, with a second person's consent, for a day; the citizen sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from complaints import identities, inbox, roles
from complaints.access import access_for, new_nonce
from complaints.filing import file_complaint
from complaints.handling import NotPossible
from complaints.models import Complaint, Conflict, Event, IdentityRequest
from complaints.queues import waiting_for

from .cases import complaint
from .staff import account, signed_in
from .test_filing import told

pytestmark = pytest.mark.django_db
WHY = "ศาลขอสอบพยานด้วยตนเอง คดีหมายเลข 12/2569"


@pytest.fixture
def key() -> str:
    said = told(nonce=new_nonce())
    file_complaint(said)
    return access_for(said.nonce, settings.COMPLAINT_PEPPER).key


def asked() -> IdentityRequest:
    return identities.ask(Complaint.objects.get(), account(roles.CUSTODIAN), WHY)


def test_custodian_learns_it_once_a_second_person_agrees(key: str) -> None:
    custodian = signed_in(roles.CUSTODIAN)
    case = Complaint.objects.get()
    custodian.post("/admin/complaints/identityrequest/add/", {"reference": case.reference, "why": WHY})
    request = IdentityRequest.objects.get()
    there = f"/admin/complaints/identityrequest/{request.pk}/"
    before = custodian.get(f"{there}identity/")

    consent = signed_in(roles.SUPERVISOR)
    seen = consent.get(f"{there}change/")
    consent.post(f"{there}change/", {"decision": "yes"})
    page = custodian.get(f"{there}identity/")

    assert before.status_code == 403
    assert WHY in seen.text
    assert "0812345678" not in seen.text
    assert "0812345678" in page.text
    assert "first_name" not in page.text  # each part is called what the form calls it
    assert [str(e.kind) for e in case.events.all()] == ["filed", "requested", "decided", "opened"]
    assert len(inbox.read(case, key).identity_opened) == 1


def test_request_on_a_case_kept_from_the_second_person_is_not_counted_for_them(key: str) -> None:
    request, supervisor = asked(), account(roles.SUPERVISOR)

    before = [one.count for one in waiting_for(supervisor) if "identityrequest" in one.address]
    Conflict.objects.create(complaint=request.complaint, user=supervisor, declared_by="office")
    after = [one.count for one in waiting_for(supervisor) if "identityrequest" in one.address]

    assert (before, after) == ([1], [0])


def test_nobody_decides_on_their_own_request(key: str) -> None:
    request = asked()

    with pytest.raises(NotPossible):
        identities.decide(request, account(roles.CUSTODIAN), is_approved=True)
    signed_in(roles.CUSTODIAN).post(
        f"/admin/complaints/identityrequest/{request.pk}/change/", {"decision": "yes"}
    )

    request.refresh_from_db()
    assert not request.is_approved


def test_decision_is_asked_of_the_second_person_alone(key: str) -> None:
    request = asked()
    there = f"/admin/complaints/identityrequest/{request.pk}/change/"

    own = signed_in(roles.CUSTODIAN).get(there).content.decode()
    second = signed_in(roles.SUPERVISOR).get(there).content.decode()
    identities.decide(request, account(roles.SUPERVISOR), is_approved=False)
    decided = signed_in(roles.SUPERVISOR).get(there).content.decode()

    assert ["id_decision" in page for page in (own, second, decided)] == [False, True, False]
    assert request.complaint.reference in own
    assert f"/complaints/complaint/{request.complaint_id}/" not in own  # a page that they may not open


@pytest.mark.parametrize("role", [roles.SUPERVISOR, roles.TRIAGE, roles.AUDITOR, "superuser"])
def test_consent_lets_in_nobody_but_who_asked(key: str, role: str) -> None:
    request = asked()
    identities.decide(request, account(roles.SUPERVISOR), is_approved=True)

    answer = signed_in(role).get(f"/admin/complaints/identityrequest/{request.pk}/identity/")

    assert answer.status_code in (403, 404)
    assert not Event.objects.filter(kind=Event.Kind.OPENED).exists()


def test_other_custodian_is_not_let_in(key: str) -> None:
    request = asked()
    identities.decide(request, account(roles.SUPERVISOR), is_approved=True)

    other = signed_in(roles.CUSTODIAN, name="other-custodian")

    assert other.get(f"/admin/complaints/identityrequest/{request.pk}/identity/").status_code == 404


def test_consent_ends_after_a_day(key: str) -> None:
    request = asked()
    identities.decide(request, account(roles.SUPERVISOR), is_approved=True)
    IdentityRequest.objects.update(decided_at=timezone.now() - timedelta(hours=25))

    assert not identities.may_learn(request.complaint, account(roles.CUSTODIAN))


def test_refusal_and_second_decision_change_nothing(key: str) -> None:
    request = asked()

    assert identities.decide(request, account(roles.SUPERVISOR), is_approved=False)
    assert not identities.decide(request, account(roles.SUPERVISOR), is_approved=True)

    with pytest.raises(NotPossible):
        identities.learn(request.complaint, account(roles.CUSTODIAN))


def test_request_wants_a_reason_and_somebody_to_learn_of(key: str) -> None:
    with pytest.raises(NotPossible):
        identities.ask(Complaint.objects.get(), account(roles.CUSTODIAN), "why not")
    with pytest.raises(NotPossible):
        identities.ask(complaint(), account(roles.CUSTODIAN), WHY)


def test_reason_is_sealed(key: str) -> None:
    assert WHY.encode() not in bytes(asked().reason)

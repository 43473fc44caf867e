"""A citizen says more of who they are than when they filed: sealed, logged, and never made less."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client

from complaints import delivery, handling, raising, roles, sealing
from complaints.access import access_for, new_nonce
from complaints.channels.base import DeliveryError, Receipt
from complaints.filing import file_complaint
from complaints.letters import Letter
from complaints.models import Complaint, Desk, Dispatch, Event, Reporter
from complaints.models.events import note
from complaints.models.vocabulary import Identity
from complaints.raising import raise_identity
from complaints.reporters import who

from .cases import complaint
from .staff import signed_in
from .test_filing import told

pytestmark = pytest.mark.django_db
WHO = {"first_name": "สมหญิง", "last_name": "ใจงาม", "phone": "0899999999"}
HERE = "/complaints/status/"


def filed(identity: str = "anonymous", **changes: Any) -> tuple[Complaint, str]:
    said = told(
        nonce=new_nonce(), identity=identity, reporter=changes.pop("reporter", {}), files=(), **changes
    )
    file_complaint(said)
    return Complaint.objects.latest("pk"), access_for(said.nonce, settings.COMPLAINT_PEPPER).key


class Desktop:
    """A channel that keeps the letters it was given, and fails when told to."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.is_deaf = False

    def send(self, letter: Letter, means: Any) -> Receipt:
        self.letters.append(letter)
        if self.is_deaf:
            raise DeliveryError("No answer came.")
        return Receipt(f"got {letter.number}")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desktop:
    made = Desktop()
    for module in (delivery, raising):
        monkeypatch.setattr(module, "channel_for", lambda dispatch: made)
    return made


def deliver_all() -> None:
    for pk in Dispatch.objects.due(is_long=True):
        delivery.deliver(pk)


# What the citizen sees and sends


def test_citizen_raises_twice_behind_the_key(client: Client) -> None:
    case, key = filed()

    first = client.post(HERE, {"key": key, "act": "raise", "identity": "confidential", "known": "on"} | WHO)
    further = {"first_name": "สมศรี", "email": "a@example.org"}
    second = client.post(HERE, {"key": key, "act": "raise", "identity": "named", "known": "on"} | further)

    case.refresh_from_db()
    raised = case.events.filter(kind=Event.Kind.RAISED)
    assert [first.status_code, second.status_code, case.identity] == [200, 200, "named"]
    assert [e.detail["identity"] for e in raised] == ["confidential", "named"]
    assert {e.actor for e in raised} == {"reporter"}
    assert who(case.reporter) == WHO | further
    assert all(word not in page.text for word in WHO.values() for page in (first, second))
    assert 'value="raise"' in first.text
    assert 'value="raise"' not in second.text


def test_nothing_of_it_stands_in_the_clear(client: Client) -> None:
    case, key = filed("confidential", reporter={"first_name": "สมปอง"})

    client.post(HERE, {"key": key, "act": "raise", "identity": "named", "known": "on"} | WHO)

    with connection.cursor() as cursor:
        rows = []
        for table in ("complaint", "reporter", "event", "change", "dispatch"):
            cursor.execute(f"SELECT t::text FROM complaints_{table} AS t")
            rows += [text for (text,) in cursor.fetchall()]
    written = "\n".join(rows)
    assert [word for word in WHO.values() if word in written or word.encode().hex() in written] == []
    with pytest.raises(sealing.SealError):
        sealing.unseal(case.reporter.later, [sealing.new_private_key()])


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"identity": "anonymous"}, ""),
        ({"identity": "king"}, "identity"),
        ({"identity": "named", "first_name": "", "last_name": ""}, "first_name"),
        ({"known": ""}, "known"),
        ({"first_name": "", "last_name": "", "phone": ""}, "__all__"),
        ({"email": "nobody"}, "email"),
        ({"national_id": "1234567890123"}, "national_id"),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(
    client: Client, changes: dict[str, str], wrong: str
) -> None:
    case, key = filed()
    said = {"key": key, "act": "raise", "identity": "confidential", "known": "on"} | WHO | changes

    page = client.post(HERE, said)

    case.refresh_from_db()
    assert case.identity == "anonymous"
    assert Reporter.objects.count() == 0
    assert set(page.context["raising"].errors) == ({wrong} if wrong else set())
    if wrong:
        assert '<details class="fold" open>' in page.text


@pytest.mark.parametrize("wanted", ["anonymous", "confidential"])
def test_citizen_cannot_take_it_back_either(client: Client, wanted: str) -> None:
    case, key = filed("named", reporter=WHO)

    client.post(HERE, {"key": key, "act": "raise", "identity": wanted, "known": "on"} | WHO)

    case.refresh_from_db()
    assert case.identity == "named"
    assert not case.events.filter(kind=Event.Kind.RAISED).exists()


def test_second_press_adds_nothing(client: Client) -> None:
    case, key = filed()
    said = {"key": key, "act": "raise", "identity": "named", "known": "on"} | WHO

    pages = [client.post(HERE, said) for _ in range(2)]

    assert case.events.filter(kind=Event.Kind.RAISED).count() == 1
    assert [page.context["done"] for page in pages] == ["raised", "raised"]


def test_closed_case_is_left_as_it_is(client: Client) -> None:
    _case, key = filed()
    client.post(HERE, {"key": key, "act": "withdraw", "sure": "yes"})

    page = client.post(HERE, {"key": key, "act": "raise", "identity": "named", "known": "on"} | WHO)

    assert Reporter.objects.count() == 0
    assert 'value="raise"' not in page.text
    assert page.context["done"] == ""


def test_it_needs_no_private_key(client: Client, settings: Any) -> None:
    _case, key = filed()
    settings.COMPLAINT_PRIVATE_KEYS = []

    page = client.post(HERE, {"key": key, "act": "raise", "identity": "named", "known": "on"} | WHO)

    assert page.context["done"] == "raised"


# What the desk gets


def test_letter_that_has_not_left_says_it(desk: Desktop) -> None:
    case, _key = filed()

    raise_identity(case, Identity.NAMED, WHO)
    deliver_all()

    assert [(sent.version, sent.identity, sent.reporter) for sent in desk.letters] == [(1, "named", WHO)]


def test_desk_that_has_it_gets_a_further_letter_with_the_name(desk: Desktop) -> None:
    case, _key = filed()
    deliver_all()

    raise_identity(case, Identity.NAMED, WHO)
    deliver_all()

    assert [(sent.version, sent.identity, sent.reporter) for sent in desk.letters] == [
        (1, "anonymous", None),
        (2, "named", WHO),
    ]
    first, second = case.dispatches.order_by("version")
    assert (first.state, second.state) == ("delivered", "delivered")
    assert case.events.get(kind=Event.Kind.RAISED).detail["dispatch"] == str(second.number)


def test_desk_learns_nothing_of_who_stays_confidential(desk: Desktop) -> None:
    case, _key = filed()
    deliver_all()

    raise_identity(case, Identity.CONFIDENTIAL, WHO)
    deliver_all()
    handling.send_further(case, "staff")
    deliver_all()

    assert [(sent.identity, sent.reporter) for sent in desk.letters] == [
        ("anonymous", None),
        ("confidential", None),
    ]


def test_lost_answer_may_hide_a_letter_that_arrived_so_there_is_a_further_one(desk: Desktop) -> None:
    case, _key = filed()
    desk.is_deaf = True
    deliver_all()

    raise_identity(case, Identity.NAMED, WHO)

    assert [d.version for d in case.dispatches.order_by("version")] == [1, 2]


def test_letter_to_be_posted_says_it_unless_it_was_taken_out_before() -> None:
    case, _key = filed()
    deliver_all()
    raise_identity(case, Identity.NAMED, WHO)
    printed, _key = filed()
    deliver_all()
    number = str(printed.dispatches.get().number)
    note(printed, Event.Kind.EXPORTED, "staff", what="dossier", dispatch=number)
    raise_identity(printed, Identity.NAMED, WHO)

    assert [case.dispatches.count(), printed.dispatches.count()] == [1, 2]


def test_case_read_before_and_claimed_after_is_delivered_with_the_name(
    desk: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _key = filed()
    monkeypatch.setattr(delivery, "examine_all", lambda read: raise_identity(case, Identity.NAMED, WHO))

    deliver_all()

    assert [sent.reporter for sent in desk.letters] == [WHO]


def test_body_that_refused_or_a_stopped_letter_gets_no_further_one(desk: Desktop) -> None:
    case, _key = filed()
    case.dispatches.get().mark_cancelled("staff")

    raise_identity(case, Identity.NAMED, WHO)

    assert case.dispatches.count() == 1


@pytest.mark.parametrize("change", [{"held_for_triage": True}, {"is_open": False}])
def test_further_letter_waits_where_the_desk_s_letters_wait(desk: Desktop, change: dict[str, bool]) -> None:
    case, _key = filed()
    deliver_all()
    Desk.objects.filter(pk=case.desk_id).update(**change)

    raise_identity(case, Identity.NAMED, WHO)

    assert [str(d.state) for d in case.dispatches.order_by("version")] == ["delivered", "held"]


# Nobody else


@pytest.mark.parametrize(
    ("now", "less"),
    [("named", "confidential"), ("named", "anonymous"), ("confidential", "anonymous"), ("named", "nobody")],
)
def test_database_lets_nobody_make_it_less(now: str, less: str) -> None:
    case = complaint(identity=now)

    with pytest.raises(IntegrityError, match="never made less"), transaction.atomic():
        Complaint.objects.filter(pk=case.pk).update(identity=less)
    with pytest.raises(IntegrityError, match="never made less"), transaction.atomic():
        Complaint.objects.bulk_update([Complaint(pk=case.pk, identity=less)], ["identity"])


@pytest.mark.parametrize("role", [roles.TRIAGE, roles.SUPERVISOR, roles.CUSTODIAN, roles.INTAKE])
def test_no_page_of_staff_changes_it(role: str) -> None:
    case, _key = filed("confidential", reporter=WHO)
    staff = signed_in(role)
    said = {"identity": "anonymous", "act": "raise", "known": "on", "action": "identity"}

    for address in (f"{case.pk}/change/", "", "add/"):
        staff.post(f"/admin/complaints/complaint/{address}", said | {"_selected_action": case.pk})
    staff.post(f"/admin/complaints/complaint/{case.pk}/change/", said | {"identity": "named"})

    case.refresh_from_db()
    assert case.identity == "confidential"
    assert not case.events.filter(kind=Event.Kind.RAISED).exists()


def test_custodian_reads_what_was_said_last() -> None:
    case, _key = filed("confidential", reporter={"first_name": "สมปอง", "phone": "0811111111"})
    raise_identity(case, Identity.NAMED, {"first_name": "สมหญิง"})
    case.reporter.refresh_from_db()

    assert who(case.reporter) == {"first_name": "สมหญิง", "phone": "0811111111"}

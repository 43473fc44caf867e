"""What an agency says of a delivery: heard once, from the right hand, in any order."""

from __future__ import annotations

import json
import time
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from complaints import signatures
from complaints.models import Acknowledgement, Desk, Dispatch, Event

from .cases import dispatch

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/complaints/acknowledgements/"
KEY, OTHER = signatures.new_signing_key(), signatures.new_signing_key()


@pytest.fixture
def sent() -> Dispatch:
    """A delivery that arrived at a desk which signs."""
    Desk.objects.update(verify_key=signatures.verify_key_of(KEY))
    made = dispatch()
    made.mark_sent(made.claim(), "A-1")
    return made


def tell(client: Client, number: Any, **changes: Any) -> Any:
    """Post an acknowledgement; `changes` spoil it."""
    kind = changes.get("kind", "complaint.acknowledged")
    data = {"received": str(number), "register": changes.get("register", "ปปท 12/2569")}
    body = json.dumps({"type": kind, "data": data}).encode()
    at = int(time.time()) + changes.get("later", 0)
    signed = signatures.sign(
        body, id=changes.get("id") or str(uuid4()), at=at, signing=changes.get("key", KEY)
    )
    headers = signed.headers | changes.get("headers", {})
    body = changes.get("body", body)
    return client.post(ADDRESS, body, content_type="application/json", headers=headers)


def test_acknowledgement_is_kept_with_the_register_number(client: Client, sent: Dispatch) -> None:
    answer = tell(client, sent.number)

    sent.refresh_from_db()
    assert (answer.status_code, answer.json()) == (200, {"heard": True, "changed": True})
    assert (sent.state, sent.register_number) == (Dispatch.State.ACKNOWLEDGED, "ปปท 12/2569")
    assert Event.objects.filter(kind=Event.Kind.ACKNOWLEDGED, actor="pacc").count() == 1


@pytest.mark.parametrize(
    ("register", "kept"),
    [
        ("12\x00/2569\r\n\u202eX", "12 /2569 X"),
        ("\ud800", ""),
        (1206, "1206"),
        (["12"], ""),
        (None, ""),
        ("ก" * 10_000, "ก" * 100),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_register_number_is_kept_in_signs_that_can_be_kept_and_seen(
    client: Client, sent: Dispatch, register: Any, kept: str
) -> None:
    answer = tell(client, sent.number, register=register)

    sent.refresh_from_db()
    assert answer.json() == {"heard": True, "changed": True}
    assert (sent.state, sent.register_number) == (Dispatch.State.ACKNOWLEDGED, kept)


def test_same_message_is_heard_once(client: Client, sent: Dispatch) -> None:
    first, second = (tell(client, sent.number, id="ack-1") for _ in range(2))

    assert (first.json()["changed"], second.json()["changed"]) == (True, False)
    assert Acknowledgement.objects.count() == 1


def test_later_word_cannot_undo_the_first(client: Client, sent: Dispatch) -> None:
    tell(client, sent.number, kind="complaint.refused")

    late = tell(client, sent.number)

    sent.refresh_from_db()
    assert late.json() == {"heard": True, "changed": False}
    assert sent.state == Dispatch.State.REFUSED


def test_acknowledgement_may_come_before_we_know_that_it_arrived(client: Client, sent: Dispatch) -> None:
    Dispatch.objects.update(
        state="pending", next_attempt_at="2020-01-01T00:00Z", delivered_at=None, receipt=""
    )

    assert tell(client, sent.number).json()["changed"]

    sent.refresh_from_db()
    assert sent.state == Dispatch.State.ACKNOWLEDGED
    assert sent.claim() == 0


SPOILT: list[dict[str, Any]] = [
    {"key": OTHER},
    {"later": -301},
    {"later": 330},
    {"body": b"{}"},
    {"body": b""},
    {"body": b"[" * 100_000},
    {"body": b"[" * 30_000},
    {"body": b"null"},
    {"body": b'{"type":"complaint.acknowledged","data":[]}'},
    {"body": b'{"type":["x"],"data":{}}'},
    {"kind": "complaint.deleted"},
    {"headers": {"webhook-id": ""}},
    {"headers": {"webhook-id": "other"}},
    {"headers": {"webhook-timestamp": "0"}},
    {"headers": {"webhook-timestamp": "now"}},
    {"headers": {"webhook-signature": ""}},
    {"headers": {"webhook-signature": "v1,AAAA"}},
    {"headers": {"webhook-signature": "v1a,AAAA v1a,BBBB"}},
]


@pytest.mark.parametrize("spoilt", SPOILT)
def test_forged_message_changes_nothing(client: Client, sent: Dispatch, spoilt: dict[str, Any]) -> None:
    answer = tell(client, sent.number, **spoilt)

    sent.refresh_from_db()
    assert (answer.status_code, answer.json()) == (401, {"heard": False})
    assert sent.state == Dispatch.State.DELIVERED
    assert Acknowledgement.objects.count() == 0


@pytest.mark.parametrize("number", ["", "1", uuid4(), "' OR 1=1", "ก" * 40])
def test_unknown_delivery_is_answered_like_a_forgery(client: Client, sent: Dispatch, number: Any) -> None:
    answer = tell(client, number)

    assert (answer.status_code, answer.json()) == (401, {"heard": False})


def test_desk_without_a_key_acknowledges_nothing(client: Client, sent: Dispatch) -> None:
    Desk.objects.update(verify_key="")

    assert tell(client, sent.number).status_code == 401


def test_another_desk_s_key_acknowledges_nothing(client: Client, sent: Dispatch) -> None:
    Desk.objects.filter(code="pacc").update(verify_key=signatures.verify_key_of(OTHER))

    assert tell(client, sent.number, key=KEY).status_code == 401

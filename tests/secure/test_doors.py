"""S5, S6, S9, S12, S13, S15, S16, S19: doors that must stay shut."""

from __future__ import annotations

import json
import secrets
import socket
import time
from typing import Any
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from complaints import inbox, sealing, signatures
from complaints.channels import egress
from complaints.channels.base import DeliveryError
from complaints.filing import file_complaint
from complaints.models import Acknowledgement, Complaint, Dispatch, Event
from tests.complaints.cases import dispatch
from tests.complaints.test_filing import told
from tests.complaints.test_views import SAID, token

from .conftest import Count

pytestmark = pytest.mark.django_db
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
INSIDE = (
    "127.0.0.1",
    "127.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "ff02::1",
    "192.0.2.1",
    "203.0.113.1",
    "240.0.0.1",
    "2001:db8::1",
)
SPELT = (
    "http://agency.example/",
    "ftp://a/",
    "file:///etc/passwd",
    "gopher://a/",
    "dict://a/",
    "ldap://a/",
    "jar:x",
    "data:,x",
    "javascript:1",
    "https://",
    "https:///x",
    "https://u@a/",
    "https://u:p@a/",
    "https://a@b@c/",
    "//a/",
    "a.example",
    "",
    " ",
    "https://a:99999/",
    "https://a:-1/",
    "https://[::1/",
    "https://a:0/",
    "\nhttps://a",
    "HTTP://a/",
    "https:\\\\a",
    "ws://a/",
    "ssh://a/",
    "sftp://a/",
    "unix:///x",
    "\x00",
)
NUMBERS = ("127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "0")


@pytest.mark.parametrize("place", INSIDE)
def test_name_that_leads_inside_is_not_visited(count: Count, place: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("connected"))
    for found in ([place], ["8.8.8.8", place]):
        with pytest.raises(DeliveryError):
            egress.post("https://agency.example/", b"", {}, lookup=lambda host, port, f=found: f)
        count("S5", got_through=False)


@pytest.mark.parametrize("address", SPELT, ids=range(len(SPELT)))
def test_address_of_another_kind_is_not_visited(count: Count, address: str) -> None:
    with pytest.raises(DeliveryError):
        egress.post(address, b"", {}, lookup=lambda host, port: pytest.fail("looked up"))
    count("S5", got_through=False)


@pytest.mark.parametrize("number", NUMBERS)
def test_number_that_means_this_machine_is_not_visited(count: Count, number: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.05)
        with pytest.raises(DeliveryError):
            egress.post(f"https://{number}:{listener.getsockname()[1]}/", b"", {}, seconds=1)
        with pytest.raises(TimeoutError):
            listener.accept()
    count("S5", got_through=False)


def test_guessed_keys_open_nothing(count: Count) -> None:
    receipt = file_complaint(told())
    for _ in range(10_000):
        guess = "".join(secrets.choice(SIGNS) for _ in range(26))
        count("S6", got_through=inbox.find(guess) is not None)
    for near in near_misses(receipt.key):
        count("S6", got_through=near != receipt.key and inbox.find(near) is not None, what="near")
    assert inbox.find(receipt.key) is not None


def near_misses(key: str) -> set[str]:
    """The key with one sign changed, two swapped, one missing, one more."""
    changed = {key[:at] + sign + key[at + 1 :] for at in range(len(key)) for sign in SIGNS[::2]}
    swapped = {key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in range(len(key) - 1)}
    cut = {key[:at] + key[at + 1 :] for at in range(len(key))} | {key + sign for sign in SIGNS}
    return (changed | swapped | cut) - {key}


def test_wrong_key_and_reference_are_answered_alike(client: Client, count: Count) -> None:
    receipt = file_complaint(told())
    pages = set()
    for guess in [
        receipt.reference,
        "",
        *(f"{number:09}" for number in range(60)),
        "'; --",
        "ก" * 26,
        "0" * 26,
    ]:
        answer = client.post("/complaints/status/", {"key": guess})
        pages.add(answer.content)
        count("S6", got_through=answer.status_code != 404)
    assert len(pages) == 1


SITES = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "https://testserver"},
]


@pytest.mark.parametrize("headers", SITES, ids=str)
@pytest.mark.parametrize("page", ["/complaints/new/", "/complaints/status/", "/en/complaints/new/"])
def test_post_from_another_site_does_nothing(client: Client, count: Count, headers: Any, page: str) -> None:
    answer = client.post(page, {"token": token(client)} | SAID, headers=headers)

    count("S9", got_through=answer.status_code != 403 or Complaint.objects.exists())


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "ก", "0" * 32, "0" * 32 + ":1x:" + "A" * 27, "\x00"])
def test_forged_number_of_a_form_files_nothing(client: Client, count: Count, forged: str) -> None:
    answer = client.post("/complaints/new/", {"token": forged} | SAID)

    count("S9", got_through=answer.status_code != 403 or Complaint.objects.exists())


NONSENSE: list[Any] = [
    None,
    [],
    "",
    1,
    True,
    {},
    {"nonce": None},
    {"nonce": []},
    {"nonce": {}},
    {"nonce": "x"},
    {"nonce": "0" * 31},
    {"nonce": "ก" * 32},
    [[[[]]]],
    {"": ""},
    {"nonce": 1e400},
    {"\ud800": "x"},
    {"nonce": "0" * 32, "\ud800": "x", "\x00": "y"},
]
VALUES: list[Any] = [None, [], {}, 1, True, "\x00", "\ud800", "x" * 100_000, {"a": 1}, -1]


@pytest.mark.parametrize("place", range(len(NONSENSE)))
def test_message_without_sense_is_refused_in_words(client: Client, count: Count, place: int) -> None:
    answer = client.post("/api/v1/complaints/", json.dumps(NONSENSE[place]), content_type="application/json")

    count("S12", got_through=not 400 <= answer.status_code < 500, what=str(answer.status_code))


@pytest.mark.parametrize(
    "name", ["subject", "detail", "identity", "suspicion", "level", "evidence", "email", "about"]
)
def test_value_without_sense_is_refused_in_words(client: Client, count: Count, name: str) -> None:
    for value in VALUES:
        given = {"nonce": uuid4().hex} | SAID | {name: value}
        answer = client.post("/api/v1/complaints/", json.dumps(given), content_type="application/json")
        fine = name in ("about", "evidence", "email") and isinstance(value, str)
        count(
            "S12",
            got_through=answer.status_code >= 500 or (answer.status_code < 300 and not fine),
            what=f"{name} {value!r}"[:60],
        )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 3_000,
        b'{"a":' * 3_000,
        b"null",
        b"NaN",
        b'{"nonce": "\\ud800"}',
        b"\x00",
        b"a=b",
    ],
)
def test_body_that_is_no_message_is_refused_in_words(client: Client, count: Count, body: bytes) -> None:
    for address in ("/api/v1/complaints/", "/api/v1/complaints/acknowledgements/"):
        answer = client.post(address, body, content_type="application/json")
        count(
            "S12", got_through=not 400 <= answer.status_code < 500, what=f"{body[:9]!r} {answer.status_code}"
        )


def test_message_with_a_wrong_signature_is_not_heard(client: Client, count: Count, settings: Any) -> None:
    right, wrong, now = signatures.new_signing_key(), signatures.new_signing_key(), int(time.time())
    sent = dispatch()
    sent.desk.verify_key = signatures.verify_key_of(right)
    sent.desk.save()
    settings.STAND_IN_AGENCY = ""
    body = json.dumps({"type": "complaint.refused", "data": {"received": str(sent.number)}}).encode()
    good = signatures.sign(body, id="ack-1", at=now, signing=right).headers
    bad: list[dict[str, str]] = [
        signatures.sign(body, id=f"a{n}", at=now, signing=wrong).headers for n in range(8)
    ]
    bad += [
        signatures.sign(body, id="a", at=now + off, signing=right).headers
        for off in (-301, -900, -86_400, 330, 900, 86_400, -now, 10**9)
    ]
    bad += [
        good | {name: value} for name in good for value in ("", "x", "0", "ก", "v1a,", "v1,AAAA", "-1", "1e9")
    ]
    bad += [{k: v for k, v in good.items() if k != name} for name in good]
    for headers in bad:
        answer = client.post(
            "/api/v1/complaints/acknowledgements/", body, content_type="application/json", headers=headers
        )
        count(
            "S13",
            got_through=answer.status_code != 401 or Acknowledgement.objects.exists(),
            what=str(headers)[:80],
        )
    for other in (body + b" ", body.replace(b"refused", b"acknowledged"), b"", b"{}", body[:-1]):
        answer = client.post(
            "/api/v1/complaints/acknowledgements/", other, content_type="application/json", headers=good
        )
        count("S13", got_through=answer.status_code != 401, what="another body")


def test_sealed_value_opens_with_its_key_alone(count: Count) -> None:
    private = sealing.new_private_key()
    sealed = sealing.seal_words({"a": "ข"}, sealing.public_key_of(private))
    for place in range(0, len(sealed), 16):
        damaged = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(sealing.SealError):
            sealing.unseal(damaged, [private])
        count("S15", got_through=False)
    for _ in range(100):
        with pytest.raises(sealing.SealError):
            sealing.unseal(sealed, [sealing.new_private_key()])
        count("S15", got_through=False)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", ["complaints:new", "complaints:status"])
def test_answer_has_its_headers(client: Client, count: Count, name: str, language: str) -> None:
    with translation.override(language):
        address = reverse(name)
    for answer in (client.get(address), client.post(address, {}), client.post(address, {"key": "x"})):
        policy = answer["Content-Security-Policy"]
        held = {
            "default-src 'none'": "default-src 'none'" in policy,
            "no inline": "unsafe-inline" not in policy and "unsafe-eval" not in policy,
            "frames": answer["X-Frame-Options"] == "DENY",
            "sniff": answer["X-Content-Type-Options"] == "nosniff",
            "referrer": answer["Referrer-Policy"] == "no-referrer",
            "cache": "no-store" in answer["Cache-Control"],
            "cookie": not answer.cookies,
            "opener": answer["Cross-Origin-Opener-Policy"] == "same-origin",
        }
        for said, is_so in held.items():
            count("S16", got_through=not is_so, what=said)


CHANGES = (
    "UPDATE complaints_event SET {} = {}",
    "DELETE FROM complaints_event",
    "UPDATE complaints_event SET {0} = {0}",
)
COLUMNS = ("number", "at", "kind", "actor", "detail", "previous", "hash", "complaint_id")


@pytest.mark.parametrize("column", COLUMNS)
def test_log_is_not_changed(count: Count, column: str) -> None:
    file_complaint(told(files=[]))
    before = list(Event.objects.values())
    for statement in (
        *CHANGES,
        f"UPDATE complaints_event SET {column} = DEFAULT",
        "DELETE FROM complaints_event WHERE true",
        "WITH gone AS (DELETE FROM complaints_event RETURNING 1) SELECT * FROM gone",
    ):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format(column, "NULL"))
            refused = False
        except Error:
            refused = True
        count("S19", got_through=not refused, what=statement)
    assert list(Event.objects.values()) == before
    assert Dispatch.objects.count() == 1

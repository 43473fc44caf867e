"""S17: lines smuggled into the log, headers smuggled into answers and into mail."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.utils.http import urlencode

from complaints import reminders
from complaints.channels import CHANNELS
from complaints.channels.base import DeliveryError, Means
from tests.complaints.agency_worlds import SIGNING, letter
from tests.complaints.cases import complaint
from tests.complaints.staff import account

from .conftest import Count
from .test_faults import PATTERNS, breaking, log

__all__ = ["log"]
pytestmark = pytest.mark.django_db

FORGED = "2026-11-21 00:00:00,000 ERROR forged"
SMUGGLED = (
    "\r\nSet-Cookie: a=b", "\nX: y", "\rX: y", "\r\n\r\n<html>", "%0d%0aX: y", "%0AX: y", "%E5%98%8AX: y",
    "\x00X: y", "\x0bX: y", "\x0cX: y", "\x1c\x1d\x1eX: y", "\x85X: y", "\u2028X: y", "\u2029X: y",
    "\x1b[31mX: y", "\x1b]0;X: y\x07", "\u202eX: y", "\u560d\u560aX: y", "\n" * 400 + "X: y",
    "a" * 100 + "\nX: y",
)  # fmt: skip
ENDS = ("\n", "\r", "\x0b", "\x0c", "\x1b", "\x85", "\u2028", "\u2029", "\u202e", "\x00")


def lines_of(written: str) -> list[str]:
    """Lines that begin as those of the log do; the way through the code stands indented under them."""
    return [line for line in written.split("\n") if line.startswith("20")]


@pytest.mark.parametrize("words", SMUGGLED, ids=range(len(SMUGGLED)))
def test_line_smuggled_into_a_request_becomes_no_header(client: Client, count: Count, words: str) -> None:
    client.raise_request_exception = False
    answers = [
        client.get("/complaints/new/", {"about": f"/budget/2565/{words}"}),
        client.get("/complaints/opinions/", {"about": f"/agencies/{words}/"}),
        client.get("/complaints/opinions/new/", {"about": f"/agencies/{words}/"}),
        client.get("/complaints/new/", {"about": f"//[{words}"}),
        client.get("/complaints/new/", {"about": f"/agencies/{words}/"}),
        client.get("/complaints/new/", {"about": f"/budget/2565/?{urlencode({'ministry': words})}"}),
        client.get(f"/agencies/{quote(words, safe='')}/"),
        client.post("/complaints/status/", {"key": words}),
        client.get(f"/admin/?{urlencode({'q': words})}"),
        client.get("/complaints/new/", headers={"Accept-Language": words.encode().decode("latin-1")}),
    ]

    for answer in answers:
        smuggled = any(name.lower() in ("x", "set-cookie") for name in answer.headers)
        ends = any(end in value for value in answer.headers.values() for end in ENDS)
        count("S17", got_through=smuggled or ends or answer.status_code >= 500, what=repr(words[:40]))


@pytest.mark.parametrize("words", SMUGGLED, ids=range(len(SMUGGLED)))
def test_line_smuggled_into_what_is_logged_stays_one_line(
    client: Client, count: Count, words: str, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    name = f"a{words}\n{FORGED}"
    User.objects.create_user(username=name[:150].replace("\x00", ""), is_staff=True)  # no text holds NUL
    monkeypatch.setattr(PATTERNS["admin:index"], "callback", breaking)
    monkeypatch.setattr(PATTERNS["spending:agency"], "callback", breaking)

    client.get("/admin/", {"q": name}, headers={"User-Agent": name.encode().decode("latin-1")})
    client.generic("GET", f"/agencies/{quote(name, safe='')}/")
    for _ in range(6):
        client.post("/admin/login/", {"username": name[:150], "password": "x", "code": "1"})

    written = log.getvalue()
    inside = any(end in written for end in ENDS[1:])
    is_forged = any(line.startswith(FORGED[:16]) and "forged" in line[:40] for line in lines_of(written))
    count("S17", got_through=inside or is_forged, what=repr(words[:40]))
    assert "Internal Server Error" in written


@pytest.mark.parametrize("words", SMUGGLED, ids=range(len(SMUGGLED)))
def test_header_smuggled_into_an_address_of_a_desk_sends_nothing(count: Count, words: str) -> None:
    for address in (f"a@b.example{words}", f"{words}a@b.example", f"a@b.example{words}\nBcc: c@d.example"):
        with suppress(DeliveryError, ValueError):
            CHANNELS["email"].send(letter(address=address), Means(SIGNING, sender="a@b.example"))
        count("S17", got_through=bool(mail.outbox), what=repr(address[:40]))


@pytest.mark.parametrize("words", SMUGGLED, ids=range(len(SMUGGLED)))
def test_header_smuggled_into_an_address_of_staff_sends_nothing_and_keeps_no_mail_back(
    count: Count, words: str, settings: Any
) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "site@spending.example"
    complaint(due_at="2026-01-01T00:00Z", due_step="read")
    for name, address in (("bad", f"a@b.example{words}\nBcc: c@d.example"), ("good", "good@office.example")):
        person = account("supervisor", name=name)
        User.objects.filter(pk=person.pk).update(email=address[:254].replace("\x00", ""))
    assert Group.objects.filter(user__username="bad").exists()

    reminders.send()

    sent = [(one.to, one.message().keys()) for one in mail.outbox]
    assert ["good@office.example"] in [to for to, _keys in sent]
    smuggled = any("Bcc" in keys or "X" in keys for _to, keys in sent)
    count("S17", got_through=smuggled or len(sent) > 1, what=repr(words[:40]))


@pytest.mark.parametrize("words", SMUGGLED, ids=range(len(SMUGGLED)))
def test_header_smuggled_into_an_address_of_a_follower_is_refused(
    client: Client, count: Count, words: str
) -> None:
    answer = client.post("/follow/", {"kind": "editions", "email": f"a@b.example{words}\nBcc: c@d.example"})

    count("S17", got_through=answer.status_code != 400 or bool(mail.outbox), what=repr(words[:40]))

"""Letters by e-mail that come back: what a mail server says of them, and what a forger may say."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command

from complaints import bouncing, queues, roles
from complaints.bouncing import Heard
from complaints.delivery import deliver
from complaints.filing import file_complaint
from complaints.models import Desk, Dispatch, Event
from complaints.models.dispatches import MOST_ATTEMPTS
from complaints.return_paths import read_return_path, return_path
from complaints.troubles import told as said_in_words

from .staff import account
from .test_filing import told

pytestmark = pytest.mark.django_db
BOX = "bounces@spending.example"
REPORT = """\
From: MAILER-DAEMON@mx.agency.example
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered to somchai@agency.example.
--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.agency.example

Final-Recipient: rfc822; somchai@agency.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user somchai

--part
Content-Type: message/rfc822

Subject: Delivery
Return-Path: <{to}>

the letter itself
--part--
"""


def report(to: str, status: str = "5.1.1", action: str = "failed", kind: str = "delivery-status") -> bytes:
    text = REPORT.format(to=to, status=status, action=action, kind=kind)
    return text.replace("\n", "\r\n").encode()


@pytest.fixture
def sent(settings: Any) -> Dispatch:
    """A notice that the mail server took."""
    settings.EMAIL_BOUNCES, settings.EMAIL_HOST = BOX, "mail.example"
    settings.DEFAULT_FROM_EMAIL, settings.STAND_IN_AGENCY = "site@spending.example", ""
    Desk.objects.filter(code="pacc").update(channel="email", address="desk@agency.example")
    file_complaint(told(files=[]))
    dispatch = Dispatch.objects.get()
    assert deliver(dispatch.pk)
    dispatch.refresh_from_db()
    return dispatch


def path() -> str:
    """The address on the outside of the last letter."""
    return str(mail.outbox[-1].from_email)


def standing(sent: Dispatch) -> tuple[str, int]:
    sent.refresh_from_db()
    return str(sent.state), sent.complaint.events.count()


def test_each_letter_has_a_return_address_of_its_own_and_names_the_sender_inside(sent: Dispatch) -> None:
    assert path().startswith("bounces+")
    assert len(path().partition("@")[0]) <= 64
    assert mail.outbox[-1].message()["From"] == "site@spending.example"
    assert read_return_path(path().upper(), settings.COMPLAINT_PEPPER) == (str(sent.number), 1)


def test_letter_that_came_back_for_good_is_a_task_for_staff(sent: Dispatch) -> None:
    assert bouncing.take(report(path())) is Heard.BOUNCED

    sent.refresh_from_db()
    assert (sent.state, sent.delivered_at, sent.receipt) == ("bounced", None, "")
    assert said_in_words(sent.last_error) != sent.last_error
    assert sent.complaint.events.latest("number").detail == {"dispatch": str(sent.number), "status": "5.1.1"}
    waiting = queues.in_queue(type(sent.complaint).objects.all(), "undeliverable", account(roles.TRIAGE))
    assert list(waiting) == [sent.complaint]


def test_letter_that_came_back_for_now_is_sent_again(sent: Dispatch) -> None:
    assert bouncing.take(report(path(), "4.4.7")) is Heard.AGAIN

    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == ("pending", 1)
    assert sent.next_attempt_at is not None


def test_letter_that_came_back_too_often_is_a_task(sent: Dispatch) -> None:
    Dispatch.objects.update(attempts=MOST_ATTEMPTS)

    assert bouncing.take(report(path(), "4.4.7")) is Heard.BOUNCED


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_report_of_anything_but_a_failure_changes_nothing(sent: Dispatch, action: str) -> None:
    before = standing(sent)

    assert bouncing.take(report(path(), "4.0.0", action)) is Heard.NOTHING
    assert standing(sent) == before


def forged(address: str, number: str) -> dict[str, str]:
    name, _at, host = address.partition("@")
    key, other = settings.COMPLAINT_PEPPER, str(uuid4())
    swapped = "a" if name[-1] != "a" else "b"
    return {
        "the mailbox itself": BOX,
        "another hash": f"{name[:-1]}{swapped}@{host}",
        "another number": f"{name[:9]}{'b' if name[9] != 'b' else 'c'}{name[10:]}@{host}",
        "cut short": f"{name[:-3]}@{host}",
        "longer": f"{name}aa@{host}",
        "of another key": return_path(number, 1, BOX, key + "x"),
        "of a place that is not told": return_path(number, 1, BOX, ""),
        "of no delivery": return_path(other, 1, BOX, key),
        "number in the clear": f"bounces+{number}@spending.example",
        "no base 32": f"bounces+{'1' * 48}@spending.example",
        "empty": "",
        "lines": "a@b\n\nbounces+x@spending.example",
    }


@pytest.mark.parametrize("name", list(forged("bounces+" + "a" * 48 + "@x", str(uuid4()))))
def test_forged_report_changes_nothing(sent: Dispatch, name: str) -> None:
    before, forgery = standing(sent), forged(path(), str(sent.number))[name]

    assert bouncing.take(report(forgery)) is Heard.STRANGE
    assert bouncing.take(report("x@y.example"), forgery) is Heard.STRANGE
    assert standing(sent) == before


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe\x00", b"To: x\r\n\r\nhello", b"Content-Type: multipart/report\r\n\r\n" * 50,
     b"Content-Type: multipart/report; report-type=delivery-status; boundary=" + b"a" * 5_000 + b"\r\n\r\n",
     b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(999))],
    ids=["empty", "bytes", "words", "no kind", "no parts", "deep"],
)  # fmt: skip
def test_message_that_is_no_report_changes_nothing(sent: Dispatch, raw: bytes) -> None:
    before = standing(sent)

    assert bouncing.take(raw, path()) is Heard.STRANGE
    assert standing(sent) == before


def test_answer_of_a_person_to_the_return_address_is_no_report(sent: Dispatch) -> None:
    answer = f"To: {path()}\r\nSubject: out of office\r\n\r\nStatus: 5.1.1\r\n".encode()

    assert bouncing.take(answer) is Heard.STRANGE
    assert bouncing.take(report(path(), kind="disposition-notification")) is Heard.STRANGE
    assert standing(sent)[0] == "ready"


def test_report_is_heard_once(sent: Dispatch) -> None:
    bouncing.take(report(path()))
    before = standing(sent)

    assert bouncing.take(report(path())) is Heard.NOTHING
    assert standing(sent) == before


def test_report_on_a_sending_before_the_last_one_comes_too_late(sent: Dispatch) -> None:
    first = path()
    bouncing.take(report(first))
    sent.mark_due("triage")
    assert deliver(sent.pk)
    before = standing(sent)

    assert bouncing.take(report(first)) is Heard.NOTHING
    assert standing(sent) == before
    assert bouncing.take(report(path())) is Heard.BOUNCED


@pytest.mark.parametrize("kind", ["acknowledged", "refused"])
def test_what_the_body_said_stands_whatever_comes_back(sent: Dispatch, kind: str) -> None:
    sent.mark_acknowledged(kind, "1/2569")

    assert bouncing.take(report(path())) is Heard.NOTHING
    assert standing(sent)[0] == kind


def test_what_a_liaison_picked_up_has_arrived_though_the_notice_came_back(sent: Dispatch) -> None:
    sent.mark_handed_over("liaison", "picked up by liaison")

    assert bouncing.take(report(path())) is Heard.NOTHING
    assert standing(sent)[0] == "delivered"


def test_letter_that_came_back_is_sent_again_or_stopped_by_staff(sent: Dispatch) -> None:
    bouncing.take(report(path()))

    assert sent.mark_due("triage")
    assert sent.mark_cancelled("triage")


def test_report_before_the_sending_is_written_down_is_for_later(sent: Dispatch) -> None:
    Dispatch.objects.update(state="pending", next_attempt_at="2099-01-01T00:00Z", receipt="",
                            leased_until="2099-01-01T00:00Z", leased_by=1)  # fmt: skip

    assert bouncing.take(report(path())) is Heard.LATER


@pytest.mark.parametrize("status", ["", "2.0.0", "5.1", "x", "5.1.1\x00", "9.9.9", "5" * 500])
def test_status_that_is_none_is_not_written_down(sent: Dispatch, status: str) -> None:
    assert bouncing.take(report(path(), status)) is Heard.BOUNCED

    assert sent.complaint.events.latest("number").detail["status"] in ("5.0.0", "5.1.1")


def test_nothing_of_the_report_is_kept(sent: Dispatch) -> None:
    bouncing.take(report(path()))

    sent.refresh_from_db()
    kept = f"{vars(sent)} {list(Event.objects.values())}"
    assert not any(word in kept for word in ("somchai", "agency.example", "no such user"))


# The two ways in


class Input:
    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)


def command(raw: bytes, monkeypatch: pytest.MonkeyPatch, *to: str) -> str:
    monkeypatch.setattr("sys.stdin", Input(raw))
    out = io.StringIO()
    call_command("take_bounce", *to, stdout=out)
    return out.getvalue().strip()


def test_command_hears_what_the_mail_server_hands_over(
    sent: Dispatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = report("someone@else.example") + b"x" * 3_000_000

    assert command(b"hello", monkeypatch) == Heard.STRANGE.value
    assert command(large, monkeypatch, "--to", path()) == Heard.BOUNCED.value


def test_command_asks_to_come_again_where_it_is_too_early(
    sent: Dispatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bouncing, "take", lambda raw, to: Heard.LATER)

    with pytest.raises(SystemExit) as ended:
        command(b"x", monkeypatch)

    assert ended.value.code == 75


def test_folder_is_read_and_what_is_strange_left_for_a_person(sent: Dispatch, tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.host").write_bytes(report(path()))
    (tmp_path / "new" / "2.host").write_bytes(b"To: us\r\n\r\nhello")

    assert bouncing.take_folder(str(tmp_path)) == 1
    assert bouncing.take_folder("") == bouncing.take_folder(str(tmp_path / "none")) == 0

    assert list((tmp_path / "new").iterdir()) == []
    assert [kept.name for kept in (tmp_path / "cur").iterdir()] == ["2.host:2,S"]
    assert standing(sent)[0] == "bounced"


def test_without_a_mailbox_the_sender_is_on_the_outside(settings: Any, sent: Dispatch) -> None:
    settings.EMAIL_BOUNCES = ""
    sent.mark_due("triage")

    assert deliver(sent.pk)

    assert path() == "site@spending.example"

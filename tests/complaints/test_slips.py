"""Scans of the receipts of letters: attached by staff, cleaned, sealed, taken out for a purpose, taken back
where it was a mistake, kept no longer than evidence. Beside them, one file of evidence, asked for in the same
way.
"""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from complaints import resealing, retention, roles, sealing, slips
from complaints.examining import examine
from complaints.filing import GivenFile, file_complaint
from complaints.handling import NotPossible
from complaints.models import Attachment, Change, Complaint, Event, Handover, Slip
from complaints.slips import attach, read, take_back

from . import evidence_files as files
from .cases import dispatch
from .scanners import EICAR, double
from .staff import signed_in
from .test_canary import everything_in_the_database
from .test_filing import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> Handover:
    """A letter that was handed over."""
    sent = dispatch(state="delivered", delivered_at=timezone.now(), receipt="1/2569", next_attempt_at=None)
    day = timezone.localdate()
    return Handover.objects.create(
        dispatch=sent, letter_number="1/2569", letter_on=day, way="hand", sent_on=day, unit="กลุ่มรับเรื่อง"
    )


def there(letter: Handover, rest: str = "slip/") -> str:
    return f"/admin/complaints/dispatch/{letter.dispatch_id}/{rest}"


def sent(client: Client, letter: Handover, content: bytes, name: str = "ใบรับ.jpg") -> Any:
    scan = SimpleUploadedFile(name, content, content_type="text/html")
    return client.post(there(letter), {"scan": scan}, follow=True)


def test_scan_is_attached_sealed_hashed_and_shown_on_the_delivery(letter: Handover) -> None:
    client, given = signed_in(roles.TRIAGE), files.jpg()

    page = sent(client, letter, given)

    slip = Slip.objects.get()
    kept = Path(slip.content.path).read_bytes()
    assert (slip.kind, slip.position, slip.author, slip.is_scanned) == ("jpg", 1, roles.TRIAGE, False)
    assert sha256(read(slip)).hexdigest() == slip.sha256
    assert slip.size == len(read(slip))
    assert not kept.startswith(b"\xff\xd8")
    assert files.CAMERA.encode() not in read(slip)
    assert slip.sha256 in page.text
    assert there(letter, "slips/1/") in page.text
    event = Event.objects.get(complaint=letter.dispatch.complaint, kind="attached")
    assert event.detail == {"dispatch": str(letter.dispatch.number), "position": 1}
    assert Change.objects.get(table="complaints_slip").actor == roles.TRIAGE


def test_scan_is_handed_out_once_it_is_said_what_for(letter: Handover) -> None:
    slip = attach(letter, files.png(), "triage")
    client = signed_in(roles.SUPERVISOR)

    asked = client.get(there(letter, "slips/1/"))
    refused = client.post(there(letter, "slips/1/"), {"purpose": "court"})
    given = client.post(there(letter, "slips/1/"), {"purpose": "court", "order": "ศย 1/2569"})

    assert "id_purpose" in asked.text
    assert "errorlist" in refused.text
    assert given.content == read(slip)
    assert given["Content-Type"] == "image/png"
    assert given["Content-Disposition"].startswith("attachment")
    assert f"receipt-1.{roles.SUPERVISOR}-" in given["Content-Disposition"]
    assert "no-store" in given["Cache-Control"]
    event = Event.objects.get(kind="exported")
    assert event.actor == roles.SUPERVISOR
    assert event.detail == {
        "what": "receipt", "dispatch": str(letter.dispatch.number), "position": 1, "purpose": "court",
        "order": "ศย 1/2569",
    }  # fmt: skip


def test_file_of_evidence_is_handed_out_once_it_is_said_what_for() -> None:
    file_complaint(told(files=[GivenFile("รูป.jpg", "jpg", files.jpg())]))
    file = Attachment.objects.get()
    examine(file.pk)
    client, address = signed_in(roles.TRIAGE), f"/admin/complaints/complaint/{file.complaint_id}/files/1/"

    asked = client.get(address)
    nothing = Event.objects.filter(kind="exported").exists()
    given = client.post(address, {"purpose": "body"})

    assert "id_purpose" in asked.text
    assert not nothing
    assert given.content.startswith(b"\xff\xd8")
    assert f"{file.complaint.reference}-1.{roles.TRIAGE}-" in given["Content-Disposition"]
    assert Event.objects.get(kind="exported").detail == {
        "what": "file", "position": 1, "purpose": "body", "order": ""
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload=alert(1)>", files.docx(), b"\xff\xd8\xff and no picture", b"%PDF-1.7 broken",
     files.png() + bytes(slips.MOST_BYTES)],
    ids=["empty", "markup", "document", "no picture", "broken", "too large"],
)  # fmt: skip
def test_what_is_no_scan_is_not_kept(letter: Handover, content: bytes) -> None:
    page = sent(signed_in(roles.TRIAGE), letter, content)

    assert "errorlist" in page.text or "errornote" in page.text
    assert not Slip.objects.exists()
    assert not Event.objects.filter(kind="attached").exists()


def test_file_beyond_all_measure_is_read_and_dropped(
    letter: Handover, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("complaints.uploads.MOST_BYTES", 1_000)

    page = sent(signed_in(roles.TRIAGE), letter, files.png((400, 400)) + bytes(2_000))

    assert "10 MB" in page.text
    assert not Slip.objects.exists()


def test_letter_has_five_scans_at_most(letter: Handover) -> None:
    for _ in range(slips.MOST):
        attach(letter, files.png(), "triage")

    with pytest.raises(NotPossible):
        attach(letter, files.png(), "triage")

    assert [slip.position for slip in letter.slips.all()] == [1, 2, 3, 4, 5]
    assert there(letter) not in signed_in(roles.TRIAGE).get(there(letter, "change/")).text


def test_harmful_scan_is_refused_and_a_harmless_one_marked(
    letter: Handover, settings: Any, tmp_path: Path
) -> None:
    with double(tmp_path) as address:
        settings.CLAMD_ADDRESS = address
        good = attach(letter, files.png(), "triage")
        with pytest.raises(NotPossible):
            attach(letter, files.png() + EICAR, "triage")
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    with pytest.raises(NotPossible):
        attach(letter, files.png(), "triage")

    assert good.is_scanned
    assert Slip.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [roles.TRIAGE, roles.SUPERVISOR])
def test_scan_attached_by_mistake_is_taken_back_with_its_file(letter: Handover, role: str) -> None:
    slip = attach(letter, files.png(), "colleague")
    client, address = signed_in(role), there(letter, "slips/1/back/")

    asked = client.get(address)
    refused = client.post(address, {"ground": "", "other": "สมชาย"})
    was_there = default_storage.exists(slip.content.name)
    page = client.post(address, {"ground": "letter"}, follow=True)

    assert slip.sha256 in asked.text
    assert "errorlist" in refused.text
    assert was_there
    assert not default_storage.exists(slip.content.name)
    kept = Slip.objects.get()
    assert (kept.content.name, kept.sha256, kept.position, kept.author) == ("", slip.sha256, 1, "colleague")
    assert (kept.taken_back_by, kept.ground) == (role, "letter")
    assert kept.taken_back_at is not None
    said = page.text[page.text.index("field-slips") :]
    assert [
        word for word in (slip.sha256, kept.get_ground_display(), role, "colleague") if word not in said
    ] == []
    assert there(letter, "slips/1/") not in page.text
    event = Event.objects.get(kind="detached")
    assert (event.actor, event.complaint) == (role, letter.dispatch.complaint)
    assert event.detail == {
        "dispatch": str(letter.dispatch.number), "position": 1, "ground": "letter", "sha256": slip.sha256
    }  # fmt: skip
    assert Event.objects.broken() == []
    assert Change.objects.filter(table="complaints_slip", actor=role).exists()


def test_scan_that_was_taken_back_is_neither_handed_out_nor_taken_back_again(letter: Handover) -> None:
    slip = attach(letter, files.png(), "triage")
    take_back(slip, Slip.Ground.TWICE, "triage")
    client = signed_in(roles.TRIAGE)

    answers = [
        client.post(there(letter, "slips/1/"), {"purpose": "work"}),
        client.get(there(letter, "slips/1/back/")),
        client.post(there(letter, "slips/1/back/"), {"ground": "other"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    with pytest.raises(NotPossible):
        take_back(slip, Slip.Ground.OTHER, "supervisor")
    assert Event.objects.filter(kind="detached").count() == 1
    assert Slip.objects.get().ground == "twice"


def test_place_of_a_scan_that_was_taken_back_is_not_used_again(letter: Handover) -> None:
    attached = [attach(letter, files.png(), "triage") for _ in range(slips.MOST)]
    take_back(attached[2], Slip.Ground.UNREADABLE, "triage")

    further = attach(letter, files.png(), "triage")

    assert further.position == slips.MOST + 1
    assert letter.slips.there().count() == slips.MOST
    with pytest.raises(NotPossible):
        attach(letter, files.png(), "triage")


def test_nothing_is_taken_back_while_a_hold_is_set(letter: Handover) -> None:
    slip = attach(letter, files.png(), "triage")
    Complaint.objects.filter(pk=letter.dispatch.complaint_id).update(is_held=True)

    page = signed_in(roles.SUPERVISOR).post(there(letter, "slips/1/back/"), {"ground": "more"})

    assert "errorlist" in page.text
    assert len(read(slip)) == slip.size
    assert Slip.objects.there().exists()
    assert not Event.objects.filter(kind="detached").exists()


def test_emptied_case_and_new_keys_pass_over_what_was_taken_back(letter: Handover, settings: Any) -> None:
    take_back(attach(letter, files.png(), "triage"), Slip.Ground.MORE, "triage")
    private = sealing.new_private_key()
    settings.COMPLAINT_PRIVATE_KEYS = [private, *settings.COMPLAINT_PRIVATE_KEYS]
    resealing.reseal(sealing.public_key_of(private), settings.COMPLAINT_PRIVATE_KEYS)
    Complaint.objects.filter(pk=letter.dispatch.complaint_id).update(
        state="closed", outcome="no_grounds", closed_at=timezone.now() - timedelta(days=4_000)
    )

    retention.remove()

    assert not Slip.objects.exists()
    assert Event.objects.get(kind="removed").detail == {"files": 0}


@pytest.mark.parametrize("role", [roles.INTAKE, roles.LIAISON, roles.AUDITOR, roles.CUSTODIAN])
def test_nobody_else_takes_one_back(letter: Handover, role: str) -> None:
    attach(letter, files.png(), "triage")

    answer = signed_in(role).post(there(letter, "slips/1/back/"), {"ground": "letter"})

    assert answer.status_code in {403, 404}
    assert Slip.objects.there().exists()


@pytest.mark.parametrize("role", [roles.INTAKE, roles.LIAISON, roles.AUDITOR, roles.CUSTODIAN])
def test_nobody_else_attaches_or_takes_one(letter: Handover, role: str) -> None:
    attach(letter, files.png(), "triage")
    client = signed_in(role)

    answers = [sent(client, letter, files.png()), client.post(there(letter, "slips/1/"), {"purpose": "work"})]

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert Slip.objects.count() == 1


def test_post_without_the_hidden_number_is_refused(letter: Handover) -> None:
    client = signed_in(roles.TRIAGE)
    client.handler.enforce_csrf_checks = True

    answer = client.post(there(letter), {"scan": SimpleUploadedFile("a.png", files.png())})

    assert answer.status_code == 403
    assert not Slip.objects.exists()


def test_post_with_the_hidden_number_is_taken_though_its_file_is_read_first(letter: Handover) -> None:
    client = signed_in(roles.TRIAGE)
    client.handler.enforce_csrf_checks = True
    hidden = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(there(letter)).text)
    assert hidden is not None
    scan = SimpleUploadedFile("a.png", files.png((900, 900)) + bytes(4_000_000))  # more than stays in memory

    answer = client.post(there(letter), {"scan": scan, "csrfmiddlewaretoken": hidden[1]})

    assert answer.status_code == 302
    assert Slip.objects.exists()


def test_delivery_without_a_letter_says_what_comes_first() -> None:
    waiting = dispatch(state="exhausted", next_attempt_at=None)
    client = signed_in(roles.TRIAGE)

    assert client.get(f"/admin/complaints/dispatch/{waiting.pk}/slip/").status_code == 404
    page = client.get(f"/admin/complaints/dispatch/{waiting.pk}/change/")
    assert "field-slips" in page.text


def test_scan_goes_with_the_evidence_when_the_case_is_emptied(letter: Handover) -> None:
    slip = attach(letter, files.png(), "triage")
    case = letter.dispatch.complaint
    Complaint.objects.filter(pk=case.pk).update(
        state="closed", outcome="no_grounds", closed_at=timezone.now() - timedelta(days=4_000)
    )

    retention.remove()

    assert not Slip.objects.exists()
    with pytest.raises(NotPossible):
        attach(letter, files.png(), "triage")
    retention.forget_orphans()
    assert Handover.objects.filter(pk=letter.pk).exists()
    assert slip.content.name


@pytest.mark.django_db(transaction=True)
def test_file_of_a_removed_scan_is_gone_from_the_disk(letter: Handover) -> None:
    slip = attach(letter, files.png(), "triage")
    held = attach(letter, files.png(), "triage")
    case = letter.dispatch.complaint
    Complaint.objects.filter(pk=case.pk).update(
        state="closed", outcome="no_grounds", closed_at=timezone.now() - timedelta(days=4_000)
    )

    retention.empty(Complaint.objects.get(pk=case.pk))

    assert not default_storage.exists(slip.content.name)
    assert not default_storage.exists(held.content.name)


def test_scan_is_no_orphan_and_is_sealed_anew_with_the_rest(
    letter: Handover, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    slip = attach(letter, files.png(), "triage")
    monkeypatch.setattr(retention, "ORPHANS_AFTER", timedelta(0))
    before = read(slip)

    retention.forget_orphans()
    private = sealing.new_private_key()
    settings.COMPLAINT_PRIVATE_KEYS = [private, *settings.COMPLAINT_PRIVATE_KEYS]
    resealing.reseal(sealing.public_key_of(private), settings.COMPLAINT_PRIVATE_KEYS)
    settings.COMPLAINT_PRIVATE_KEYS = [private]

    slip.refresh_from_db()
    assert read(slip) == before


def test_nothing_of_a_scan_stands_in_the_clear(letter: Handover) -> None:
    attach(letter, files.statement("CanaryOnTheSlip"), "triage")

    assert "CanaryOnTheSlip" not in everything_in_the_database()

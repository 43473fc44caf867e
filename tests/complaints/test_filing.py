"""Filing: kept whole or not at all, filed once, sealed, and never waiting for anybody else."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.models.functions import Now

from complaints import access, filing, hints, sealing
from complaints.filing import Filing, GivenFile, file_complaint, supplement, withdraw
from complaints.models import Attachment, Complaint, Desk, Dispatch, Event, Reporter
from complaints.snapshots import Snapshot

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
ABOUT = Snapshot("/budget/2565/", "งบประมาณ", "15008", "กรมส่งเสริมการปกครองท้องถิ่น")


def told(**changes: Any) -> Filing:
    values = {
        "nonce": access.new_nonce(),
        "language": "th",
        "identity": "confidential",
        "suspicion": "corruption",
        "level": "unknown",
        "matter": {"subject": "ถนนลาดยางไม่ครบ", "detail": "วัดได้ 800 เมตรจาก 1,200 เมตร"},
        "accused": [{"name": "นายสมชาย ใจดี"}],
        "reporter": {"first_name": "สมหญิง", "phone": "0812345678"},
        "files": [GivenFile("ถนน.png", "png", PNG)],
        "about": ABOUT,
    }
    return Filing(**(values | changes))


@pytest.mark.django_db
def test_complaint_dispatch_and_event_are_kept_together() -> None:
    receipt = file_complaint(told())

    case = Complaint.objects.get()
    assert receipt.reference == case.reference
    assert access.is_reference(receipt.reference)
    assert [d.state for d in case.dispatches.all()] == [Dispatch.State.PENDING]
    assert [e.kind for e in Event.objects.all()] == [Event.Kind.FILED]
    assert case.snapshot["title"] == "งบประมาณ"
    assert receipt.files[0].sha256 == Attachment.objects.get().sha256


@pytest.mark.django_db
def test_office_can_open_what_was_said_and_nobody_else() -> None:
    file_complaint(told())

    case = Complaint.objects.get()
    opened = sealing.unseal_words(case.matter, settings.COMPLAINT_PRIVATE_KEYS)
    assert opened["subject"] == "ถนนลาดยางไม่ครบ"
    for sealed in (case.matter, case.accused, case.reporter.identity, Attachment.objects.get().name):
        with pytest.raises(sealing.SealError):
            sealing.unseal(sealed, [sealing.new_private_key()])


@pytest.mark.django_db
def test_nothing_of_it_stands_in_the_clear() -> None:
    receipt = file_complaint(told())

    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("complaints_"):
                cursor.execute(f"SELECT t::text FROM {table} AS t")
                rows += [text for (text,) in cursor.fetchall()]
    content = "\n".join(rows)
    words = (
        "ลาดยาง",
        "800 เมตร",
        "สมชาย",
        "สมหญิง",
        "0812345678",
        "ถนน.png",
        receipt.key,
        access.grouped(receipt.key),
    )
    written = [word for word in words if word in content or word.encode().hex() in content]
    assert written == []
    with default_storage.open(Attachment.objects.get().original.name) as file:
        kept = file.read()
    assert PNG not in kept


@pytest.mark.django_db
def test_same_form_is_filed_once_and_shows_the_same_receipt() -> None:
    said = told()
    first, second = file_complaint(said), file_complaint(said)

    assert Complaint.objects.count() == Dispatch.objects.count() == Attachment.objects.count() == 1
    assert (first.reference, first.key) == (second.reference, second.key)
    assert (first.is_new, second.is_new) == (True, False)


@pytest.mark.django_db
def test_anonymous_complaint_has_no_row_for_a_person() -> None:
    file_complaint(told(identity="anonymous", reporter={}))

    assert Reporter.objects.count() == 0


@pytest.mark.django_db
def test_failure_leaves_neither_row_nor_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(Path(settings.MEDIA_ROOT).rglob("*"))
    monkeypatch.setattr(filing, "note", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        file_complaint(told())

    assert Complaint.objects.count() == 0
    assert {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()} <= before


@pytest.mark.django_db
def test_full_disk_leaves_neither_row_nor_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}

    def half_written(name: str, content: Any) -> str:
        path = Path(default_storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read()[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", half_written)

    with pytest.raises(OSError, match="No space"):
        file_complaint(told())

    assert Complaint.objects.count() == 0
    assert {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()} <= before


@pytest.mark.django_db
def test_flood_is_kept_and_waits_for_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "FLOOD", 0)

    file_complaint(told())

    assert Dispatch.objects.get().state == Dispatch.State.HELD


@pytest.mark.django_db
def test_desk_that_wants_triage_first_is_held() -> None:
    Desk.objects.update(held_for_triage=True)

    file_complaint(told())

    assert Dispatch.objects.get().state == Dispatch.State.HELD


@pytest.mark.django_db
def test_filing_asks_the_database_a_known_number_of_times(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(14):
        file_complaint(told())


@pytest.mark.django_db
def test_queue_that_hangs_costs_the_citizen_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(hints.tasks.deliver, "delay", lambda pk: gate.wait(60))
    monkeypatch.setattr(hints, "hinter", hints.Hinter())
    monkeypatch.setattr(hints, "MOST_WAITING", 3)

    receipts = [hints.hinter.add(number) for number in range(20)]

    assert len(receipts) == 20  # and this test has an end
    gate.set()


@pytest.mark.django_db
def test_later_words_and_files_are_sealed_and_numbered() -> None:
    file_complaint(told())
    case = Complaint.objects.get()

    supplement(case, words="พบเอกสารเพิ่ม", files=[GivenFile("b.png", "png", PNG)])

    assert [file.position for file in case.attachments.all()] == [1, 2]
    words = sealing.unseal_words(case.messages.get().words, settings.COMPLAINT_PRIVATE_KEYS)
    assert words == {"text": "พบเอกสารเพิ่ม"}
    assert "เพิ่ม".encode() not in bytes(case.messages.get().words)


@pytest.mark.django_db
def test_withdrawn_complaint_is_closed_and_does_not_leave() -> None:
    file_complaint(told())
    case = Complaint.objects.get()

    assert withdraw(case)
    assert not withdraw(case)

    assert case.state == Complaint.State.CLOSED
    assert Dispatch.objects.get().state == Dispatch.State.CANCELLED


@pytest.mark.django_db
def test_closed_complaint_takes_nothing_more() -> None:
    file_complaint(told(files=[]))
    case = Complaint.objects.get()
    withdraw(case)

    with pytest.raises(filing.IsClosed):
        supplement(case, words="อีก", files=[GivenFile("b.png", "png", PNG)])

    assert (case.messages.count(), case.attachments.count()) == (0, 0)


# Many at once


def filed_by_threads(filings: list[Filing]) -> list[Any]:
    barrier, receipts = threading.Barrier(len(filings)), []

    def one(said: Filing) -> None:
        barrier.wait()
        try:
            receipts.append(file_complaint(said))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=[said]) for said in filings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return receipts


def test_ten_posts_of_one_form_at_once_file_it_once(transactional_db: None) -> None:
    said = told()

    receipts = filed_by_threads([said] * 10)

    assert len(receipts) == 10
    assert {receipt.key for receipt in receipts} == {receipts[0].key}
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert Complaint.objects.count() == Dispatch.objects.count() == Attachment.objects.count() == 1


def test_fifty_different_posts_at_once_file_fifty(transactional_db: None) -> None:
    receipts = filed_by_threads([told(files=[]) for _ in range(50)])

    assert len({receipt.reference for receipt in receipts}) == 50
    assert Complaint.objects.count() == Dispatch.objects.filter(next_attempt_at__lte=Now()).count() == 50
    assert Event.objects.broken() == []

"""What is done with a file before anybody sees it: scanned, cleaned, sealed, once; the original stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from django.test import Client

from complaints import examining, sealing
from complaints.access import access_for, reporter_private_key
from complaints.delivery import deliver, letter_for
from complaints.examining import examine
from complaints.filing import GivenFile, file_complaint, supplement
from complaints.models import Attachment, Complaint, Dispatch, Event
from complaints.models.evidence import LEASE, MOST_EXAMINATIONS

from . import evidence_files as files
from .scanners import EICAR, double
from .test_delivery import agency_at
from .test_filing import told

pytestmark = pytest.mark.django_db
State = Attachment.State


@contextmanager
def clamd(settings: Any) -> Iterator[None]:
    """A scanner, and the site set to ask it."""
    with double(Path()) as address:
        settings.CLAMD_ADDRESS = address
        yield


def given(content: bytes = b"", kind: str = "jpg") -> Attachment:
    file_complaint(told(files=[GivenFile("ถนน", kind, content or files.jpg())]))
    return Attachment.objects.latest("pk")


def test_copy_is_sealed_and_hashed_and_the_original_stays_as_it_was() -> None:
    file = given()
    before = examining.read(file, "original")

    assert examine(file.pk)

    file.refresh_from_db()
    copy = examining.read(file, "cleaned")
    assert examining.read(file, "original") == before == files.jpg()
    assert file.sha256 == sha256(before).hexdigest()
    assert file.cleaned_sha256 == sha256(copy).hexdigest()
    with default_storage.open(file.cleaned.name) as kept:
        assert copy not in kept.read()
    assert [e.detail["file"] for e in Event.objects.filter(kind=Event.Kind.EXAMINED)] == [1]


def test_without_a_scanner_staff_are_told_so() -> None:
    file = given()

    examine(file.pk)

    file.refresh_from_db()
    assert (file.state, file.trouble) == (State.NOT_SCANNED, examining.NO_SCANNER)


def test_scanner_that_finds_nothing_says_clean(settings: Any) -> None:
    file = given()

    with clamd(settings):
        examine(file.pk)

    file.refresh_from_db()
    assert (file.state, file.trouble) == (State.CLEAN, "")


def test_file_with_a_virus_is_kept_and_never_leaves(settings: Any) -> None:
    file = given(files.png() + EICAR, "png")

    with clamd(settings), agency_at(settings) as agency:
        assert deliver(Dispatch.objects.get().pk)

    file.refresh_from_db()
    assert (file.state, file.cleaned.name) == (State.INFECTED, "")
    assert "came" not in next(iter(agency.received.values()))["enclosures"][0]


def test_scanner_that_rests_is_asked_again_and_delays_no_complaint_for_ever(settings: Any) -> None:
    file = given()
    settings.CLAMD_ADDRESS = "127.0.0.1:1"

    for _ in range(MOST_EXAMINATIONS):
        examine(file.pk)
        Attachment.objects.update(next_examination_at=Now())

    file.refresh_from_db()
    assert file.state == State.NOT_SCANNED
    assert "did not answer" in file.trouble
    assert file.cleaned


def test_file_that_cannot_be_cleaned_is_said_and_the_complaint_travels_without_it(settings: Any) -> None:
    file = given(b"%PDF-1.4 junk", "pdf")

    with agency_at(settings) as agency:
        assert deliver(Dispatch.objects.get().pk)

    file.refresh_from_db()
    assert "damaged" in file.trouble
    assert next(iter(agency.received.values()))["enclosures"][0]["sha256"] == file.sha256


def test_cleaned_copy_reaches_the_agency_by_its_sum(settings: Any) -> None:
    file = given()

    with agency_at(settings) as agency:
        deliver(Dispatch.objects.get().pk)

    file.refresh_from_db()
    enclosure = next(iter(agency.received.values()))["enclosures"][0]
    assert enclosure["came"] == enclosure["copy_sha256"] == file.cleaned_sha256 != file.sha256


def test_file_that_kills_whoever_looks_at_it_is_left_alone_after_some_times() -> None:
    file = given()
    for _ in range(MOST_EXAMINATIONS):
        file.claim()
        Attachment.objects.update(next_examination_at=Now() - LEASE)

    examine(file.pk)

    file.refresh_from_db()
    assert (file.state, file.trouble) == (State.NOT_SCANNED, examining.NEVER_BACK)
    assert letter_for(Dispatch.objects.get()).enclosures[0].content is None


def test_two_that_look_at_once_record_it_once() -> None:
    file, other = given(), Attachment.objects.get()

    assert (file.claim(), other.claim()) == (1, 0)
    assert file.mark_examined(1, State.CLEAN)
    assert not file.mark_examined(1, State.CLEAN)


def test_reporter_alone_learns_what_the_file_told(settings: Any) -> None:
    said = told(files=[GivenFile("a", "jpg", files.jpg())])
    file_complaint(said)
    examine(Attachment.objects.get().pk)

    file = Attachment.objects.get()
    key = access_for(said.nonce, settings.COMPLAINT_PEPPER).key
    assert file.found is not None
    opened = sealing.unseal_words(file.found, [reporter_private_key(key)])
    assert files.AUTHOR in opened["found"]
    with pytest.raises(sealing.SealError):
        sealing.unseal(file.found, settings.COMPLAINT_PRIVATE_KEYS)


def test_citizen_reads_what_the_file_told_under_the_access_key(client: Client) -> None:
    said = told(files=[GivenFile("a", "jpg", files.jpg())])
    receipt = file_complaint(said)
    examine(Attachment.objects.get().pk)

    page = client.post("/complaints/status/", {"key": receipt.key})

    assert files.AUTHOR in page.text
    assert Attachment.objects.get().cleaned_sha256 in page.text


def test_files_added_later_are_found_by_the_sweep() -> None:
    file_complaint(told(files=[]))
    supplement(Complaint.objects.get(), files=[GivenFile("b", "png", files.png())])

    assert list(examining.due()) == [Attachment.objects.get().pk]

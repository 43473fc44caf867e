"""Uploads by staff: kept, announced, loaded once, and reported."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from importers import tasks
from importers.models import ImportRun
from importers.records import Refusal
from importers.sources import SOURCES, Expect
from importers.uploads import announce, load_announced, waiting
from spending.models import Allocation, Edition, SourceFile
from tests.complaints.staff import verified
from tests.factories import Given, allocation, head

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> Given:
    given = Given([head(), allocation()])
    monkeypatch.setitem(SOURCES, "given", given)
    return given


def upload(content: bytes = b"published", name: str = "book.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_announced_upload_waits_with_its_file_kept() -> None:
    run = announce("given", upload())

    assert run.outcome == ImportRun.Outcome.WAITING
    assert run.source_file is not None
    assert Path(run.source_file.content.path).read_bytes() == b"published"


def test_loading_an_announced_upload_publishes_it_once() -> None:
    run = announce("given", upload())

    load_announced(run.pk)
    load_announced(run.pk)

    run.refresh_from_db()
    assert run.outcome == ImportRun.Outcome.PUBLISHED
    assert Allocation.objects.count() == 1


def test_same_file_uploaded_again_is_kept_once_and_changes_nothing() -> None:
    load_announced(announce("given", upload()).pk)

    again = announce("given", upload())
    load_announced(again.pk)

    again.refresh_from_db()
    assert again.outcome == ImportRun.Outcome.UNCHANGED
    assert SourceFile.objects.count() == 1


def test_sweep_takes_only_what_waited_too_long() -> None:
    lost, fresh = announce("given", upload()), announce("given", upload(b"other"))
    ImportRun.objects.filter(pk=lost.pk).update(started_at=timezone.now() - timedelta(minutes=5))

    assert waiting() == [lost.pk]
    tasks.sweep()

    fresh.refresh_from_db()
    lost.refresh_from_db()
    assert (lost.outcome, fresh.outcome) == ("published", "waiting")


@pytest.fixture
def staff(django_user_model: Any) -> Client:
    return verified(django_user_model.objects.create_superuser("somchai", password="not-a-real-one"))


def test_staff_upload_a_file_and_read_its_report(
    staff: Client, source: Given, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    source.given.append(Refusal(7, "AMOUNT", "twelve", "Not an amount."))
    source.expects = Expect(refused=1)  # type: ignore[misc,arg-type]
    monkeypatch.setattr(tasks.load_upload, "delay", load_announced)

    with django_capture_on_commit_callbacks(execute=True):
        staff.post("/admin/importers/importrun/add/", {"source": "given", "file": upload()})

    run = ImportRun.objects.get()
    report = staff.get(f"/admin/importers/importrun/{run.pk}/change/")
    assert run.outcome == ImportRun.Outcome.PUBLISHED
    assert all(text in report.text for text in ("AMOUNT", "twelve", "Not an amount."))


def test_an_unreachable_queue_loses_no_upload(
    staff: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def unreachable(run: int) -> None:
        raise tasks.load_upload.OperationalError("connection refused")

    monkeypatch.setattr(tasks.load_upload, "delay", unreachable)

    with django_capture_on_commit_callbacks(execute=True):
        answer = staff.post("/admin/importers/importrun/add/", {"source": "given", "file": upload()})

    assert answer.status_code == 302, answer.context["errors"]
    assert ImportRun.objects.get().outcome == ImportRun.Outcome.WAITING


def test_staff_release_a_held_edition_with_a_reason(staff: Client, source: Given) -> None:
    source.expects = Expect(rows=range(5, 9))  # type: ignore[misc]
    load_announced(announce("given", upload()).pk)
    edition = Edition.objects.get()
    address = f"/admin/spending/edition/{edition.pk}/change/"

    refused = staff.post(address, {"release_reason": " "})
    assert refused.status_code == 200
    assert not Edition.objects.current().exists()
    staff.post(address, {"release_reason": "A short volume, checked by hand."})

    edition.refresh_from_db()
    assert (edition.is_current, edition.released_by) == (True, "somchai")


@pytest.mark.parametrize("model", ["edition", "agency", "agencyname", "sourcefile"])
def test_facts_cannot_be_added_or_deleted_by_hand(staff: Client, model: str) -> None:
    assert staff.get(f"/admin/spending/{model}/").status_code == 200
    assert staff.get(f"/admin/spending/{model}/add/").status_code == 403

"""What a body does not see of a file: marked, looked at, confirmed, delivered, taken back; all of it written
down, and nothing of what the citizen gave is changed.
"""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone, translation

from complaints import blackening, examining, resealing, retention, roles, sealing, triage
from complaints.cleaning.boxes import Box
from complaints.delivery import deliver, letter_for
from complaints.dossier import dossier
from complaints.examining import examine
from complaints.filing import GivenFile, file_complaint
from complaints.handling import NotPossible
from complaints.models import Attachment, Blackening, Change, Complaint, Dispatch, Event, Note

from . import evidence_files as files
from .staff import signed_in
from .test_canary import everything_in_the_database
from .test_delivery import agency_at
from .test_drawing import SECRET, noise, points_of, text_of
from .test_filing import told

pytestmark = pytest.mark.django_db
BOX, OTHER = Box(1, 100, 200, 300, 150), Box(2, 500, 500, 200, 200)
REASON = "คานารีเหตุผลที่ถมดำ"
BLACK = ((0, 0), (0, 0), (0, 0))


def given(kind: str = "pdf") -> Attachment:
    """A file of a case, examined."""
    content = files.statement(SECRET) if kind == "pdf" else noise(kind)
    receipt = file_complaint(told(files=[GivenFile("หลักฐาน", kind, content)]))
    file = Attachment.objects.get(complaint__reference=receipt.reference)
    examine(file.pk)
    file.refresh_from_db()
    return file


def confirmed(file: Attachment, *boxes: Box, actor: str = "triage") -> Blackening:
    """Boxes that hold."""
    draft = blackening.preview(file, boxes or [BOX], "person", REASON, actor)
    blackening.confirm(draft, draft.copy_sha256, actor)
    return draft


def sent_of(file: Attachment) -> Dispatch:
    return Dispatch.objects.get(complaint=file.complaint)


def copies_in(content: bytes) -> dict[str, bytes]:
    """The files of a dossier."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", ["jpg", "png", "pdf"])
def test_delivered_copy_is_black_under_the_box_and_named_by_its_own_sum(kind: str) -> None:
    file = given(kind)

    version = confirmed(file)

    parts = copies_in(dossier(letter_for(sent_of(file))))
    copy, manifest = parts[f"evidence/01.{kind}"], json.loads(parts["manifest.json"])
    picture = points_of(kind, copy)
    listed = {one["name"]: one["sha256"] for one in manifest["files"]}
    assert picture.crop(BOX.points(*picture.size)).getextrema() == BLACK
    assert listed[f"evidence/01.{kind}"] == version.copy_sha256 == sha256(copy).hexdigest()
    assert version.copy_sha256 != file.cleaned_sha256
    assert (
        manifest["originals"][0] | {"is_blackened": True, "sha256": file.sha256} == manifest["originals"][0]
    )
    assert json.loads(parts["letter.json"])["data"]["enclosures"][0]["is_blackened"]


def test_agency_gets_the_black_copy_by_its_sum_and_no_text(settings: Any) -> None:
    file = given()
    version = confirmed(file)

    with agency_at(settings) as agency:
        assert deliver(sent_of(file).pk)

    enclosure = next(iter(agency.received.values()))["enclosures"][0]
    assert enclosure["came"] == enclosure["copy_sha256"] == version.copy_sha256
    assert text_of(examining.opened(version.copy)) == ""


def test_what_the_citizen_gave_stays_as_it_was() -> None:
    file = given()
    original, cleaned = examining.read(file, "original"), examining.read(file, "cleaned")

    confirmed(file)

    after = Attachment.objects.get()
    assert (after.sha256, after.cleaned_sha256) == (file.sha256, file.cleaned_sha256)
    assert examining.read(after, "original") == original
    assert sha256(original).hexdigest() == after.sha256
    assert examining.read(after, "cleaned") == cleaned


def test_preview_changes_nothing_for_bodies_and_gives_way_to_the_next() -> None:
    file = given("png")
    first = blackening.preview(file, [BOX], "person", REASON, "triage")

    second = blackening.preview(file, [BOX, Box(1, 0, 0, 50, 50)], "person", REASON, "triage")

    assert [row.pk for row in Blackening.objects.all()] == [second.pk]
    assert letter_for(sent_of(file)).enclosures[0].copy_sha256 == file.cleaned_sha256
    assert not Event.objects.filter(kind=Event.Kind.BLACKENED).exists()
    with pytest.raises(NotPossible):
        blackening.confirm(first, first.copy_sha256, "triage")


def test_only_what_was_looked_at_is_confirmed_by_whoever_looked() -> None:
    draft = blackening.preview(given("png"), [BOX], "person", REASON, "triage")

    with pytest.raises(NotPossible):
        blackening.confirm(draft, "0" * 64, "triage")
    with pytest.raises(NotPossible):
        blackening.confirm(draft, draft.copy_sha256, "supervisor")

    assert not Blackening.objects.filter(confirmed_at__isnull=False).exists()


def test_further_boxes_are_added_and_uncover_nothing() -> None:
    file = given()
    confirmed(file, BOX)

    version = confirmed(Attachment.objects.get(), OTHER, actor="supervisor")

    copy = examining.opened(version.copy)
    for box in (BOX, OTHER):
        picture = points_of("pdf", copy, box.page)
        assert picture.crop(box.points(*picture.size)).getextrema() == BLACK
    assert version.version == 2
    assert letter_for(sent_of(file)).enclosures[0].copy_sha256 == version.copy_sha256


def test_who_and_why_stand_in_the_chained_log_and_no_word_in_the_clear() -> None:
    file = given()

    version = confirmed(file)

    event = Event.objects.get(kind=Event.Kind.BLACKENED)
    detail = {"file": 1, "version": 1, "boxes": 1, "ground": "person", "copy": version.copy_sha256}
    assert (event.actor, event.detail) == ("triage", detail)
    assert Event.objects.broken() == []
    assert {c.operation for c in Change.objects.filter(table="complaints_blackening")} == {"INSERT", "UPDATE"}
    assert Change.objects.broken() == []
    assert blackening.marks_of(version).reason == REASON
    content = everything_in_the_database()
    assert [w for w in (REASON, SECRET) if w in content or w.encode().hex() in content] == []
    with default_storage.open(version.copy.name) as kept:
        assert b"%PDF" not in kept.read()


def test_taken_back_by_a_supervisor_bodies_get_what_they_got_before() -> None:
    file = given("png")
    first, second = confirmed(file), confirmed(Attachment.objects.get(), Box(1, 600, 600, 100, 100))

    blackening.take_back(second, "ปิดผิดตำแหน่ง", "supervisor")

    assert letter_for(sent_of(file)).enclosures[0].copy_sha256 == first.copy_sha256
    blackening.take_back(first, "ปิดผิดตำแหน่ง", "supervisor")
    enclosure = letter_for(sent_of(file)).enclosures[0]
    assert (enclosure.copy_sha256, enclosure.is_blackened) == (file.cleaned_sha256, False)
    events = Event.objects.filter(kind=Event.Kind.UNCOVERED)
    assert [(e.actor, e.detail) for e in events] == [
        ("supervisor", {"file": 1, "version": 2}),
        ("supervisor", {"file": 1, "version": 1}),
    ]
    assert Note.objects.count() == 2


def test_older_version_is_not_taken_back_under_a_newer_one() -> None:
    file = given("png")
    first = confirmed(file)
    confirmed(Attachment.objects.get(), Box(1, 600, 600, 100, 100))

    with pytest.raises(NotPossible):
        blackening.take_back(first, "ปิดผิดตำแหน่ง", "supervisor")


def test_once_a_body_has_the_copy_it_is_not_taken_back() -> None:
    file = given("png")
    version = confirmed(file)
    arrived = {"state": "delivered", "receipt": "x", "next_attempt_at": None}
    Dispatch.objects.update(delivered_at=timezone.now() + timedelta(seconds=5), **arrived)

    with pytest.raises(NotPossible):
        blackening.take_back(version, "ปิดผิดตำแหน่ง", "supervisor")

    assert Attachment.objects.get().blackening == version


@translation.override("th")
def test_while_a_delivery_is_on_its_way_nothing_is_confirmed_or_taken_back() -> None:
    file = given("png")
    version = confirmed(file)
    draft = blackening.preview(Attachment.objects.get(), [Box(1, 0, 0, 90, 90)], "person", REASON, "triage")
    assert sent_of(file).claim()

    with pytest.raises(NotPossible, match="นาที"):
        blackening.confirm(draft, draft.copy_sha256, "triage")
    with pytest.raises(NotPossible, match="นาที"):
        blackening.take_back(version, "ปิดผิดตำแหน่ง", "supervisor")


def test_changed_keys_open_boxes_and_copies(settings: Any) -> None:
    version = confirmed(given("png"))
    old, new = settings.COMPLAINT_PRIVATE_KEYS[0], sealing.new_private_key()
    settings.COMPLAINT_PUBLIC_KEYS = [sealing.public_key_of(new)]

    resealing.reseal(settings.COMPLAINT_PUBLIC_KEYS[0], [new, old])

    settings.COMPLAINT_PRIVATE_KEYS = [new]
    version.refresh_from_db()
    assert blackening.marks_of(version).reason == REASON
    assert sha256(examining.opened(version.copy)).hexdigest() == version.copy_sha256
    assert resealing.keys_in_use().keys() == {sealing.name_of(settings.COMPLAINT_PUBLIC_KEYS[0])}


def test_copy_is_no_orphan_and_goes_with_the_case(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    version = confirmed(given("png"))
    monkeypatch.setattr(retention, "ORPHANS_AFTER", timedelta(0))
    retention.forget_orphans()
    assert default_storage.exists(version.copy.name)
    case = version.attachment.complaint
    triage.close(case, "spam", "supervisor")

    with django_capture_on_commit_callbacks(execute=True):
        assert retention.empty(case)

    assert not default_storage.exists(version.copy.name)
    assert not Blackening.objects.exists()


def test_citizen_reads_the_sum_of_the_copy_that_is_handed_on(client: Client) -> None:
    receipt = file_complaint(told(files=[GivenFile("หลักฐาน", "jpg", noise("jpg"))]))
    file = Attachment.objects.get()
    examine(file.pk)
    version = confirmed(Attachment.objects.get())

    page = client.post("/complaints/status/", {"key": receipt.key})

    assert version.copy_sha256 in page.text
    assert file.sha256 in page.text
    assert Attachment.objects.get().cleaned_sha256 not in page.text


def test_office_document_cannot_be_blacked_out() -> None:
    file_complaint(told(files=[GivenFile("หลักฐาน", "docx", files.docx())]))
    file = Attachment.objects.get()
    examine(file.pk)
    file.refresh_from_db()

    assert not blackening.can_be_drawn(file)
    assert signed_in("triage").get(there(file)).status_code == 404


def test_file_that_cannot_be_drawn_is_said_and_nothing_is_kept() -> None:
    file = given()
    Attachment.objects.update(cleaned=examining.keep(b"%PDF-1.4 junk"))
    file.refresh_from_db()

    with pytest.raises(NotPossible):
        blackening.preview(file, [BOX], "person", REASON, "triage")

    assert not Blackening.objects.exists()


# On the workbench


def there(file: Attachment, rest: str = "black/") -> str:
    return f"/admin/complaints/complaint/{file.complaint_id}/files/{file.position}/{rest}"


def row(place: int, page: int, *numbers: str) -> dict[str, str]:
    names = ("left", "top", "width", "height")
    return {f"form-{place}-page": str(page)} | {
        f"form-{place}-{name}": number for name, number in zip(names, numbers, strict=True)
    }


def typed(*rows: dict[str, str], **more: str) -> dict[str, str]:
    """What the form sends."""
    values = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0", "shown": "1"}
    for one in rows:
        values |= one
    return values | {"ground": "person", "reason": REASON} | more


def test_officer_marks_looks_and_confirms_without_a_script() -> None:
    file, officer = given(), signed_in("triage")

    answer = officer.post(there(file), typed(row(0, 1, "10", "20.5", "30", "15"), preview="1"), follow=True)
    draft = Blackening.objects.get()
    picture = officer.get(there(file, f"{draft.version}/pages/1/"))
    done = officer.post(there(file), {"confirm": draft.copy_sha256}, follow=True)

    assert draft.copy_sha256 in answer.text
    assert blackening.marks_of(draft).added == [Box(1, 100, 205, 300, 150)]
    assert picture["Content-Type"] == "image/jpeg"
    assert "no-store" in picture["Cache-Control"]
    assert Attachment.objects.get().blackening == draft
    assert draft.copy_sha256 in done.text
    opened = Event.objects.filter(kind=Event.Kind.OPENED, detail__part="page").values_list(
        "detail", flat=True
    )
    assert list(opened) == [{"part": "page", "position": 1, "version": 1, "page": 1}]


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        (("10", "20", "30", ""), "numbers"),
        (("90", "20", "30", "10"), "beyond"),
        (("10", "20", "0", "10"), "beyond"),
        (("-1", "20", "30", "10"), "min_value"),
        (("10.55", "20", "30", "10"), "max_decimal_places"),
        (("ten", "20", "30", "10"), "invalid"),
    ],
    ids=["one missing", "beyond", "empty", "negative", "too fine", "no number"],
)
def test_box_that_is_none_is_refused_with_the_reason(numbers: tuple[str, ...], says: str) -> None:
    file, officer = given("png"), signed_in("triage")

    answer = officer.post(there(file), typed(row(0, 1, *numbers), preview="1"))

    (errors,) = [form.errors.as_data() for form in answer.context["boxes"]]
    assert [error.code for listed in errors.values() for error in listed] == [says]
    assert 'class="errorlist' in answer.text
    assert not Blackening.objects.exists()


@pytest.mark.parametrize("missing", ["ground", "reason"])
def test_nothing_is_blacked_out_without_a_reason(missing: str) -> None:
    file, officer = given("png"), signed_in("triage")

    officer.post(there(file), typed(row(0, 1, "10", "20", "30", "10"), preview="1") | {missing: ""})

    assert not Blackening.objects.exists()


def test_box_on_a_page_that_is_not_there_is_refused() -> None:
    file, officer = given(), signed_in("triage")

    officer.post(there(file), typed(row(0, 3, "10", "20", "30", "10"), preview="1"))

    assert not Blackening.objects.exists()


def test_another_page_is_shown_with_what_was_typed_so_far() -> None:
    file, officer = given(), signed_in("triage")

    answer = officer.post(there(file), typed(row(0, 1, "10", "20", "30", ""), go="2"))

    assert there(file, "0/pages/2/") in answer.text
    assert 'value="30"' in answer.text
    assert REASON in answer.text
    assert not Blackening.objects.exists()


def test_only_a_supervisor_takes_back_and_says_why() -> None:
    file = given("png")
    confirmed(file)
    officer, supervisor = signed_in("triage"), signed_in("supervisor")
    values = {"take_back": "1", "taken_back_because": "ปิดผิดตำแหน่ง"}

    officer.post(there(file), values)
    supervisor.post(there(file), values | {"taken_back_because": ""})
    assert Attachment.objects.get().blackening is not None
    supervisor.post(there(file), values)

    assert Attachment.objects.get().blackening is None
    assert Blackening.objects.get().taken_back_by == "supervisor"


def test_page_says_who_keeps_the_copy_without_boxes() -> None:
    file = given("png")
    arrived = {"state": "delivered", "receipt": "x", "next_attempt_at": None, "delivered_at": Now()}
    Dispatch.objects.update(**arrived)
    confirmed(file)

    officer = signed_in("triage")

    page = officer.get(there(file)).text
    case = officer.get(f"/admin/complaints/complaint/{file.complaint_id}/change/").text

    assert "หน่วยงานที่ได้รับสำเนาไปก่อนแล้ว" in page
    assert file.complaint.desk.name in page
    assert "มีส่วนที่ถมดำไว้" in case


@pytest.mark.parametrize("role", [roles.INTAKE, roles.AUDITOR, roles.LIAISON, roles.CUSTODIAN, "superuser"])
@pytest.mark.parametrize("rest", ["black/", "0/pages/1/", "1/pages/1/", "1/"])
def test_other_roles_neither_see_nor_mark(role: str, rest: str) -> None:
    file = given("png")
    confirmed(file)

    client = signed_in(role)

    assert client.get(there(file, rest)).status_code != 200
    assert client.post(there(file), typed(row(0, 1, "1", "1", "9", "9"), preview="1")).status_code != 200
    assert Blackening.objects.count() == 1


def test_closed_and_put_away_case_is_for_supervisors() -> None:
    file = given("png")
    Complaint.objects.update(
        put_away_at=timezone.now(), closed_at=timezone.now(), state="closed", outcome="spam"
    )

    assert signed_in("triage").get(there(file)).status_code == 404
    assert signed_in("supervisor").get(there(file)).status_code == 200

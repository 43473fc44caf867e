"""Who took a file out, when and what for: asked before, said on each sheet and page, and in the log."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pypdfium2
import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from complaints import roles
from complaints.delivery import letter_for
from complaints.dossier import dossier
from complaints.filing import file_complaint
from complaints.letters import Enclosure
from complaints.marks import Mark, Purpose
from complaints.models import Complaint, Dispatch, Event

from .cases import complaint
from .staff import account, signed_in, verified
from .test_channels import letter
from .test_filing import told

pytestmark = pytest.mark.django_db
LIST = "/admin/complaints/complaint/"
COURT = {"purpose": "court", "order": "ศย 0012/2569"}
NIGHT = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
"""Half past one of the next day in Bangkok."""


def taken(kind: str, user: Any, *cases: Complaint, **why: str) -> Any:
    chosen = {"action": f"take_out_{kind}", "_selected_action": [case.pk for case in cases], "step": "do"}
    return verified(user).post(LIST, chosen | why)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(("language", "day"), [("th", "22 พ.ย. 2569 01:30"), ("en", "22 Nov 2026 01:30")])
def test_mark_says_who_when_and_what_for_in_the_readers_language(language: str, day: str) -> None:
    with override(language):
        said = Mark("triage", NIGHT, Purpose.COURT, "ศย 0012/2569").sentence

        assert ("Letter or order" in said) == (language == "en")
        assert all(part in said for part in ("triage", day, str(Purpose.COURT.label), "ศย 0012/2569"))


def test_first_row_of_a_list_and_the_foot_of_its_pages_are_marked() -> None:
    case, user = complaint(), account(roles.TRIAGE, name="a&b")

    lines = list(csv.reader(io.StringIO(body(taken("csv", user, case, **COURT)).decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(body(taken("xlsx", user, case, **COURT)))).active

    assert sheet is not None
    first = sheet["A1"].value
    assert all(part in lines[0][0] and part in str(first) for part in ("a&b", COURT["order"]))
    assert len(lines[0]) == 1
    assert lines[1][0] == sheet["A2"].value == "reference"
    assert lines[2][0] == sheet["A3"].value == case.reference
    assert "a&&b" in str(sheet.oddFooter.left.text) or "a&b" in str(sheet.oddFooter.left.text)


def test_purpose_and_number_stand_in_the_log() -> None:
    case = complaint()

    body(taken("csv", account(roles.TRIAGE), case, **COURT))

    event = Event.objects.get(kind=Event.Kind.EXPORTED)
    assert event.detail == COURT | {"what": "list", "file": "csv", "cases": [case.reference]}


@pytest.mark.parametrize(
    "why",
    [{}, {"purpose": "x"}, {"purpose": "court"}, {"purpose": "audit", "order": " "},
     {"purpose": "work", "order": "no number in it"}, {"purpose": "work", "order": "1;=cmd()"},
     {"purpose": "work", "order": "1" * 41}],
)  # fmt: skip
def test_nothing_is_taken_out_without_saying_what_for(why: dict[str, str]) -> None:
    answer = taken("csv", account(roles.TRIAGE), complaint(), **why)

    assert "errorlist" in answer.text
    assert not Event.objects.exists()


def test_name_that_is_a_formula_is_none_in_the_mark() -> None:
    user = account(roles.TRIAGE, name='=HYPERLINK("x")')

    lines = list(
        csv.reader(io.StringIO(body(taken("csv", user, complaint(), purpose="work")).decode("utf-8-sig")))
    )

    assert lines[0][0][0] not in "=+-@\t"


def test_each_page_of_a_copy_for_staff_is_marked_and_none_of_the_bodys_own() -> None:
    file_complaint(told(files=[]))
    sent = Dispatch.objects.get()
    client = signed_in(roles.TRIAGE)

    marked = client.post(f"{LIST}{sent.complaint_id}/dossier/", COURT).content
    same = client.post(f"/admin/complaints/dispatch/{sent.pk}/dossier/", COURT).content

    for content in (marked, same):
        files = zipfile.ZipFile(io.BytesIO(content))
        pages = pypdfium2.PdfDocument(files.read("form-1-02.pdf"))
        manifest = json.loads(files.read("manifest.json"))
        assert all(roles.TRIAGE in page.get_textpage().get_text_range() for page in pages)
        assert roles.TRIAGE in manifest["taken_out"]
        assert COURT["order"] in manifest["taken_out"]
    own = zipfile.ZipFile(io.BytesIO(dossier(letter_for(sent))))
    assert "taken_out" not in json.loads(own.read("manifest.json"))
    assert dossier(letter_for(sent)) == dossier(letter_for(sent))
    taken_out = Event.objects.filter(kind=Event.Kind.EXPORTED, complaint=sent.complaint)
    assert [event.detail["purpose"] for event in taken_out] == ["court", "court"]


def test_copy_of_the_body_itself_is_asked_nothing_and_bears_no_mark() -> None:
    file_complaint(told(files=[]))
    sent = Dispatch.objects.get()
    assert sent.mark_ready(sent.claim(), "ready")

    content = signed_in(roles.LIAISON).post(f"/admin/complaints/dispatch/{sent.pk}/dossier/").content

    assert content == dossier(letter_for(sent))


def test_evidence_taken_out_says_so_beside_each_file_and_stays_what_its_sums_say() -> None:
    picture = Enclosure(1, "png", 9, "a" * 64, "clean", sha256(b"copy").hexdigest(), b"copy")
    sent = letter(enclosures=[picture, Enclosure(2, "pdf", 9, "b" * 64, "infected")])
    mark = Mark("../officer a&b", NIGHT, Purpose.COURT, "ศย 0012/2569")

    with zipfile.ZipFile(io.BytesIO(dossier(sent, mark))) as taken_out:
        files = {name: taken_out.read(name) for name in taken_out.namelist()}
    own = zipfile.ZipFile(io.BytesIO(dossier(sent)))

    name = f"evidence/01.{mark.name}.png"
    listed = {f["name"]: f["sha256"] for f in json.loads(files.pop("manifest.json"))["files"]}
    assert files[name] == own.read("evidence/01.png") == b"copy"
    assert listed == {name: sha256(content).hexdigest() for name, content in files.items()}
    assert listed[name] == picture.copy_sha256
    (sheet,) = (pypdfium2.PdfDocument(files[f"evidence/00.{mark.name}.pdf"])[0].get_textpage(),)
    said = sheet.get_text_range().replace("\r\n", "").replace("\u200b", "")
    assert "officer" in said
    assert all(part in said for part in (picture.copy_sha256, "a" * 64, "0012/2569"))
    assert mark.name.endswith("-20261122-0130")
    assert "/" not in mark.name
    assert [name for name in own.namelist() if name.startswith("evidence/")] == ["evidence/01.png"]


@pytest.mark.parametrize("role", [roles.INTAKE, roles.AUDITOR, roles.CUSTODIAN, "superuser", "no role"])
def test_who_may_not_read_takes_no_dossier_out(role: str) -> None:
    file_complaint(told(files=[]))
    case = Complaint.objects.get()

    answer = signed_in(role).post(f"{LIST}{case.pk}/dossier/", COURT)

    assert answer.status_code in (302, 403, 404)
    assert not case.events.filter(kind=Event.Kind.EXPORTED).exists()

"""S3, S4, S8, S20, S21: words that want to be more than words."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from html import unescape

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from complaints import exporting
from complaints.filing import file_complaint
from complaints.forms import MATTER, ComplaintForm
from complaints.marks import Mark, Purpose
from complaints.models import Complaint, Dispatch
from tests.complaints.cases import complaint
from tests.complaints.staff import account
from tests.complaints.test_filing import told
from tests.complaints.test_views import SAID, token

from .conftest import Count

pytestmark = pytest.mark.django_db
TAGS = (
    "script",
    "img src=x",
    "svg",
    "body",
    "iframe src=javascript:alert(1)",
    "details open",
    "math",
    "video",
    "input autofocus",
    "marquee",
    "object data=x",
    "embed src=x",
    "style",
    "link href=x",
    "base href=//x",
    "form action=//x",
    "button",
    "textarea",
    "meta http-equiv=refresh",
    "a href=javascript:alert(1)",
)
EVENTS = ("onload", "onerror", "onfocus", "ontoggle", "onclick")
SCRIPTS = tuple(f"\"'><{tag} {event}=alert({place})>" for place, tag in enumerate(TAGS) for event in EVENTS)
PREFIXES = [
    lead + sign + "cmd|' /C calc'!A0"
    for lead in ("", " ", "\t", "\r", "\n", "'", '"', "\u200b", "\ufeff", ";")
    for sign in ("=", "+", "-", "@", "＝", "＠")
]


@pytest.mark.parametrize("place", range(0, len(SCRIPTS), 10))
def test_script_is_shown_as_text(client: Client, count: Count, place: int) -> None:
    for script in SCRIPTS[place : place + 10]:
        fields = dict.fromkeys([*MATTER, "wish_words", "person1_name", "first_name", "email"], script)
        page = client.post(
            "/complaints/new/", {"token": token(client)} | SAID | fields | {"identity": "named"}
        )
        count("S3", got_through=script in page.text or script not in unescape(page.text), what=script)


@pytest.mark.parametrize("prefix", PREFIXES, ids=range(len(PREFIXES)))
def test_formula_in_an_export_is_text(count: Count, prefix: str) -> None:
    case = complaint(about="/x", agency_code=prefix[:200])
    mark = Mark("supervisor", timezone.now(), Purpose.WORK)

    answer = exporting.answer(Complaint.objects.filter(pk=case.pk), account("supervisor"), "csv", mark)
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]

    told, table = body.split("\n", 1)
    assert "supervisor" in told
    cells = list(csv.DictReader(io.StringIO(table, newline="")))
    cell = cells[0]["agency_code"]
    acts = cell[:1] in set("=+-@＝＋－＠\t\r\n")
    count("S4", got_through=acts, what=repr(cell))


@pytest.mark.parametrize("prefix", PREFIXES, ids=range(len(PREFIXES)))
def test_formula_in_a_workbook_is_text_to_another_reader(count: Count, prefix: str) -> None:
    """Read by openpyxl, which did not write it; and no formula stands in any part of the file."""
    case = complaint(about="/x", agency_code=prefix[:200])
    mark = Mark("supervisor", timezone.now(), Purpose.WORK)

    answer = exporting.answer(Complaint.objects.filter(pk=case.pk), account("supervisor"), "xlsx", mark)
    body = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[arg-type]

    cells = [cell for sheet in openpyxl.load_workbook(body) for line in sheet.iter_rows() for cell in line]
    with zipfile.ZipFile(body) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    said = [cell.value for cell in cells if isinstance(cell.value, str) and "calc" in cell.value]
    acts = any(cell.data_type == "f" or cell.hyperlink for cell in cells) or any(
        b"<f" in part for part in sheets
    )
    count("S4", got_through=acts or len(said) != 1, what=repr(said))


FOREIGN = [
    field.name for field in Complaint._meta.get_fields() if field.name not in ComplaintForm.base_fields
]


@pytest.mark.parametrize("name", sorted(set(FOREIGN)))
def test_field_that_nobody_may_set_is_not_set(client: Client, count: Count, name: str) -> None:
    given = {"nonce": "a1" * 16} | SAID | {name: "7"}

    answer = client.post("/api/v1/complaints/", given, content_type="application/json")

    count("S8", got_through=answer.status_code != 400, what=name)
    assert Complaint.objects.count() == 0


TAMPERED = [
    {name: value}
    for name in ("desk", "desk_id", "priority", "state", "held_for_triage", "channel")
    for value in ("nacc", "1", "closed")
]


@pytest.mark.parametrize("extra", TAMPERED, ids=str)
def test_citizen_does_not_choose_the_desk_past_the_table(client: Client, count: Count, extra: dict) -> None:
    page = client.post("/complaints/new/", {"token": token(client)} | SAID | extra)

    case = Complaint.objects.get()
    chosen = (case.desk.code, case.state, Dispatch.objects.get().state)
    count("S21", got_through=chosen != ("pacc", "received", "pending"), what=str(chosen))
    assert page.status_code == 200


COSTLY = [
    "1" * 60_000,
    "a@" * 20_000,
    "ก่" * 20_000,
    " " * 60_000,
    "-" * 60_000,
    "\u0e33" * 20_000,
    "(" * 60_000,
    "0" * 13 + "-" * 50_000,
    "." * 60_000,
    "a." * 20_000,
]


@pytest.mark.parametrize("words", COSTLY, ids=range(len(COSTLY)))
def test_long_text_costs_little(client: Client, count: Count, words: str) -> None:
    fields = dict.fromkeys(["detail", "national_id", "postcode", "email", "phone", "person1_name"], words)
    given = {"token": token(client)} | SAID | fields | {"identity": "named"}
    began = time.monotonic()

    page = client.post("/complaints/new/", given)

    count("S20", got_through=time.monotonic() - began > 2 or page.status_code != 200)


def test_filing_of_scripts_is_kept_word_for_word() -> None:
    file_complaint(told(matter={"subject": SCRIPTS[0], "detail": "x"}))

    assert Complaint.objects.count() == 1

"""A letter on paper in a browser: closed with its lines, the scan of its receipt attached, taken out,
taken back.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from complaints import roles
from complaints.models import Desk, Dispatch, Slip
from tests.complaints.cases import complaint, dispatch
from tests.complaints.evidence_files import jpg

from .persons import come_in, faults_of, prefix

pytestmark = pytest.mark.browser
LETTER = {
    "letter_number": "ศก 0012/2569", "letter_on": "2026-11-02", "sent_on": "2026-11-03",
    "unit": "กลุ่มรับเรื่อง", "parcel": "EX473124829TH",
}  # fmt: skip


@pytest.mark.parametrize("language", ["th", "en"])
def test_officer_attaches_the_scan_of_a_receipt_takes_it_out_and_back(
    browser: Browser, site: str, office: None, language: str
) -> None:
    Desk.objects.filter(code="sao").update(channel="paper")
    case = complaint(desk=Desk.objects.get(code="sao"))
    sent = dispatch(complaint=case, state="exhausted", next_attempt_at=None)
    page, faults = come_in(browser, site, roles.TRIAGE, language=language), list[str]()
    page.goto(f"{prefix(language)}/admin/complaints/dispatch/{sent.pk}/change/")
    faults += faults_of(page, f"slip-{language}-0-paper", language)
    for name, said in LETTER.items():
        page.fill(f"#id_{name}", said)
    page.select_option("#id_way", "ems")
    page.locator("input[name=_continue]").click()
    page.locator(".messagelist").wait_for()

    page.locator(".field-slips a").click()
    page.set_input_files(
        "#id_scan", {"name": "ใบรับ.docx", "mimeType": "image/jpeg", "buffer": b"PK\x03\x04 no scan"}
    )
    page.locator("form.confirm input[type=submit]").click()
    page.locator(".errorlist").wait_for()
    faults += faults_of(page, f"slip-{language}-1-no-scan", language)
    slip = {"name": "ใบรับ.jpg", "mimeType": "image/jpeg", "buffer": jpg(size=(600, 400))}
    page.set_input_files("#id_scan", slip)  # type: ignore[arg-type]
    page.locator("form.confirm input[type=submit]").click()
    page.locator(".messagelist .success").wait_for()
    faults += faults_of(page, f"slip-{language}-2-attached", language)
    page.locator(".field-slips a[href$='/slips/1/']").click()
    page.select_option("#id_purpose", "work")
    faults += faults_of(page, f"slip-{language}-3-what-for", language)
    with page.expect_download() as download:
        page.locator("form.confirm input[type=submit]").click()
    page.goto(f"{prefix(language)}/admin/complaints/dispatch/{sent.pk}/change/")
    page.locator(".field-slips a[href$='/slips/1/back/']").click()
    page.select_option("#id_ground", "letter")
    faults += faults_of(page, f"slip-{language}-4-take-back", language)
    page.locator("form.confirm input[type=submit]").click()
    page.locator(".messagelist .success").wait_for()
    faults += faults_of(page, f"slip-{language}-5-taken-back", language)

    assert faults == []
    assert page.locator(".field-slips del").count() == 1
    assert page.locator(".field-slips a[href$='/slips/1/']").count() == 0
    assert Slip.objects.get(handover__dispatch=sent).position == 1
    assert Dispatch.objects.get(pk=sent.pk).state == Dispatch.State.DELIVERED
    assert Path(download.value.path()).read_bytes().startswith(b"\xff\xd8")
    assert download.value.suggested_filename.startswith(f"{case.reference}-receipt-1.{roles.TRIAGE}-")

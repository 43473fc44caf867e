"""The whole way of a complaint: citizen, intake, triage, a second person, custodian, liaison, who looks on.

Each signs in with both factors. Each screen they come to is looked at, wide and narrow, light and dark.
"""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook
from playwright.sync_api import Browser, Download, Page

from complaints import examining, roles
from complaints.blackening import marks_of
from complaints.delivery import deliver
from complaints.models import Complaint, Desk, Dispatch, Event, IdentityRequest
from complaints.models.vocabulary import Outcome
from tests.complaints.cases import complaint, dispatch
from tests.complaints.evidence_files import jpg
from tests.complaints.staff import account
from tests.complaints.test_delivery import agency_at

from .persons import case, draw, faults_of, prefix
from .way import SECRETS, Way

pytestmark = pytest.mark.browser  # what is made here is committed: the server has connections of its own
COLLEAGUE = "colleague"


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_whole_way_of_a_complaint(
    browser: Browser, site: str, office: None, settings: Any, language: str
) -> None:
    Desk.objects.filter(code__in=["pacc", "nacc"]).update(held_for_triage=True)
    elsewhere = dispatch(complaint=complaint(desk=Desk.objects.get(code="nacc")), state="ready",
                         next_attempt_at=None)  # fmt: skip
    same, way = case(), Way(browser, site, language)
    way.file()
    examining.examine_all(way.case)

    give_away(way)
    read_and_ask(way, same)
    black_out(way)
    propose(way)
    answer_behind_the_key(way)
    sign(way)
    choose_another_body(way)
    release(way, same)
    send_again(way, settings)
    learn_who_it_is(way)
    take_over(way, elsewhere)
    tell_the_outcome(way)
    count_and_take_out(way)
    keep_from_a_colleague(way, same)
    read_the_log(way)
    run_the_site(way)

    assert way.faults == []


def fetched(page: Page, link: str) -> Download:
    """What a link gives as a file."""
    with page.expect_download() as download:
        page.locator(link).first.click()
    return download.value


def rows_of(download: Download) -> list[tuple[Any, ...]]:
    """The rows of a workbook that was taken out."""
    sheet = load_workbook(io.BytesIO(Path(download.path()).read_bytes())).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def save(page: Page) -> None:
    """Do what was filled in, and stay."""
    page.locator("input[name=_continue]").click()
    page.locator(".messagelist").wait_for()


def act_on(page: Page, reference: str, act: str) -> None:
    """Choose one row of a list, and what is to be done with it."""
    page.locator(f"tr:has-text('{reference}') input.action-select").check()
    page.select_option("select[name=action]", act)


def confirm_for_case(way: Way, page: Page, name: str, reference: str = "") -> None:
    """Look at what will happen to which case, and say yes."""
    page.locator("form.confirm").wait_for()
    way.look(page, name)
    assert (reference or way.reference) in page.locator("form.confirm table").inner_text()
    page.locator("form.confirm input[type=submit]").click()


def give_away(way: Way) -> None:
    """Intake gives the case to an officer without reading it, and says that it is urgent."""
    account(roles.TRIAGE)
    page = way.look(way.person(roles.INTAKE), "intake")
    page.locator(".waiting a[href*='queue=unassigned']").click()
    act_on(page, way.reference, "hurry")
    page.locator("button[name=index]").first.click()
    page.locator("#id_priority").wait_for()
    page.locator("form.confirm input[type=submit]").click()
    confirm_for_case(way, page, "hurry-confirm")
    page.locator(".messagelist").wait_for()
    act_on(page, way.reference, "give")
    way.look(page, "queue")
    page.locator("button[name=index]").first.click()
    page.locator("select[name=worker]").select_option(label=roles.TRIAGE)
    way.look(page, "give-to-whom")
    page.locator("form.confirm input[type=submit]").click()
    confirm_for_case(way, page, "give-confirm")
    page.locator(".messagelist").wait_for()
    page.goto(way.address(f"complaint/{way.case.pk}/change"))
    said = way.look(page, "case-without-content").content()

    assert way.case.assigned_to == account(roles.TRIAGE)
    assert way.case.priority == Complaint.Priority.URGENT
    assert [word for word in SECRETS if word in said] == []


def read_and_ask(way: Way, same: Complaint) -> None:
    """The officer reads, asks the citizen, notes for colleagues, and joins another case on the same page."""
    page = way.open_case(roles.TRIAGE)
    said = page.locator("#content").inner_text()
    page.fill("#id_question", "ถนนสายใด")
    page.fill("#id_remark", "โทรถามช่างแล้ว")
    page.fill("#id_kept_back", "ลุงสมชาย")
    page.fill("#id_joined_with", same.reference)
    page.select_option("#id_joining", "link")
    page.select_option("#id_step", "in_triage")
    way.look(page, "case")
    save(page)

    assert "ราคากลาง" in said
    assert same.reference in said
    assert "0812345678" not in page.content()
    assert way.case.duplicate_of == same
    assert way.case.state == Complaint.State.IN_TRIAGE
    assert "โทรถามช่างแล้ว" in page.locator(".field-said").inner_text()


def black_out(way: Way) -> None:
    """In the PDF with the mouse, in the picture by numbers; each is looked at before it is confirmed."""
    page = way.open_case(roles.TRIAGE)
    page.locator(".field-files a[href$='/files/2/black/']").click()
    page.wait_for_load_state("networkidle")
    draw(page, (0.05, 0.02), (0.95, 0.4))
    confirm(way, page, "black-boxes-drawn")

    page = way.open_case(roles.TRIAGE)
    page.locator(".field-files a[href$='/files/1/black/']").click()
    page.focus("#id_form-0-left")
    for number in ("10", "20", "30", "15"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    confirm(way, page, "black-boxes-typed")

    drawn, typed = (marks_of(way.case.attachments.get(position=n).blackening).boxes[0] for n in (2, 1))
    assert abs(drawn.left - 50) <= 5
    assert abs(drawn.width - 900) <= 8
    assert (typed.left, typed.top, typed.width, typed.height) == (100, 200, 300, 150)


def confirm(way: Way, page: Page, name: str) -> None:
    """Say why, look at the preview, confirm it."""
    page.select_option("#id_ground", "person")
    page.fill("#id_reason", "ชื่อพยานที่ไม่เกี่ยวข้อง")
    way.look(page, name)
    page.click("input[name=preview]")
    page.locator("button[name=confirm]").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator(".preview img").evaluate("picture => picture.naturalWidth") > 0
    way.look(page, f"{name}-preview")
    page.click("button[name=confirm]")
    page.locator(".messagelist .success").wait_for()
    way.look(page, f"{name}-confirmed")


def propose(way: Way) -> None:
    """The officer fills the screening sheet, and is offered no way to sign it."""
    page = way.open_case(roles.TRIAGE)
    page.locator(".field-sheet a").click()
    page.select_option("#id_mark_graft", "yes")
    page.fill("#id_remark_graft", "ลุงสมชายเล่าไว้ตรงกัน")
    page.select_option("#id_decision", "accept_18_4")
    page.locator("input[name=keep]").click()
    page.locator(".versions").wait_for()

    assert way.look(page, "sheet").locator("button[name=sign]").count() == 0


def answer_behind_the_key(way: Way) -> None:
    """The citizen reads the question under the key, answers, and adds a photograph."""
    page = way.read_back("question")
    asked = page.locator("main").inner_text()
    page.fill("#id_words", "ถนนสาย 12")
    files = [{"name": "ถนน.jpg", "mimeType": "image/jpeg", "buffer": jpg(size=(300, 200))}]
    page.set_input_files("input[type=file]", files)  # type: ignore[arg-type]
    page.locator("form.complaint button").first.click()
    page.locator("[role=status]").wait_for()
    way.look(page, "answered")

    assert "ถนนสายใด" in asked
    assert "โทรถามช่างแล้ว" not in asked
    assert way.case.messages.filter(from_reporter=True).count() == 1
    assert way.case.attachments.count() == 3


def sign(way: Way) -> None:
    """A supervisor signs the sheet as the second person."""
    page = way.open_case(roles.SUPERVISOR)
    page.locator(".field-sheet a").click()
    way.look(page, "to-sign")
    page.locator("button[name=sign]").click()
    page.locator(".messagelist .success").wait_for()
    way.look(page, "signed")

    assert page.locator("button[name=sign]").count() == 0
    assert way.case.events.get(kind=Event.Kind.SIGNED).actor == roles.SUPERVISOR


def choose_another_body(way: Way) -> None:
    """The table proposed one body; the officer chooses another, which wants a reason."""
    assert way.case.desk.code == "nacc"
    page = way.open_case(roles.TRIAGE)
    assert "ถนนสาย 12" in page.locator(".field-said").inner_text()
    page.select_option("#id_new_desk", str(Desk.objects.get(code="pacc").pk))
    page.select_option("#id_step", "routed")
    page.locator("input[name=_continue]").click()
    page.locator(".errorlist").wait_for()
    way.look(page, "body-without-reason")
    assert way.case.desk.code == "nacc"
    page.fill("#id_reason", "ผู้ถูกร้องเป็นเจ้าหน้าที่ระดับปฏิบัติการ")
    save(page)

    states = way.case.dispatches.order_by("version").values_list("desk__code", "state")
    assert list(states) == [("nacc", Dispatch.State.CANCELLED), ("pacc", Dispatch.State.PENDING)]
    assert way.case.state == Complaint.State.ROUTED


def release(way: Way, same: Complaint) -> None:
    """For the other case the officer confirms the body that was proposed, by releasing its delivery."""
    page = way.person(roles.TRIAGE)
    page.goto(way.address("dispatch"))
    act_on(page, same.reference, "send_again")
    way.look(page, "release")
    page.locator("button[name=index]").first.click()
    confirm_for_case(way, page, "release-confirm", same.reference)
    page.locator(".messagelist").wait_for()

    assert same.dispatches.get().state == Dispatch.State.PENDING


def send_again(way: Way, settings: Any) -> None:
    """The body takes nothing: the delivery is stuck, until a supervisor sends it again."""
    sent = way.delivery
    with agency_at(settings, "gone"):
        assert deliver(sent.pk) is False
    page = way.person(roles.SUPERVISOR)
    page.locator(".waiting .pressing a[href*='queue=undeliverable']").click()
    way.look(page, "stuck")
    page.locator(f"#result_list a[href*='/{way.case.pk}/change/']").first.click()
    page.locator(f".field-deliveries a[href*='/{sent.pk}/']").click()
    way.look(page, "stuck-delivery")
    page.goto(f"{way.address('dispatch')}?state__exact=exhausted")
    act_on(page, way.reference, "send_again")
    page.locator("button[name=index]").first.click()
    confirm_for_case(way, page, "send-again-confirm")
    page.locator(".messagelist").wait_for()
    with agency_at(settings) as agency:
        assert deliver(sent.pk) is True
    (letter,) = agency.received.values()

    assert letter["screening"]["sheet"]["lines"]
    assert "สมชาย" not in str(letter)
    assert letter["added"] == ["ถนนสาย 12"]
    assert letter["reporter"]["phone"] == "0812345678"


def learn_who_it_is(way: Way) -> None:
    """A custodian asks, a supervisor agrees; then it is seen, and the citizen learns it."""
    page = way.person(roles.CUSTODIAN)
    page.goto(way.address("identityrequest/add"))
    page.fill("#id_reference", way.reference)
    page.locator("input[name=_save]").first.click()
    page.locator(".errorlist").wait_for()
    assert not IdentityRequest.objects.filter(complaint=way.case).exists()
    page.fill("#id_why", "ศาลขอสอบพยานด้วยตนเอง ตามหมายเลขดำที่ 12/2569")
    way.look(page, "ask-for-identity")
    page.locator("input[name=_save]").first.click()
    page.locator(".messagelist").wait_for()
    asked = IdentityRequest.objects.get(complaint=way.case)
    there = way.address(f"identityrequest/{asked.pk}/change")
    page.goto(there)
    way.look(page, "own-request")
    early = page.request.get(way.address(f"identityrequest/{asked.pk}/identity"))
    assert page.locator("#id_decision").count() == page.locator("a[href$='/identity/']").count() == 0
    assert early.status == 403
    assert "0812345678" not in early.text()

    supervisor = way.person(roles.SUPERVISOR)
    supervisor.locator(".waiting a[href*='/identityrequest/']").click()
    supervisor.locator(f"a[href*='/{asked.pk}/change/']").first.click()
    supervisor.select_option("#id_decision", "yes")
    way.look(supervisor, "consent")
    supervisor.locator("input[name=_save]").first.click()
    supervisor.locator(".messagelist").wait_for()

    page.goto(there)
    page.locator("a[href$='/identity/']").click()
    assert "0812345678" in way.look(page, "identity").locator("dl.facts").inner_text()
    back = way.read_back("identity-was-opened").locator("main").inner_text()
    with translation.override(way.language):
        assert translation.gettext("Who you are was opened") in back
    assert "0812345678" not in back


def take_over(way: Way, elsewhere: Dispatch) -> None:
    """The liaison sees their own deliveries, takes the ZIP, registers it; the citizen sees the number."""
    page = way.look(way.person(roles.LIAISON), "liaison")
    page.locator(".waiting a[href*='/dispatch/']").click()
    way.look(page, "own-deliveries")
    assert elsewhere.complaint.reference not in page.content()
    others = page.request.get(way.address(f"dispatch/{elsewhere.pk}/dossier")).status
    page.locator("#result_list a", has_text=way.reference).click()
    page.locator("a[href$='/dossier/']").click()
    way.look(page, "take-it")
    dossier = Path(fetched(page, ".submit-row input").path()).read_bytes()
    page.locator(".submit-row a").click()
    page.select_option("#id_decision", "acknowledged")
    page.locator("input[name=_save]").first.click()
    page.locator(".errorlist").wait_for()
    page.fill("#id_registered_as", "ปปท 12/2569")
    way.look(page, "take-over")
    page.locator("input[name=_save]").first.click()
    page.locator(".messagelist").wait_for()

    assert others == 404
    assert way.delivery.state == Dispatch.State.ACKNOWLEDGED
    assert "ปปท 12/2569" in way.read_back("registered").locator("main").inner_text()
    holds_what_the_body_may_see(way, dossier)


def holds_what_the_body_may_see(way: Way, dossier: bytes) -> None:
    """Form, signed sheet, and the copies with black boxes: no original, and nothing that boxes cover."""
    with zipfile.ZipFile(io.BytesIO(dossier)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    sums = {name: sha256(content).hexdigest() for name, content in held.items()}
    picture, statement, added = way.case.attachments.order_by("position")

    assert {"form-1-02.pdf", "screening.pdf", "letter.json", "manifest.json"} <= set(held)
    assert sums["evidence/01.png"] == picture.blackening.copy_sha256
    assert sums["evidence/02.pdf"] == statement.blackening.copy_sha256
    assert sums["evidence/03.jpg"] == added.cleaned_sha256
    assert {picture.sha256, statement.sha256, added.sha256}.isdisjoint(sums.values())
    assert "สมชาย" not in held["letter.json"].decode()


def tell_the_outcome(way: Way) -> None:
    """The officer writes down what the body found; the citizen reads it, and can add nothing more."""
    page = way.open_case(roles.TRIAGE)
    for step in ("with_agency", "outcome_reported"):
        page.select_option("#id_step", step)
        save(page)
    page.fill("#id_question", "ป.ป.ท. ชี้มูลแล้ว และส่งสำนวนให้อัยการ")
    page.select_option("#id_step", "close:substantiated")
    save(page)
    way.look(page, "closed")
    told = way.read_back("outcome")

    with translation.override(way.language):
        assert str(Outcome.SUBSTANTIATED.label) in told.locator("dl.case").inner_text()
    assert "ส่งสำนวนให้อัยการ" in told.locator("main").inner_text()
    assert told.locator("#id_words").count() == 0


def count_and_take_out(way: Way) -> None:
    """The supervisor looks at how the office does, and takes list and figures out as spreadsheets."""
    page = way.person(roles.SUPERVISOR)
    page.locator("a[href$='/statistics/']").click()
    way.look(page, "statistics")
    page.select_option("#id_purpose", "report")
    figures = fetched(page, "button[name=file][value=xlsx]")
    page.goto(f"{way.address('complaint')}?q={way.reference}")
    act_on(page, way.reference, "take_out_xlsx")
    page.locator("button[name=index]").first.click()
    page.select_option("#id_purpose", "audit")
    page.fill("#id_order", "ตผ 0012/345")
    page.locator("form.confirm input[type=submit]").click()
    page.locator(".sentence").wait_for()
    listed = fetched(page, "form.confirm input[type=submit]")

    rows = rows_of(listed)
    assert roles.SUPERVISOR in str(rows[0][0])
    assert "ตผ 0012/345" in str(rows[0][0])
    assert rows[1][0] == "reference"
    assert [row[0] for row in rows[2:]] == [way.reference]
    assert [word for word in SECRETS if word in str(rows)] == []
    assert len(rows_of(figures)) > 1
    assert Event.objects.filter(kind=Event.Kind.EXPORTED, actor=roles.SUPERVISOR).count() >= 2


def keep_from_a_colleague(way: Way, same: Complaint) -> None:
    """Who is too close to the matter finds no trace of the case, neither in lists nor from other cases."""
    page = way.person(roles.TRIAGE, COLLEAGUE)
    page.goto(way.address("complaint"))
    assert way.reference in page.locator("#result_list").inner_text()
    supervisor = way.person(roles.SUPERVISOR)
    supervisor.goto(way.address(f"complaint/{way.case.pk}/change"))
    supervisor.locator("#id_blocked").select_option(label=COLLEAGUE)
    save(supervisor)

    page.goto(f"{way.address('complaint')}?q={way.reference}")
    assert page.locator("#result_list").count() == 0
    way.look(page, "kept-from")
    page.goto(way.address(f"complaint/{same.pk}/change"))
    assert way.reference not in page.content()
    page.goto(way.address("dispatch"))
    assert way.reference not in page.content()
    answers = way.statuses(page, way.places_of_content())
    assert set(answers.values()) <= {302, 404}, answers


def read_the_log(way: Way) -> None:
    """The auditor finds who did what in the log, and no word of the complaint, nor a way to it."""
    page = way.look(way.person(roles.AUDITOR), "auditor")
    page.goto(f"{way.address('event')}?q={way.reference}")
    way.look(page, "log")
    said = page.locator("#result_list").inner_text()
    kinds = [
        Event.Kind.ASSIGNED, Event.Kind.PRIORITISED, Event.Kind.LINKED, Event.Kind.ROUTED, Event.Kind.SIGNED,
        Event.Kind.EXHAUSTED, Event.Kind.RESENT, Event.Kind.REQUESTED, Event.Kind.DECIDED,
        Event.Kind.ACKNOWLEDGED, Event.Kind.BLOCKED,
    ]  # fmt: skip
    answers = way.statuses(page, way.places_of_content())

    assert way.case.events.filter(kind=Event.Kind.BLACKENED).count() == 2
    assert set(way.case.events.filter(kind__in=kinds).values_list("kind", flat=True)) == set(kinds)
    assert [role for role in (roles.CUSTODIAN, roles.SUPERVISOR, roles.TRIAGE) if role not in said] == []
    assert [word for word in SECRETS if word in page.content()] == []
    assert set(answers.values()) <= {302, 403, 404}, answers


def run_the_site(way: Way) -> None:
    """Who runs the site makes accounts and second factors, and sees nothing of complaints."""
    page = way.look(way.person("superuser"), "superuser")
    answers = way.statuses(page, [
        *way.places_of_content(), way.address("complaint"), way.address("dispatch"), way.address("event"),
        way.address("identityrequest"), way.address("complaint/statistics"),
    ])  # fmt: skip
    page.goto(f"{way.at}/admin/auth/user/{account(roles.INTAKE).pk}/second-factor/")
    page.locator("#content input[type=submit]").click()
    page.locator(".qr").wait_for()
    way.look(page, "second-factor")

    assert page.locator("a[href*='/complaint/']").count() == 0
    assert set(answers.values()) <= {302, 403, 404}, answers


@pytest.mark.django_db  # asks for a test database, for all of this module
@pytest.mark.parametrize("language", ["th", "en"])
def test_door_wants_account_password_and_code(open_page: Any, language: str) -> None:
    page = open_page(f"{prefix(language)}/admin/complaints/complaint/")
    page.refused = []
    faults = faults_of(page, f"door-{language}", language)
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "whatever")
    page.click("input[type=submit]")
    without_code = page.url
    page.fill("#id_password", "whatever")
    page.fill("#id_code", "123456")
    page.click("input[type=submit]")
    page.locator("[role=alert]").wait_for()
    page.refused.clear()
    faults += faults_of(page, f"door-refused-{language}", language)

    assert "/admin/login/" in without_code
    assert page.locator("#user-tools").count() == 0
    assert page.locator("html").get_attribute("lang") == language
    assert faults == []

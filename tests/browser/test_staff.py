"""The ways staff take: triage, custodian with a second person, liaison, and whoever comes after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page

from complaints import roles
from complaints.access import new_nonce
from complaints.delivery import deliver
from complaints.filing import Filing, file_complaint
from complaints.models import Complaint, Desk, Dispatch, IdentityRequest, Opinion
from complaints.snapshots import freeze
from config import second_factor
from tests.complaints.cases import opinion, restored_desks
from tests.complaints.staff import account

pytestmark = pytest.mark.browser  # what is made here is committed: the server has connections of its own
PASSWORD = "a-long-enough-password"
PICTURES = Path(settings.VAR_DIR) / "pictures"


@pytest.fixture
def office(site: str, django_db_blocker: Any) -> Iterator[None]:
    """A case on a real page, seen by the server's threads too."""
    with django_db_blocker.unblock():
        assert str(connection.settings_dict["NAME"]).startswith("test_"), "run the module as a whole"
        restored_desks()
        Desk.objects.filter(code="pacc").update(channel="pickup")
        yield
        Desk.objects.filter(code="pacc").update(channel="paper")


def case() -> Complaint:
    said = Filing(
        nonce=new_nonce(), language="th", identity="confidential", suspicion="corruption", level="official",
        matter={"subject": "ถนนแพงผิดปกติ", "detail": "ราคากลางสูงกว่าถนนข้างเคียงสองเท่า ถามลุงสมชายได้"},
        reporter={"first_name": "สมหญิง", "phone": "0812345678"}, about=freeze("/agencies/15008/"),
    )  # fmt: skip
    return Complaint.objects.get(reference=file_complaint(said).reference)


def come_in(browser: Browser, site: str, role: str, *, width: int = 1280, scheme: str = "light") -> Page:
    """Sign in as a person does: account, password, code. The page notes what the browser refuses."""
    user = account(role)
    user.set_password(PASSWORD)
    user.save()
    factor = second_factor.give(user)
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 900}, locale="th-TH",
        color_scheme="dark" if scheme == "dark" else "light",
    )  # fmt: skip
    page = context.new_page()
    page.refused = []  # type: ignore[attr-defined]
    page.on("console", lambda said: page.refused.append(said.text) if said.type == "error" else None)  # type: ignore[attr-defined]
    page.goto("/admin/")
    page.fill("#id_username", user.get_username())
    page.fill("#id_password", PASSWORD)
    page.fill("#id_code", factor.recovery[0])
    page.click("input[type=submit]")
    page.wait_for_selector("#user-tools")
    return page


def picture(page: Page, name: str) -> None:
    """Keep what a person would see."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"staff-{name}.png", full_page=True)


def nothing_refused(page: Page) -> bool:
    """Whether the browser loaded all there was: no script, style or picture against the policy."""
    return not [text for text in page.refused if "Content Security Policy" in text]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_triage_officer_reads_asks_and_routes(
    browser: Browser, site: str, office: None, width: int, scheme: str
) -> None:
    filed = case()
    page = come_in(browser, site, roles.TRIAGE, width=width, scheme=scheme)
    picture(page, f"first-page-{width}")

    page.locator(".waiting a[href*='queue=unassigned']").click()
    picture(page, f"queue-{width}")
    page.locator(f"a[href*='/{filed.pk}/change/']").first.click()
    page.wait_for_selector("#id_question")
    assert "ถนนแพงผิดปกติ" in page.locator("#content").inner_text()
    assert "0812345678" not in page.content()
    page.fill("#id_question", "ถนนสายใด")
    page.fill("#id_kept_back", "ลุงสมชาย")
    page.select_option("#id_step", "in_triage")
    picture(page, f"case-{width}")
    page.locator("input[name=_save]").first.click()

    page.wait_for_url("**/complaints/complaint/**")
    filed.refresh_from_db()
    assert filed.state == "in_triage"
    assert filed.messages.count() == 1
    assert nothing_refused(page)


def test_custodian_learns_who_a_citizen_is_with_a_second_person(
    browser: Browser, site: str, office: None
) -> None:
    filed = case()
    custodian = come_in(browser, site, roles.CUSTODIAN)
    custodian.goto("/admin/complaints/identityrequest/add/")
    custodian.fill("#id_reference", filed.reference)
    custodian.fill("#id_why", "ศาลขอสอบพยานด้วยตนเอง ตามหมายเลขดำที่ 12/2569")
    custodian.locator("input[name=_save]").first.click()
    asked = IdentityRequest.objects.get(complaint=filed)

    supervisor = come_in(browser, site, roles.SUPERVISOR)
    supervisor.goto(f"/admin/complaints/identityrequest/{asked.pk}/change/")
    picture(supervisor, "consent")
    supervisor.select_option("#id_decision", "yes")
    supervisor.locator("input[name=_save]").first.click()
    custodian.goto(f"/admin/complaints/identityrequest/{asked.pk}/change/")
    custodian.locator("a[href$='/identity/']").click()

    assert "0812345678" in custodian.locator("dl.facts").inner_text()
    picture(custodian, "identity")
    assert nothing_refused(custodian)
    assert nothing_refused(supervisor)


def test_liaison_takes_a_delivery(browser: Browser, site: str, office: None) -> None:
    filed = case()
    sent = Dispatch.objects.get(complaint=filed)
    deliver(sent.pk)
    liaison = come_in(browser, site, roles.LIAISON)

    liaison.goto(f"/admin/complaints/dispatch/{sent.pk}/change/")
    with liaison.expect_download() as download:
        liaison.locator("a[href$='/dossier/']").click()
    liaison.select_option("#id_decision", "acknowledged")
    liaison.fill("#id_registered_as", "ปปท 12/2569")
    picture(liaison, "liaison")
    liaison.locator("input[name=_save]").first.click()
    liaison.wait_for_url("**/complaints/dispatch/")

    sent.refresh_from_db()
    assert download.value.suggested_filename.endswith(".zip")
    assert (sent.state, sent.register_number) == ("acknowledged", "ปปท 12/2569")


@pytest.mark.parametrize("role", [roles.INTAKE, roles.SUPERVISOR, roles.AUDITOR, "superuser"])
def test_each_other_role_finds_its_first_page(browser: Browser, site: str, office: None, role: str) -> None:
    case()
    page = come_in(browser, site, role)
    picture(page, f"first-page-{role}")
    links = page.locator("#content-main a").evaluate_all("links => links.map(link => link.href)")

    for link in links[:12]:
        answer = page.goto(link)
        assert answer is not None
        assert answer.status == 200, link
    assert nothing_refused(page)


def test_opinion_is_moderated_and_stands_beside_its_record(
    browser: Browser, site: str, office: None, open_page: Any
) -> None:
    one = opinion(about="/agencies/15008/")
    page = come_in(browser, site, roles.INTAKE)

    page.goto(f"/admin/complaints/opinion/{one.pk}/change/")
    picture(page, "opinion")
    page.select_option("#id_decision", "publish")
    page.locator("input[name=_save]").first.click()
    page.wait_for_url("**/complaints/opinion/")

    shown = open_page("/agencies/15008/", script=False)
    assert "บริการดี" in shown.locator("section.opinions").inner_text()
    picture(shown, "opinion-beside")
    assert Opinion.objects.get(pk=one.pk).state == "published"


@pytest.mark.django_db  # asks for a test database, for all of this module
@pytest.mark.parametrize("width", [360, 1280])
def test_statistics_say_what_they_hold(open_page: Any, width: int) -> None:
    page = open_page("/complaints/statistics/", width=width)

    picture(page, f"statistics-{width}")
    assert page.locator("h1").inner_text()

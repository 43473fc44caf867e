"""The ways staff take: triage, custodian with a second person, liaison, and whoever comes after."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from complaints import roles
from complaints.delivery import deliver
from complaints.models import Dispatch, IdentityRequest, Opinion
from tests.complaints.cases import opinion

from .persons import case, come_in, nothing_refused, picture, prefix

pytestmark = pytest.mark.browser  # what is made here is committed: the server has connections of its own


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
    page.locator(".submit-row input[name=_save]").first.click()

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
    custodian.locator(".submit-row input[name=_save]").first.click()
    asked = IdentityRequest.objects.get(complaint=filed)

    supervisor = come_in(browser, site, roles.SUPERVISOR)
    supervisor.goto(f"/admin/complaints/identityrequest/{asked.pk}/change/")
    picture(supervisor, "consent")
    supervisor.select_option("#id_decision", "yes")
    supervisor.locator(".submit-row input[name=_save]").first.click()
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
    liaison.locator("a[href$='/dossier/']").click()
    picture(liaison, "liaison-takes")
    with liaison.expect_download() as download:
        liaison.locator(".submit-row input").click()
    liaison.locator(".submit-row a").click()
    liaison.select_option("#id_decision", "acknowledged")
    liaison.fill("#id_registered_as", "ปปท 12/2569")
    picture(liaison, "liaison")
    liaison.locator(".submit-row input[name=_save]").first.click()
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
    page.locator(".submit-row input[name=_save]").first.click()
    page.wait_for_url("**/complaints/opinion/")

    shown = open_page("/agencies/15008/", script=False)
    assert "บริการดี" in shown.locator("section.opinions").inner_text()
    picture(shown, "opinion-beside")
    assert Opinion.objects.get(pk=one.pk).state == "published"


CUT = """() => [...document.querySelectorAll("#content *")].filter(one => {
  const {right, width, height} = one.getBoundingClientRect(), wider = one.scrollWidth > one.clientWidth + 1
  const scrolls = ["auto", "scroll", "hidden"].includes(getComputedStyle(one).overflowX)
  return width > 1 && height > 1 && (right > innerWidth || (wider && scrolls))
}).map(one => `${one.tagName} ${one.className} ${one.innerText.slice(0, 40)}`)"""
"""What ends beyond the window, or has something of itself beyond its own edge."""


@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_of_what_is_confirmed_is_cut_on_a_phone(
    browser: Browser, site: str, office: None, language: str
) -> None:
    filed = case()
    page, cut = come_in(browser, site, roles.TRIAGE, language=language, width=360), list[str]()
    for table, act in (("complaint", "hurry"), ("dispatch", "cancel")):
        page.goto(f"{prefix(language)}/admin/complaints/{table}/")
        page.locator(f"tr:has-text('{filed.reference}') input.action-select").check()
        page.select_option("select[name=action]", act)
        page.locator("button[name=index]").first.click()
        page.locator("form.confirm").wait_for()
        if page.locator("#id_priority").count():
            page.locator("form.confirm input[type=submit]").click()
        page.locator(".sentence").wait_for()
        picture(page, f"confirm-{table}-{language}-360")
        row = page.locator("table.cards tbody tr").first
        labels = row.locator("td").evaluate_all("cells => cells.map(cell => cell.dataset.label)")
        cut += page.evaluate(CUT)

        assert filed.reference in row.inner_text()
        assert len(labels) >= 4
        assert all(labels)
    assert cut == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_list_of_a_liaison_is_not_cut_on_a_phone(
    browser: Browser, site: str, office: None, language: str
) -> None:
    sent = Dispatch.objects.get(complaint=case())
    deliver(sent.pk)
    page = come_in(browser, site, roles.LIAISON, language=language, width=360)
    page.goto(f"{prefix(language)}/admin/complaints/dispatch/")
    picture(page, f"own-deliveries-{language}-360")

    assert sent.complaint.reference in page.locator("#result_list").inner_text()
    assert page.evaluate(CUT) == []


@pytest.mark.django_db  # asks for a test database, for all of this module
@pytest.mark.parametrize("width", [360, 1280])
def test_statistics_say_what_they_hold(open_page: Any, width: int) -> None:
    page = open_page("/complaints/statistics/", width=width)

    picture(page, f"statistics-{width}")
    assert page.locator("h1").inner_text()

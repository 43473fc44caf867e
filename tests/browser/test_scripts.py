"""S3: a hundred scripts in every text that somebody may write, on each page that shows one, in a browser.

A script that ran would open a dialog. One that the site's policy stopped would be told by the browser
(`securitypolicyviolation`): then it had become more than text all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Dialog, Page

from complaints import (
    duplicates,
    filing,
    handling,
    identities,
    opinions,
    redacting,
    roles,
    screening,
    sealing,
    tagging,
    triage,
)  # fmt: skip
from complaints.access import access_for, new_nonce
from complaints.filing import Filing, file_complaint
from complaints.forms import MATTER, PERSON_PARTS, REPORTER
from complaints.models import (
    Complaint,
    Dispatch,
    IdentityRequest,
    Opinion,
    ReplyTemplate,
    ScreeningDecision,
    ScreeningQuestion,
    Tag,
)  # fmt: skip
from complaints.snapshots import freeze
from tests.complaints.cases import opinion
from tests.complaints.staff import account
from tests.secure.test_words import SCRIPTS

from .persons import come_in, open_tab

pytestmark = pytest.mark.browser  # what is made here is committed: the server has connections of its own
ALL = " ".join(SCRIPTS)
REPORT = """
document.addEventListener("securitypolicyviolation", event =>
    reportRefusal(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
FILL = """words => document.querySelectorAll("form[method=post] :is(textarea, input[type=text])")
    .forEach(field => field.value = words)"""
Watched = Callable[[Page], Page]


@pytest.fixture
def heard() -> list[str]:
    """What a script did, or tried to do."""
    return []


@pytest.fixture
def watched(heard: list[str]) -> Watched:
    """Listen to a page for dialogs and for what the policy refuses, from its next address on."""

    def dismissed(dialog: Dialog) -> None:
        heard.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def watch(page: Page) -> Page:
        page.on("dialog", dismissed)
        page.expose_function("reportRefusal", lambda said: heard.append(f"{said} {page.url}"))
        page.add_init_script(REPORT)
        return page

    return watch


@pytest.fixture
def labels() -> Iterator[tuple[Tag, ReplyTemplate]]:
    """What staff keep ready, with scripts in it."""
    tag = Tag.objects.create(code="script", name=SCRIPTS[0], name_en=SCRIPTS[1])
    words = {"title": SCRIPTS[2], "title_en": SCRIPTS[3], "text": ALL, "text_en": ALL}
    template = ReplyTemplate.objects.create(use="question", **words)
    yield tag, template
    template.delete()
    tag.delete()


def filed() -> tuple[Complaint, Complaint, str]:
    """Two cases with scripts in each text of the citizen, joined, and the access key of the first."""
    nonce = new_nonce()
    said = Filing(
        nonce=nonce, language="th", identity="named", suspicion="corruption", level="official",
        matter=dict.fromkeys(MATTER, ALL) | {"detail": f"{ALL} ลุงสมชาย"},
        accused=[dict.fromkeys(PERSON_PARTS, ALL)], reporter=dict.fromkeys(REPORTER, ALL),
        about=freeze("/agencies/15008/"),
    )  # fmt: skip
    case = Complaint.objects.get(reference=file_complaint(said).reference)
    other = Complaint.objects.get(reference=file_complaint(replace(said, nonce=new_nonce())).reference)
    duplicates.link(other, case, "triage")
    return case, other, access_for(nonce, settings.COMPLAINT_PEPPER).key


def worked_on(case: Complaint, tag: Tag) -> None:
    """Scripts in each text that staff write with a case."""
    writer, custodian = account(roles.TRIAGE, SCRIPTS[4]), account(roles.CUSTODIAN)
    Complaint.objects.filter(pk=case.pk).update(agency_code=ALL[:200], assigned_to=writer)
    filing.supplement(case, words=ALL)
    triage.ask(case, ALL, SCRIPTS[4])
    triage.write_note(case, ALL, SCRIPTS[4])
    handling.plan(case, timezone.localdate(), ALL, SCRIPTS[4])
    redacting.keep_back(case, SCRIPTS[:20], SCRIPTS[4])
    tagging.put(case, tag, SCRIPTS[4])
    asked_for = dict.fromkeys(ScreeningQuestion.objects.values_list("code", flat=True), ("yes", ALL))
    decision = ScreeningDecision.objects.filter(is_offered=True)[0]
    screening.write(case, writer, asked_for, decision.code, ALL)
    asked = identities.ask(case, custodian, ALL)
    identities.decide(asked, account(roles.SUPERVISOR), is_approved=True)
    Dispatch.objects.filter(complaint=case).update(
        last_error=ALL[:200], receipt=ALL[:200], register_number=ALL[:100]
    )


def opened(page: Page, addresses: list[str]) -> Page:
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
    return page


@pytest.mark.django_db
def test_listener_hears_a_script_that_runs_and_one_that_is_refused(
    browser: Browser, site: str, watched: Watched, heard: list[str]
) -> None:
    page = watched(open_tab(browser, site))

    page.goto("/complaints/status/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
    page.wait_for_timeout(300)
    page.evaluate("alert(2)")

    assert [said.split()[0] for said in heard] == ["script-src-attr", "dialog"]


def test_no_script_runs_on_a_page_of_staff(
    browser: Browser, site: str, office: None, watched: Watched, heard: list[str],
    labels: tuple[Tag, ReplyTemplate],
) -> None:  # fmt: skip
    tag, template = labels
    case, other, _key = filed()
    worked_on(case, tag)
    one = opinion(words=sealing.seal_words({"text": ALL}, settings.COMPLAINT_PUBLIC_KEYS[0]))
    at, sent, asked = "/admin/complaints", case.dispatches.get(), IdentityRequest.objects.get(complaint=case)
    pages = {
        roles.SUPERVISOR: [
            "/admin/", f"{at}/complaint/", f"{at}/complaint/?q={case.reference}",
            f"{at}/complaint/?tag=script", f"{at}/complaint/{case.pk}/change/",
            f"{at}/complaint/{case.pk}/history/", f"{at}/complaint/{case.pk}/beside/{other.pk}/",
            f"{at}/complaint/{case.pk}/screening/", f"{at}/complaint/{case.pk}/dossier/",
            f"{at}/complaint/statistics/", f"{at}/dispatch/", f"{at}/dispatch/{sent.pk}/change/",
            f"{at}/event/?q={case.reference}", f"{at}/tag/", f"{at}/tag/{tag.pk}/change/",
            f"{at}/replytemplate/", f"{at}/replytemplate/{template.pk}/change/", f"{at}/opinion/",
            f"{at}/opinion/{one.pk}/change/", f"{at}/identityrequest/",
            f"{at}/identityrequest/{asked.pk}/change/",
        ],
        roles.CUSTODIAN: [f"{at}/identityrequest/", f"{at}/identityrequest/{asked.pk}/identity/"],
        roles.AUDITOR: [f"{at}/event/", f"{at}/change/"],
    }  # fmt: skip
    try:
        for role, addresses in pages.items():
            page = watched(come_in(browser, site, role))
            opened(page, addresses)
        page = watched(come_in(browser, site, roles.TRIAGE))
        opened(page, [f"{at}/complaint/{case.pk}/change/"])
        page.select_option("#id_template", str(template.pk))
        page.locator("button[name=_fill]").click()
        page.locator("#id_question").wait_for()
        assert SCRIPTS[0] in page.input_value("#id_question")
        page.goto(f"{at}/complaint/")
        page.locator(f"tr:has-text('{case.reference}') input.action-select").check()
        page.select_option("select[name=action]", "put_tag")
        page.locator("button[name=index]").first.click()
        page.locator("form.confirm").wait_for()
    finally:
        one.delete()

    assert heard == []


def test_no_script_runs_on_a_page_of_the_public(
    browser: Browser, site: str, office: None, watched: Watched, heard: list[str],
    labels: tuple[Tag, ReplyTemplate],
) -> None:  # fmt: skip
    case, _other, key = filed()
    worked_on(case, labels[0])
    published = opinion()
    opinions.publish(published, ALL, "triage")
    opinions.answer(published, ALL, "triage")
    page = watched(open_tab(browser, site))
    try:
        opened(
            page,
            ["/agencies/15008/", "/complaints/opinions/?about=/agencies/15008/", "/complaints/statistics/"],
        )
        page.goto("/complaints/status/")
        page.fill("input[name=key]", key)
        page.locator("form button[type=submit]").last.click()
        page.locator("text=<script").first.wait_for()
        page.goto("/complaints/new/")
        page.evaluate(FILL, ALL)
        page.evaluate("document.querySelector('form[method=post]').submit()")
        page.wait_for_load_state()
        assert ALL in page.input_value("#id_detail")
    finally:
        Opinion.objects.filter(pk=published.pk).delete()

    assert heard == []

"""A report filed, followed, added to and withdrawn on a telephone that runs no script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from complaints.models import Attachment, Complaint, Message
from tests.complaints.evidence_files import png

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("office")]  # what is made here is committed
PICTURE = {"name": "ป้าย.png", "mimeType": "image/png", "buffer": png((60, 40))}
DETAIL = "ประกาศวันที่ 3 กรกฎาคม 2569 ราคากลางสูงกว่าท้องตลาดสองเท่า"


def send(page: Page, form: str) -> None:
    page.locator(f"{form} button[type=submit]").click()
    page.wait_for_load_state()


def filed(page: Page) -> str:
    """File it, at first without what it is about. The access key."""
    page.fill("#id_detail", DETAIL)
    send(page, "form:has(#id_detail)")
    assert page.locator(".summary[role=alert] a").count() == 1
    assert page.input_value("#id_detail") == DETAIL
    page.check("input[name=suspicion][value=bidding]")
    page.locator("details:has(#id_person1_name) > summary").click()
    page.fill("#id_person1_name", "สมชาย")
    page.set_input_files("input[type=file]", PICTURE)  # type: ignore[arg-type]
    send(page, "form:has(#id_detail)")
    return page.inner_text("#key")


@pytest.mark.django_db  # asks for a test database, for all of this module
@pytest.mark.parametrize("language", ["", "/en"])
def test_whole_way_of_a_citizen_without_a_script(open_page: Any, language: str) -> None:
    page: Page = open_page(f"{language}/complaints/new/?about=/budget/2565/lines/", width=360, script=False)

    key = filed(page)
    hidden = page.locator("copy-text button, print-page button")
    assert [hidden.nth(place).is_visible() for place in range(hidden.count())] == [False, False]
    page.locator("main a[href$='/complaints/status/']").click()
    page.fill("#id_key", key)
    send(page, "form:has(#id_key)")
    send(page, "form:has(#id_words)")  # nothing was written: that is said
    assert page.locator("form:has(#id_words) .alert").count() == 1
    page.fill("#id_words", "ถนนสาย 12")
    page.set_input_files("form:has(#id_words) input[type=file]", PICTURE)  # type: ignore[arg-type]
    send(page, "form:has(#id_words)")
    assert page.locator(".files > li").count() == 2
    page.locator("details:has(#id_known) > summary").click()
    page.check("input[name=identity][value=named]")
    page.fill("#id_first_name", "สมหญิง")
    page.check("#id_known")
    send(page, "form:has(#id_known)")
    page.locator("details:has(#id_sure) > summary").click()
    page.check("#id_sure")
    send(page, "form:has(#id_sure)")

    case = Complaint.objects.latest("pk")
    assert page.locator("[role=status]").is_visible()
    assert (case.outcome, case.identity, case.suspicion) == ("withdrawn", "named", "bidding")
    assert Attachment.objects.filter(complaint=case).count() == 2
    assert Message.objects.filter(complaint=case).count() == 1
    assert page.locator("#id_words, #id_known, #id_sure").count() == 0

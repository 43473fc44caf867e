"""What somebody types into a report stays on their device until it is sent."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Error, Page

from complaints import views
from complaints.sightings import Sighting

pytestmark = [pytest.mark.browser, pytest.mark.django_db]  # the second asks for a test database
WORDS = "วัดได้ 800 เมตร จากสัญญา 1,200 เมตร"
MINISTRY = "/budget/2565/?ministry=20"


def typed(page: Page) -> Page:
    page.fill("#id_detail", WORDS)
    page.check("input[name=suspicion][value=spending]")
    page.locator("details:has(#id_person1_name) summary").first.click()
    page.fill("#id_person1_name", "นายสมมติ")
    return page


def again(page: Page) -> list[str]:
    """What stands in the form when it is opened once more."""
    page.goto(page.url)
    chosen = page.locator("input[name=suspicion]:checked")
    return [
        page.input_value("#id_detail"),
        str(chosen.get_attribute("value")) if chosen.count() else "",
        page.input_value("#id_person1_name"),
    ]


@pytest.mark.parametrize("language", ["", "/en"])
def test_report_typed_before_the_network_went_is_there_again(open_page: Any, language: str) -> None:
    page = typed(open_page(f"{language}/complaints/new/"))
    address = page.url

    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(address)
    page.context.set_offline(False)
    page.goto(address)

    assert again(page) == [WORDS, "spending", "นายสมมติ"]
    assert page.locator("#id_person1_name").is_visible()


def test_draft_is_forgotten_when_asked_to(open_page: Any) -> None:
    page = typed(open_page("/complaints/new/"))

    page.locator("[data-forget]").click()

    assert again(page) == ["", "", ""]


def test_draft_holds_neither_the_number_of_the_form_nor_the_page(open_page: Any) -> None:
    page = typed(open_page(f"/complaints/new/?about={MINISTRY}"))
    number = page.input_value("input[name=token]")

    kept = str(page.evaluate("JSON.stringify(localStorage)"))

    assert WORDS in kept
    assert number not in kept
    assert "ministry=20" not in kept


def test_office_of_the_next_page_is_not_that_of_the_last(open_page: Any) -> None:
    page = typed(open_page("/complaints/new/"))
    page.fill("#id_agency", "สำนักงานอื่น")

    page.goto(page.url + f"?about={MINISTRY}")

    assert page.input_value("#id_agency") == "กระทรวงศึกษาธิการ"
    assert page.input_value("#id_detail") == WORDS


def test_draft_is_there_again_on_a_page_that_many_reported(
    open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "sighting", lambda about: Sighting(5, []) if about else None)

    page = typed(open_page(f"/complaints/new/?about={MINISTRY}"))

    assert page.locator(".summary").count() == 1
    assert again(page) == [WORDS, "spending", "นายสมมติ"]

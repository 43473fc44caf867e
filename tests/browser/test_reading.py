"""How pages read on a phone: words stay whole, lists stay short, what a figure is taken by stands once."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONE = 360
LINES_OF_FRAMES = """() => [...document.querySelectorAll("main .whole")]
  .filter(frame => frame.getClientRects().length > 1 || frame.scrollWidth > 340)
  .map(frame => frame.textContent)"""
SHUT_CARD = 220  # pixels: two lines of what was bought, one to three of who and how much, one to unfold


@pytest.mark.parametrize("address", ["/", "/procurement/2568/", "/obligations/2565/", "/flags/"])
def test_no_line_ends_inside_a_word_that_would_say_something_else(open_page: Any, address: str) -> None:
    page = open_page(address, width=PHONE)

    assert page.locator(".wrong .whole", has_text="ชอบมาพากล").count() == 1
    assert page.evaluate(LINES_OF_FRAMES) == []


@pytest.mark.parametrize("address", ["/flags/", "/flags/near-reference/"])
def test_questions_are_short_until_they_are_unfolded(open_page: Any, address: str) -> None:
    page = open_page(address, width=PHONE, script=False)
    cards = page.locator(".asked > li")
    heights = [card.bounding_box()["height"] for card in cards.all()]

    assert len(heights) > 10
    assert max(heights) < SHUT_CARD
    cards.first.locator("summary").click()
    assert cards.first.get_by_text("ราคาตกลง").first.is_visible()


def test_what_a_figure_is_taken_by_waits_behind_one_control(open_page: Any) -> None:
    page = open_page("/agencies/15008/", width=PHONE, script=False)
    money = page.locator("#money")

    assert money.locator("summary:visible").count() == 1
    money.locator("summary").first.click()
    for words in ("CSV", "อ้างอิง", "นำไปฝัง"):
        assert money.get_by_text(words, exact=True).is_visible()


def test_every_part_of_the_site_is_one_press_away(open_page: Any) -> None:
    page = open_page("/", width=PHONE, script=False)

    led_to = [link.get_attribute("href") for link in page.locator("footer a").all()]

    assert {"/taxes/", "/flags/", "/complaints/new/", "/complaints/status/", "/data/changes/"} <= set(led_to)
    assert page.locator("footer").bounding_box()["height"] < 900

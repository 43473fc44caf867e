"""How pages read on a phone: words stay whole, lists stay short, what a figure is taken by stands once."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2 as pdfium
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONE = 360
LINES_OF_FRAMES = """() => [...document.querySelectorAll("main .whole")]
  .filter(frame => frame.getClientRects().length > 1 || frame.scrollWidth > 340)
  .map(frame => frame.textContent)"""
BESIDE = """margin => [...document.querySelectorAll(".hero *")]
  .filter(part => !part.closest("svg, details") && part.getBoundingClientRect().right > innerWidth - margin)
  .map(part => part.tagName + " " + part.textContent.trim().slice(0, 40))"""
"""What reaches into the margin of the page."""
MARGIN = 19
SHUT_CARD = 220  # pixels: two lines of what was bought, one to three of who and how much, one to unfold


@pytest.mark.parametrize("address", ["/", "/procurement/2568/", "/obligations/2565/", "/flags/"])
def test_no_line_ends_inside_a_word_that_would_say_something_else(open_page: Any, address: str) -> None:
    page = open_page(address, width=PHONE)

    assert page.locator(".wrong .whole", has_text="ชอบมาพากล").count() == 1
    assert page.evaluate(LINES_OF_FRAMES) == []


@pytest.mark.parametrize("address", ["/", "/en/", "/en/?year=2565"])
def test_first_screen_keeps_the_margin_of_a_phone(open_page: Any, address: str) -> None:
    page = open_page(address, width=PHONE, script=False)

    assert page.evaluate(BESIDE, MARGIN) == []


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


def test_long_table_shows_its_first_rows_on_a_phone_until_all_are_asked_for(open_page: Any) -> None:
    page = open_page("/provinces/", width=PHONE, script=False)
    rows = page.locator("#map tbody tr:visible")

    assert rows.count() == 5
    page.locator("#map .more summary").click()
    assert rows.count() == 77


def test_row_of_an_address_is_seen_in_a_table_of_first_rows(open_page: Any) -> None:
    page = open_page("/provinces/", width=PHONE, script=False)
    page.evaluate("document.querySelectorAll('#map tbody tr')[40].id = 'row'; location.hash = 'row'")

    assert page.locator("#row").is_visible()
    assert page.locator("#map tbody tr:visible").count() == 6


def test_long_table_is_whole_on_a_wide_screen_and_on_paper(open_page: Any) -> None:
    page = open_page("/provinces/", script=False)
    on_screen = page.locator("#map tbody tr:visible").count()
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.emulate_media(media="print")

    assert [on_screen, page.locator("#map tbody tr:visible").count()] == [77, 77]


def test_what_waits_to_be_unfolded_stands_open_on_paper(open_page: Any) -> None:
    page = open_page("/flags/near-reference/", script=False)
    page.emulate_media(media="print")

    assert page.locator(".asked .fold > p").first.is_visible()
    assert page.locator("summary:visible").count() == 0


def test_what_is_unfolded_by_its_name_is_called_so_on_paper(open_page: Any) -> None:
    page = open_page("/api/v1/docs/", script=False)
    page.emulate_media(media="print")

    assert page.locator("#allocations > summary").is_visible()
    assert page.locator("#allocations table").is_visible()


def test_heads_of_a_table_stand_on_each_page_of_paper(open_page: Any) -> None:
    page = open_page("/en/provinces/")
    page.locator("#map thead button").first.wait_for()

    with pdfium.PdfDocument(page.pdf(format="A4")) as paper:
        pages = [sheet.get_textpage().get_text_range() for sheet in paper]

    with_rows = [words for words in pages if re.search(r"\d{1,3}(,\d{3}){3}", words)]
    assert len(with_rows) > 2
    assert [words[:80] for words in with_rows if "Budget (baht)" not in words] == []


def test_areas_of_a_treemap_keep_their_colour_under_their_words_on_paper(open_page: Any) -> None:
    page = open_page("/budget/2565/", script=False)
    page.emulate_media(media="print")

    tile = page.locator(".treemap .on-wide .tile").first
    assert tile.evaluate("tile => getComputedStyle(tile).printColorAdjust") == "exact"


@pytest.mark.parametrize(
    ("address", "longest"),
    [
        ("/agencies/20/", 9_000),
        ("/procurement/2568/", 7_000),
        ("/flags/near-reference/", 6_500),
        ("/data/sources/", 7_200),
        ("/api/v1/docs/", 7_300),
    ],
)
def test_long_pages_are_found_through_on_a_phone(open_page: Any, address: str, longest: int) -> None:
    page = open_page(address, width=PHONE, script=False)

    assert page.evaluate("document.documentElement.scrollHeight") < longest


def test_part_shows_its_sentence_on_a_phone_until_the_rest_is_asked_for(open_page: Any) -> None:
    page = open_page("/agencies/20/", width=PHONE, script=False)
    part = page.locator("#categories")
    seen = [part.locator(".stands-out").is_visible(), part.locator("table").is_visible()]

    part.locator("> .more summary").press("Enter")

    assert seen == [True, False]
    assert part.locator("table").is_visible()


def test_part_that_an_address_names_is_whole_on_a_phone(open_page: Any) -> None:
    page = open_page("/agencies/20/#categories", width=PHONE, script=False)

    assert page.locator("#categories table").is_visible()
    assert not page.locator("#bought table").is_visible()


@pytest.mark.parametrize(("width", "media"), [(1280, "screen"), (PHONE, "print")])
def test_parts_are_whole_on_a_wide_screen_and_on_paper(open_page: Any, width: int, media: Any) -> None:
    page = open_page("/agencies/20/", width=width, script=False)
    page.emulate_media(media=media)

    assert page.locator(".later > .more summary:visible").count() == 0
    assert page.locator("#categories table").is_visible()


def test_parts_of_a_ministry_are_led_to_from_its_head(open_page: Any) -> None:
    page = open_page("/agencies/20/", width=PHONE, script=False)
    page.locator(".parts summary").click()
    links = page.locator(".parts a")

    addresses = [link.get_attribute("href") for link in links.all()]
    assert len(addresses) == len(set(addresses)) > 8
    assert [page.locator(address).count() for address in addresses] == [1] * len(addresses)

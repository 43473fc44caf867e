"""The ways people take, with and without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]  # the second asks for a test database
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@BOTH
def test_from_the_hundred_baht_to_a_line_and_its_source(open_page: Any, script: bool) -> None:
    page = open_page("/?year=2565", script=script)

    page.locator("main table a[href*='ministry=']").first.click()
    for _step in range(6):
        if page.locator("main table a[href*='/lines/20']").count():
            break
        page.locator("main table tbody th a, main table tbody td a").first.click()
    page.locator("main table a[href*='/lines/20']").first.click()

    assert re.search(r"/budget/2565/lines/2022\.3\.[^/]+/$", page.url)
    assert page.locator("main h1").inner_text()
    assert page.locator(".origin").count() == 1


@BOTH
def test_search_finds_lines_and_leads_to_one(open_page: Any, script: bool) -> None:
    page = open_page("/", script=script, width=360)

    page.locator("main form[role=search] input[name=q], main input[name=q]").first.fill("อาหารกลางวัน")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    page.locator(".hits a[href*='/lines/20']").first.click()
    page.wait_for_url(re.compile(r"/budget/2565/lines/2022\."))

    assert page.locator("main h1").inner_text()


@BOTH
def test_language_switch_stays_on_the_page(open_page: Any, script: bool) -> None:
    page = open_page("/agencies/15008/", script=script)

    page.locator("header a[hreflang=en]").click()

    assert page.url.endswith("/en/agencies/15008/")
    assert page.locator("html").get_attribute("lang") == "en"


@BOTH
def test_a_figure_can_be_taken_to_a_complaint(open_page: Any, script: bool) -> None:
    page = open_page("/budget/2565/?ministry=20", script=script)

    page.locator(".wrong a").first.click()

    assert "/complaints/new/" in page.url
    assert "กระทรวงศึกษาธิการ" in page.locator("p.about").inner_text()
    assert "ministry=20" in str(page.locator("input[name=about]").get_attribute("value"))


def test_chart_comes_on_demand_and_shows_the_table_s_figures(open_page: Any) -> None:
    page = open_page("/budget/2565/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert not page.evaluate("'Plotly' in window")

    page.locator("plotly-chart button").first.click()
    page.locator("plotly-chart .js-plotly-plot, plotly-chart .main-svg").first.wait_for()

    assert any("plotly" in address for address in asked)


def test_keyboard_reaches_the_content_first(open_page: Any) -> None:
    page = open_page("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/#content")


def test_a_chart_that_cannot_be_drawn_leaves_the_picture_and_the_button(open_page: Any) -> None:
    page = open_page("/budget/2565/")
    broken = "window.Plotly = { newPlot: () => Promise.reject(new Error('no room')) };"
    page.route("**/plotly.min*.js", lambda route: route.fulfill(body=broken, content_type="text/javascript"))

    for _press in range(2):
        page.locator("plotly-chart button").first.click()
        page.locator("plotly-chart button:not([disabled])").first.wait_for()

    assert page.locator("plotly-chart .plotly").count() == 0
    assert page.locator("plotly-chart > :first-child").first.is_visible()


def test_paper_shows_the_page_without_its_controls(open_page: Any) -> None:
    page = open_page("/budget/2565/", scheme="dark")

    page.emulate_media(media="print")

    assert not page.locator("header nav").is_visible()
    assert not page.locator("footer").is_visible()
    assert page.locator("main h1").is_visible()

"""Each type of page, in both languages, both colour schemes and both widths: accessible, quiet, and our
own.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

PAGES = [
    "home",
    "home of a book year",
    "receipt for a tax",
    "receipt not asked for",
    "budget",
    "budget by category",
    "budget of a ministry",
    "budget of an agency",
    "budget per person in prices of a year",
    "budget as a share of the product",
    "lines",
    "line",
    "printed page",
    "agencies",
    "two bodies",
    "agency",
    "ministry",
    "ministry in prices of a year",
    "figure per person alone",
    "figure alone",
    "map alone",
    "past projects",
    "past project",
    "provinces",
    "provinces by projects",
    "provinces per person",
    "province",
    "as known on a day",
    "not known",
    "api",
    "former api",
    "disbursements",
    "purchases",
    "purchases of a department",
    "projects",
    "project",
    "contract",
    "questions of rules",
    "one rule",
    "obligations",
    "differences",
    "local budgets",
    "other publishers",
    "reconciliation",
    "suppliers",
    "supplier",
    "supplier without an id",
    "search",
    "search without an answer",
    "data",
    "data set",
    "data set in many editions",
    "data set of published values",
    "edition",
    "sources",
    "dictionary",
    "tables",
    "changes",
    "letters by e-mail",
    "letters asked for",
    "shall letters stop",
    "dumps",
    "about",
    "accessibility",
    "privacy",
    "complaint",
    "complaint's status",
    "complaints in numbers",
    "opinions",
    "nothing there",
    "bad question",
]
SHOWN = [("light", 1280), ("light", 360), ("dark", 1280), ("dark", 360)]
"""Colours and widths of the window. The first is the one a page is loaded in, the others follow without
loading it again; English pages take them from the end, so that both ends are loaded. All rules look at the
colours that come first, in both widths; at the others look the rules that see colours."""

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
SEEING_COLOURS = """wcag => ({
  resultTypes: ["violations"],
  runOnly: axe.getRules(wcag).filter(rule => rule.tags.includes("cat.color")).map(rule => rule.ruleId),
})"""
CUT_OFF = """() => [...document.querySelectorAll("table")]
  .filter(table => table.parentElement.scrollWidth > table.parentElement.clientWidth)
  .map(table => table.caption?.textContent ?? "a table")"""
"""The tables that must be moved sideways: half of a number reads as another one."""
MISSING_ON_PURPOSE = re.compile("status of (404|400)")  # Chromium's own word for a page that says so
STATIC = settings.BASE_DIR / "static"
HTML_LIMIT = 100_000  # bytes of a page before compression

pytestmark = [pytest.mark.browser, pytest.mark.django_db]  # the second asks for a test database


def test_the_pages_tested_are_the_types_of_pages(addresses: dict[str, str]) -> None:
    assert list(addresses) == PAGES
    assert shutil.which("chromium")


def test_dark_differs_in_colours_alone() -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("css/*.css")))
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("js/*.js")))
    dark = re.findall(r"@media [^{}]*prefers-color-scheme[^{}]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", styles)
    rules = re.findall(r"\{([^{}]*)\}", "".join(dark))
    lines = [line.strip() for rule in rules for line in rule.split(";")]

    assert len(dark) == styles.count("prefers-color-scheme") > 0
    assert [line for line in lines if line and not re.fullmatch(r"--[a-z0-9-]+: #[0-9a-f]{6}", line)] == []
    assert "prefers-color-scheme" not in scripts


def test_rules_that_see_colours_are_known(window: Page) -> None:
    window.goto("/about/")
    window.evaluate(Axe().axe_script)

    rules = window.evaluate(SEEING_COLOURS, WCAG)

    assert {"color-contrast", "link-in-text-block"} <= set(rules["runOnly"])


@pytest.fixture(scope="module")
def window(browser: Browser, site: str) -> Iterator[Page]:
    """One window for all pages: each is opened in it anew."""
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@contextmanager
def faults_of(page: Page, site: str) -> Iterator[list[str]]:
    """What the page complains about, and what it asks of other hosts, while this is open."""
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not MISSING_ON_PURPOSE.search(message.text):
            faults.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(site).netloc and not request.url.startswith("data:"):
            faults.append(f"other host: {request.url}")

    page.on("console", heard)
    page.on("request", asked)
    try:
        yield faults
    finally:
        page.remove_listener("console", heard)
        page.remove_listener("request", asked)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("language", "shown"), [("", SHOWN), ("/en", SHOWN[::-1])], ids=["thai", "english"])
def test_page_is_accessible_quiet_and_our_own(
    window: Page, site: str, addresses: dict[str, str], name: str, language: str, shown: list[tuple[str, int]]
) -> None:
    window.context.clear_cookies()
    show(window, *shown[0])
    with faults_of(window, site) as faults:
        window.goto(language + addresses[name])
        window.evaluate(Axe().axe_script)
        colours = window.evaluate(SEEING_COLOURS, WCAG)
        for scheme, width in shown:
            show(window, scheme, width)
            rules = RULES if scheme == shown[0][0] else colours
            found = window.evaluate("options => axe.run(options)", rules)
            faults += [f"{scheme} {width}: {said(violation)}" for violation in found["violations"]]
            wide = window.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
            if wide:
                faults.append(f"{scheme} {width}: the page is wider than the window")
            faults += [f"{scheme} {width}: cut off: {caption}" for caption in window.evaluate(CUT_OFF)]

    assert faults == []


def show(page: Page, scheme: Any, width: int) -> None:
    """Change the colours and the width of the window, and wait until the page is drawn in them."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def said(violation: dict[str, Any]) -> str:
    places = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
    return f"{violation['id']} at {places}"


@pytest.mark.parametrize("name", PAGES)
def test_page_is_small_and_has_nothing_inline(window: Page, addresses: dict[str, str], name: str) -> None:
    html = window.request.get(addresses[name]).text()

    assert len(html.encode()) < HTML_LIMIT
    executed = html.replace('<script type="application/ld+json">', "")  # no browser runs it
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", executed)


@pytest.mark.parametrize("name", ["receipt for a tax", "agency", "line"])
def test_on_paper_a_sum_stands_once_and_nothing_waits_to_be_pressed(
    window: Page, addresses: dict[str, str], name: str
) -> None:
    window.goto(addresses[name])
    window.emulate_media(media="print")

    feet = window.evaluate(
        "[...document.querySelectorAll('tfoot')].map(foot => getComputedStyle(foot).display)"
    )
    pressed = window.locator(
        ".button:visible, summary:visible, form:visible, .years:visible"
    ).all_text_contents()
    window.emulate_media(media="screen")

    assert "table-footer-group" not in feet
    assert pressed == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_page_says_its_language(open_page: Any, language: str) -> None:
    page = open_page("/" if language == "th" else "/en/")

    assert page.locator("html").get_attribute("lang") == language

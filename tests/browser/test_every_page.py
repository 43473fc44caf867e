"""Each type of page, in both languages, both colour schemes and both widths: accessible, quiet, and our
own.
"""

from __future__ import annotations

import re
import shutil
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Request

PAGES = [
    "home",
    "home of a book year",
    "budget",
    "budget by category",
    "budget of a ministry",
    "budget of an agency",
    "lines",
    "line",
    "printed page",
    "agencies",
    "agency",
    "ministry",
    "figure alone",
    "map alone",
    "past projects",
    "past project",
    "provinces",
    "provinces by projects",
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
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MISSING_ON_PURPOSE = re.compile("status of (404|400)")  # Chromium's own word for a page that says so
HTML_LIMIT = 100_000  # bytes of a page before compression

pytestmark = [pytest.mark.browser, pytest.mark.django_db]  # the second asks for a test database


def test_the_pages_tested_are_the_types_of_pages(addresses: dict[str, str]) -> None:
    assert list(addresses) == PAGES
    assert shutil.which("chromium")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["", "/en"], ids=["thai", "english"])
def test_page_is_accessible_quiet_and_our_own(
    browser: Browser, site: str, addresses: dict[str, str], name: str, language: str
) -> None:
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not MISSING_ON_PURPOSE.search(message.text):
            faults.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(site).netloc and not request.url.startswith("data:"):
            faults.append(f"other host: {request.url}")

    for scheme in ("light", "dark"):
        context = browser.new_context(base_url=site, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", heard)
        page.on("request", asked)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(language + addresses[name], wait_until="networkidle")
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
            faults += [f"{scheme} {width}: {said(violation)}" for violation in found.response["violations"]]
            wide = page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
            if wide:
                faults.append(f"{scheme} {width}: the page is wider than the window")
        context.close()

    assert faults == []


def said(violation: dict[str, Any]) -> str:
    places = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
    return f"{violation['id']} at {places}"


@pytest.mark.parametrize("name", PAGES)
def test_page_is_small_and_has_nothing_inline(
    open_page: Any, site: str, addresses: dict[str, str], name: str
) -> None:
    page = open_page(addresses[name], script=False)
    html = page.request.get(addresses[name]).text()

    assert len(html.encode()) < HTML_LIMIT
    executed = html.replace('<script type="application/ld+json">', "")  # no browser runs it
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", executed)


@pytest.mark.parametrize("language", ["th", "en"])
def test_page_says_its_language(open_page: Any, language: str) -> None:
    page = open_page("/" if language == "th" else "/en/")

    assert page.locator("html").get_attribute("lang") == language

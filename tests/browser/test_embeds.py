"""Another site shows a figure of ours in a frame: with the code that our page gives, with and without
JavaScript.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of another site (another port is another origin), and the folder it serves."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", tmp_path
    server.shutdown()
    server.server_close()


def story(folder: Path, code: str) -> None:
    """A page of the other site around a frame."""
    (folder / "story.html").write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Story</title>'
        f'<link rel="icon" href="data:,"></head><body><h1>Story</h1>{code}</body></html>',
        encoding="utf-8",
    )


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["thai", "english"])
@pytest.mark.parametrize("name", ["home", "budget", "disbursements", "provinces", "purchases"])
def test_another_site_shows_a_figure_quietly(
    browser: Browser,
    site: str,
    addresses: dict[str, str],
    elsewhere: tuple[str, Path],
    open_page: Any,
    name: str,
    language: str,
    script: bool,
) -> None:
    address, folder = elsewhere
    ours = open_page(language + addresses[name], script=False)
    story(folder, ours.locator(".embed textarea").first.input_value())
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(message.text)

    context = browser.new_context(java_script_enabled=script, viewport={"width": 800, "height": 900})
    page = context.new_page()
    page.on("console", heard)
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    page.goto(f"{address}/story.html", wait_until="networkidle")
    frame = page.frame_locator("iframe")

    assert frame.locator("h1").is_visible()
    assert frame.locator("table").is_visible()
    assert frame.locator("td.n data").first.is_visible()
    assert frame.locator("script").count() == 0
    assert frame.locator("footer").inner_text().strip()
    assert context.cookies() == []
    assert faults == []
    links = frame.locator("footer a")
    assert links.last.get_attribute("href")
    context.close()


def test_page_of_ours_is_not_shown_by_another_site(
    browser: Browser, site: str, addresses: dict[str, str], elsewhere: tuple[str, Path]
) -> None:
    address, folder = elsewhere
    story(folder, f'<iframe src="{site}{addresses["budget"]}" title="x"></iframe>')
    heard: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("console", lambda message: heard.append(message.text))

    page.goto(f"{address}/story.html", wait_until="networkidle")

    assert page.frame_locator("iframe").locator("main").count() == 0
    assert any("frame-ancestors" in text for text in heard)
    context.close()


@pytest.mark.parametrize("form", ["SVG", "PNG"])
def test_picture_is_shown_by_another_site(
    browser: Browser,
    site: str,
    addresses: dict[str, str],
    elsewhere: tuple[str, Path],
    open_page: Any,
    form: str,
) -> None:
    address, folder = elsewhere
    ours = open_page(addresses["budget"], script=False)
    ours.locator(".embed summary").first.click()
    source = ours.locator(".embed").first.get_by_role("link", name=form, exact=True).get_attribute("href")
    story(folder, f'<img src="{site}{source.replace("&", "&amp;")}" alt="">')
    context = browser.new_context()
    page = context.new_page()

    page.goto(f"{address}/story.html", wait_until="networkidle")

    assert page.evaluate("document.images[0].naturalWidth") == 960
    context.close()

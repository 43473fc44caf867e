"""Persons at a browser: they sign in as staff do, and every screen they come to is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page

from complaints.access import new_nonce
from complaints.filing import Filing, file_complaint
from complaints.models import Complaint
from complaints.snapshots import freeze
from config import second_factor
from tests.complaints.staff import account

PASSWORD = "a-long-enough-password"
PICTURES = Path(settings.VAR_DIR) / "pictures"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
LOOKS = {"th": ((1280, "light"), (360, "dark")), "en": ((1280, "dark"), (360, "light"))}
"""Width and scheme in which a screen is looked at; both languages together see all four."""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def open_tab(browser: Browser, site: str, *, width: int = 1280, scheme: str = "light") -> Page:
    """A fresh browser of one person. The page notes what its console complains of."""
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 900}, reduced_motion="reduce",
        color_scheme="dark" if scheme == "dark" else "light",
    )  # fmt: skip
    page = context.new_page()
    page.refused = []  # type: ignore[attr-defined]
    page.on("console", lambda said: page.refused.append(said.text) if said.type == "error" else None)  # type: ignore[attr-defined]
    return page


def come_in(
    browser: Browser, site: str, role: str, *, name: str = "", language: str = "th", **how: Any
) -> Page:
    """Sign in as a person does: account, password, the code that the telephone shows."""
    user = account(role, name)
    user.set_password(PASSWORD)
    user.save()
    factor = second_factor.give(user)
    page = open_tab(browser, site, **how)
    page.goto(f"{prefix(language)}/admin/")
    page.fill("#id_username", user.get_username())
    page.fill("#id_password", PASSWORD)
    page.fill("#id_code", factor.code_now())
    page.click("input[type=submit]")
    page.wait_for_selector("#user-tools")
    return page


def prefix(language: str) -> str:
    """Where the pages of a language stand."""
    return "" if language == "th" else f"/{language}"


def picture(page: Page, name: str) -> None:
    """Keep what a person would see."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"staff-{name}.png", full_page=True)


def nothing_refused(page: Page) -> bool:
    """Whether the browser loaded all there was: no script, style or picture against the policy."""
    return not [text for text in page.refused if "Content Security Policy" in text]  # type: ignore[attr-defined]


def faults_of(page: Page, name: str, language: str) -> list[str]:
    """What is wrong with the screen a person has come to, wide and narrow. Pictures are kept."""
    faults = [f"{name}: console: {text}" for text in page.refused]  # type: ignore[attr-defined]
    before = page.viewport_size or {"width": 1280, "height": 900}
    for width, scheme in LOOKS[language]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(300)  # colours of links go over into each other
        picture(page, f"{name}-{width}-{scheme}")
        found = Axe().run(page, options=RULES)
        faults += [
            f"{name} {width} {scheme}: {one['id']} at {[node['target'] for node in one['nodes'][:3]]}"
            for one in found.response["violations"]
        ]
        if page.evaluate(WIDER) > 0:
            faults.append(f"{name} {width} {scheme}: wider than the window")
    page.set_viewport_size(before)  # type: ignore[arg-type]
    page.refused.clear()  # type: ignore[attr-defined]  # the rules' own styles are refused, as they should be
    return faults


def draw(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a box on the page of black boxes, from and to these parts of its width and height."""
    paper = page.locator("black-boxes .paper")
    paper.scroll_into_view_if_needed()
    edge = paper.bounding_box()
    assert edge is not None
    points = [(edge["x"] + x * edge["width"], edge["y"] + y * edge["height"]) for x, y in (start, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1])
    page.mouse.up()


def case() -> Complaint:
    """What a citizen told about a page of the site, held for staff."""
    said = Filing(
        nonce=new_nonce(), language="th", identity="confidential", suspicion="corruption", level="official",
        matter={"subject": "ถนนแพงผิดปกติ", "detail": "ราคากลางสูงกว่าถนนข้างเคียงสองเท่า ถามลุงสมชายได้"},
        reporter={"first_name": "สมหญิง", "phone": "0812345678"}, about=freeze("/agencies/15008/"),
    )  # fmt: skip
    return Complaint.objects.get(reference=file_complaint(said).reference)

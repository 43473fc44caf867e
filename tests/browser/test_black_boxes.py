"""Parts of a file are blacked out in a real browser: drawn with the mouse, or told in numbers by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from complaints import examining, roles
from complaints.access import new_nonce
from complaints.blackening import marks_of
from complaints.filing import Filing, GivenFile, file_complaint
from complaints.models import Attachment, Blackening
from tests.complaints import evidence_files as files

from .persons import WCAG, come_in, draw, nothing_refused, picture

pytestmark = pytest.mark.browser
SECRET = "Somsri Rakthai"


def attached() -> Attachment:
    """A statement of two pages, given with a complaint and examined."""
    said = Filing(
        nonce=new_nonce(), language="th", identity="confidential", suspicion="corruption", level="official",
        matter={"subject": "ถนนแพงผิดปกติ", "detail": "ดูคำให้การ"},
        files=[GivenFile("คำให้การ.pdf", "pdf", files.statement(SECRET))],
    )  # fmt: skip
    file = Attachment.objects.get(complaint__reference=file_complaint(said).reference)
    examining.examine(file.pk)
    file.refresh_from_db()
    return file


def address(file: Attachment) -> str:
    return f"/admin/complaints/complaint/{file.complaint_id}/files/{file.position}/black/"


def because(page: Page) -> None:
    page.select_option("#id_ground", "person")
    page.fill("#id_reason", "ชื่อพยานที่ไม่เกี่ยวข้อง")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_officer_draws_a_box_looks_at_it_and_confirms(
    browser: Browser, site: str, office: None, width: int, scheme: str
) -> None:
    file = attached()
    page = come_in(browser, site, roles.TRIAGE, width=width, scheme=scheme)
    page.goto(address(file))
    page.wait_for_load_state("networkidle")

    draw(page, (0.05, 0.02), (0.6, 0.12))
    because(page)
    picture(page, f"black-boxes-marked-{width}")
    page.click("input[name=preview]")
    page.wait_for_load_state("networkidle")
    picture(page, f"black-boxes-preview-{width}")
    loaded = nothing_refused(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    wrong = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    page.refused.clear()  # type: ignore[attr-defined]  # the rules' own styles are refused, as they should be
    page.click("button[name=confirm]")
    page.wait_for_load_state("networkidle")
    picture(page, f"black-boxes-confirmed-{width}")

    held = Attachment.objects.get(pk=file.pk).blackening
    assert held is not None
    left, top, right, bottom = (0.05, 0.02, 0.6, 0.12)
    (box,) = marks_of(held).boxes
    assert abs(box.left - left * 1000) <= 5
    assert abs(box.top - top * 1000) <= 5
    assert abs(box.width - (right - left) * 1000) <= 8
    assert abs(box.height - (bottom - top) * 1000) <= 8
    assert wide <= 0
    assert [one["id"] for one in wrong] == []
    assert loaded
    assert nothing_refused(page)


def test_officer_without_a_mouse_types_the_box_and_sees_it_move(
    browser: Browser, site: str, office: None
) -> None:
    file = attached()
    page = come_in(browser, site, roles.TRIAGE)
    page.goto(address(file))
    page.locator("button[name=go]").first.press("Enter")
    page.wait_for_load_state("networkidle")

    page.focus("#id_form-0-left")
    for number in ("10", "20", "30", "15"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    shown = page.locator("black-boxes svg g rect")
    because(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[name=confirm]")
    page.wait_for_load_state("networkidle")

    assert shown.count() == 1
    assert page.locator(".preview img").evaluate("picture => picture.naturalWidth") > 0
    (box,) = marks_of(Blackening.objects.get(attachment=file)).boxes
    assert (box.page, box.left, box.top, box.width, box.height) == (2, 100, 200, 300, 150)


def test_officer_without_a_script_types_looks_and_confirms(browser: Browser, site: str, office: None) -> None:
    file = attached()
    signed_in = come_in(browser, site, roles.TRIAGE).context
    context = browser.new_context(
        base_url=site, java_script_enabled=False, storage_state=signed_in.storage_state()
    )
    page = context.new_page()
    page.goto(address(file))
    page.locator("button[name=go]").first.click()  # the second page of the file

    useless = [one.is_visible() for one in page.locator(".draw, [data-clear]").all()]
    for name, number in (("left", "10"), ("top", "20"), ("width", "30"), ("height", "15.5")):
        page.fill(f"#id_form-0-{name}", number)
    because(page)
    page.click("input[name=preview]")
    drawn = page.locator("black-boxes svg g rect").count()
    page.click("button[name=confirm]")
    page.locator(".messagelist .success").wait_for()
    context.close()

    held = Attachment.objects.get(pk=file.pk).blackening
    assert held is not None
    (box,) = marks_of(held).boxes
    assert useless
    assert not any(useless)
    assert drawn == 1
    assert (box.page, box.left, box.top, box.width, box.height) == (2, 100, 200, 300, 155)


def test_officer_with_a_finger_draws_once_asked_to(browser: Browser, site: str, office: None) -> None:
    file = attached()
    signed_in = come_in(browser, site, roles.TRIAGE).context
    context = browser.new_context(
        base_url=site, storage_state=signed_in.storage_state(), has_touch=True,
        viewport={"width": 360, "height": 800},
    )  # fmt: skip
    page = context.new_page()
    page.goto(address(file))
    page.wait_for_load_state("networkidle")

    page.locator("[data-draw]").tap()
    swipe(page, (0.1, 0.05), (0.7, 0.1))
    after = page.locator("black-boxes svg g rect").count()
    pressed = page.locator("[data-draw]").get_attribute("aria-pressed")
    width = page.locator("#id_form-0-width").input_value()
    context.close()

    assert (after, pressed) == (1, "true")
    assert abs(float(width) - 60) <= 1


def swipe(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Move one finger over the page of the file, from and to these parts of its width and height."""
    paper = page.locator("black-boxes .paper")
    paper.scroll_into_view_if_needed()
    edge = paper.bounding_box()
    assert edge is not None
    finger = page.context.new_cdp_session(page)
    for kind, place in (("touchStart", start), ("touchMove", end), ("touchEnd", None)):
        points = (
            [{"x": edge["x"] + place[0] * edge["width"], "y": edge["y"] + place[1] * edge["height"]}]
            if place
            else []
        )
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.mark.django_db  # asks for a test database, for all of this module
def test_whoever_is_not_signed_in_is_led_to_the_door(open_page: Any) -> None:
    page = open_page("/admin/complaints/complaint/1/files/1/black/")

    assert page.locator("#id_code").is_visible()
    assert page.locator("black-boxes").count() == 0

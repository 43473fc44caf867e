"""A whole complaint filed by keyboard alone, to the receipt: in order, seen, and out of every field again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FileChooser, Page

from complaints.models import Attachment, Complaint
from tests.complaints.evidence_files import png

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("office")]  # what is made here is committed
MOST_STEPS = 80
HERE = """() => {
  const at = document.activeElement;
  return {
    tag: at.tagName, name: at.name || at.id || at.getAttribute("href") || "", type: at.type || "",
    words: (at.closest("label")?.innerText ?? at.innerText ?? "").trim(),
  };
}"""
SEEN = """() => {
  const at = document.activeElement, shown = getComputedStyle(at), box = at.getBoundingClientRect();
  const middle = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  const ringed = [at, at.closest(".search")].filter(Boolean)
    .map((one) => getComputedStyle(one))
    .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  return {
    ringed, visible: shown.visibility === "visible" && box.width > 0 && box.height > 0,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: ![at, at.closest("label")].some((one) => one?.contains(middle)) && !middle?.contains(at),
  };
}"""


class Keys:
    """Somebody at a keyboard: where they are, and what was wrong with where they came."""

    def __init__(self, page: Page) -> None:
        self.page, self.faults = page, []  # type: tuple[Page, list[str]]
        self.way: list[str] = []

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def here(self) -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(HERE)
        return found

    def step(self, key: str = "Tab") -> dict[str, str]:
        """One step on; the place must be seen."""
        self.press(key)
        at, seen = self.here(), self.page.evaluate(SEEN)
        if not (seen["ringed"] and seen["visible"] and seen["inside"]) or seen["covered"]:
            self.faults.append(f"{at['tag']} {at['name']} {seen}")
        self.way.append(at["name"])
        return at

    def to(self, name: str, key: str = "Tab") -> dict[str, str]:
        """Step on until a field of this name is reached."""
        for _ in range(MOST_STEPS):
            at = self.step(key)
            if at["name"] == name:
                return at
        raise AssertionError(f"{name} is not reached by {key}: {self.way[-MOST_STEPS:]}")

    def to_words(self, words: str) -> None:
        """Step on until something with these words is reached."""
        for _ in range(MOST_STEPS):
            if words in self.step()["words"]:
                return
        raise AssertionError(f"{words} is not reached: {self.way[-MOST_STEPS:]}")

    def write(self, name: str, words: str) -> None:
        self.to(name)
        self.page.keyboard.insert_text(words)


@pytest.mark.django_db  # asks for a test database, for all of this module
@pytest.mark.parametrize(("language", "named", "official", "send", "copy"), [
    ("", "ระบุชื่อบุคคล", "บอกว่าคุณเป็นเจ้าหน้าที่รัฐ", "ส่งเรื่อง", "คัดลอก"),
    ("/en", "Name persons", "Say whether you are an official", "Send the report", "Copy"),
])  # fmt: skip
def test_complaint_is_filed_by_keyboard_alone(
    open_page: Any, tmp_path: Path, language: str, named: str, official: str, send: str, copy: str
) -> None:
    picture = tmp_path / "ป้าย.png"
    picture.write_bytes(png((60, 40)))
    page: Page = open_page(f"{language}/complaints/new/?about=/agencies/15008/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chosen: list[FileChooser] = []
    page.on("filechooser", lambda chooser: chosen.append(chooser))
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes' }")
    keys = Keys(page)

    keys.to("suspicion")
    for _ in range(2):
        keys.press("ArrowDown")
    keys.press("ArrowUp")
    keys.press("Space")
    keys.write("subject", " ราคากลางสูงเกินจริง")
    keys.write("detail", "ประกาศวันที่ 3 กรกฎาคม 2569 ราคากลางสูงกว่าท้องตลาดสองเท่า")
    keys.step("Shift+Tab")
    back = keys.here()["name"]
    keys.to("level")
    keys.press("ArrowDown")
    keys.to_words(named)
    keys.press("Enter")
    keys.write("person1_name", "สมชาย")
    keys.to("evidence")
    keys.press("Enter")
    page.wait_for_timeout(200)
    keys.to("identity")
    keys.press("ArrowUp")
    keys.to_words(official)
    keys.press("Enter")
    keys.to_words(send)
    way = list(keys.way)
    assert len(chosen) == 1
    chosen[0].set_files([picture])
    keys.press("Enter")
    page.locator("#key").wait_for()

    case = Complaint.objects.latest("pk")
    assert keys.faults == []
    assert back == "subject"
    assert (case.suspicion, case.level, case.identity) == ("bidding", "official", "anonymous")
    assert Attachment.objects.filter(complaint=case).count() == 1
    fields = [
        "suspicion", "subject", "detail", "when", "agency", "place", "damage", "level", "person1_name",
        "person3_conduct", "knowledge", "evidence", "told", "wish", "wish_words", "identity", "network",
    ]  # fmt: skip
    assert [name for name in dict.fromkeys(reversed(way)) if name in fields][::-1] == fields

    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes' }")
    keys.to_words(copy)
    keys.press("Enter")
    page.locator("copy-text button", has_text=copy[:3]).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    keys.step()
    keys.press("Space")
    assert copied == page.inner_text("#key")
    assert page.evaluate("document.body.dataset.printed") == "yes"
    assert keys.faults == []


@pytest.mark.django_db
@pytest.mark.parametrize("script", [True, False])
def test_no_field_holds_the_keyboard_and_faults_are_led_to(open_page: Any, script: bool) -> None:
    page: Page = open_page("/en/complaints/new/", script=script)
    keys = Keys(page)
    forward: list[str] = []
    for _ in range(MOST_STEPS):
        forward.append(keys.step()["name"])
        if keys.here()["words"] == "Send the report":
            break
    backward = [keys.step("Shift+Tab")["name"] for _ in forward[:-1]]
    assert backward == forward[-2::-1]

    keys.to_words("Send the report")
    keys.press("Enter")
    page.locator(".summary[role=alert]").wait_for()
    keys.to_words("What happened?")
    keys.press("Enter")

    assert page.evaluate("location.hash") == "#id_detail"
    page.keyboard.press("Tab")
    assert keys.faults == []


@pytest.mark.django_db
def test_report_is_followed_and_withdrawn_by_keyboard(open_page: Any) -> None:
    page: Page = open_page("/en/complaints/new/")
    keys = Keys(page)
    keys.to("suspicion")
    keys.press("Space")
    keys.write("subject", "ราคากลาง")
    keys.write("detail", "ราคากลางสูงกว่าท้องตลาดสองเท่า วันที่ 3")
    keys.to_words("Send the report")
    keys.press("Enter")
    key = page.inner_text("#key")

    keys.to_words("See what became of it")
    keys.press("Enter")
    page.wait_for_url("**/complaints/status/")
    keys.write("key", key)
    keys.press("Enter")
    page.locator("dl.case").wait_for()
    keys.to_words("Withdraw the report")
    keys.press("Enter")
    keys.to("sure")
    keys.press("Space")
    keys.to_words("Withdraw")
    keys.press("Enter")
    page.locator("[role=status]").wait_for()

    assert Complaint.objects.latest("pk").outcome == "withdrawn"
    assert keys.faults == []

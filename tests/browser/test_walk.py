"""Pages of the figures walked through by keyboard alone: each control is reached, named, seen, uncovered."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_STEPS = 400
UNFOLD = "document.querySelectorAll('details:not(.years)').forEach(one => { one.open = true })"
STEP = """() => {
  const at = document.activeElement;
  if (at === document.body || at.reached) return null;
  at.reached = true;
  const shape = at.querySelector(":scope > :is(rect, path)"), [box] = (shape ?? at).getClientRects();
  const ringed = [at, at.closest(".search")].filter(Boolean).map((one) => getComputedStyle(one))
    .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const edged = shape && parseFloat(getComputedStyle(shape).strokeWidth) > 0.5;
  const seen = [0.1, 0.5, 0.9].some((part) => {
    const [left, top] = [box.left + box.width * part, box.top + Math.min(box.height / 2, 20)];
    const found = document.elementFromPoint(left, top);
    return at.contains(found) || at.closest("label")?.contains(found);
  });
  const words = at.ariaLabel || at.textContent || at.labels?.[0]?.textContent || "";
  const faults = Object.entries({
    "not ringed": !ringed && !edged, "outside": box.bottom <= 0 || box.top >= innerHeight, "covered": !seen,
    "nameless": !words.trim(),
  }).filter(([, holds]) => holds).map(([fault]) => fault);
  return faults.length ? `${at.tagName} ${words.trim().slice(0, 40)}: ${faults.join(", ")}` : "";
}"""
LEFT_OUT = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".years nav"))
  .filter((one) => one.type !== "hidden" && !one.reached && !one.disabled)
  .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/agencies/20/",
        "/provinces/",
        "/procurement/2568/",
        "/flags/near-reference/",
        "/en/compare/?a=20&b=21",
    ],
)
def test_every_control_is_reached_and_seen_by_keyboard(
    open_page: Any, address: str, width: int, script: bool
) -> None:
    page = open_page(address, width=width, script=script)
    page.evaluate(UNFOLD)

    faults = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        fault = page.evaluate(STEP)
        if fault is None:
            break
        faults += [fault] if fault else []

    assert faults == []
    assert page.evaluate(LEFT_OUT) == []

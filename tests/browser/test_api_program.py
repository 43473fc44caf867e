"""The documented JavaScript program, run by a real browser as it stands."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings

pytestmark = [pytest.mark.browser, pytest.mark.django_db]  # the second asks for a test database


def test_documented_javascript_adds_up_the_ministries(open_page: Any, site: str) -> None:
    page_of_docs = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
    program = re.findall(r"^```js\n(.*?)^```", page_of_docs, flags=re.DOTALL | re.MULTILINE)[0]
    page = open_page("/api/v1/docs/", script=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    page.evaluate(f"async () => {{ {program.replace('http://127.0.0.1:8000', site)} }}")

    assert any(line.startswith("total ") for line in said)
    assert len(said) > 10

"""What docs/privacy.md promises to visitors."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

PUBLIC = ["/", "/en/", "/search/?q=ถนน", "/about/", "/privacy/", "/complaints/new/", "/api/v1/allocations/"]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the handlers of the settings would have written to the log."""
    lines: list[str] = []
    handlers = {h for name in ("", *settings.LOGGING["loggers"]) for h in logging.getLogger(name).handlers}
    for handler in handlers:
        if type(handler) is logging.StreamHandler:  # the others listen for pytest
            monkeypatch.setattr(handler, "emit", lambda record: lines.append(record.getMessage()))
    return lines


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_reading_leaves_no_cookie(client: Client, address: str) -> None:
    response = client.get(address, follow=True)

    assert response.status_code == 200
    assert not client.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [*PUBLIC, "/budget/nineteen/?q=secret", "/nothing/here", "/api/v1/?secret=1"]
)
def test_reading_leaves_no_line_in_the_log(client: Client, written: list[str], address: str) -> None:
    client.get(address, REMOTE_ADDR="203.0.113.9", headers={"User-Agent": "Somebody"})

    assert written == []


@pytest.mark.django_db
def test_broken_page_is_logged_without_its_visitor(
    client: Client, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("spending.api.ListView.answer", broken)
    client.raise_request_exception = False

    client.get("/api/v1/editions/?secret=1", REMOTE_ADDR="203.0.113.9", headers={"User-Agent": "Somebody"})

    assert written == ["Internal Server Error: /api/v1/editions/"]


@pytest.mark.django_db
def test_page_tells_no_other_site_where_a_visitor_was(client: Client) -> None:
    assert client.get("/about/")["Referrer-Policy"] == "same-origin"

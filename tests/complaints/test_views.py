"""The pages for whoever sees something wrong."""

from __future__ import annotations

import pytest
from django.test import Client

from complaints.desks import DESKS


@pytest.mark.parametrize("address", ["/complaints/new/", "/complaints/status/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_desk_is_named_in_both_languages(client: Client, address: str, language: str) -> None:
    page = client.get(f"{language}{address}")

    assert page.status_code == 200
    assert all(desk.site in page.text for desk in DESKS)


def test_the_figure_is_taken_along(client: Client) -> None:
    page = client.get("/complaints/new/", {"about": "/search/?q=ถนน"})

    assert "http://testserver/search/?q=" in page.text


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "/no-such-page/", "javascript:x"],
)
def test_an_address_that_is_not_ours_is_left_out(client: Client, address: str) -> None:
    page = client.get("/complaints/new/", {"about": address})

    assert page.status_code == 200
    assert "<code>" not in page.text
    assert 'href="https://evil' not in page.text


def test_nobody_else_learns_that_the_page_was_read(client: Client) -> None:
    page = client.get("/complaints/new/")

    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]

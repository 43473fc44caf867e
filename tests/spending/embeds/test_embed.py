"""Figures alone under `/embed/`: what their page shows, framed by anybody, able to do nothing."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, override_settings

from spending.views.embed import PAGES
from spending.views.taken import REGISTER
from tests.past_projects import CODE
from tests.purchases import COMPANY_ID

from .reading import boxes, data_of, said_on, text_of

ADDRESSES = (
    "/",
    "/budget/2565/",
    "/budget/2565/lines/2022.3.9.1/",
    f"/budget/2561/projects/{CODE}/",
    "/agencies/15/",
    "/agencies/15008/",
    "/agencies/15008/reconciliation/",
    "/obligations/2565/",
    "/disbursements/2569/",
    "/disbursements/2569/?cut=agency",
    "/procurement/2568/",
    "/projects/67119000001/",
    f"/projects/67119000001/contracts/1\u22152568~{COMPANY_ID}/",
    "/provinces/",
    "/local/2565/",
)
"""A page of each type that has figures."""


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_figure_of_a_page_can_be_taken_elsewhere(client: Client, address: str, language: str) -> None:
    page = client.get(language + address)
    html = page.content.decode()

    found = boxes(html)
    assert found, html[:500]
    for box in found:
        framed = client.get(box["frame"])
        alone = framed.content.decode()
        table = data_of(alone)
        assert framed.status_code == 200
        assert set(table) <= said_on(html)
        assert "<script" not in alone
        assert 'role="note"' not in alone, "the figures are those of the page, at the moment that is pinned"
        assert box["code"].startswith(f'<iframe src="http://testserver{language}/embed/')
        picture = client.get(box["svg"])
        assert picture.status_code == 200
        assert len(text_of(picture.content.decode())) > 5


def test_every_page_of_the_register_is_walked() -> None:
    assert len(REGISTER) == len({urlsplit(address).path for address in ADDRESSES} - {"/agencies/15008/"})
    assert {name.removesuffix("_newest") for name in PAGES} == {
        template.removeprefix("spending/").removesuffix(".html") for template in REGISTER
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
def test_frame_can_be_shown_by_anybody_and_do_nothing(client: Client) -> None:
    box = boxes(client.get("/en/budget/2565/").content.decode())[0]

    for address in (box["frame"], box["svg"], box["png"]):
        response = client.get(address)
        policy = response["Content-Security-Policy"]

        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert "form-action 'none'" in policy
        assert "X-Frame-Options" not in response
        assert "Set-Cookie" not in response
        assert not response.cookies
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Cookie" not in response.get("Vary", "")


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("address", ["/", "/budget/2565/", "/oembed/?url=http://testserver/", "/data/"])
def test_nothing_else_may_be_framed(client: Client, address: str) -> None:
    response = client.get(address)

    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
def test_frame_says_title_figures_source_and_date(client: Client) -> None:
    box = next(
        box
        for box in boxes(client.get("/en/disbursements/2569/").content.decode())
        if "figure=bodies" in box["frame"]
    )

    html = client.get(box["frame"]).content.decode()

    assert "Disbursement 2026" in html
    assert "Who has paid out how much" in html
    assert 'data value="180.00"' in html
    assert "as of 3 July 2026" in html
    assert "As this site showed it on" in html
    assert 'data-today href="/en/disbursements/2569/#bodies"' in html


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
def test_frame_without_a_moment_is_sent_to_the_one_of_now(client: Client) -> None:
    response = client.get("/en/embed/budget/2565/?by=category")

    query = parse_qs(urlsplit(response["Location"]).query)
    assert response.status_code == 302
    assert response["Cache-Control"] == "no-store"
    assert query["by"] == ["category"]
    assert query["figure"] == ["slices"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", query["as_of"][0])
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
def test_frame_of_the_newest_year_is_sent_to_that_year(client: Client) -> None:
    response = client.get("/en/embed/budget/", follow=True)

    assert response.status_code == 200
    assert response.redirect_chain[0][0].startswith("/en/embed/budget/2565/")


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/embed/nowhere/", 404),
        ("/embed/data/", 404),
        ("/embed/complaints/new/", 404),
        ("/embed/admin/", 404),
        ("/embed/embed/budget/2565/", 404),
        ("/embed/budget/2511/", 404),
        ("/embed/budget/2565/?colour=red&as_of=2026-11-21", 400),
        ("/embed/budget/2565/?figure=nothing&as_of=2026-11-21", 400),
        ("/embed/budget/2565/?as_of=soon", 400),
        ("/embed/budget/2565/slices.svg?as_of=2026-11-21&colour=red", 400),
        ("/embed/budget/2565/slices.png?as_of=2026-11-21&scale=9", 400),
        ("/embed/budget/2565/slices.gif", 404),
    ],
)
def test_address_without_a_figure_says_so_in_a_small_page(client: Client, address: str, status: int) -> None:
    response = client.get(address)

    html = response.content.decode()
    assert response.status_code == status
    assert "<script" not in html
    assert len(html) < 5_000
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
def test_frame_can_only_be_read(client: Client) -> None:
    assert client.post("/embed/budget/2565/").status_code == 405
    assert client.post("/oembed/").status_code == 405


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("kind", ["frame", "svg", "png"])
def test_answer_has_a_tag_and_is_not_sent_twice(client: Client, kind: str) -> None:
    address = boxes(client.get("/budget/2565/").content.decode())[0][kind]

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert "max-age=3600" in first["Cache-Control"]
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
@override_settings(API_RATE_LIMIT=2)
def test_frames_are_counted_like_questions_to_the_api(client: Client) -> None:
    address = boxes(client.get("/budget/2565/").content.decode())[0]["frame"]

    answers = [client.get(address) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0]["RateLimit-Policy"]
    assert int(answers[2]["Retry-After"]) <= 60
    assert "frame-ancestors *" in answers[2]["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
def test_png_is_a_picture_of_the_size_asked_for(client: Client) -> None:
    box = boxes(client.get("/budget/2565/").content.decode())[0]

    small, large = client.get(box["png"]), client.get(box["large"])

    assert small["Content-Type"] == "image/png"
    assert small["Content-Disposition"] == 'inline; filename="slices.png"'
    assert width_of(small) == 960
    assert width_of(large) == 1920


def width_of(png: Any) -> int:
    """The width that the head of a PNG gives."""
    assert png.content[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png.content[16:20], "big")

"""oEmbed: what another site gets for an address of ours, and for any other."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client

PAGE = "http://testserver/en/budget/2565/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figures")]


def test_page_leads_to_its_answer(client: Client) -> None:
    html = client.get("/en/budget/2565/?by=agency").content.decode()

    links = dict(re.findall(r'<link rel="alternate" type="([a-z/]+\+oembed)" href="([^"]+)"', html))
    answer = client.get(unescape(links["application/json+oembed"]).removeprefix("http://testserver"))
    assert set(links) == {"application/json+oembed", "text/xml+oembed"}
    assert answer.status_code == 200
    assert "by=agency" in answer.json()["html"]


def test_page_without_figures_offers_none(client: Client) -> None:
    assert "oembed" not in client.get("/data/").content.decode()


def test_answer_carries_frame_title_figures_source_and_date(client: Client) -> None:
    response = client.get("/oembed/", {"url": f"{PAGE}#slices"})
    answer = response.json()

    assert response["Content-Type"] == "application/json"
    assert (answer["type"], answer["version"]) == ("rich", "1.0")
    assert answer["title"] == "Budget 2022: By ministry"
    assert answer["width"] == 720
    assert answer["height"] == 640
    assert answer["source"].startswith("Source: Bureau of the Budget, ")
    assert answer["as_of"] == "2021-10-01"
    assert answer["table"]["sums"][1] == 200
    assert answer["editions"]
    src = unescape(re.search(r'src="([^"]+)"', answer["html"])[1])  # type: ignore[index]
    assert client.get(src.removeprefix("http://testserver")).status_code == 200
    assert (
        client.get(answer["thumbnail_url"].removeprefix("http://testserver"))["Content-Type"] == "image/png"
    )


def test_answer_is_exact_in_xml_too(client: Client) -> None:
    response = client.get("/oembed/", {"url": PAGE, "format": "xml"})

    root = ElementTree.fromstring(response.content)
    assert response["Content-Type"].startswith("text/xml")
    assert root.tag == "oembed"
    assert root.findtext("type") == "rich"
    assert Decimal(root.findall("table/sums/sum")[1].text or "") == 200


def test_frame_keeps_within_the_size_that_is_asked_for(client: Client) -> None:
    answer = client.get("/oembed/", {"url": PAGE, "maxwidth": "400", "maxheight": "300"}).json()

    assert (answer["width"], answer["height"]) == (400, 300)
    assert 'width="400" height="300"' in answer["html"]
    assert "thumbnail_url" not in answer


def test_fragment_and_embed_name_the_figure(client: Client) -> None:
    by_fragment = client.get("/oembed/", {"url": "http://testserver/en/disbursements/2569/#bodies"}).json()
    embed = client.get("/en/embed/disbursements/2569/?figure=bodies")["Location"]
    by_embed = client.get("/oembed/", {"url": f"http://testserver{embed}"}).json()

    assert by_fragment["title"] == by_embed["title"] == "Disbursement 2026: Who has paid out how much"
    query = parse_qs(urlsplit(embed).query)
    assert by_embed["known"] == query["as_of"][0]


def test_language_is_that_of_the_page(client: Client) -> None:
    assert client.get("/oembed/", {"url": "http://testserver/budget/2565/"}).json()["title"].startswith("งบ")


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://elsewhere.example/budget/2565/", 404),
        ("http://testserver@elsewhere.example/budget/2565/", 404),
        ("http://testserver.elsewhere.example/budget/2565/", 404),
        ("http://elsewhere.example#@testserver/budget/2565/", 404),
        ("http://127.0.0.1/budget/2565/", 404),
        ("//testserver/budget/2565/", 404),
        ("file:///etc/passwd", 404),
        ("ftp://testserver/budget/2565/", 404),
        ("gopher://testserver/", 404),
        ("http://[::1/", 404),
        ("/budget/2565/", 404),
        ("javascript:alert(1)", 404),
        ("http://testserver/nowhere/", 404),
        ("http://testserver/data/", 404),
        ("http://testserver/budget/2511/", 404),
        ("http://testserver/static/css/site.css", 404),
        ("http://testserver/%00", 404),
        ("http://testserver/complaints/status/", 401),
        ("http://testserver/complaints/new/", 401),
        ("http://testserver/budget/2565/?colour=red", 404),
        ("", 400),
    ],
)
def test_any_other_address_is_refused_without_being_asked(client: Client, url: str, status: int) -> None:
    """The network is closed in tests: an address that was fetched would raise."""
    response = client.get("/oembed/", {"url": url})

    assert response.status_code == status
    assert response["Content-Type"].startswith("text/plain")
    assert "<" not in response.content.decode()


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"format": "yaml"}, 501),
        ({"maxwidth": "wide"}, 400),
        ({"maxheight": "-1"}, 400),
        ({"maxwidth": "20"}, 404),
        ({"colour": "red"}, 400),
    ],
)
def test_words_that_it_does_not_take_are_refused(client: Client, words: dict[str, str], status: int) -> None:
    assert client.get("/oembed/", {"url": PAGE, **words}).status_code == status


def test_anybody_may_ask_and_hold_the_answer(client: Client) -> None:
    first = client.get(f"/oembed/?url={quote(PAGE)}")
    again = client.get(f"/oembed/?url={quote(PAGE)}", headers={"If-None-Match": first["ETag"]})

    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["RateLimit-Policy"]
    assert again.status_code == 304

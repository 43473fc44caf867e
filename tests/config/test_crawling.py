"""What search engines are told: the permanent addresses in files, and what to leave alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from config import crawling
from spending import sitemaps
from spending.models import Agency, Edition, Supplier
from tests.factories import allocation, head, loaded
from tests.test_pages import publish

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LINE = "/budget/2565/lines/2022.3.9.1/"


@pytest.fixture
def figures(db: None, tmp_path: Path) -> None:
    publish(tmp_path)


def files(client: Client) -> list[str]:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [one.text.removeprefix("http://testserver") for one in tree.findall("s:sitemap/s:loc", NAMES)]  # type: ignore[union-attr]


def entries(client: Client, file: str) -> list[Any]:
    answer = client.get(file)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml"
    return ElementTree.fromstring(answer.content).findall("s:url", NAMES)


def place(entry: Any) -> str:
    return str(entry.find("s:loc", NAMES).text)


def places(client: Client) -> list[str]:
    return [place(entry) for file in files(client) for entry in entries(client, file)]


def other_tongues(entry: Any) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}


def test_each_address_is_a_page_at_its_one_place(client: Client, figures: None) -> None:
    found = places(client)

    answers = {address: client.get(urlsplit(address).path).status_code for address in found}
    assert {address: status for address, status in answers.items() if status != 200} == {}
    assert len(found) == len(set(found))
    assert f"http://testserver{LINE}" in found
    assert f"http://testserver/en{LINE}" in found


def test_each_kind_of_record_has_a_file(client: Client, figures: None) -> None:
    found = {file: len(entries(client, file)) for file in files(client)}

    assert found.keys() == {f"/sitemap-{section}.xml" for section in crawling.SECTIONS}
    assert all(found.values())


def test_each_address_names_the_same_page_in_both_languages(client: Client, figures: None) -> None:
    for file in files(client):
        for entry in entries(client, file):
            other = other_tongues(entry)
            path = urlsplit(other["th"]).path
            assert urlsplit(other["en"]).path == f"/en{path}"
            assert other["x-default"] == other["th"]
            assert place(entry) in other.values()


def test_a_line_changed_when_its_edition_was_published(client: Client, figures: None) -> None:
    edition = Edition.objects.get(dataset="budget_book")

    entry = next(one for one in entries(client, "/sitemap-lines.xml") if place(one).endswith(LINE))

    assert edition.published_at is not None
    assert entry.find("s:lastmod", NAMES).text == localdate(edition.published_at).isoformat()


def test_long_sections_are_split_and_lose_nothing(
    client: Client, figures: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {place(entry) for entry in entries(client, "/sitemap-lines.xml")}

    monkeypatch.setattr(sitemaps.Records, "limit", 2)

    parts = [file for file in files(client) if file.startswith("/sitemap-lines.xml")]
    assert parts == ["/sitemap-lines.xml", "/sitemap-lines.xml?p=2"]
    split = [place(entry) for file in parts for entry in entries(client, file)]
    assert len(split) == len(whole) == 4
    assert set(split) == whole
    assert client.get("/sitemap-lines.xml?p=3").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_files_keep_within_the_protocol_and_hold_whole_records() -> None:
    assert sitemaps.Records.limit <= 50_000
    assert sitemaps.Records.limit % len(site_settings.LANGUAGES) == 0
    # two addresses as long as any, each with its three links, are 20 kB at most
    assert sitemaps.Records.limit / 2 * 20_000 <= 50_000_000


def test_more_records_take_no_more_queries(
    client: Client, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    loaded(head(), *(allocation(number) for number in range(1, 60)), folder=tmp_path)

    with django_assert_max_num_queries(4):
        assert len(entries(client, "/sitemap-lines.xml")) == 118


def test_addresses_that_may_move_are_not_named(client: Client, figures: None) -> None:
    Agency.objects.create(code="สำนักงานใหม่", name="สำนักงานใหม่", kind=Agency.Kind.AGENCY)
    Supplier.objects.create(code="ร้านค้า", name="ร้านค้า")

    found = " ".join(places(client))

    assert "%E0%B8%AA%E0%B8%B3" not in found
    assert "/suppliers/%E0" not in found


@pytest.mark.parametrize("file", ["/sitemap.xml", "/sitemap-lines.xml"])
def test_a_file_is_kept_until_an_edition_is_published(client: Client, tmp_path: Path, file: str) -> None:
    loaded(head(), allocation(1), folder=tmp_path)
    first = client.get(file)
    tag = {"If-None-Match": first["ETag"]}

    again = client.get(file, headers=tag)
    loaded(head(), allocation(2), folder=tmp_path)
    later = client.get(file, headers=tag)

    assert "max-age=3600" in first["Cache-Control"]
    assert "public" in first["Cache-Control"]
    assert (again.status_code, again.content) == (304, b"")
    assert later.status_code == 200
    assert not client.cookies


# robots.txt


def rules(client: Client) -> Iterator[tuple[bool, str]]:
    for line in client.get("/robots.txt").text.splitlines():
        if line.startswith(("Allow: ", "Disallow: ")):
            word, path = line.split(": ")
            yield word == "Allow", path


def may_read(client: Client, address: str) -> bool:
    """As RFC 9309 has it: the longest rule counts, and of two as long the one that allows."""
    found = [(0, True)]
    for allowed, path in rules(client):
        pattern = re.escape(path).replace(r"\*", ".*").replace(r"\$", "$")
        if re.match(pattern, address):
            found.append((len(path), allowed))
    return max(found)[1]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    "address",
    [
        "/complaints/status/",
        "/complaints/new/?about=/budget/2565/",
        "/complaints/opinions/new/?about=/agencies/15/",
        "/search/?q=ถนน",
        "/agencies/15/?as_of=2026-07-10",
        "/suppliers/?sort=name&page=3",
        "/data/dumps/2026-07-03/allocations.csv",
    ],
)
def test_what_is_private_or_endless_is_left_alone(client: Client, language: str, address: str) -> None:
    assert not may_read(client, language + address)


@pytest.mark.parametrize("address", ["/admin/", "/api/v1/allocations/?format=csv", "/health/"])
def test_what_is_no_page_is_left_alone(client: Client, address: str) -> None:
    assert not may_read(client, address)


def test_every_address_of_the_files_may_be_read(client: Client, figures: None) -> None:
    closed = [address for address in places(client) if not may_read(client, urlsplit(address).path)]

    assert closed == []
    assert may_read(client, "/sitemap-lines.xml?p=2")


def test_robots_are_shown_the_list_of_addresses_and_keep_it(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: http://testserver/sitemap.xml" in answer.text.splitlines()
    assert "public" in answer["Cache-Control"]


def test_the_staff_server_is_left_alone_altogether(client: Client, settings: Any) -> None:
    settings.SITE = "staff"

    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"

"""Feeds of a subject: what each edition brought or changed, under names that stay."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from following.subjects import Kind, NoSubject, subject_of
from spending.models import Edition
from tests.factories import allocation, disbursement, head, loaded
from tests.purchases import COMPANY_ID, bought, by_person, contract, part, project

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = [
    "/agencies/15008/changes.atom",
    "/en/agencies/15/changes.json",
    "/provinces/40/changes.atom",
    "/provinces/40/changes.json",
    f"/suppliers/{COMPANY_ID}/changes.atom",
    f"/suppliers/{COMPANY_ID}/changes.json",
    "/search/feed.atom?q=รายการ",
    "/en/search/feed.json?q=รายการ",
    "/data/changes.atom?step=correction",
    "/data/changes.json",
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def purchases(book: None, tmp_path: Path) -> None:
    bought(part(), project(1), contract(1), folder=tmp_path)


def read(client: Client, address: str) -> dict[str, Any]:
    return dict(json.loads(client.get(address).content))


def corrected(folder: Path) -> None:
    """The same volume again: one line changed, one gone, one new."""
    loaded(head(), allocation(1, "120.00"), allocation(3, "7.50"), folder=folder)


@pytest.mark.usefixtures("purchases")
@pytest.mark.parametrize("address", FEEDS)
def test_feed_holds_until_an_edition_is_published(client: Client, tmp_path: Path, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    corrected(tmp_path)
    later = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, later.status_code) == (200, 304, 200)
    assert again["ETag"] == first["ETag"] != later["ETag"]
    assert not client.cookies


def test_volume_read_anew_is_not_told_as_lines_that_came_and_went(
    client: Client, book: None, tmp_path: Path
) -> None:
    loaded(
        head(),
        allocation(1, "120.00", item_id="2022.3.9.p1-1"),
        allocation(2, "50.00", item_id="2022.3.9.p1-2"),
        folder=tmp_path,
        name="31.pdf",
    )
    edition = Edition.objects.get(is_current=True, dataset="budget_book")
    before = Edition.objects.get(is_current=False, dataset="budget_book")

    entry = client.get("/en/agencies/15008/changes.atom").content.decode().split("<entry>")[1]
    page = unescape(client.get(f"/en/data/editions/{edition.pk}/").content.decode())

    assert "2 rows before, 2 now. The volume was read anew" in entry
    assert "no longer there" not in entry
    assert " gone," not in entry
    assert "together 150 → 170 baht" in entry
    [compared] = re.findall(r'href="([^"]+/differences/[^"]+)"', page)
    assert compared == f"/en/budget/differences/?from={before.key}&to={edition.key}"
    assert client.get(compared).status_code == 200


def test_correction_tells_what_was_before_and_after(client: Client, book: None, tmp_path: Path) -> None:
    corrected(tmp_path)

    newest, oldest = subject_of("agency", "15008").entries(limit=5)

    told = newest.told[0]
    assert (told.new, told.gone, told.other) == (1, 1, 1)
    assert (told.money_before, told.money) == (Decimal("150.00"), Decimal("127.50"))
    lines = {line.words: (line.before, line.after) for line in told.lines}
    assert lines == {
        "รายการที่ 1": (Decimal("100.00"), Decimal("120.00")),
        "รายการที่ 2": (Decimal("50.00"), None),
        "รายการที่ 3": (None, Decimal("7.50")),
    }
    assert told.lines[0].words == "รายการที่ 2"  # the largest change
    assert oldest.told[0].rows == 2
    html = read(client, "/en/agencies/15008/changes.json")["items"][0]["content_html"]
    assert "100 → 120 baht" in html
    assert "together 150 → 127.50 baht" in html


def lines(*given: tuple[int, str, str]) -> list[Any]:
    return [allocation(number, amount, description=text) for number, text, amount in given]


def test_line_that_is_but_renumbered_or_renamed_is_neither_gone_nor_new(
    client: Client, book: None, tmp_path: Path
) -> None:
    first, second = "ก่อสร้างอาคารสำนักงาน", "ปรับปรุงระบบคอมพิวเตอร์"
    loaded(head(), *lines((1, first, "10.00"), (2, second, "20.00")), folder=tmp_path, name="b.txt")
    moved = lines((1, "จัดซื้อรถยนต์", "5.00"), (2, first, "10.00"), (3, f"{second}ฯ", "25.00"))
    loaded(head(), *moved, folder=tmp_path, name="c.txt")

    told = subject_of("agency", "15008").entries(limit=1)[0].told[0]

    assert (told.new, told.gone, told.other) == (1, 0, 1)
    assert {line.words: (line.before, line.after) for line in told.lines} == {
        "จัดซื้อรถยนต์": (None, Decimal("5.00")),
        f"{second}ฯ": (Decimal("20.00"), Decimal("25.00")),
    }


def test_edition_that_only_renumbers_is_not_told(client: Client, book: None, tmp_path: Path) -> None:
    for first, name in ((1, "b.txt"), (7, "c.txt")):
        same = lines((first, "ก่อสร้างถนน", "10.00"), (first + 1, "ซื้อรถยนต์", "20.00"))
        loaded(head(), *same, folder=tmp_path, name=name)

    assert len(subject_of("agency", "15008").entries(limit=9)) == 2


@pytest.mark.parametrize("form", ["atom", "json"])
def test_older_entries_stand_on_further_pages(
    client: Client, book: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr("following.feeds.IN_A_FEED", 2)
    for number in range(4):
        changed = allocation(1, f"{number}.50"), allocation(2, "50.00")
        loaded(head(), *changed, folder=tmp_path, name=f"{number}.txt")

    address: str | None = f"/en/agencies/15008/changes.{form}"
    pages = []
    while address:
        text = client.get(address).content.decode()
        if form == "json":
            found = json.loads(text)
            pages.append([item["id"] for item in found["items"]])
            address = found.get("next_url")
        else:
            root = ET.fromstring(text)
            pages.append([one.text for one in root.findall(f"{ATOM}entry/{ATOM}id")])
            links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
            assert links["first"] == f"http://testserver/en/agencies/15008/changes.{form}"
            address = links.get("next")

    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({one for page in pages for one in page}) == 5


@pytest.mark.parametrize("before", ["x", "999999", "9" * 40, "-1"])
def test_page_that_is_none_is_refused(client: Client, book: None, before: str) -> None:
    assert client.get("/agencies/15008/changes.json", {"before": before}).status_code == 400


def test_edition_that_changes_nothing_for_a_subject_is_not_told(
    client: Client, book: None, tmp_path: Path
) -> None:
    loaded(head(), allocation(1, "100.00"), allocation(2, "50.00"), folder=tmp_path, name="again.txt")

    assert len(read(client, "/agencies/15008/changes.json")["items"]) == 1


def test_ministry_hears_of_its_agencies(client: Client, book: None) -> None:
    assert len(read(client, "/agencies/15/changes.json")["items"]) == 1
    assert client.get("/agencies/99999/changes.json").status_code == 404


def test_week_tells_of_each_economic_class(client: Client, db: None, tmp_path: Path) -> None:
    loaded(head("2569"), disbursement(), folder=tmp_path)

    html = read(client, "/en/agencies/15/changes.json")["items"][0]["content_html"]

    assert "recurrent: 400 baht" in html


@pytest.mark.usefixtures("book")
def test_names_and_order_stay(client: Client, tmp_path: Path) -> None:
    before = read(client, "/agencies/15008/changes.json")["items"]
    corrected(tmp_path)
    after = read(client, "/agencies/15008/changes.json")["items"]

    assert after[1:] == before
    assert after[0]["id"].startswith("tag:testserver,2026:th/agency/15008/")
    ids = [item["id"] for item in after]
    assert len(set(ids)) == len(ids) == 2


@pytest.mark.usefixtures("purchases")
def test_atom_and_json_say_the_same_and_are_valid(client: Client) -> None:
    for address in ("/en/agencies/15008/changes", f"/suppliers/{COMPANY_ID}/changes"):
        atom = ET.fromstring(client.get(f"{address}.atom").content)
        feed = read(client, f"{address}.json")

        assert atom.find(f"{ATOM}author/{ATOM}name") is not None
        assert atom.findtext(f"{ATOM}title") == feed["title"]
        entries = atom.findall(f"{ATOM}entry")
        assert [one.findtext(f"{ATOM}id") for one in entries] == [item["id"] for item in feed["items"]]
        assert all(one.findtext(f"{ATOM}updated") for one in entries)
        assert [one.findtext(f"{ATOM}summary") for one in entries] == [
            item["content_html"] for item in feed["items"]
        ]
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert entries


def test_empty_feed_has_a_date_that_stays(client: Client, book: None) -> None:
    first, second = (client.get("/search/feed.atom?q=ไม่มีคำนี้เลย").content for _ in range(2))

    assert first == second
    assert b"<entry>" not in first


def test_natural_person_is_named_in_no_feed(client: Client, db: None, tmp_path: Path) -> None:
    bought(part(), project(1), by_person(1), folder=tmp_path)
    with_person = [f"{kind}.{form}" for kind in ("/provinces/40/changes",) for form in ("atom", "json")]

    said = [client.get(address).content.decode() for address in [*with_person, "/search/feed.json?q=จ้าง"]]

    assert not [text for text in said if "นาย" in text or "สมชาย" in text]


@pytest.mark.parametrize(
    "address", ["/search/feed.atom", "/search/feed.json?q=ก", "/search/feed.json?q=ถนน&x=1"]
)
def test_question_that_cannot_be_asked_is_explained(client: Client, book: None, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.usefixtures("purchases")
@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/agencies/15008/", "/agencies/15008/changes.atom"),
        ("/en/provinces/40/", "/en/provinces/40/changes.atom"),
        (f"/suppliers/{COMPANY_ID}/", f"/suppliers/{COMPANY_ID}/changes.atom"),
        ("/data/changes/?step=correction", "/data/changes.atom?step=correction"),
        ("/search/?q=budget", "/search/feed.atom?q=budget"),
    ],
)
def test_page_leads_to_its_feed(client: Client, page: str, feed: str) -> None:
    html = client.get(page).content.decode()

    assert '<link rel="alternate" type="application/atom+xml" title="' in html
    assert f'href="{feed}"' in html
    assert client.get(feed).status_code == 200


def test_subject_must_exist(book: None) -> None:
    for kind, key in [
        ("agency", "0"),
        ("search", "ก"),
        ("editions", "nothing"),
        ("x", ""),
        ("search", "a\x00b"),
    ]:
        with pytest.raises(NoSubject):
            subject_of(kind, key)
    assert {subject_of("editions", "budget_book").kind, subject_of("corrections", "").kind} == {
        Kind.EDITIONS,
        Kind.CORRECTIONS,
    }

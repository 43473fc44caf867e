"""One page, one address that search engines keep."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from spending.canonical import canonical
from tests.factories import allocation, head, loaded


def known_as(address: str, language: str = "", **headers: str) -> str:
    return canonical(RequestFactory(headers=headers).get(address), language)


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=ถนน&in=line&year=2565",
        "/search/?q=ถนน&in=line&year=2022",
        "/search/?year=๒๕๖๕&in=line&q=ถนน&page=1",
        "/search/?in=line&q=ถนน&year=2565&sort=-amount&chart=slices&cite=ris&ministry=",
    ],
    ids=["buddhist", "common_era", "thai_digits_in_another_order", "with_looks_and_nothing"],
)
def test_all_addresses_of_a_page_are_known_as_one(address: str) -> None:
    assert known_as(address) == "http://testserver/search/?in=line&q=%E0%B8%96%E0%B8%99%E0%B8%99&year=2565"


def test_what_is_chosen_stays() -> None:
    address = "/budget/2565/?as_of=2022-01-01&ministry=15&page=2&per=capita&prices=2560"

    assert known_as(address) == f"http://testserver{address}"


def test_what_is_no_year_stays_as_it_was_typed() -> None:
    assert known_as("/search/?year=soon") == "http://testserver/search/?year=soon"


def test_host_is_the_one_that_was_asked(settings: object) -> None:
    assert known_as("/data/", host="localhost").startswith("http://localhost/")


def test_another_language_is_the_same_page(db: None) -> None:
    assert known_as("/budget/2022/?year=2022", "en") == "http://testserver/en/budget/2565/?year=2565"


@pytest.mark.parametrize("address", ["/nothing/here/", "/budget/2565/?sorted=yes"])
def test_what_is_no_page_is_known_by_no_address(
    client: Client, tmp_path: Path, db: None, address: str
) -> None:
    loaded(head(), allocation(), folder=tmp_path)

    html = client.get(address).content.decode()

    assert not re.search("canonical|<link[^>]+hreflang", html)

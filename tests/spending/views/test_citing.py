"""How every page cites its figures."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.test_pages import address, publish

FIGURES = (
    "home",
    "budget",
    "lines",
    "line",
    "page",
    "past_projects",
    "past_project",
    "province",
    "provinces",
    "agencies",
    "agency",
    "obligations",
    "reconciliation",
    "disbursements",
    "local",
    "purchases",
    "projects",
    "project",
    "contract",
    "flags",
    "flag_rule",
    "suppliers",
    "supplier",
    "edition",
    "dataset",
)
"""The types of pages that show figures."""
QUESTIONS = ("/en/search/?q=รายการ", "/en/budget/differences/?from=2565&to=2565")


@pytest.fixture
def figures(db: None, tmp_path: Path) -> None:
    publish(tmp_path)


def read(client: Client, path: str) -> str:
    response = client.get(path, follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("figures")
def test_every_type_of_page_with_figures_says_how_to_cite_them(client: Client) -> None:
    without = [
        path for path in (*(address(name, "en") for name in FIGURES), *QUESTIONS) if not _cited(client, path)
    ]

    assert without == []


def _cited(client: Client, path: str) -> bool:
    """Whether each origin on a page has a citation in Thai and after APA, and as a file of either kind."""
    html = read(client, path)
    blocks = re.findall(r'<details class="cite-line">.*?</details>', html, re.DOTALL)
    complete = all(
        'lang="th" class="quote"' in one and "[Data set]" in one and "ฉบับ " in one for one in blocks
    )
    numbers = re.findall(r"cite=bibtex-(\d+)", html)
    return bool(blocks) and complete and numbers == [str(place + 1) for place in range(len(blocks))]


@pytest.mark.usefixtures("figures")
def test_thai_citation_of_an_english_page_has_no_english_words(client: Client) -> None:
    html = read(client, "/en/disbursements/2569/?cut=agency")

    (*_others, told) = re.findall(r'<p lang="th" class="quote">(.*?)</p>', html)
    assert "รายงานผลการเบิกจ่ายรายสัปดาห์" in told
    assert "Weekly" not in told
    assert " and " not in told


@pytest.mark.usefixtures("figures")
def test_address_cited_answers_with_the_same_page_as_known_that_day(client: Client) -> None:
    html = read(client, "/en/disbursements/2569/?cut=agency")

    cited = unescape(re.findall(r'<a href="([^"]+)" rel="nofollow">This address stays<', html)[-1])
    assert (
        cited
        == f"http://testserver/en/disbursements/2569/?cut=agency&as_of={timezone.localdate().isoformat()}"
    )
    assert "As it was known on" in read(client, cited.removeprefix("http://testserver"))


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(("form", "first"), [("bibtex", "@misc{"), ("ris", "TY  - DATA")])
def test_one_citation_of_a_page_is_a_file_and_all_of_them_another(
    client: Client, form: str, first: str
) -> None:
    page = address("agency", "en")

    one = client.get(page, {"cite": f"{form}-1"})
    every = client.get(page, {"cite": form}).content.decode()

    assert one.content.decode().startswith(first)
    assert one.content.decode().count(first) == 1
    assert every.count(first) > 1
    assert "attachment" in one["Content-Disposition"]
    assert "cite=" not in every


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("asked", ["mla", "bibtex-99", "ris-0", ""])
def test_what_cannot_be_cited_is_said(client: Client, asked: str) -> None:
    assert client.get("/en/disbursements/2569/", {"cite": asked}).status_code == 400


@pytest.mark.usefixtures("figures")
def test_page_without_figures_has_nothing_to_cite(client: Client) -> None:
    assert client.get("/en/about/", {"cite": "ris"}).status_code == 400


@pytest.mark.usefixtures("figures")
def test_page_that_does_not_exist_stays_absent(client: Client) -> None:
    response: Any = client.get("/en/agencies/nobody/", {"cite": "ris"})

    assert response.status_code == 404

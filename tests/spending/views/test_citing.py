"""How every page cites its figures."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from spending.models import Edition
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
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("line", ("รายการที่ 1.", "เล่มที่", "บรรทัดที่")),
        ("contract", ("ซื้อวัสดุรายการที่ 1", "ระเบียนที่ 2")),
        ("disbursements", ("แผ่นงาน",)),
        ("reconciliation", ("จากรัฐสภาถึงการจ่ายเงิน: กรม",)),
    ],
)
def test_thai_citation_of_an_english_page_tells_subject_and_place_in_thai(
    client: Client, name: str, words: tuple[str, ...]
) -> None:
    html = read(client, address(name, "en"))

    told = re.findall(r'<p lang="th" class="quote">(.*?)</p>', html)[-1]
    assert [word for word in words if word not in told] == [], told


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("path", ["/en/", "/en/obligations/2565/", "/en/agencies/15008/"])
def test_titles_of_figures_are_cited_in_both_languages(client: Client, path: str) -> None:
    """Thai words of an English page say the title that the same figure has on the page in Thai."""
    english, thai = read(client, path), read(client, path.removeprefix("/en"))

    def quoted(html: str) -> list[str]:
        return re.findall(r'<p lang="th" class="quote">(.*?) \[', html)

    assert quoted(english) == quoted(thai)
    assert quoted(english)
    records = client.get(path, {**dict(parse_qsl(urlsplit(path).query)), "cite": "ris"}).content.decode()
    assert records.count("\nTT  - ") == records.count("\nTI  - ")


@pytest.mark.usefixtures("figures")
def test_address_cited_answers_with_the_same_page_as_shown_at_that_moment(client: Client) -> None:
    html = read(client, "/en/disbursements/2569/?cut=agency")

    cited = stays(html)[-1]
    since = Edition.objects.shown_since()
    assert since is not None
    assert cited == f"/en/disbursements/2569/?cut=agency&as_of={since.isoformat()}"
    assert "As this site showed it on" in read(client, cited)


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("name", FIGURES)
def test_address_that_is_said_to_stay_pins_what_is_shown(client: Client, name: str) -> None:
    for cited in stays(read(client, address(name, "en"))):
        pinned = "as_of=" in cited or "/data/editions/" in cited

        assert pinned
        assert client.get(cited).status_code == 200
        assert stays(read(client, cited)) == [cited] * len(stays(read(client, cited)))


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("path", ["/en/local/2565/", "/en/obligations/2565/"])
def test_pages_that_answer_for_a_moment_offer_one(client: Client, path: str) -> None:
    assert all("as_of=" in cited for cited in stays(read(client, path)))
    assert stays(read(client, path))


@pytest.mark.usefixtures("figures")
def test_page_that_no_moment_changes_does_not_say_that_its_address_stays(client: Client) -> None:
    html = read(client, address("flags", "en"))

    assert stays(html) == []
    assert "This address shows what is known when it is read" in html


@pytest.mark.usefixtures("figures")
def test_day_asked_for_is_not_said_to_stay(client: Client) -> None:
    html = read(client, "/en/disbursements/2569/?as_of=2026-08-01")

    assert stays(html) == []
    assert "late reports of it may still change it" in html
    assert "even if this site got it later" in html


def stays(html: str) -> list[str]:
    """The addresses of this site that a page says stay."""
    found = re.findall(r'<a href="([^"]+)" rel="nofollow">This address stays<', html)
    return [unescape(one).removeprefix("http://testserver") for one in found]


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

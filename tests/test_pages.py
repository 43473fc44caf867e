"""Every page, in both languages: what all of them promise."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from benchmarks.pages import GIVEN
from benchmarks.pages import HANDED_OUT as NOT_WEIGHED
from spending.models import Edition
from spending.urls import urlpatterns
from tests.factories import allocation, commitment, head, loaded
from tests.local_budgets import granted, locally
from tests.past_projects import CODE, past_project, published_projects
from tests.purchases import COMPANY_ID, bought, contract, part, project
from tests.spending.years import load_week, total

WHERE = {
    "budget": {"year": 2022},
    "lines": {"year": 2022},
    "line": {"year": 2022, "item_id": "2022.3.9.1"},
    "page": {"year": 2022, "volume": "2022.3.9", "number": 12},
    "page_picture": {"year": 2022, "volume": "2022.3.9", "number": 12},
    "past_projects": {"year": 2018},
    "past_project": {"year": 2018, "code": CODE},
    "province": {"code": "40"},
    "agency": {"code": "15008"},
    "obligations": {"year": 2022},
    "reconciliation": {"code": "15008"},
    "disbursements": {"year": 2026},
    "local": {"year": 2022},
    "purchases": {"year": 2025},
    "projects": {"year": 2025},
    "project": {"number": "67119000001"},
    "contract": {"number": "67119000001", "code": f"1\u22152568~{COMPANY_ID}"},
    "flag_rule": {"code": "specific-method"},
    "supplier": {"code": COMPANY_ID},
    "edition": {"pk": 0},
    "dataset": {"dataset": "budget_book"},
    "dataset_package": {"dataset": "budget_book"},
    "file": {"sha256": ""},
    "dump_file": {"path": "SHA256SUMS"},
}
"""What stands in the addresses that need more than a name; editions are looked up."""
NAMES = [pattern.name for pattern in urlpatterns]
CATALOGUES = ("catalogue_jsonld", "catalogue_ttl", "catalogue_rdf", "dataset_package")
HANDED_OUT = ("file", "page_picture", "dump_file", "changes_atom", "changes_json", *CATALOGUES)
PAGES = [name for name in NAMES if name not in HANDED_OUT]
FOUND = ("item_id", "pk", "number", "year", "code")  # what the benchmark looks up in the facts
Pages = dict[tuple[str, str], str]  # HTML by the page's name and language
LARGEST = 100_000  # bytes of HTML before compression

LANGUAGES = ("th", "en")
DATA_BLOCK = '<script type="application/ld+json">'  # no browser runs it


@pytest.fixture(scope="module")
def pages(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], str]:
    """The HTML of every page in both languages, read once from a small book, a weekly report and a total."""
    folder = tmp_path_factory.mktemp("pages")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "files"), transaction.atomic():
        publish(folder)
        found = {(name, language): read(name, language) for name in PAGES for language in LANGUAGES}
        transaction.set_rollback(True)
    return found


@pytest.fixture
def figures(db: None, tmp_path: Path) -> None:
    publish(tmp_path)


def publish(folder: Path) -> None:
    loaded(head(), allocation(1, obliged=True), allocation(2), commitment(11), folder=folder)
    bought(part(), project(1), contract(1), folder=folder)
    published_projects(past_project(), folder=folder)
    load_week(folder)
    total(2022, "1000")
    locally(granted(), folder=folder)


def read(name: str, language: str) -> str:
    response = Client().get(address(name, language), follow=True)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def address(name: str, language: str) -> str:
    where = dict(WHERE.get(name, {}))
    if name == "edition":
        where = {"pk": Edition.objects.filter(dataset="budget_book").values_list("pk", flat=True)[0]}
    with translation.override(language):
        return reverse(f"spending:{name}", kwargs=where)


def test_the_benchmark_weighs_the_same_pages() -> None:
    assert set(NOT_WEIGHED) == set(HANDED_OUT)
    for pattern in urlpatterns:
        asked = set(pattern.pattern.converters) if pattern.name in PAGES else set()
        assert asked <= {*FOUND, *GIVEN.get(pattern.name, {})}, pattern.name


@pytest.mark.django_db  # without a test that asks for it, no test database is made
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
class TestEveryPage:
    def test_says_its_language_and_leads_to_the_other(self, pages: Pages, name: str, language: str) -> None:
        html = pages[name, language]

        other = {"th": "en", "en": "th"}[language]
        assert f'<html lang="{language}">' in html
        assert re.search(rf'<a class="tongue" href="[^"]+" lang="{other}" hreflang="{other}">', html)

    def test_names_the_one_address_it_is_known_by_in_each_language(
        self, pages: Pages, name: str, language: str
    ) -> None:
        links = dict(
            re.findall(
                r'<link rel="(?:alternate" hreflang="|)([\w-]+)" href="(http[^"]+)">', pages[name, language]
            )
        )

        assert links["canonical"] == links[language]
        assert links["x-default"] == links["th"]
        assert {urlsplit(one).netloc for one in links.values()} == {"testserver"}
        assert urlsplit(links["en"]).path == f"/en{urlsplit(links['th']).path}"

    def test_has_one_title_one_main_and_headings_in_order(
        self, pages: Pages, name: str, language: str
    ) -> None:
        html = pages[name, language]

        levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))
        assert html.count("<main") == html.count("</main>") == 1

    def test_holds_no_inline_script_style_or_handler(self, pages: Pages, name: str, language: str) -> None:
        html = pages[name, language]

        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
        scripts = [tag for tag in re.findall(r"<script[^>]*>", html) if tag != DATA_BLOCK]
        assert all("src=" in tag for tag in scripts)

    def test_asks_no_other_host_for_anything(self, pages: Pages, name: str, language: str) -> None:
        html = pages[name, language]

        asked = re.findall(
            r'<(?:script|img|iframe|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="([^"]+)"', html
        )
        assert asked
        assert all(not urlsplit(found).netloc for found in asked)

    def test_leads_nowhere_but_to_pages_that_exist(self, pages: Pages, name: str, language: str) -> None:
        html = pages[name, language]

        dead = [path for path in _inner_paths(html) if not _leads_somewhere(path)]
        assert dead == []

    def test_ids_are_unique_and_fragments_lead_to_them(self, pages: Pages, name: str, language: str) -> None:
        html = pages[name, language]

        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
        assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(ids)

    def test_tables_have_captions_and_heads(self, pages: Pages, name: str, language: str) -> None:
        html = pages[name, language]

        for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
            assert "<caption" in table
            assert '<th scope="col"' in table

    def test_is_small_enough_for_a_phone(self, pages: Pages, name: str, language: str) -> None:
        assert len(pages[name, language].encode()) < LARGEST

    def test_has_no_sentence_left_untranslated(self, pages: Pages, name: str, language: str) -> None:
        html = pages[name, language]

        heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
        assert heading is not None
        assert language == "en" or re.search("[\u0e00-\u0e7f]", heading[1])


def test_every_name_of_the_map_is_walked() -> None:
    needs_more = {pattern.name for pattern in urlpatterns if "<" in str(pattern.pattern)}

    assert needs_more == set(WHERE)


@pytest.mark.usefixtures("figures")
def test_page_is_kept_by_a_strict_policy(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.usefixtures("figures")
def test_every_page_ends_with_a_way_to_say_that_something_is_wrong(client: Client) -> None:
    html = client.get("/en/disbursements/2569/?cut=agency").content.decode()

    assert "?about=%2Fen%2Fdisbursements%2F2569%2F%3Fcut%3Dagency" in html


@pytest.mark.usefixtures("figures")
def test_address_that_does_not_exist_offers_the_search(client: Client) -> None:
    response = client.get("/en/nowhere/")

    assert response.status_code == 404
    assert 'action="/en/search/"' in response.content.decode()


@pytest.mark.usefixtures("figures")
def test_broken_page_says_that_it_is_not_the_visitors_fault(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("spending.views.home.years_known", broken)
    client.raise_request_exception = False

    response = client.get("/en/")

    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert "RuntimeError" not in response.content.decode()


@pytest.mark.usefixtures("figures")
@override_settings(ALLOWED_HOSTS=["example.org"])
def test_request_that_cannot_be_read_is_refused_politely(client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("name", ["home", "disbursements", "data", "edition", "about"])
def test_pages_can_only_be_read(client: Client, name: str, method: str) -> None:
    assert getattr(client, method)(address(name, "th")).status_code == 405


def _inner_paths(html: str) -> set[str]:
    found = {urlsplit(href.replace("&amp;", "&")) for href in re.findall(r'<a [^>]*href="([^"]*)"', html)}
    return {part.path for part in found if not part.netloc and part.path}


def _leads_somewhere(path: str) -> bool:
    with translation.override("en" if path.startswith("/en/") else "th"):
        try:
            resolve(path)
        except Resolver404:
            return False
    return True

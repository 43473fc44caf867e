"""What was published and corrected: the page, the Atom feed and the JSON feed say the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import translation

from spending.models import Edition
from spending.publication_words import sentence
from spending.publications import Publication, Step, publications
from tests.factories import allocation, disbursement, head, loaded

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def history(tmp_path: Path) -> None:
    """A volume, its correction, and two weeks of one year."""
    loaded(head(), allocation(1, "10.00"), folder=tmp_path, name="first.txt")
    loaded(head(), allocation(1, "10.00"), allocation(2, "2.50"), folder=tmp_path, name="second.txt")
    for week in (date(2026, 6, 26), date(2026, 7, 3)):
        record = disbursement(as_of=week)
        loaded(head("2569", fiscal_year=2026, as_of=week), record, folder=tmp_path, name=f"{week}.txt")


def test_each_publication_says_what_it_is_to_the_one_before(history: None) -> None:
    found = publications()

    assert [(one.edition.dataset, one.step) for one in found] == [
        ("cgd_weekly", Step.NEWER),
        ("cgd_weekly", Step.FIRST),
        ("budget_book", Step.CORRECTION),
        ("budget_book", Step.FIRST),
    ]


def test_a_correction_says_by_how_much(history: None) -> None:
    (correction,) = publications(step=Step.CORRECTION)

    assert (correction.more_rows, correction.more_money) == (1, Decimal("2.50"))


def test_the_page_lists_them_and_can_be_narrowed(history: None, client: Client) -> None:
    everything = client.get("/en/data/changes/").content.decode()
    corrections = client.get("/en/data/changes/?step=correction").content.decode()

    assert everything.count('scope="row"') == 4
    assert corrections.count('scope="row"') == 1
    assert "2.50" in corrections


def test_the_page_tells_the_day_it_was_in_bangkok(history: None, client: Client) -> None:
    Edition.objects.update(published_at=datetime(2026, 11, 21, 18, 30, tzinfo=UTC))

    page = client.get("/en/data/changes/").content.decode()

    assert "22 Nov 2026" in page
    assert "21 Nov 2026" not in page


def test_the_atom_feed_is_well_formed_and_complete(history: None, client: Client) -> None:
    response = client.get("/en/data/changes.atom?dataset=budget_book")

    feed = ElementTree.fromstring(response.content)
    summaries = [entry.findtext(f"{ATOM}summary", "") for entry in feed.findall(f"{ATOM}entry")]
    assert response["Content-Type"].startswith("application/atom+xml")
    assert len(summaries) == 2
    assert "correction" in summaries[0]
    assert "baht +2.50" in summaries[0]


@pytest.mark.parametrize("form", ["atom", "json"])
def test_pages_of_a_feed_lead_to_each_other_until_all_is_told(
    history: None, client: Client, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr("spending.views.changes.IN_A_FEED", 3)
    first = client.get(f"/en/data/changes.{form}")
    if form == "json":
        after = first.json()["next_url"]
        items = [*first.json()["items"], *client.get(after).json()["items"]]
        assert "next_url" not in client.get(after).json()
        assert first.json()["authors"] == [{"name": "Where do my taxes go"}]
    else:
        pages = [ElementTree.fromstring(first.content)]
        links = {link.get("rel"): link.get("href", "") for link in pages[0].findall(f"{ATOM}link")}
        pages.append(ElementTree.fromstring(client.get(links["next"]).content))
        back = {link.get("rel"): link.get("href", "") for link in pages[1].findall(f"{ATOM}link")}
        items = [entry for page in pages for entry in page.findall(f"{ATOM}entry")]
        assert (links["self"], links["last"]) == (back["previous"], back["self"])
        assert "next" not in back
        assert [page.findtext(f"{ATOM}author/{ATOM}name") for page in pages] == ["Where do my taxes go"] * 2

    assert len(items) == 4


@pytest.mark.parametrize("page", ["0", "9", "x"])
def test_page_of_a_feed_that_does_not_exist_is_said(history: None, client: Client, page: str) -> None:
    assert client.get("/en/data/changes.atom", {"page": page}).status_code == 400


def test_rows_that_are_no_amounts_are_told_without_baht() -> None:
    translation.activate("en")
    index = Edition(dataset="reference_series", part="cpi", rows=63, as_of=date(2026, 1, 1))

    assert "63 rows" in sentence(Publication(index, None))
    assert "baht" not in sentence(Publication(index, None))
    assert "baht" in sentence(Publication(Edition(rows=1, total=Decimal(5), as_of=date(2026, 1, 1)), None))


def test_the_json_feed_says_the_same(history: None, client: Client) -> None:
    feed = client.get("/en/data/changes.json").json()

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["tags"][1] for item in feed["items"]] == ["newer", "first", "correction", "first"]
    assert all(item["url"].startswith("http://testserver/en/data/editions/") for item in feed["items"])


@pytest.mark.parametrize("address", ["/data/changes/", "/data/changes.atom", "/data/changes.json"])
@pytest.mark.parametrize("query", ["dataset=nothing", "step=some", "more=1"])
def test_unknown_words_are_explained(history: None, client: Client, address: str, query: str) -> None:
    response = client.get(f"{address}?{query}")

    assert response.status_code == 400
    assert query.partition("=")[0] in response.content.decode()

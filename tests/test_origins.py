"""Every page that shows figures says where they come from, and each origin leads to edition, file and sum."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.test_pages import PAGES, address, publish
from tests.test_takeaways import LISTS

ASKED = (*(name for name in LISTS if name.startswith("/")), "/en/agencies/15/", "/en/disbursements/2569/")
SHOWN = (*PAGES, *ASKED)
LISTS_OF_FILES = {"edition", "page", "elsewhere"}
"""Pages that are about files, whose names and editions stand in the text."""


@pytest.fixture
def figures(db: None, tmp_path: Path) -> None:
    publish(tmp_path)


def shown(client: Client, name: str) -> str:
    return client.get(name if name.startswith("/") else address(name, "en"), follow=True).content.decode()


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("name", SHOWN)
def test_page_with_figures_leads_to_the_editions_and_files_they_are_of(client: Client, name: str) -> None:
    html = shown(client, name)

    figures = html.count("<data ")
    assert '<div class="origin">' in html or name in LISTS_OF_FILES or not figures, figures
    if not figures or name == "edition":
        return
    leads = set(re.findall(r'href="(/en/data/(?:editions/\d+|[a-z_]+)/)"', html))
    leads -= {f"/en/data/{name}/" for name in ("files", "sources", "changes", "dumps", "dictionary")}
    assert leads
    for lead in leads:
        page = client.get(lead).content.decode()
        editions = [lead] if "/editions/" in lead else re.findall(r'href="(/en/data/editions/\d+/)"', page)
        assert editions, lead
        for edition in editions:
            told = client.get(edition).content.decode()
            assert re.search(r"<code>[0-9a-z_]{64}</code>", told), edition


@pytest.mark.usefixtures("figures")
def test_what_a_body_bought_and_its_years_name_their_data_sets(client: Client) -> None:
    html = shown(client, "/en/agencies/15008/")

    history = html[html.index('id="history"') :]
    assert 'href="/en/data/cgd_weekly/"' in history
    assert 'href="/en/data/budget_book/"' in history


FACTS = (
    "allocations", "commitments", "disbursements", "project-disbursements", "reference-totals", "projects",
    "contracts", "local-budgets",
)  # fmt: skip


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("resource", FACTS)
def test_row_of_the_api_names_edition_file_and_line(client: Client, resource: str) -> None:
    [row, *_] = client.get(f"/api/v1/{resource}/").json()["rows"]

    assert row["edition"].startswith(f"{row['dataset']}-{row['part']}-")
    assert re.fullmatch("[0-9a-z_]{64}", row["file_sha256"])
    assert row["file"]
    assert row["line"] >= 1

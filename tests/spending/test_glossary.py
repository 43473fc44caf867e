"""The words of the budget: found in the heads of tables in both languages, and explained where they lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from spending.glossary import TERMS, words_of
from tests.test_pages import publish

HEADS = {
    "After transfers (baht)": ["after-transfers"],
    "Bound by contract (baht)": ["promised"],
    "Promised (baht)": ["promised"],
    "Paid (baht)": ["disbursed"],
    "Paid": ["disbursed"],
    "Disbursed": ["disbursed"],
    "Left (baht)": ["left"],
    "Target": ["target"],
    "Recurrent, target": ["target"],
    "Kind of spending": ["recurrent"],
    "Budget type": ["category"],
    "Allotted (baht)": ["allotted"],
    "Agreed (baht)": ["agreed"],
    "Method of purchase": ["method"],
    "Province": [],
    "Fiscal year": [],
}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("head", HEADS)
def test_heads_lead_to_the_same_words_in_both_languages(head: str, language: str) -> None:
    with override(language):
        assert [term.code for term in words_of([gettext(head)])] == HEADS[head]


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["", "/en"])
def test_a_table_leads_to_the_words_of_its_heads(client: Client, tmp_path: Path, start: str) -> None:
    publish(tmp_path)
    words = client.get(f"{start}/data/dictionary/").text

    shown = client.get(f"{start}/agencies/15008/").text

    assert f'href="{start}/data/dictionary/#word-after-transfers"' in shown
    for term in TERMS:
        assert words.count(f'id="word-{term.code}"') == 1

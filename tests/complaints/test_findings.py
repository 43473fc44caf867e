"""What a file told of its maker is said in the language of whoever gave it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from complaints.cleaning import clean, pictures
from complaints.examining import examine
from complaints.filing import GivenFile, file_complaint
from complaints.findings import NAMES, told
from complaints.models import Attachment

from . import evidence_files as files
from .test_filing import told as filing


@pytest.mark.parametrize("name", NAMES)
def test_name_is_told_in_thai_and_its_value_stays(name: str) -> None:
    with translation.override("th"):
        said = told(f"{name}: Kodak: 7")

    assert said.endswith(": Kodak: 7")
    assert not said.startswith(f"{name}:")


@pytest.mark.parametrize(
    ("line", "thai", "english"),
    [
        ("CreationDate: D:20261122080112Z", "22 พฤศจิกายน 2569 08:01", "22 November 2026 08:01"),
        ("CreationDate: D:20261122080112+07'00'", "22 พฤศจิกายน 2569 08:01", "22 November 2026 08:01"),
        ("ModDate: D:20261122", "22 พฤศจิกายน 2569", "22 November 2026"),
        ("DateTime: 2026:07:03 10:00:00", "3 กรกฎาคม 2569 10:00", "3 July 2026 10:00"),
        ("created: 2026-07-03T10:00:00Z", "3 กรกฎาคม 2569 10:00", "3 July 2026 10:00"),
        ("DateTime: 2026:02:31 10:00:00", "2026:02:31 10:00:00", "2026:02:31 10:00:00"),
        ("modified: in spring", "in spring", "in spring"),
        ("Title: 2026-07-03", "2026-07-03", "2026-07-03"),
    ],
)
def test_moment_is_told_in_the_calendar_of_the_reader(line: str, thai: str, english: str) -> None:
    for language, said in (("th", thai), ("en", english)):
        with translation.override(language):
            assert told(line).partition(": ")[2] == said


def test_what_was_taken_out_is_told_in_both_languages() -> None:
    lines = ("Actions: taken out", "Attachments: 2 taken out", "Attachments: 1 taken out")
    with translation.override("th"):
        thai = [told(line) for line in lines]
    with translation.override("en"):
        english = [told(line) for line in lines]

    assert not any("taken" in line for line in thai)
    assert [[sign for sign in line if sign.isdigit()] for line in thai] == [[], ["2"], ["1"]]
    assert english[1:] == ["Files inside it: 2 files taken out", "Files inside it: 1 file taken out"]


@pytest.mark.parametrize("line", ["", "Author", "Unheard: of", "Actions: taken out of context", ": x"])
def test_words_of_others_are_neither_lost_nor_changed(line: str) -> None:
    with translation.override("th"):
        assert told(line).rpartition(": ")[2] == line.rpartition(": ")[2]


@pytest.mark.parametrize("kind", files.HONEST)
def test_each_name_that_cleaning_finds_is_known(kind: str) -> None:
    found = [line.partition(": ")[0] for line in clean(kind, files.HONEST[kind]()).found]

    assert found
    assert [name for name in (*found, *pictures.TELLING) if name not in NAMES] == []


@pytest.mark.parametrize(
    ("address", "english"), [("/complaints/status/", False), ("/en/complaints/status/", True)]
)
@pytest.mark.django_db
def test_page_behind_the_key_tells_it_in_its_language(client: Client, address: str, english: bool) -> None:
    receipt = file_complaint(filing(files=[GivenFile("a", "pdf", files.pdf())]))
    examine(Attachment.objects.get().pk)

    page = client.post(address, {"key": receipt.key}).text

    assert files.AUTHOR in page
    assert ("taken out" in page) is english

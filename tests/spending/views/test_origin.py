"""Which file a row's line counts in, which one this site keeps, and how the row is found in that one."""

from __future__ import annotations

import gzip
import hashlib
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from importers.loading import load
from importers.samples import write_sample
from importers.sources import SOURCES
from importers.sources.sample import SampleOf
from spending.models import Edition
from spending.provenance import mark_of
from tests.factories import allocation, head, loaded

pytestmark = pytest.mark.django_db
PUBLISHED = hashlib.sha256(b"the file as published").hexdigest()
LINE = "/en/budget/2565/lines/2022.3.9.490/"


@pytest.fixture
def rewritten(tmp_path: Path) -> Edition:
    """A volume whose published file was rewritten into a sample, beside another of the same sample."""
    path = tmp_path / "budget_book.jsonl.gz"
    entries = [
        head("2022.3.8", origin_name="2022-3-8.csv", origin_sha256="0" * 64),
        allocation(490, item_id="2022.3.8.490", line=490),
        head(origin_name="2022-3-9.csv", origin_sha256=PUBLISHED),
        allocation(7, item_id="2022.3.9.7", line=7),
        allocation(490, item_id="2022.3.9.490", line=490),
    ]
    write_sample(path, "budget_book", entries)
    run = load(SampleOf(SOURCES["budget_book"]), path)
    for edition in Edition.objects.filter(state=Edition.State.HELD):
        edition.release(by="test", reason="A volume of a few lines.")
    assert run.rows == 3, run.message
    return Edition.objects.get(part="2022.3.9")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def fetched(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response)  # type: ignore[arg-type]


def kept_here(client: Client, html: str) -> bytes:
    """The file that a page links to; its bytes have the sum that stands beside the link and no other."""
    [(address, beside)] = re.findall(
        r'href="(/en/data/files/[0-9a-f]{64}/)".*?<code>([0-9a-f]{64})</code>', html, re.DOTALL
    )
    content = fetched(client, address)
    assert hashlib.sha256(content).hexdigest() == beside
    return content


@pytest.mark.parametrize("language", ["en", "th"])
def test_line_says_which_file_it_counts_in_and_which_is_kept(
    client: Client, rewritten: Edition, language: str
) -> None:
    html = page(client, LINE if language == "en" else LINE.removeprefix("/en"))

    assert "2022-3-9.csv" in html
    assert PUBLISHED in html
    assert "budget_book.jsonl.gz" in html
    says = {"en": "This site does not hold a copy of it.", "th": "เว็บไซต์นี้ไม่มีสำเนาของไฟล์นี้"}
    assert says[language] in html
    assert {"en": "line 490 of 2022-3-9.csv as published", "th": "บรรทัดที่ 490 ของไฟล์ 2022-3-9.csv"}[
        language
    ] in html
    assert rewritten.address in html


@pytest.mark.usefixtures("rewritten")
def test_row_is_found_in_the_kept_file_by_what_the_page_says(client: Client) -> None:
    html = page(client, LINE)

    [mark] = re.findall(r"look for the line that begins so:<br><code>(.*?)</code>", html)
    lines = gzip.decompress(kept_here(client, html)).decode().splitlines()

    [found] = [line for line in lines if line.startswith(mark)]
    assert '"2022.3.9.490"' in found
    assert "zgrep -n -F" in html


def test_edition_tells_both_files_apart(client: Client, rewritten: Edition) -> None:
    html = page(client, f"/en/data/editions/{rewritten.pk}/")

    assert "The file as published:</strong> 2022-3-9.csv" in html
    assert PUBLISHED in html
    assert f"/data/files/{PUBLISHED}/" not in html
    kept_here(client, html)


@pytest.mark.usefixtures("rewritten")
def test_rows_and_editions_of_the_api_name_both_files(client: Client) -> None:
    [row] = client.get("/api/v1/allocations/?line=2022.3.9.490").json()["rows"]
    text = fetched(client, "/api/v1/allocations.csv?line=2022.3.9.490").decode()
    [edition] = client.get("/api/v1/editions/?part=2022.3.9").json()["rows"]

    assert (row["file"], row["file_sha256"], row["line"]) == ("2022-3-9.csv", PUBLISHED, 490)
    assert row["kept_file"] == "budget_book.jsonl.gz"
    assert edition["file"] == {"name": "2022-3-9.csv", "sha256": PUBLISHED}
    assert edition["kept_file"] == {"name": row["kept_file"], "sha256": row["kept_file_sha256"]}
    assert row["kept_file_sha256"] in text
    content = fetched(client, f"/data/files/{row['kept_file_sha256']}/")
    assert hashlib.sha256(content).hexdigest() == row["kept_file_sha256"]


@pytest.mark.usefixtures("rewritten")
@pytest.mark.parametrize("form", ["bibtex", "ris"])
def test_citation_names_the_file_that_the_line_counts_in(client: Client, form: str) -> None:
    text = client.get(LINE, {"cite": f"{form}-1"}).content.decode()

    assert "line 490 of 2022-3-9.csv as published" in text
    assert f"SHA-256 {PUBLISHED}" in text


def test_published_file_that_is_kept_needs_no_second_name(client: Client, tmp_path: Path) -> None:
    loaded(head(), allocation(490, item_id="2022.3.9.490", line=490), folder=tmp_path, name="2022-3-9.csv")
    edition = Edition.objects.get()

    html = page(client, f"/en/data/editions/{edition.pk}/")

    assert not edition.is_rewritten
    assert edition.file_sha256 == edition.kept_sha256
    assert "file kept here" not in html
    kept_here(client, html)
    assert "file kept here" not in page(client, LINE)


def test_file_that_is_not_kept_is_said_to_be_none(client: Client, tmp_path: Path) -> None:
    loaded(head(), allocation(490, item_id="2022.3.9.490", line=490), folder=tmp_path, name="2022-3-9.csv")
    edition = Edition.objects.get()
    edition.source_file.content = ""
    edition.source_file.save(update_fields=["content"])

    [row] = client.get("/api/v1/allocations/").json()["rows"]
    [listed] = client.get("/api/v1/editions/").json()["rows"]

    assert (row["kept_file"], row["kept_file_sha256"], listed["kept_file"]) == (None, None, None)
    assert "this site does not hold a copy of it" in page(client, f"/en/data/editions/{edition.pk}/")


def test_mark_is_written_as_rewritten_files_write_it() -> None:
    assert mark_of("contract", 3, "641", 'ก"ข') == '["contract",3,"641","ก\\"ข"'

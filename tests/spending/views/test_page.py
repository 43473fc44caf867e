"""A page of the printed book: its picture where the operator keeps the PDF, its lines in words always."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image

from importers.loading import load
from importers.models import ImportRun
from importers.sources import SOURCES
from spending import page_pictures
from spending.models import Allocation, Edition, SourceFile
from spending.page_pictures import Busy, NotPainted, picture_of
from tests.importers.sources.budget_rows import row, written
from tests.importers.sources.printed_books import AGENCY, MINISTRY, aside, line, small_book

PAGE = "/budget/2565/pages/2022.3.99/4/"
PICTURE = "/budget/2565/pages/2022.3.99/4.webp"


@pytest.fixture
def printed(db: None, tmp_path: Path) -> Edition:
    """A small volume read from print."""
    run = load(SOURCES["budget_book_pdf"], small_book(tmp_path))
    assert run.outcome == ImportRun.Outcome.PUBLISHED, run.message
    return Edition.objects.get(part="2022.3.99")


def extracted(folder: Path) -> ImportRun:
    """The same volume as a table, with amounts and words a little off."""
    cells = {"REF_DOC": "2022.3.99", "REF_PAGE_NO": "4", "MINISTRY": MINISTRY, "BUDGETARY_UNIT": AGENCY}
    lines = [("นำดื่ม", "300"), ("ค่าที่พักและค่าพาหนะ", "400"), ("สะพานข้ามคลอง 1 แห่ง", "5,000")]
    more = [(f"รายการที่ {number}", "1") for number in range(60)]
    rows = [
        row(number, ITEM_DESCRIPTION=words, AMOUNT=amount, **cells)
        for number, (words, amount) in enumerate(lines + more)
    ]
    return load(SOURCES["budget_book"], written(folder, *rows))


@pytest.mark.usefixtures("printed")
def test_the_page_of_a_line_leads_to_the_printed_page(client: Client) -> None:
    line = client.get("/budget/2565/lines/2022.3.99.p4-1/").content.decode()
    page = client.get(PAGE).content.decode()

    assert f'href="{PAGE}"' in line
    assert f'<img src="{PICTURE}"' in page
    assert 'href="/budget/2565/lines/2022.3.99.p4-3/"' in page
    assert "หน้า 4" in page


@pytest.mark.usefixtures("printed")
def test_the_picture_says_in_words_what_it_shows(client: Client) -> None:
    page = client.get(f"/en{PAGE}").content.decode()

    assert 'alt="Picture of printed page 4. Its budget lines stand below in words."' in page


@pytest.mark.usefixtures("printed")
def test_the_picture_is_painted_once_and_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get(PICTURE)
    content = b"".join(first.streaming_content)
    monkeypatch.setattr(page_pictures, "_paint", lambda *_: pytest.fail("painted twice"))

    again = client.get(PICTURE)

    assert first["Content-Type"] == "image/webp"
    assert b"".join(again.streaming_content) == content
    assert Image.open(BytesIO(content)).size == (1240, 1755)
    assert "max-age" in first["Cache-Control"]


def test_the_place_in_the_file_is_said_as_a_page(client: Client, printed: Edition) -> None:
    html = client.get("/en/budget/2565/lines/2022.3.99.p4-1/").content.decode()

    assert re.search(r"page 5 of \S+\.pdf as published", html)


def test_without_the_pdf_there_are_words_and_no_picture(client: Client, printed: Edition) -> None:
    SourceFile.objects.filter(pk=printed.source_file_id).update(content="")

    page = client.get(f"/en{PAGE}")

    assert "This site keeps no PDF of this volume" in page.content.decode()
    assert client.get(PICTURE).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/budget/2565/pages/2022.3.99/5/",
        "/budget/2565/pages/2022.3.98/4/",
        "/budget/2565/pages/2022.3.99/5.webp",
        "/budget/2566/pages/2022.3.99/4.webp",
        "/budget/2566/pages/2022.3.99/4/",
    ],
)
@pytest.mark.usefixtures("printed")
def test_a_page_that_no_volume_has_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("printed")
def test_the_year_stands_in_the_address_in_one_calendar(client: Client) -> None:
    assert client.get("/budget/2022/pages/2022.3.99/4/")["Location"] == PAGE


def test_a_page_that_takes_too_long_is_given_up(printed: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(command: list[str], **options: Any) -> None:
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(subprocess, "run", never)

    with pytest.raises(NotPainted):
        picture_of(printed.source_file, 5)


def test_a_place_behind_the_last_page_paints_nothing(printed: Edition) -> None:
    with pytest.raises(NotPainted):
        picture_of(printed.source_file, 99)

    assert not list(Path(settings.MEDIA_ROOT).glob("pages/*/99.webp"))


def test_a_damaged_file_paints_nothing(printed: Edition) -> None:
    Path(printed.source_file.content.path).write_bytes(b"%PDF-1.4 damaged")

    with pytest.raises(NotPainted):
        picture_of(printed.source_file, 5)


def test_one_page_is_painted_at_a_time(
    printed: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_pictures, "WAITS_FOR", 0.0)
    monkeypatch.setattr(page_pictures, "_locked", lambda _descriptor: False)

    with pytest.raises(Busy):
        picture_of(printed.source_file, 5)
    assert client.get(PICTURE)["Retry-After"] == "5"


def test_both_readings_of_a_volume_are_set_side_by_side(
    client: Client, printed: Edition, tmp_path: Path
) -> None:
    run = extracted(tmp_path)
    assert run.outcome == ImportRun.Outcome.PUBLISHED, run.message

    html = client.get(f"/en/data/editions/{printed.pk}/").content.decode()

    assert "The print has 3 lines" in html
    assert "agree in words and amount: <strong>1</strong>" in html
    assert "differ in amount: <strong>1</strong>" in html
    assert "the print" in html


def test_an_id_of_the_other_reading_leads_to_the_line(
    client: Client, printed: Edition, tmp_path: Path
) -> None:
    extracted(tmp_path)

    to_table = client.get("/budget/2565/lines/2022.3.99.p4-1/")
    shorter = load(SOURCES["budget_book_pdf"], small_book(tmp_path), again=True).editions.get()
    shorter.mark_published(timezone.now())
    to_print = client.get("/budget/2565/lines/2022.3.99.0/")
    unknown = client.get("/budget/2565/lines/2022.3.99.30/")

    assert to_table["Location"] == "/budget/2565/lines/2022.3.99.0/"
    assert to_print["Location"] == "/budget/2565/lines/2022.3.99.p4-1/"
    assert unknown.status_code == 404


def test_parts_that_oblige_other_years_stand_with_their_line(
    client: Client, db: None, tmp_path: Path
) -> None:
    rows = [
        line("1. งบลงทุน", "70"), line("(1) ค่าควบคุมงาน รวม 3 รายการ", "70"), line("(1.1) งานที่หนึ่ง", "20"),
        aside("ปี 2565 ตั้งงบประมาณ", "20"), aside("ปี 2566 ผูกพันงบประมาณ", "80"),
    ]  # fmt: skip
    load(SOURCES["budget_book_pdf"], small_book(tmp_path, rows, "70"))

    html = client.get("/en/budget/2565/lines/2022.3.99.p4-1/").content.decode()
    to_line = client.get("/en/budget/2565/lines/2022.3.99.p4-1.1-2023/")

    assert "Parts of this line that oblige other years" in html
    assert "งานที่หนึ่ง" in html
    assert to_line["Location"] == "/en/budget/2565/lines/2022.3.99.p4-1/#timeline"


def test_a_unit_that_does_not_add_up_holds_the_volume_and_is_listed(db: None, tmp_path: Path) -> None:
    run = load(SOURCES["budget_book_pdf"], small_book(tmp_path, total="1,300"))

    assert run.outcome == ImportRun.Outcome.HELD
    assert not Allocation.objects.exists()
    assert "1,300" in run.rejections.first().said
    assert "1,200" in run.rejections.first().said

"""PDF files opened without trusting them: no dishonest document is read, and the place and mend are named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation
from fpdf import FPDF
from PIL import Image

from importers.errors import FileError
from importers.loading import load
from importers.models import ImportRun
from importers.reading.pdf import PdfLimits, PdfPage, open_pages
from importers.sources import SOURCES
from spending.models import Edition, SourceFile

from .sources.printed_books import small_book


def pages(path: Path, **limits: int) -> list[PdfPage]:
    return list(open_pages(path, limits=PdfLimits(**limits)))


def blank(path: Path, count: int) -> Path:
    pdf = FPDF(unit="pt", format=(300, 300))
    for _ in range(count):
        pdf.add_page()
    pdf.output(str(path))
    return path


def test_pages_come_in_order_with_their_letters(tmp_path: Path) -> None:
    found = pages(small_book(tmp_path))

    assert [page.place for page in found] == [1, 2, 3, 4, 5]
    assert (round(found[0].width), round(found[0].height)) == (595, 842)
    assert "".join(glyph.letter for glyph in found[0].glyphs).startswith("เอกสาร")


def test_a_file_that_was_cut_off_is_refused_with_the_byte(tmp_path: Path) -> None:
    path = cut_off(tmp_path)

    with pytest.raises(FileError, match=r"byte \d+: The PDF was cut off.*Download it again") as error:
        pages(path)

    assert error.value.place == f"byte {path.stat().st_size}"


def test_a_locked_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = small_book(tmp_path)
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(path) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))

    with pytest.raises(FileError, match=r"locked\.pdf: The PDF is locked with a password.*save it without"):
        pages(locked)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"REF_DOC,AMOUNT\n", "This is a text file, but PDF is expected"),
        (b"<!doctype html><title>404</title>", "This is a web page, but PDF is expected"),
    ],
)
def test_what_is_no_pdf_is_called_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "volume.pdf"
    path.write_bytes(content)

    with pytest.raises(FileError, match=said):
        pages(path)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "volume.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing that a reader knows\n%%EOF\n")

    with pytest.raises(FileError, match=r"volume\.pdf: The PDF is damaged\. Download it again\."):
        pages(path)


def test_ten_thousand_pages_are_refused_before_the_first(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for _ in range(9_999):
            pdf.pages.append(pdf.pages[0])
        pdf.save(path)

    with pytest.raises(FileError, match="The PDF has 10000 pages, more than the 2000"):
        next(open_pages(path))


def test_pictures_of_pages_are_refused_as_such(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"scan\.pdf: The PDF holds pictures of pages and no text"):
        pages(scan(tmp_path))


def test_a_page_with_too_many_signs_names_the_page(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"page 1 of the file: The page has \d+ signs"):
        pages(small_book(tmp_path), signs=5)


def test_a_page_as_large_as_a_field_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="300 × 300 points"):
        pages(blank(tmp_path / "wide.pdf", 1), side=100)


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"more than the 0 MB that are read\. Split it"):
        pages(small_book(tmp_path), size=100)


def test_reading_ends_when_its_time_is_over(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="page 1 of the file: Reading the PDF takes longer"):
        pages(small_book(tmp_path), seconds=-1)


def scan(folder: Path) -> Path:
    path = folder / "scan.pdf"
    pdf = FPDF(unit="pt", format=(300, 300))
    pdf.add_page()
    pdf.image(Image.new("RGB", (40, 40), "white"), 0, 0, 200, 200)
    pdf.output(str(path))
    return path


def cut_off(folder: Path) -> Path:
    path = small_book(folder)
    path.write_bytes(path.read_bytes()[:-3_000])
    return path


def text(folder: Path) -> Path:
    path = folder / "volume.pdf"
    path.write_text("REF_DOC\n")
    return path


@pytest.mark.django_db
@pytest.mark.parametrize(("bad", "said"), [(scan, "scan.pdf"), (cut_off, "Download it again"), (text, "PDF")])
def test_a_bad_file_loads_nothing_and_leaves_its_reason(
    tmp_path: Path, bad: Callable[[Path], Path], said: str
) -> None:
    with translation.override("en"):
        run = load(SOURCES["budget_book_pdf"], bad(tmp_path))

    assert run.outcome == ImportRun.Outcome.FAILED
    assert said in run.message
    assert not Edition.objects.exists()
    assert not SourceFile.objects.exists()

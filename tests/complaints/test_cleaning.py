"""Copies of evidence: nothing of the maker is left, nothing acts, and no file takes the program down."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from openpyxl import load_workbook
from PIL import Image

from complaints.cleaning import Uncleanable, clean

from . import evidence_files as files
from .evidence_files import AUTHOR, CAMERA, HONEST, PLACE

TELLING = [word.encode() for word in (AUTHOR, CAMERA, PLACE, "trailing secrets", "harm", "DDE", "cmd")]


def everything_in(content: bytes) -> bytes:
    """All that a file holds, unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(content)) as pdf:
            return content + b"".join(
                thing.read_raw_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream)
            )
    return content


@pytest.mark.parametrize("kind", HONEST)
def test_copy_tells_nothing_of_its_maker_and_holds_nothing_that_acts(kind: str) -> None:
    given = HONEST[kind]()

    copy = clean(kind, given)

    assert any(word in everything_in(given) for word in TELLING)
    assert [word for word in TELLING if word in everything_in(copy.content)] == []
    assert copy.content[:4] == given[:4]


@pytest.mark.parametrize("kind", HONEST)
def test_whoever_gave_the_file_learns_what_it_told(kind: str) -> None:
    assert any(AUTHOR in line for line in clean(kind, HONEST[kind]()).found)


def test_picture_stays_upright_and_of_its_size() -> None:
    turned, out = Image.new("RGB", (30, 10)), BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the telephone held upright
    turned.save(out, "JPEG", exif=exif)

    with Image.open(BytesIO(clean("jpg", out.getvalue()).content)) as copy:
        assert copy.size == (10, 30)
        assert not copy.getexif()


def test_pdf_keeps_its_pages_and_its_photographs() -> None:
    with pikepdf.open(BytesIO(clean("pdf", files.pdf()).content)) as pdf:
        assert len(pdf.pages) == 1
        photograph = pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()
        assert Image.open(BytesIO(photograph)).size == (60, 40)
        assert "/OpenAction" not in pdf.Root
        assert "/Names" not in pdf.Root


def test_workbook_keeps_its_values_and_loses_its_formulas() -> None:
    sheet = load_workbook(BytesIO(clean("xlsx", files.xlsx()).content)).active

    assert sheet is not None
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A3"].value) == ("งบประมาณ", -1250, None)


def test_letter_keeps_its_words() -> None:
    assert "หนังสือราชการ".encode() in everything_in(clean("docx", files.docx()).content)


def test_copy_is_the_same_each_time() -> None:
    given = files.pdf()

    assert sha256(clean("pdf", given).content).digest() == sha256(clean("pdf", given).content).digest()


XXE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'


def linked() -> bytes:
    """A document with a link to a file of the machine in the place of a picture."""
    out = BytesIO(files.docx())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/media/image2.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


HOSTILE = {
    "flood": ("png", files.flood(60_000, 60_000)),
    "wide_flood": ("png", files.flood(9_000, 9_000)),
    "junk_pdf": ("pdf", b"%PDF-1.7 junk"),
    "junk_png": ("png", b"\x89PNG\r\n\x1a\n" + b"0" * 64),
    "junk_jpg": ("jpg", b"\xff\xd8\xff" + b"0" * 64),
    "xxe": ("docx", files.docx(word__x_dot_xml=XXE)),
    "laughs": ("xlsx", files.docx(xl__sharedStrings_dot_xml=LAUGHS)),
    "macro": ("docx", files.docx(word__vbaProject_dot_bin=b"1")),
    "climbing": ("docx", files.packed({"../../etc/cron.d/x": b"1", "word/document.xml": b"<a/>"})),
    "link": ("docx", linked()),
    "locked": ("pdf", files.pdf(encryption=pikepdf.Encryption(owner="a", user="b"))),
    "deep": ("docx", files.docx(word__x_dot_xml="<a>" * 5_000 + "</a>" * 5_000)),
    "bomb": ("docx", files.docx(word__media__x_dot_bin=b"\0" * 210_000_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_file_that_would_do_harm_has_no_copy_and_breaks_nothing(name: str) -> None:
    kind, content = HOSTILE[name]

    with pytest.raises(Uncleanable) as refused:
        clean(kind, content)

    assert str(refused.value).endswith(".")


def test_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(Uncleanable):
        clean("pdf", files.pdf(), seconds=0)


def test_file_that_takes_too_much_memory_is_given_up() -> None:
    with pytest.raises(Uncleanable):
        clean("jpg", files.jpg(size=(5_000, 5_000)), memory=32 * 1024 * 1024)

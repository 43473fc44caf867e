"""S1 and S2: files that are made to do harm, and files that tell too much."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pikepdf
import pytest

from complaints import kinds
from complaints.cleaning import Uncleanable, clean
from complaints.filing import GivenFile, file_complaint
from complaints.models import Attachment
from tests.complaints import evidence_files as files
from tests.complaints.test_cleaning import HOSTILE, TELLING, everything_in
from tests.complaints.test_examining import EICAR
from tests.complaints.test_filing import told

from .conftest import Count

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
NOT_TAKEN = {
    "nothing.png": b"",
    "svg.png": SVG,
    "svg.svg": SVG,
    "page.jpg": b"<html><script>alert(1)</script>",
    "program.pdf": b"MZ" + bytes(60),
    "elf.pdf": b"\x7fELF" + bytes(60),
    "script.docx": b"#!/bin/sh\nrm -rf /",
    "php.jpg": b"<?php system($_GET[0]);",
    "zip.zip": files.packed({"a.txt": EICAR}),
    "eicar.docx": EICAR,
    "eicar.pdf": EICAR,
    "eicar.zip": files.packed({"eicar.com": EICAR}),
    "nested.docx": files.packed({"a.zip": files.packed({"b.zip": files.packed({"c": b"1" * 9_999})})}),
    "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60),
    "rich.docx": rb"{\rtf1\ansi{\object\objocx}}",
    "movie.jpg": b"\0\0\0\x18ftypmp42" + bytes(20),
    "gif.png": b"GIF89a" + bytes(20),
    "tiff.jpg": b"II*\0" + bytes(20),
    "webp.png": b"RIFF\0\0\0\0WEBPVP8 ",
    "rar.xlsx": b"Rar!\x1a\x07\0",
    "seven.xlsx": b"7z\xbc\xaf'\x1c",
    "gzip.xlsx": b"\x1f\x8b\x08" + bytes(20),
    "xml.xlsx": b'<?xml version="1.0"?><a/>',
    "java.docx": b"\xca\xfe\xba\xbe",
    "shortcut.pdf": b"L\0\0\0\x01\x14\x02\0",
    "late.pdf": b"x" * 2_000 + b"%PDF-1.7",
    "template.docx": files.packed({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}),
    "two.docx": files.packed(
        {"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>", "xl/workbook.xml": b"<a/>"}
    ),
    "macro.docx": files.docx(word__vbaProject_dot_bin=b"1"),
    "program.docx": files.docx(word__run_dot_exe=b"MZ"),
    "script.xlsx": files.docx(word__run_dot_js=b"1"),
    "bomb.docx": files.docx(word__x_dot_bin=b"\0" * 60_000_000),
    "many.docx": files.packed({f"word/{number}.xml": b"<a/>" for number in range(5_100)}),
    "cut.docx": files.docx()[:-40],
    "text.pdf": "ข้อความ".encode(),
    "utf16.pdf": "%PDF-1.7".encode("utf-16"),
}
"""Files that are not even taken."""
NAMES = (
    "../../etc/passwd.png",
    "..\\..\\windows\\x.png",
    "a\x00.exe.png",
    "\u202egnp.exe.png",
    "ก" * 300 + ".png",
    "a.php.png",
    "a.png.exe",
    ".htaccess",
    "CON.png",
    "/etc/passwd",
    "a\r\nX: y.png",
    "<script>.png",
    "=cmd.png",
    " .png",
    "~/.ssh/id.png",
    "%2e%2e%2f.png",
    "a;b.png",
    "$(id).png",
    "`id`.png",
    "|id.png",
)


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_file_of_another_kind_is_refused_with_a_sentence(count: Count, name: str) -> None:

    with pytest.raises(kinds.NotAllowed):
        kinds.kind_of(NOT_TAKEN[name])

    count("S1", got_through=False)


@pytest.mark.parametrize("name", HOSTILE)
def test_file_that_acts_has_no_copy(count: Count, name: str) -> None:
    kind, content = HOSTILE[name]
    try:
        clean(kind, content)
        passed = True
    except Uncleanable:
        passed = False

    count("S1", got_through=passed, what=name)


@pytest.mark.parametrize("kind", files.HONEST)
def test_damaged_file_gives_a_copy_that_tells_nothing_or_none(count: Count, kind: str) -> None:
    whole, drawn = files.HONEST[kind](), random.Random(kind)
    for _ in range(6):
        place = drawn.randrange(8, len(whole))
        broken = whole[:place] + bytes(drawn.randbytes(3)) + whole[place + 3 :]
        try:
            copy = everything_in(clean(kind, broken).content)
        except Uncleanable:
            copy = b""
        count("S1", got_through=any(word in copy for word in TELLING), what=f"{kind} at {place}")


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_name_of_a_file_is_never_the_name_on_the_disk(count: Count, name: str) -> None:
    file_complaint(told(files=[GivenFile(name, "png", files.png())]))

    kept = Attachment.objects.get()
    leaves = not kept.original.name.startswith("evidence/") or kept.original.name.count("/") != 1
    count("S1", got_through=leaves or name in kept.original.name, what=name)


VARIANTS = {
    "jpg": [files.jpg(size=(9, 9 + n)) for n in range(4)],
    "png": [files.png((5, 5 + n)) for n in range(4)],
    "pdf": [
        files.pdf(),
        files.pdf(linearize=True),
        files.pdf(compress_streams=False),
        files.pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    ],
    "docx": [
        files.docx(),
        files.docx(docProps__app_dot_xml="<a><Company>CanaryAuthor</Company></a>"),
        files.docx(customXml__item1_dot_xml="<a>CanaryAuthor</a>"),
        files.docx(
            word__comments_dot_xml=f'<w:comments xmlns:w="{files.W}"><w:comment w:id="1" '
            f'w:author="{files.AUTHOR}" w:initials="CA"/></w:comments>'
        ),
    ],
    "xlsx": [files.xlsx() for _ in range(4)],
}


@pytest.mark.parametrize("kind", VARIANTS)
def test_copy_has_no_tag_left(count: Count, kind: str) -> None:
    for given in VARIANTS[kind]:
        copy = everything_in(clean(kind, given).content)
        count("S2", got_through=any(word in copy for word in TELLING), what=kind)


def test_copy_of_a_document_can_be_read_by_programs() -> None:
    with zipfile.ZipFile(BytesIO(clean("docx", files.docx()).content)) as archive:
        assert archive.testzip() is None

"""What a file really is, told from its first bytes: names and suffixes say what somebody meant it to be."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

from ..errors import FileError, Reason, gettext_noop
from .archives import members_of

_HEAD = 4096  # bytes looked at


class Kind(Enum):
    """The kinds of file that people take for data."""

    EMPTY = "empty"
    TEXT = "text"
    WORKBOOK = "xlsx"
    ARCHIVE = "zip"
    PDF = "pdf"
    WEB_PAGE = "html"
    XML = "xml"
    OLD_OFFICE = "xls"
    PACKED = "packed"
    PICTURE = "picture"


_SIGNATURES = (
    (b"PK\x03\x04", Kind.ARCHIVE),
    (b"PK\x05\x06", Kind.ARCHIVE),
    (b"%PDF-", Kind.PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLD_OFFICE),
    (b"\x1f\x8b", Kind.PACKED),
    (b"Rar!\x1a\x07", Kind.PACKED),
    (b"7z\xbc\xaf\x27\x1c", Kind.PACKED),
    (b"BZh", Kind.PACKED),
    (b"\xfd7zXZ\x00", Kind.PACKED),
    (b"\x89PNG", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
)
_WEB_PAGE = re.compile(rb"<(!doctype html|html|head|body|script|meta|title)\b", re.IGNORECASE)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

_REASONS = {
    Kind.EMPTY: gettext_noop("The file is empty. Download it again."),
    Kind.TEXT: gettext_noop(
        "This is a text file, but %(wanted)s is expected. Load the publisher's own file."
    ),
    Kind.WORKBOOK: gettext_noop("This is a spreadsheet, but %(wanted)s is expected. Choose another source."),
    Kind.ARCHIVE: gettext_noop("This is a ZIP file, but %(wanted)s is expected. Unpack it first."),
    Kind.PDF: gettext_noop("This is a PDF, but %(wanted)s is expected. Load the publisher's data file."),
    Kind.WEB_PAGE: gettext_noop(
        "This is a web page, but %(wanted)s is expected: the publisher's site probably answered with an "
        "error or a form. Open the address in a browser and save the file itself."
    ),
    Kind.XML: gettext_noop("This is XML, but %(wanted)s is expected. Save the data in that form."),
    Kind.OLD_OFFICE: gettext_noop(
        "This is an old Excel file or one with a password, but %(wanted)s is expected. Open it and save it "
        "as .xlsx without a password."
    ),
    Kind.PACKED: gettext_noop("This is a packed file, but %(wanted)s is expected. Unpack it first."),
    Kind.PICTURE: gettext_noop(
        "This is a picture, but %(wanted)s is expected. Load the publisher's data file."
    ),
}


def kind_of(path: Path) -> Kind:
    """The kind of a file. Raises FileError if it cannot be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        reason = Reason(gettext_noop("The file cannot be opened: %(error)s."), error=error.strerror or error)
        raise FileError(reason) from error
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return _kind_of_archive(path) if kind is Kind.ARCHIVE else kind
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    return _kind_of_text(head.replace(b"\x00", b"").lstrip())


def wrong_kind(kind: Kind, wanted: str) -> FileError:
    """The refusal of a file of this kind where `wanted` (such as "CSV") is expected."""
    return FileError(Reason(_REASONS[kind], wanted=wanted))


def _kind_of_text(head: bytes) -> Kind:
    if not head:
        return Kind.EMPTY
    if _WEB_PAGE.match(head) or (head.startswith((b"<!--", b"<?xml")) and _WEB_PAGE.search(head)):
        return Kind.WEB_PAGE
    return Kind.XML if head.startswith((b"<?xml", b"<")) else Kind.TEXT


def _kind_of_archive(path: Path) -> Kind:
    """Whether a ZIP file is one to unpack or, by the parts it holds, a spreadsheet."""
    names = {member.filename for member in members_of(path)}
    is_workbook = "[Content_Types].xml" in names and any(name.startswith("xl/workbook") for name in names)
    return Kind.WORKBOOK if is_workbook else Kind.ARCHIVE

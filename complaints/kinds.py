"""What kind of file something is, by its content. Names and what a browser says are not believed."""

from __future__ import annotations

import zipfile
from io import BytesIO

MOST_FILES = 10
MOST_BYTES = 50 * 1024 * 1024  # of all files of a complaint together
MOST_MEMBERS = 5_000  # files inside a document
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200  # unpacked to packed

SIGNATURES = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "pdf": b"%PDF-",
}
DOCUMENTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
KINDS = (*SIGNATURES, *DOCUMENTS)


class NotAllowed(Exception):
    """Raised if a file is none of the kinds that are taken, or is made to do harm when opened."""


def kind_of(content: bytes) -> str:
    """`png`, `jpg`, `pdf`, `docx` or `xlsx`. Raises NotAllowed."""
    for kind, signature in SIGNATURES.items():
        if content.startswith(signature):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    raise NotAllowed


def _document(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise NotAllowed from error
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > min(MOST_UNPACKED, MOST_RATIO * len(content)):
        raise NotAllowed
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
        raise NotAllowed  # a macro, or a program in a document's clothes
    found = [kind for kind, part in DOCUMENTS.items() if part in names]
    if len(found) != 1 or "[Content_Types].xml" not in names:
        raise NotAllowed
    return found[0]

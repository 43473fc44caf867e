"""PDF files as pages of glyphs: which letter stands where. What a page means is for others to say.

A file is not trusted: its size, its pages, the marks on a page and the time spent are limited, and a file
that was cut off is refused although a viewer may show what is left of it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..errors import FileError, Reason, gettext_noop
from .archives import MIB
from .kinds import Kind, kind_of, wrong_kind

_END = b"%%EOF"
_END_WITHIN = 2_048  # bytes before the end of the file in which its end must be marked
_TELLS_PASSWORD = ("password", "security")
_UNTOLD = 0xFFFD  # stands for a sign outside Unicode


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """What an honest document stays within: bytes, pages, signs on a page, seconds of reading, and the
    longest side of a page in points (1/72 inch).
    """

    size: int = 200 * MIB
    pages: int = 2_000
    signs: int = 40_000
    seconds: int = 600
    side: int = 3_000


PDF_LIMITS = PdfLimits()


class Glyph(NamedTuple):
    """One sign on a page, in points from the lower left corner.

    `x` and `y` are where it is set; `end` is where the next one would be set. `left`, `right`, `bottom` and
    `top` bound its ink, which is empty for a space; `size` is the height of its line.
    """

    letter: str
    x: float
    y: float
    end: float
    size: float
    left: float
    right: float
    bottom: float
    top: float


class PdfPage(NamedTuple):
    """One page: its place in the file, counted from 1, its size in points, and what stands on it."""

    place: int
    width: float
    height: float
    glyphs: list[Glyph]


def open_pages(path: Path, *, limits: PdfLimits = PDF_LIMITS) -> Iterator[PdfPage]:
    """The pages of a PDF, one at a time.

    Raises FileError, before the first page or when it gets there, if the file is no PDF, is locked, damaged
    or cut off, holds no text, or is built to exhaust whoever opens it.
    """
    until = monotonic() + limits.seconds
    letters = 0
    with opened_pdf(path, limits) as document:
        for index in range(len(document)):
            if monotonic() > until:
                raise _slow(index + 1, limits)
            page = _page(document, index, limits)
            letters += len(page.glyphs)
            yield page
    if not letters:
        sentence = gettext_noop(
            "The PDF holds pictures of pages and no text. Load the PDF as its publisher made it, not a scan."
        )
        raise FileError(Reason(sentence), path.name)


@contextmanager
def opened_pdf(path: Path, limits: PdfLimits = PDF_LIMITS) -> Iterator[Any]:
    """A document that was looked over. Raises FileError where it must not be read."""
    _look_over(path, limits)
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _unopened(error, path) from error
    try:
        if len(document) > limits.pages:
            sentence = gettext_noop(
                "The PDF has %(pages)s pages, more than the %(most)s that are read at once. Split it."
            )
            raise FileError(Reason(sentence, pages=len(document), most=limits.pages), path.name)
        yield document
    finally:
        document.close()


def _look_over(path: Path, limits: PdfLimits) -> None:
    """Raise FileError for what can be told without reading the document."""
    kind = kind_of(path)
    if kind is not Kind.PDF:
        raise wrong_kind(kind, "PDF")
    size = path.stat().st_size
    if size > limits.size:
        sentence = gettext_noop("The PDF has %(size)s MB, more than the %(most)s MB that are read. Split it.")
        raise FileError(Reason(sentence, size=size // MIB, most=limits.size // MIB), path.name)
    with path.open("rb") as file:
        file.seek(-min(size, _END_WITHIN), 2)
        if _END not in file.read():
            raise FileError(
                Reason(gettext_noop("The PDF was cut off: its end is missing. Download it again.")),
                Reason(gettext_noop("byte %(byte)s"), byte=size),
            )


def _unopened(error: Exception, path: Path) -> FileError:
    if any(word in str(error).lower() for word in _TELLS_PASSWORD):
        sentence = gettext_noop(
            "The PDF is locked with a password. Open it with the password and save it without one."
        )
        return FileError(Reason(sentence), path.name)
    return _damaged(path.name)


def _damaged(place: str) -> FileError:
    return FileError(Reason(gettext_noop("The PDF is damaged. Download it again.")), place)


def _slow(place: int, limits: PdfLimits) -> FileError:
    sentence = gettext_noop(
        "Reading the PDF takes longer than %(minutes)s minutes. Split it, or save it anew from a PDF viewer."
    )
    return FileError(Reason(sentence, minutes=limits.seconds // 60), _place(place))


def _place(place: int) -> Reason:
    return Reason(gettext_noop("page %(page)s of the file"), page=place)


def _page(document: Any, index: int, limits: PdfLimits) -> PdfPage:
    try:
        page = document[index]
        text = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise _damaged(_place(index + 1)) from error
    width, height = page.get_size()
    signs = text.count_chars()
    try:
        if signs > limits.signs or max(width, height) > limits.side:
            sentence = gettext_noop(
                "The page has %(signs)s signs and is %(width)s × %(height)s points: no book has such pages."
            )
            size = {"signs": signs, "width": round(width), "height": round(height)}
            raise FileError(Reason(sentence, **size), _place(index + 1))
        glyphs = [glyph for glyph in _glyphs(text, signs) if 0 <= glyph.x <= width and 0 <= glyph.y <= height]
        return PdfPage(index + 1, width, height, glyphs)
    finally:
        text.close()
        page.close()


def _glyphs(text: Any, signs: int) -> Iterator[Glyph]:
    """Every sign that the document itself sets; not the spaces and line ends that its reader adds."""
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    whole = raw.FS_RECTF()
    for index in range(signs):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        sign = raw.FPDFText_GetUnicode(text, index)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, whole)
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        yield Glyph(
            chr(sign if sign < 0x110000 and not 0xD800 <= sign < 0xE000 else _UNTOLD),
            x.value,
            y.value,
            whole.right,
            whole.top - whole.bottom,
            left.value,
            right.value,
            bottom.value,
            top.value,
        )

"""Pages drawn as pictures: to look at them, and to black out parts of them with nothing left underneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from math import sqrt

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

from .boxes import Box
from .documents import save
from .pictures import FORMATS
from .refusals import Damaged, TooMuch

DOTS = 150  # to the inch: small print of a contract can be read
INCH = 72  # units of a PDF
MOST_POINTS = 8_000_000  # of a page; an A4 page has 2.2 million
LONGEST = 1_600  # points of the longer side of a picture to look at
MOST_BYTES = 100 * 1024 * 1024
JPEG = {"quality": 80, "subsampling": 0}  # colours as fine as brightness, else they would run into a box


def seen(kind: str, content: bytes, number: int) -> tuple[bytes, int]:
    """A page as a JPEG to look at, and how many pages there are. Raises Refusal."""
    if kind != "pdf":
        page, count = _picture(kind, content), 1
    else:
        with _opened(content) as document:
            count = len(document)
            if not 1 <= number <= count:
                raise Damaged
            page = _drawn(document[number - 1])
    page.thumbnail((LONGEST, LONGEST))
    return _jpeg(page), count


def blackened(kind: str, content: bytes, boxes: Sequence[Box]) -> bytes:
    """A file of the same kind that is pictures alone, black where a box stands. Raises Refusal.

    Each page of a PDF becomes a picture, also those without a box: what pages share, bookmarks and the text
    for readers of the blind would else repeat what is black.
    """
    if kind == "pdf":
        return _document(content, boxes)
    out = BytesIO()
    picture = _black(_picture(kind, content), [box for box in boxes if box.page == 1])
    picture.save(out, FORMATS[kind], **(JPEG if kind == "jpg" else {}))
    return out.getvalue()


def _document(content: bytes, boxes: Sequence[Box]) -> bytes:
    size = 0
    with _opened(content) as document, pikepdf.new() as made:
        for number, page in enumerate(_pages(document), start=1):
            width, height = page.get_size()
            drawn = _black(_drawn(page), [box for box in boxes if box.page == number])
            picture = _jpeg(drawn)
            size += len(picture)
            if size > MOST_BYTES:
                raise TooMuch
            _put(made, picture, drawn.size, width, height)
        return save(made)


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise Damaged from error


def _pages(document: pdfium.PdfDocument) -> Iterator[pdfium.PdfPage]:
    for place in range(len(document)):
        page = document[place]
        yield page
        page.close()


def _drawn(page: pdfium.PdfPage) -> Image.Image:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Damaged
    scale = min(DOTS / INCH, sqrt(MOST_POINTS / (width * height)))
    try:
        drawn: Image.Image = page.render(scale=scale).to_pil()
    except pdfium.PdfiumError as error:
        raise Damaged from error
    return drawn.convert("RGB")


def _picture(kind: str, content: bytes) -> Image.Image:
    """A picture on white paper: what is transparent hides nothing."""
    try:
        with Image.open(BytesIO(content), formats=[FORMATS[kind]]) as picture:
            if picture.mode not in ("LA", "RGBA", "PA") and "transparency" not in picture.info:
                return picture.convert("RGB")
            clear = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Damaged from error
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear)
    return paper


def _black(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    brush = ImageDraw.Draw(picture)
    for box in boxes:
        left, top, right, bottom = box.points(*picture.size)
        brush.rectangle((left, top, right - 1, bottom - 1), fill="black")
    return picture


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", **JPEG)
    return out.getvalue()


def _put(made: pikepdf.Pdf, picture: bytes, size: tuple[int, int], width: float, height: float) -> None:
    """A further page that is this picture."""
    page = made.add_blank_page(page_size=(width, height))
    image = pikepdf.Stream(made, b"")
    image.write(picture, filter=Name.DCTDecode)
    image.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1],
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
        )
    )  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(Page=made.make_indirect(image)))
    page.Contents = pikepdf.Stream(made, f"q {width} 0 0 {height} 0 0 cm /Page Do Q".encode())

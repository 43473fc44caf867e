"""Pages drawn as pictures: black is black to its rim, nothing stays underneath, and no file takes the program
down.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from complaints.cleaning import Uncleanable, blacken, clean, see
from complaints.cleaning.boxes import WHOLE, Box

from . import evidence_files as files
from .test_cleaning import everything_in

SECRET = "Somsri Rakthai"
BOX = Box(1, 103, 207, 301, 150)


def noise(kind: str, size: tuple[int, int] = (501, 377)) -> bytes:
    """A picture in which hardly any point is black."""
    out = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, {"jpg": "JPEG", "png": "PNG"}[kind])
    return out.getvalue()


def points_of(kind: str, content: bytes, page: int = 1) -> Image.Image:
    """What one sees of a page."""
    if kind != "pdf":
        return Image.open(BytesIO(content)).convert("RGB")
    document = pypdfium2.PdfDocument(content)
    (picture,) = document[page - 1].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    found: Image.Image = picture.get_bitmap().to_pil().convert("RGB")
    return found


def text_of(content: bytes) -> str:
    """The text that a program gets out of a PDF."""
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


@pytest.mark.parametrize("kind", ["jpg", "png", "pdf"])
def test_under_a_box_each_point_is_black(kind: str) -> None:
    whole = files.statement(SECRET) if kind == "pdf" else noise(kind)

    picture = points_of(kind, blacken(kind, whole, [BOX]))

    assert picture.crop(BOX.points(*picture.size)).getextrema() == ((0, 0), (0, 0), (0, 0))


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_beside_a_box_the_picture_is_as_before(kind: str) -> None:
    whole = noise(kind)

    before, after = points_of(kind, whole), points_of(kind, blacken(kind, whole, [BOX]))

    left, top, right, bottom = BOX.points(*before.size)
    changed = ImageChops.difference(before, after)
    changed.paste((0, 0, 0), (left, top, right, bottom))
    assert max(high for _low, high in changed.getextrema()) <= (0 if kind == "png" else 80)  # type: ignore[misc]
    assert after.crop((right, bottom, *after.size)).getextrema() != ((0, 0), (0, 0), (0, 0))


def test_text_of_a_blackened_pdf_cannot_be_taken_out_of_any_page() -> None:
    whole = clean("pdf", files.statement(SECRET)).content

    copy = blacken("pdf", whole, [BOX])

    assert SECRET in text_of(whole)
    assert text_of(copy) == ""
    assert SECRET.encode() not in everything_in(copy)
    with pikepdf.open(BytesIO(copy)) as pdf:
        assert len(pdf.pages) == 2
        assert not {"/Outlines", "/StructTreeRoot", "/Names"} & set(pdf.Root.keys())
        kinds = [thing.get("/Subtype") for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
    assert kinds.count(pikepdf.Name.Image) == 2
    assert len(kinds) == 4  # a picture and the order to show it, for each page


def test_pages_keep_their_size_and_the_way_they_are_turned() -> None:
    whole = files.statement(SECRET, turned=True)

    pages = pypdfium2.PdfDocument(blacken("pdf", whole, [BOX]))

    assert [tuple(round(side) for side in page.get_size()) for page in pages] == [(842, 595), (595, 842)]


def test_what_is_transparent_hides_nothing() -> None:
    hidden, out = Image.new("RGBA", (40, 40), (200, 10, 10, 0)), BytesIO()
    hidden.save(out, "PNG")

    copy = Image.open(BytesIO(blacken("png", out.getvalue(), [Box(1, 0, 0, 100, 100)])))

    assert copy.mode == "RGB"
    assert copy.getpixel((39, 39)) == (255, 255, 255)


def test_same_boxes_make_the_same_bytes() -> None:
    whole = files.statement(SECRET)

    assert blacken("pdf", whole, [BOX]) == blacken("pdf", whole, [BOX])


def test_page_is_seen_as_a_picture_with_the_number_of_pages() -> None:
    seen = see("pdf", files.statement(SECRET), 2)

    assert seen.pages == 2
    assert Image.open(BytesIO(seen.picture)).format == "JPEG"
    with pytest.raises(Uncleanable):
        see("pdf", files.statement(SECRET), 3)


@pytest.mark.parametrize("content", [b"%PDF-1.4 junk", b"", files.flood(30_000, 30_000)])
@pytest.mark.parametrize("kind", ["jpg", "png", "pdf"])
def test_what_cannot_be_drawn_is_said(kind: str, content: bytes) -> None:
    with pytest.raises(Uncleanable):
        blacken(kind, content, [BOX])


def test_page_as_large_as_a_field_is_drawn_no_larger_than_others() -> None:
    large, out = pikepdf.new(), BytesIO()
    large.add_blank_page(page_size=(14_400, 14_400))
    large.save(out)

    width, height = points_of("pdf", blacken("pdf", out.getvalue(), [BOX])).size

    assert width * height <= 8_010_000


def test_drawing_has_a_ceiling_of_memory_and_time() -> None:
    whole = noise("png", (2_000, 2_000))

    with pytest.raises(Uncleanable, match="memory"):
        blacken("png", whole, [BOX], memory=4 * 1024 * 1024)
    with pytest.raises(Uncleanable, match="long"):
        blacken("pdf", files.statement(SECRET, pages=400), [BOX], seconds=1)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 5_000), st.integers(0, WHOLE - 1), st.integers(1, WHOLE), st.integers(1, 5_000))
def test_box_never_covers_less_than_was_marked(width: int, left: int, length: int, height: int) -> None:
    length = min(length, WHOLE - left)

    first, _top, last, _bottom = Box(1, left, left, length, length).points(width, height)

    assert first <= left * width / WHOLE
    assert last >= (left + length) * width / WHOLE - 1e-9
    assert 0 <= first < last <= width

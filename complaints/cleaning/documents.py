"""PDFs without authors, dates, scripts, actions, attachments and forms that send themselves."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, Stream

from . import inlays
from .refusals import Damaged, Harmful, Locked

ACTING = (
    "/OpenAction", "/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/RichMediaContent",
    "/RichMediaSettings", "/XFA", "/Launch", "/URI", "/URLS", "/Collection", "/Renditions", "/Movie",
    "/Perms", "/DSS", "/Legal",
)  # fmt: skip
"""Entries of a PDF that act, reach out, hold further files, or say who signed it."""
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/Author", "/T", "/M", "/CreationDate", "/ModDate")
ACTIONS = (
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/URI", "/Rendition",
    "/Movie", "/Sound", "/Hide", "/Named", "/SetOCGState", "/Trans", "/GoTo3DView", "/RichMediaExecute",
)  # fmt: skip
UNSEEN = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/Widget")
"""Notes on a page that hold files or act; form fields among them."""
SIGNATURES = ("/Sig", "/DocTimeStamp")
DEEPEST = 50  # of what stands one inside the other; an act at the end of a longer chain would not be found
LONGEST = 200


def cleaned(kind: str, content: bytes) -> tuple[bytes, list[str]]:
    """The PDF without them, and what it told. Raises Refusal."""
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            found = told(pdf)
            found += strip(pdf)
            return save(pdf), list(dict.fromkeys(found))
    except pikepdf.PasswordError as error:
        raise Locked from error
    except (pikepdf.PdfError, ValueError, RuntimeError, KeyError, TypeError, RecursionError) as error:
        raise Damaged from error


def save(pdf: Pdf) -> bytes:
    """A PDF as a file: the same bytes each time."""
    out = BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def told(pdf: Pdf) -> list[str]:
    """What the program that made it wrote down, and whether it acts."""
    info = pdf.trailer.get("/Info", Dictionary())
    found = [f"{name.lstrip('/')}: {value}"[:LONGEST] for name, value in info.items()]
    if "/Metadata" in pdf.Root:
        found.append("XMP: " + pdf.Root.Metadata.read_bytes()[:LONGEST].decode(errors="replace"))
    if any(name in pdf.Root for name in ("/OpenAction", "/AA")) or "/JavaScript" in pdf.Root.get(
        "/Names", Dictionary()
    ):
        found.append("Actions: taken out")
    if len(pdf.attachments):
        found.append(f"Attachments: {len(pdf.attachments)} taken out")
    return found


def strip(pdf: Pdf) -> list[str]:
    """Take out, in every object, what acts and what tells; what photographs told."""
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for name in ("/Names", "/AcroForm"):
        if name in pdf.Root:
            del pdf.Root[name]
    for page in pdf.pages:
        if "/Annots" in page:
            kept = [note for note in page.Annots if str(note.get("/Subtype", "")) not in UNSEEN]
            page.Annots = Array(kept)
    drawings: dict[tuple[int, int], Stream] = {}
    for page in pdf.pages:
        page.contents_coalesce()
        contents = page.get("/Contents")
        if isinstance(contents, Stream):
            drawings[contents.objgen] = contents
    found: list[str] = []
    for thing in pdf.objects:
        drawings |= {one.objgen: one for inner in walk(thing) for one in inlays.drawings(inner)}
        if isinstance(thing, Stream):
            found += inlays.bare(thing)
    for drawing in drawings.values():
        found += inlays.bare_amid(drawing)
    return found


def walk(thing: Object, depth: int = 0) -> Iterator[Object]:
    """Take it out of one object and of what stands directly inside; each dictionary among these."""
    if depth > DEEPEST:
        raise Harmful
    if isinstance(thing, Array):
        for part in thing:
            yield from _inside(part, depth)
    elif isinstance(thing, (Dictionary, Stream)):
        _bare(thing)
        yield thing
        for name in list(thing.keys()):
            yield from _inside(thing[name], depth)


def _inside(part: object, depth: int) -> Iterator[Object]:
    if isinstance(part, Object) and not part.is_indirect:
        yield from walk(part, depth + 1)


def _bare(thing: Object) -> None:
    is_action = str(thing.get("/S", "")) in ACTIONS
    is_signature = str(thing.get("/Type", "")) in SIGNATURES
    for name in list(thing.keys()):
        if (
            name in ACTING
            or is_signature
            or (is_action and name not in ("/Type",))
            or (name in TELLING and not (name == "/T" and "/FT" in thing))
        ):
            del thing[name]

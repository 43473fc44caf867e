"""Photographs inside a PDF: each is a file of its own with all that the camera wrote into it. They stand as
objects that a page names, or amid the words by which a page, a form, a pattern or a letter is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image

from .photographs import without_boxes, without_notes
from .pictures import told
from .refusals import Damaged

KINDS = {"/DCTDecode": without_notes, "/JPXDecode": without_boxes}
AMID = re.compile(rb"\bBI\b.*?/(?:(?:D|#44)(?:C|#43)(?:T|#54)|(?:J|#4[Aa])(?:P|#50)(?:X|#58))", re.DOTALL)
"""Where a photograph may stand amid drawing; letters of a name may be written as numbers."""
OUTSIDE = ("/Filter", "/DecodeParms", "/Length", "/L")
"""Entries of such a photograph that say how it is packed."""


def drawings(thing: Object) -> Iterator[Stream]:
    """What an object draws with: itself as a form or a pattern, a font's letters, how a note looks."""
    if isinstance(thing, Stream) and (str(thing.get("/Subtype", "")) == "/Form" or "/PatternType" in thing):
        yield thing
    for name in ("/CharProcs", "/AP"):
        yield from _streams(thing.get(name))


def _streams(found: object) -> Iterator[Stream]:
    """The streams of a dictionary, and of those in it: a note looks otherwise when it is pressed or set."""
    if isinstance(found, Stream):
        yield found
    elif isinstance(found, Dictionary):
        for one in found.values():
            if isinstance(one, Stream):
                yield one
            elif isinstance(one, Dictionary):
                yield from (two for two in one.values() if isinstance(two, Stream))


def bare(stream: Stream) -> list[str]:
    """A photograph that is an object of its own, without notes, however it is packed; what these told. Raises
    Damaged.
    """
    filters, settings = _listed(stream.get("/Filter")), _listed(stream.get("/DecodeParms"))
    if not any(str(one) in KINDS for one in filters):
        return []
    settings += [None] * (len(filters) - len(settings))
    photograph = _unwrapped(stream.read_raw_bytes(), filters, settings)
    stream.write(KINDS[str(filters[-1])](photograph), filter=filters[-1], decode_parms=settings[-1])
    return _told(photograph)


def bare_amid(stream: Stream) -> list[str]:
    """What is drawn here, its photographs without notes; what these told. Raises Damaged."""
    if not AMID.search(stream.read_bytes()):
        return []
    steps, found = list(pikepdf.parse_content_stream(stream)), list[str]()
    photographs = {place: bare for place, step in enumerate(steps) if (bare := _photograph(step, found))}
    if photographs:
        parts = (photographs.get(n) or pikepdf.unparse_content_stream([step]) for n, step in enumerate(steps))
        stream.write(b"\n".join(parts))
    return found


def _photograph(step: Any, found: list[str]) -> bytes:
    """A photograph amid drawing without notes, as it is written there; empty for any other step."""
    if not isinstance(step, pikepdf.ContentStreamInlineImage):
        return b""
    shape = step.iimage.obj
    filters, settings = _listed(shape.get("/Filter")), _listed(shape.get("/DecodeParms"))
    if not any(str(one) in KINDS for one in filters):
        return b""
    settings += [None] * (len(filters) - len(settings))
    photograph = _unwrapped(step.iimage.read_raw_bytes(), filters, settings)
    found += _told(photograph)
    kept: dict[str, Any] = {name: value for name, value in shape.items() if name not in OUTSIDE}
    kept["/Filter"] = Name(str(filters[-1]))
    if settings[-1] is not None:
        kept["/DecodeParms"] = settings[-1]
    head = Dictionary(kept).unparse(resolved=True).removeprefix(b"<<").removesuffix(b">>")
    return b"BI " + head.strip() + b" ID " + KINDS[str(filters[-1])](photograph) + b"\nEI"


def _unwrapped(raw: bytes, filters: list[Any], settings: list[Any]) -> bytes:
    """The photograph, without what is laid around it. Raises Damaged."""
    *around, last = filters
    if str(last) not in KINDS or len(settings) > len(filters):
        raise Damaged
    if not around:
        return raw
    with Pdf.new() as pdf:
        outer = Stream(pdf, raw, Filter=Array(around))
        if any(one is not None for one in settings[:-1]):
            outer.DecodeParms = Array([Dictionary() if one is None else one for one in settings[:-1]])
        return outer.read_bytes()


def _listed(found: object) -> list[Any]:
    """One name, several, or none, as a list."""
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]


def _told(photograph: bytes) -> list[str]:
    """What the camera wrote; a picture that cannot be read tells nothing more than is taken out of it."""
    try:
        with Image.open(BytesIO(photograph), formats=["JPEG", "JPEG2000"]) as picture:
            return told(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return []

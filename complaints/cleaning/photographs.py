"""Photographs inside documents without the notes of cameras and programs; the picture itself is untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .refusals import Damaged

BEGIN, END, SCAN = 0xD8, 0xD9, 0xDA
ALONE = (0x01, *range(0xD0, BEGIN))  # markers without a segment behind them
ADOBE, COMMENT = 0xEE, 0xFE
BEHIND_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
THUMBNAIL = b"JFXX\0"
JP2 = b"\0\0\0\x0cjP  "
TELLING_BOXES = (b"xml ", b"uuid", b"uinf", b"jp2i")


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without them, and without what lies behind its end. Raises Damaged if it cannot be followed."""
    if jpeg[:2] != bytes((0xFF, BEGIN)):
        raise Damaged
    return b"".join([jpeg[:2], *(part for kind, part in _segments(jpeg) if not _is_note(kind, part))])


def _segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    """The kind of each segment and its bytes, what is drawn with the one that begins it."""
    at = 2
    while at + 1 < len(jpeg):
        if jpeg[at] != 0xFF:
            raise Damaged
        kind = jpeg[at + 1]
        if kind == 0xFF:  # fills up before a marker
            at += 1
            continue
        end = at + 2 + (0 if kind in (*ALONE, END) else int.from_bytes(jpeg[at + 2 : at + 4]))
        if kind == SCAN:
            found = BEHIND_SCAN.search(jpeg, end)
            end = found.start() if found else len(jpeg)
        yield kind, jpeg[at:end]
        if kind == END:
            return
        at = end


def _is_note(kind: int, segment: bytes) -> bool:
    return kind == COMMENT or (0xE1 <= kind <= 0xEF and kind != ADOBE) or segment[4:9] == THUMBNAIL


def without_boxes(jp2: bytes) -> bytes:
    """A JPEG 2000 without boxes of words. Raises Damaged if it cannot be followed."""
    if not jp2.startswith(JP2):
        return jp2  # the bare picture
    kept, at = [], 0
    while at + 8 <= len(jp2):
        size, kind = int.from_bytes(jp2[at : at + 4]), jp2[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(jp2[at + 8 : at + 16])
        end = at + size if size else len(jp2)
        if end < at + 8 or end > len(jp2):
            raise Damaged
        if kind not in TELLING_BOXES:
            kept.append(jp2[at:end])
        at = end
    return b"".join(kept)

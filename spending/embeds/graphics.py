"""A figure as one picture to take away: title, drawing, exact figures, origin. SVG and PNG. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

import resvg_py

from .canvas import FACE, Canvas
from .drawings import ACCENT, GRID, INK, PAPER, SOFT, WIDE, draw
from .figures import Figure
from .lettering import FAMILY, FONT, lines, seen
from .printing import print_table

EDGE = 36  # pixels left free on each side
WIDTH = WIDE + 2 * EDGE
SCALES = (1, 2)
HATCH = (
    '<pattern id="{id}" width="{step}" height="{step}" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="{step}" height="{step}" fill="#fbfaf6"/>'
    '<rect width="{line}" height="{step}" fill="#7d786c"/></pattern>'
)
HATCHES = HATCH.format(id="hatch", step=9, line=2) + HATCH.format(id="hatch-fine", step=2, line="0.55")


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture says beside its figures, in the reader's language, as plain text.

    `origin` are the lines under it (source, edition, address), `warning` stands over it where the figures are
    no longer those that were taken, `others` names the rows that are not printed.
    """

    site: str
    sentence: str
    origin: tuple[str, ...]
    others: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Graphic:
    """A drawn figure: the text of its SVG and its size in pixels."""

    svg: str
    width: int
    height: int


def graphic(figure: Figure, words: Words, language: str) -> Graphic:
    """The figure drawn over its table."""
    canvas = Canvas()
    y = _head(figure, words, canvas)
    if figure.picture is not None:
        canvas.open(EDGE, y)
        y += draw(figure.picture, canvas, language, figure.legend) + 22
        canvas.close()
    if figure.note:
        y = _paragraph(canvas, figure.note, y, 14, SOFT, 2) + 8
    canvas.open(EDGE, y)
    y += print_table(figure.table, canvas, language, others=words.others, bars=figure.picture is None) + 18
    canvas.close()
    for line in words.origin:
        y = _paragraph(canvas, line, y, 13, SOFT, 3)
    height = y + 20
    return Graphic(_document(figure, words, canvas, height, language), WIDTH, height)


def png(drawn: Graphic, scale: int) -> bytes:
    """The same as a PNG, with letters of our own font alone, whatever the machine has."""
    return resvg_py.svg_to_bytes(
        svg_string=drawn.svg,
        zoom=scale,
        skip_system_fonts=True,
        font_files=[str(FONT)],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )


def _head(figure: Figure, words: Words, canvas: Canvas) -> int:
    canvas.text(EDGE, 40, words.site, 14, ACCENT, strong=True)
    y = 56
    if words.warning:
        y = _paragraph(canvas, words.warning, y, 15, "#9c2a1f", 3) + 6
    y = _paragraph(canvas, figure.whole_title, y, 25, INK, 3, strong=True) + 4
    if words.sentence:
        y = _paragraph(canvas, words.sentence, y, 16, SOFT, 4)
    return y + 14


def _paragraph(
    canvas: Canvas, text: str, top: int, size: int, ink: str, most: int, *, strong: bool = False
) -> int:
    """Lines of text over the whole width; where they end."""
    room = WIDE - (WIDE // 12 if strong else 0)  # strong letters are wider than those that are measured
    step = size * 3 // 2
    found = lines(text, size, room, most)
    for place, line in enumerate(found):
        canvas.text(EDGE, top + size + 3 + step * place, line, size, ink, strong=strong)
    return top + step * len(found)


def _document(figure: Figure, words: Words, canvas: Canvas, height: int, language: str) -> str:
    said = " ".join([words.warning, words.sentence, *words.origin]).strip()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc" xml:lang="{language}"'
        f' font-family="{FACE}">'
        f'<title id="title">{escape(seen(figure.whole_title))}</title>'
        f'<desc id="desc">{escape(seen(said))}</desc>'
        f"<defs>{HATCHES}</defs>"
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}" stroke="{GRID}"/>'
        + "".join(canvas.marks)
        + "</svg>"
    )

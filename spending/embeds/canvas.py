"""An SVG drawing written mark by mark, with attributes alone: it needs no style sheet and no script. Pure.

Coordinates are exact numbers; texts are escaped here and nowhere else.
"""

from __future__ import annotations

from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from .lettering import FAMILY, seen

Number = Decimal | int
FACE = f"{FAMILY}, IBM Plex Sans Thai, Sarabun, Leelawadee UI, Thonburi, sans-serif"


class Canvas:
    """The marks of a drawing so far, in the order in which they cover each other."""

    def __init__(self) -> None:
        self.marks: list[str] = []

    def rect(
        self,
        x: Number,
        y: Number,
        width: Number,
        height: Number,
        fill: str,
        *,
        round_: Number = 0,
        stroke: str = "",
    ) -> None:
        """An area; hatching, and what is as light as the paper, needs a border to be seen."""
        edge = f' stroke="{stroke}" stroke-width="0.5"' if stroke else ""
        corner = f' rx="{number(round_)}"' if round_ else ""
        self.marks.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
            f' fill="{fill}"{edge}{corner}/>'
        )

    def line(self, x1: Number, y1: Number, x2: Number, y2: Number, stroke: str, *, wide: Number = 1) -> None:
        ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        self.marks.append(f'<line {ends} stroke="{stroke}" stroke-width="{number(wide)}"/>')

    def circle(self, x: Number, y: Number, radius: Number, fill: str) -> None:
        self.marks.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"/>')

    def path(self, path: str, *, fill: str = "none", stroke: str = "none", wide: Number = 1) -> None:
        """A path in the letters of SVG, made of numbers by our own pictures."""
        self.marks.append(
            f'<path d={quoteattr(path)} fill="{fill}" stroke="{stroke}" stroke-width="{number(wide)}"'
            ' stroke-linejoin="round"/>'
        )

    def text(
        self,
        x: Number,
        y: Number,
        text: str,
        size: int,
        ink: str,
        *,
        end: str = "start",
        strong: bool = False,
    ) -> None:
        """A line of text that stands on `y`; `end` says which end of it stands at `x`."""
        anchor = "" if end == "start" else f' text-anchor="{end}"'
        weight = ' font-weight="700"' if strong else ""
        self.marks.append(
            f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" fill="{ink}"{anchor}{weight}>'
            f"{escape(seen(text))}</text>"
        )

    def open(self, x: Number, y: Number, scale: Number = 1) -> None:
        """What follows is drawn from another corner, at another scale, until `close`."""
        larger = "" if scale == 1 else f" scale({scale:.5f})"
        self.marks.append(f'<g transform="translate({number(x)} {number(y)}){larger}">')

    def close(self) -> None:
        self.marks.append("</g>")


def number(value: Number) -> str:
    """A number as an attribute holds it: two places at most, no exponent."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

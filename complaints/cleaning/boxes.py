"""Where a page is blacked out."""

from __future__ import annotations

from dataclasses import dataclass

WHOLE = 1_000
"""A page is this long and this wide: places are in per mille, so they hold at any size of its picture."""
GRID = 8
"""A JPEG is made of squares of so many points. A box ends where a square ends: so what is black is black to
its rim, and nothing of it is mixed with what stands beside it.
"""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page as it is seen, in per mille of its width and height, from the upper left corner."""

    page: int
    """From 1; a picture is one page."""
    left: int
    top: int
    width: int
    height: int

    def points(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in a picture of this size: whole squares, the last ones included, so
        never less than what was marked.
        """
        left, right = _span(self.left, self.width, width)
        top, bottom = _span(self.top, self.height, height)
        return left, top, right, bottom


def _span(start: int, length: int, points: int) -> tuple[int, int]:
    first = start * points // WHOLE
    last = -(-(start + length) * points // WHOLE)
    return first // GRID * GRID, min(-(-last // GRID) * GRID, points)

"""Parts of a whole as areas, drawn on the server. Pure; amounts in baht, places in SVG units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from .palette import UNKNOWN
from .pictures import Part


@dataclass(frozen=True, slots=True)
class Tile:
    """One part and its rectangle; `named`: its name fits in it; `roomy`: its amount does too."""

    part: Part
    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal

    @property
    def named(self) -> bool:
        return self.width >= 76 and self.height >= 34

    @property
    def roomy(self) -> bool:
        return self.width >= 92 and self.height >= 74


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tiles on one sheet; `class_name` says on which screens it is shown."""

    class_name: str
    width: int
    height: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Treemap:
    """Parts of a whole as areas, drawn once for wide and once for narrow screens."""

    template: ClassVar[str] = "components/pictures/treemap.html"

    title: str
    sheets: tuple[Sheet, ...]


def treemap(title: str, parts: Sequence[Part]) -> Treemap:
    """The parts above zero as areas near to squares, largest first.

    What leads nowhere (smaller parts taken together) comes behind, what is unknown last.
    """
    above = (part for part in parts if part.amount > 0)
    drawn = sorted(above, key=lambda part: (part.hue == UNKNOWN, not part.href, -part.amount))
    sheets = (("on-wide", 960, 460), ("on-narrow", 360, 520))
    return Treemap(title, tuple(Sheet(name, w, h, squarify(drawn, w, h)) for name, w, h in sheets))


def squarify(parts: Sequence[Part], width: int, height: int) -> tuple[Tile, ...]:
    """Rectangles in proportion to the parts that fill `width` by `height` (Bruls, Huizing, van Wijk 2000).

    The parts are above zero; they come out best if the largest come first.
    """
    total = sum((part.amount for part in parts), Decimal(0))
    if total == 0:
        return ()
    scale = Decimal(width) * height / total
    left = [(part, part.amount * scale) for part in parts]
    room = _Room(Decimal(0), Decimal(0), Decimal(width), Decimal(height))
    tiles: list[Tile] = []
    while left:
        count = _best_row([area for _, area in left], room.shorter)
        row, left = left[:count], left[count:]
        laid, room = room.lay(row)
        tiles.extend(laid)
    return tuple(tiles)


@dataclass(frozen=True, slots=True)
class _Room:
    """What is not yet filled."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal

    @property
    def shorter(self) -> Decimal:
        return min(self.width, self.height)

    def lay(self, row: Sequence[tuple[Part, Decimal]]) -> tuple[list[Tile], _Room]:
        """The row's tiles along the shorter side, and the room that is left."""
        depth = sum((area for _, area in row), Decimal(0)) / self.shorter
        tiles: list[Tile] = []
        along = Decimal(0)
        for part, area in row:
            length = area / depth
            if self.width >= self.height:
                tiles.append(_tile(part, self.x, self.y + along, depth, length))
            else:
                tiles.append(_tile(part, self.x + along, self.y, length, depth))
            along += length
        if self.width >= self.height:
            return tiles, _Room(self.x + depth, self.y, self.width - depth, self.height)
        return tiles, _Room(self.x, self.y + depth, self.width, self.height - depth)


def _best_row(areas: Sequence[Decimal], side: Decimal) -> int:
    """How many of the first areas make the squarest row along a side."""
    count = 1
    worst = _worst(areas[:1], side)
    while count < len(areas):
        longer = _worst(areas[: count + 1], side)
        if longer > worst:
            break
        count, worst = count + 1, longer
    return count


def _worst(row: Sequence[Decimal], side: Decimal) -> Decimal:
    """The most oblong ratio in a row along a side."""
    total = sum(row, Decimal(0))
    return max(side**2 * max(row) / total**2, total**2 / (side**2 * min(row)))


def _tile(part: Part, x: Decimal, y: Decimal, width: Decimal, height: Decimal) -> Tile:
    x, y, right, bottom = (value.quantize(Decimal("0.1")) for value in (x, y, x + width, y + height))
    return Tile(part, x, y, right - x, bottom - y)

"""The country as a map of equal tiles, or of outlines, in classes of colour. Pure; drawn by templates.

Every province has a tile of the same size, so that a small one is seen as well as a large one. The
arrangement is the site's own and stands in `data/province_tiles.csv`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

CLASSES = 5  # classes of colour, about as many provinces in each
_TILES = Path(__file__).resolve().parent / "data" / "province_tiles.csv"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a province's tile stands, and the letters on it in Thai and English."""

    short: str
    short_en: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Region:
    """A province to be drawn: code, name, what is said of it, its value (None where unknown), its address."""

    code: str
    name: str
    said: str
    value: Decimal | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Shade:
    """One class of colour: its number from 1 (least), its least and largest value, how many have it."""

    number: int
    least: Decimal
    largest: Decimal
    count: int

    @property
    def hue(self) -> str:
        """The class of the stylesheet."""
        return f"k{self.number}"


@dataclass(frozen=True, slots=True)
class Tile:
    """A province as it is drawn; `hue` is its class of colour, `kn` where nothing is known."""

    region: Region
    hue: str
    label: str = ""
    column: int = 0
    row: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class ProvinceMap:
    """The drawn map. `unknown` counts the provinces of which nothing is known."""

    title: str
    tiles: tuple[Tile, ...]
    shades: tuple[Shade, ...]
    unknown: int
    width: int
    height: int

    @property
    def template(self) -> str:
        return self.outlines if any(tile.path for tile in self.tiles) else self.equal_tiles

    equal_tiles: ClassVar[str] = "components/pictures/tiles.html"
    outlines: ClassVar[str] = "components/pictures/outlines.html"


@dataclass(frozen=True, slots=True)
class Outlines:
    """The borders of provinces as paths by code, in a drawing of this width and height."""

    paths: Mapping[str, str]
    width: int
    height: int


@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """The place of each province's tile by its code."""
    with _TILES.open(encoding="utf-8") as file:
        return {
            row["code"]: Place(row["short"], row["short_en"], int(row["column"]), int(row["row"]))
            for row in csv.DictReader(file)
        }


def shades_of(values: Sequence[Decimal | None]) -> tuple[Shade, ...]:
    """Classes of about equally many known values, least first; equal values are in one class."""
    known = sorted(value for value in values if value is not None)
    members: dict[int, list[Decimal]] = {}
    for value in known:
        members.setdefault(known.index(value) * CLASSES // len(known) + 1, []).append(value)
    return tuple(Shade(number, found[0], found[-1], len(found)) for number, found in sorted(members.items()))


def province_map(
    title: str, regions: Sequence[Region], *, english: bool = False, outlines: Outlines | None = None
) -> ProvinceMap:
    """The provinces in classes of colour: as equal tiles, or by `outlines` where there are any."""
    shades = shades_of([region.value for region in regions])
    unknown = sum(1 for region in regions if region.value is None)
    if outlines is not None:
        tiles = [
            Tile(region, _hue(region, shades), path=outlines.paths[region.code])
            for region in regions
            if region.code in outlines.paths
        ]
        return ProvinceMap(title, tuple(tiles), shades, unknown, outlines.width, outlines.height)
    tiles = [_tile(region, shades, english=english) for region in regions if region.code in places()]
    tiles.sort(key=lambda tile: (tile.row, tile.column))
    width, height = (max(getattr(tile, side) for tile in tiles) + 1 for side in ("column", "row"))
    return ProvinceMap(title, tuple(tiles), shades, unknown, width, height)


def _tile(region: Region, shades: Sequence[Shade], *, english: bool) -> Tile:
    place = places()[region.code]
    label = place.short_en if english else place.short
    return Tile(region, _hue(region, shades), label, place.column, place.row)


def _hue(region: Region, shades: Sequence[Shade]) -> str:
    value = region.value
    if value is None:
        return "kn"
    return next(shade.hue for shade in shades if value <= shade.largest)

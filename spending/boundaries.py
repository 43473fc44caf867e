"""Borders of provinces from a GeoJSON file, on one coarse grid, so that neighbours keep a common border.

Only the codes of provinces join a feature to a province. Pure but for `keep()` and `outlines()`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from .models import Province
from .models.outlines import ProvinceOutline
from .tilemaps import Outlines

HEIGHT = 320  # units of the drawing from the north to the south: coarse enough for a page of 100 KB
STRETCH = Decimal("0.97")  # a degree of longitude beside one of latitude in the middle of Thailand
LEAST_POINTS = 4  # corners of the smallest island that is drawn
LARGEST = 100_000_000  # bytes of a file that are read

Point = tuple[int, int]
Ring = Sequence[Sequence[Decimal]]


class BoundaryError(ValueError):
    """Raised if a file is no GeoJSON of the 77 provinces; says what is wrong and what to do."""


def read(path: Path, code: str) -> dict[str, list[Ring]]:
    """The rings of each province by its code, which stands in the property `code`. Raises BoundaryError."""
    if path.stat().st_size > LARGEST:
        raise BoundaryError(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 1_000_000})
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)["features"]
        found = {str(one["properties"][code]): list(_rings(one["geometry"])) for one in features}
    except (ValueError, KeyError, TypeError) as error:
        message = _("This is no GeoJSON whose features have a property %(code)s: %(error)s")
        raise BoundaryError(message % {"code": code, "error": error}) from error
    known = set(Province.objects.values_list("code", flat=True))
    if set(found) != known:
        odd = ", ".join(sorted(set(found) ^ known)[:9])
        raise BoundaryError(_("The codes are not those of the 77 provinces: %(odd)s.") % {"odd": odd})
    return found


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """The outer borders of a Polygon or MultiPolygon; what lies in a hole is drawn by itself."""
    kinds = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    for polygon in kinds[geometry["type"]]:
        yield polygon[0]


def paths(provinces: Mapping[str, Sequence[Ring]]) -> dict[str, str]:
    """The border of each province as an SVG path on one grid, `HEIGHT` units from north to south."""
    corners = [point for rings in provinces.values() for ring in rings for point in ring]
    west, north = min(Decimal(p[0]) for p in corners), max(Decimal(p[1]) for p in corners)
    scale = HEIGHT / (north - min(Decimal(p[1]) for p in corners))

    def placed(point: Sequence[Decimal]) -> Point:
        across, down = (Decimal(point[0]) - west) * STRETCH * scale, (north - Decimal(point[1])) * scale
        return int(across.to_integral_value()), int(down.to_integral_value())

    return {
        code: "".join(_path(ring) for ring in _drawn([[placed(point) for point in ring] for ring in rings]))
        for code, rings in provinces.items()
    }


def _drawn(rings: Iterable[Sequence[Point]]) -> list[list[Point]]:
    """Rings without points that the grid makes one; of the islands those large enough, one at least."""
    thinned = [_thinned(ring) for ring in rings]
    large = [ring for ring in thinned if len(ring) >= LEAST_POINTS]
    return large or [max(thinned, key=len)]


def _thinned(ring: Sequence[Point]) -> list[Point]:
    """A ring without repeated points and without points between two others on one straight line."""
    kept: list[Point] = []
    for point in ring:
        if kept and point == kept[-1]:
            continue
        if len(kept) >= 2 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _straight(first: Point, middle: Point, last: Point) -> bool:
    across = (middle[0] - first[0]) * (last[1] - first[1])
    return across == (last[0] - first[0]) * (middle[1] - first[1])


def _path(ring: Sequence[Point]) -> str:
    """A closed path, each step told from the one before: a third shorter than places."""
    words = [f"M{ring[0][0]} {ring[0][1]}"]
    for (x, y), (to_x, to_y) in pairwise(ring):
        words.append(f"l{to_x - x} {to_y - y}")
    return "".join(words) + "z"


@transaction.atomic
def keep(found: Mapping[str, str], source: str) -> None:
    """Draw the map by these paths from now on, in place of any before."""
    codes = {province.code: province for province in Province.objects.all()}
    ProvinceOutline.objects.all().delete()
    ProvinceOutline.objects.bulk_create(
        ProvinceOutline(province=codes[code], path=path, source=source) for code, path in found.items()
    )


def outlines() -> Outlines | None:
    """The borders that an operator has given, in one query; None where the map is drawn of tiles."""
    found = dict(ProvinceOutline.objects.values_list("province__code", "path"))
    return Outlines(found, _width(found.values()), HEIGHT) if found else None


def source() -> str:
    """Who published the borders; "" where there are none."""
    return ProvinceOutline.objects.values_list("source", flat=True).first() or ""


def _width(drawn: Iterable[str]) -> int:
    """How wide the drawing is: the farthest point east."""
    widest = 0
    for path in drawn:
        for ring in path.split("z"):
            start, _mark, steps = ring.removeprefix("M").partition("l")
            across = int(start.split()[0]) if start else 0
            widest = max(widest, across)
            for step in steps.split("l") if steps else ():
                across += int(step.split()[0])
                widest = max(widest, across)
    return widest

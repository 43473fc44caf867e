"""Many bodies on one line: each a dot at its share, dots of the same share piled up. Pure; places in SVG
units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import ClassVar

WIDTH = 960
NARROW_WIDTH = 360
LEFT, RIGHT = 12, 12
FLOOR = 30  # room under the line for its labels
MOST_DOTS = 160  # bodies drawn one by one; more are drawn as columns
COLUMNS = 40
COLUMN_HEIGHT = 120


@dataclass(frozen=True, slots=True)
class Body:
    """One body: its name, its share (0 to 1), where it leads, and whether it is the one the page is about."""

    name: str
    share: Decimal
    href: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A body and where its dot stands."""

    body: Body
    x: Decimal
    y: Decimal


@dataclass(frozen=True, slots=True)
class Pile:
    """A column of bodies too many to draw one by one: how many, and whether the page's body is among them."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal
    count: int
    first: Decimal  # share at which the column begins
    own: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A share on the line and where it stands."""

    x: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """The picture for one width of screen."""

    class_name: str
    width: int
    height: int
    base: int
    radius: Decimal
    dots: tuple[Dot, ...]
    piles: tuple[Pile, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Dots:
    """Bodies at their shares, drawn once for wide and once for narrow screens."""

    template: ClassVar[str] = "components/pictures/dots.html"

    title: str
    lines: tuple[Line, ...]


def dots(title: str, bodies: Sequence[Body]) -> Dots:
    """The bodies on a line from nothing to all; shares beyond it are drawn at its ends."""
    draw = _columns if len(bodies) > MOST_DOTS else _single
    return Dots(title, (draw("on-wide", WIDTH, bodies), draw("on-narrow", NARROW_WIDTH, bodies)))


def _single(class_name: str, width: int, bodies: Sequence[Body]) -> Line:
    radius = Decimal("6") if width == WIDTH else Decimal("4")
    step = radius * 2 + 1
    places = int((width - LEFT - RIGHT) / step)
    piles: dict[int, int] = {}
    placed: list[tuple[Body, int, int]] = []
    for body in sorted(bodies, key=lambda body: (not body.own, body.share, body.name)):
        place = _place(body.share, places)
        piles[place] = piles.get(place, 0) + 1
        placed.append((body, place, piles[place]))
    tallest = max(piles.values(), default=1)
    base = int(tallest * step + radius)
    found = tuple(
        Dot(body, LEFT + step * place + step / 2, base - step * height + step / 2)
        for body, place, height in placed
    )
    return Line(class_name, width, base + FLOOR, base, radius, found, (), _ticks(width))


def _columns(class_name: str, width: int, bodies: Sequence[Body]) -> Line:
    counts = [0] * COLUMNS
    for body in bodies:
        counts[_place(body.share, COLUMNS)] += 1
    own = {_place(body.share, COLUMNS) for body in bodies if body.own}
    wide = Decimal(width - LEFT - RIGHT) / COLUMNS
    found = []
    for place, count in enumerate(counts):
        height = _tenth(Decimal(COLUMN_HEIGHT) * count / max(counts))
        x, y = _tenth(LEFT + wide * place), COLUMN_HEIGHT + 8 - height
        found.append(Pile(x, y, _tenth(wide - 1), height, count, Decimal(place) / COLUMNS, place in own))
    base = COLUMN_HEIGHT + 8
    return Line(class_name, width, base + FLOOR, base, Decimal(0), (), tuple(found), _ticks(width))


def _place(share: Decimal, places: int) -> int:
    place = int((share * places).to_integral_value(ROUND_FLOOR))
    return min(max(place, 0), places - 1)


def _ticks(width: int) -> tuple[Tick, ...]:
    room = width - LEFT - RIGHT
    quarters = [Decimal(quarter) / 4 for quarter in range(5)]
    return tuple(Tick(_tenth(LEFT + room * share), share) for share in quarters)


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))

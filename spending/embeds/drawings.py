"""The pictures of pages drawn once more, for where no stylesheet reaches: in light colours. Pure.

Each drawing begins at the upper left corner of the canvas, is `WIDE` wide and says how high it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import singledispatch

from .. import speech
from ..dots import Dots
from ..ladders import Ladder
from ..palette import HEX, PLAIN, UNKNOWN, VARIABLES
from ..pictures import CELL, HundredBaht
from ..tilemaps import ProvinceMap
from ..treemaps import Tile, Treemap
from ..trends import Drawing, Trend
from .canvas import Canvas, Number
from .figures import Picture
from .lettering import fitted, lines, width

WIDE = 888  # pixels
INK, SOFT, PAPER, ACCENT = HEX["--ink"], HEX["--soft"], HEX["--paper"], HEX["--accent"]
GRID, EDGE = HEX["--line"], "#86816f"
HATCHED, FINE = "url(#hatch)", "url(#hatch-fine)"  # the second for drawings that are scaled up
DARKER = 88  # hundredths of a colour that are left under words, the rest black
SHADES = {"k1": 14, "k2": 30, "k3": 48, "k4": 74, "k5": 100}  # hundredths of the accent, the rest paper
SMALL, TEXT = 14, 15  # sizes of letters
Legend = Sequence[tuple[str, str]]


def colour_of(hue: str) -> str:
    """The light colour of a class of the stylesheet, or the hatching."""
    if hue == UNKNOWN:
        return HATCHED
    if hue in SHADES:
        return mixed(ACCENT, PAPER, SHADES[hue])
    return PAPER if hue == "kn" else HEX[VARIABLES.get(hue, VARIABLES[PLAIN])]


def edge_of(hue: str) -> str:
    """The border of an area of that class, where it has one."""
    return EDGE if hue in (UNKNOWN, *SHADES, "kn") else ""


def mixed(first: str, second: str, hundredths: int) -> str:
    """Two colours mixed: so many hundredths of the first, the rest of the second."""
    pairs = zip(_parts(first), _parts(second), strict=True)
    return "#" + "".join(f"{(a * hundredths + b * (100 - hundredths)) // 100:02x}" for a, b in pairs)


@singledispatch
def draw(picture: Picture, canvas: Canvas, language: str, legend: Legend = ()) -> int:
    """Draw a picture; its height in pixels. Raises TypeError for a kind that has no drawing."""
    raise TypeError(f"no drawing of {type(picture).__name__}")


@draw.register
def _hundred(picture: HundredBaht, canvas: Canvas, language: str, legend: Legend = ()) -> int:
    scale = Decimal("3.6")
    canvas.open(0, 0, scale)
    for patch in picture.patches:
        fill = FINE if patch.part.hue == UNKNOWN else colour_of(patch.part.hue)
        for square in patch.squares:
            x, y = square.x + Decimal("0.4"), square.y + Decimal("0.4")
            canvas.rect(x, y, Decimal("9.2"), Decimal("9.2"), fill, stroke=edge_of(patch.part.hue))
    canvas.close()
    side = int(CELL * 10 * scale)
    entries = [(patch.part.hue, f"{patch.baht or '<1'}  {patch.part.name}") for patch in picture.patches]
    return max(side, _key(canvas, entries, side + 28, WIDE - side - 28))


@draw.register
def _treemap(picture: Treemap, canvas: Canvas, language: str, legend: Legend = ()) -> int:
    sheet = picture.sheets[0]
    scale = Decimal(WIDE) / sheet.width
    canvas.open(0, 0, scale)
    for tile in sheet.tiles:
        _tile(tile, canvas, language)
    canvas.close()
    return int(sheet.height * scale)


def _tile(tile: Tile, canvas: Canvas, language: str) -> None:
    unknown = tile.part.hue == UNKNOWN
    fill = HATCHED if unknown else mixed(colour_of(tile.part.hue), "#000000", DARKER)
    wide, high = max(tile.width - 2, Decimal(0)), max(tile.height - 2, Decimal(0))
    canvas.rect(tile.x + 1, tile.y + 1, wide, high, fill, stroke=edge_of(tile.part.hue))
    if not tile.named:
        return
    said = speech.spoken(tile.part.amount, language)
    is_said = tile.roomy and width(said, TEXT) <= tile.width - 16
    name = lines(tile.part.name, TEXT, tile.width - 16, 2 if tile.roomy else 1)
    words = [*name, *([said] if is_said else [])]
    if unknown:
        canvas.rect(tile.x + 5, tile.y + 5, tile.width - 10, 22 * len(words) + 4, PAPER)
    for place, line in enumerate(words):
        canvas.text(tile.x + 8, tile.y + 23 + 22 * place, line, TEXT, INK if unknown else "#ffffff")


@draw.register
def _trend(picture: Trend, canvas: Canvas, language: str, legend: Legend = ()) -> int:
    drawing = picture.drawings[0]
    scale = Decimal(WIDE) / drawing.frame.width

    def said(value: Decimal) -> str:
        return speech.percent(value) if picture.of_shares else speech.spoken(value, language)

    canvas.open(0, 0, scale)
    for tick in drawing.up:
        canvas.line(drawing.frame.left, tick.at, drawing.end, tick.at, GRID)
        canvas.text(0, tick.at + 4, said(tick.amount or Decimal(0)), SMALL, SOFT)
    for tick in drawing.across:
        canvas.text(tick.at, drawing.frame.height - 8, tick.label, SMALL, SOFT, end="middle")
    _tracks(drawing, canvas)
    canvas.close()
    return int(drawing.frame.height * scale)


def _tracks(drawing: Drawing, canvas: Canvas) -> None:
    for track in drawing.tracks:
        colour = colour_of(track.run.hue)
        canvas.path(track.path, stroke=colour, wide=Decimal("2.5"))
        for dot in track.dots:
            canvas.circle(dot.x, dot.y, 3, colour)
        name = fitted(track.run.name, SMALL, drawing.frame.right - 14)
        canvas.text(drawing.end + 12, track.label_y + 5, name, SMALL, colour)


@draw.register
def _dots(picture: Dots, canvas: Canvas, language: str, legend: Legend = ()) -> int:
    line = picture.lines[0]
    scale = Decimal(WIDE) / line.width
    canvas.open(0, 0, scale)
    canvas.line(12, line.base, line.width - 12, line.base, GRID)
    for place, tick in enumerate(line.ticks):
        end = "start" if place == 0 else "end" if place == len(line.ticks) - 1 else "middle"
        canvas.text(tick.x, line.height - 8, speech.percent(tick.share), SMALL, SOFT, end=end)
    for dot in sorted(line.dots, key=lambda dot: dot.body.own):
        canvas.circle(dot.x, dot.y, line.radius, ACCENT if dot.body.own else HEX["--others"])
    for pile in line.piles:
        canvas.rect(pile.x, pile.y, pile.width, pile.height, ACCENT if pile.own else HEX["--others"])
    canvas.close()
    return int(line.height * scale)


@draw.register
def _provinces(picture: ProvinceMap, canvas: Canvas, language: str, legend: Legend = ()) -> int:
    cell = CELL if not any(tile.path for tile in picture.tiles) else 1
    scale = Decimal(520) / (picture.height * cell)
    canvas.open(0, 0, scale)
    for tile in picture.tiles:
        if tile.path:
            canvas.path(tile.path, fill=colour_of(tile.hue), stroke=EDGE, wide=Decimal("0.6"))
            continue
        x, y, side = tile.column * CELL + Decimal("0.3"), tile.row * CELL + Decimal("0.3"), Decimal("9.4")
        canvas.rect(x, y, side, side, colour_of(tile.hue), round_=1, stroke=GRID)
    canvas.close()
    for tile in picture.tiles:
        if not tile.path:
            middle, base = (tile.column * CELL + 5) * scale, (tile.row * CELL + Decimal("6.3")) * scale
            canvas.text(
                middle, base, tile.label, 13, PAPER if tile.hue in ("k4", "k5") else INK, end="middle"
            )
    across = int(picture.width * cell * scale)
    return max(520, _key(canvas, legend, across + 40, WIDE - across - 40))


@draw.register
def _ladder(picture: Ladder, canvas: Canvas, language: str, legend: Legend = ()) -> int:
    y = 0
    for step in picture.steps:
        amount = step.rung.amount
        said = step.rung.absent or "–"
        if amount is not None:
            said = speech.with_unit(speech.spoken(amount, language), language)
        canvas.text(0, y + 16, fitted(step.rung.name, TEXT, 560), TEXT, INK)
        canvas.text(WIDE, y + 16, said, TEXT, INK, end="end")
        if step.length:
            canvas.rect(0, y + 24, WIDE * step.length / 100, 14, colour_of(step.rung.hue))
        y += 52
    return y


def _key(canvas: Canvas, entries: Legend, x: Number, room: Number) -> int:
    """What the colours stand for, line by line; its height."""
    y = 0
    for hue, name in entries:
        words = lines(name, TEXT, room - 26, 2)
        canvas.rect(x, y + 4, 13, 13, colour_of(hue), round_=2, stroke=edge_of(hue))
        for place, line in enumerate(words):
            canvas.text(x + 24, y + 16 + 22 * place, line, TEXT, INK)
        y += 22 * len(words) + 6
    return y


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue

"""Lines over time, drawn on the server: scales, points, labels. Pure; amounts in baht."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import ClassVar

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Run:
    """One line: its name, the class of its colour, and its values; None where nothing is known."""

    name: str
    hue: str
    values: tuple[Decimal | None, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The room a picture is drawn in; `class_name` says on which screens it is shown."""

    class_name: str
    width: int
    height: int
    left: int
    right: int
    top: int = 16
    bottom: int = 30
    every: int = 1  # each which label of the axis is written


WIDE = Frame("on-wide", 960, 380, left=84, right=150)
NARROW = Frame("on-narrow", 360, 300, left=78, right=16, every=2)


@dataclass(frozen=True, slots=True)
class Dot:
    """A value and where it stands."""

    x: Decimal
    y: Decimal
    place: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Track:
    """A drawn line: its path, its dots, and where its name is written."""

    run: Run
    path: str
    dots: tuple[Dot, ...]
    label_y: Decimal

    @property
    def last(self) -> Dot:
        return self.dots[-1]

    @property
    def points(self) -> str:
        """The dots as one path of lines without length, whose round ends are drawn."""
        return "".join(f"M{dot.x} {dot.y}h0" for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what is written there."""

    at: Decimal
    label: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture in one frame."""

    frame: Frame
    tracks: tuple[Track, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]

    @property
    def end(self) -> int:
        """Where the plotted room ends on the right."""
        return self.frame.width - self.frame.right

    @property
    def floor(self) -> int:
        """Where zero is drawn."""
        return self.frame.height - self.frame.bottom


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines over the same places (years, weeks), drawn once for wide and once for narrow screens."""

    template: ClassVar[str] = "components/pictures/trend.html"

    title: str
    drawings: tuple[Drawing, ...]
    runs: tuple[Run, ...]
    of_shares: bool = False  # whether the values are shares (0 to 1), not amounts in baht


def trend(title: str, places: Sequence[str], runs: Iterable[Run], *, of_shares: bool = False) -> Trend:
    """Lines with a zero base over named places. A gap in the values is a gap in the line.

    Raises ValueError if a line has not as many values as there are places.
    """
    known = tuple(run for run in runs if any(value is not None for value in run.values))
    if any(len(run.values) != len(places) for run in known):
        raise ValueError("a line has a value for each place")
    return Trend(title, tuple(_draw(frame, places, known) for frame in (WIDE, NARROW)), known, of_shares)


def scale_of(amounts: Iterable[Decimal], ticks: int = 4) -> tuple[Decimal, ...]:
    """Round amounts from zero up to the first that covers all `amounts`, about `ticks` steps."""
    largest = max(amounts, default=Decimal(0))
    if largest <= 0:
        return (Decimal(0), Decimal(1))
    rough = largest / ticks
    unit = Decimal(10) ** rough.adjusted()
    step = next(unit * step for step in STEPS if unit * step >= rough)
    count = int((largest / step).to_integral_value(ROUND_CEILING))
    return tuple(step * index for index in range(count + 1))


def _draw(frame: Frame, places: Sequence[str], runs: tuple[Run, ...]) -> Drawing:
    amounts = [value for run in runs for value in run.values if value is not None]
    levels = scale_of(amounts)
    top = levels[-1]
    floor = Decimal(frame.height - frame.bottom)
    room = floor - frame.top

    def across(index: int) -> Decimal:
        steps = max(len(places) - 1, 1)
        return _tenth(frame.left + Decimal(frame.width - frame.left - frame.right) * index / steps)

    def up(amount: Decimal) -> Decimal:
        return _tenth(floor - room * amount / top)

    dots = [
        tuple(None if v is None else Dot(across(i), up(v), places[i], v) for i, v in enumerate(run.values))
        for run in runs
    ]
    ends = _spread([next(dot.y for dot in reversed(line) if dot is not None) for line in dots], Decimal(20))
    return Drawing(
        frame=frame,
        tracks=tuple(
            Track(run, _path(line), tuple(dot for dot in line if dot is not None), end)
            for run, line, end in zip(runs, dots, ends, strict=True)
        ),
        across=tuple(
            Tick(across(i), place)
            for i, place in enumerate(places)
            if (len(places) - 1 - i) % _every(frame, len(places)) == 0
        ),
        up=tuple(Tick(up(level), "", level) for level in levels),
    )


def _every(frame: Frame, places: int) -> int:
    """Each which label fits: about 48 units for one."""
    fitting = max((frame.width - frame.left - frame.right) // 48, 1)
    return max(frame.every, -(-places // fitting)) if places > fitting else 1


def _path(line: Sequence[Dot | None]) -> str:
    """The path through the dots, lifted over gaps."""
    words: list[str] = []
    drawn = False
    for dot in line:
        if dot is not None:
            words.append(f"{'L' if drawn else 'M'}{dot.x} {dot.y}")
        drawn = dot is not None
    return "".join(words)


def _spread(ends: Sequence[Decimal], least: Decimal) -> tuple[Decimal, ...]:
    """The heights of labels, pushed apart so that none covers another."""
    order = sorted(range(len(ends)), key=lambda index: ends[index])
    placed: dict[int, Decimal] = {}
    floor: Decimal | None = None
    for index in order:
        height = ends[index] if floor is None else max(ends[index], floor + least)
        placed[index] = floor = height
    return tuple(placed[index] for index in range(len(ends)))


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))

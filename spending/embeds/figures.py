"""One figure of a page as it is taken elsewhere, and what its numbers come to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from ..dots import Dots
from ..ladders import Ladder
from ..pictures import HundredBaht
from ..provenance import Provenance
from ..tables import Kind, Table
from ..tilemaps import ProvinceMap
from ..treemaps import Treemap
from ..trends import Trend

Picture: TypeAlias = HundredBaht | Treemap | Trend | Dots | ProvinceMap | Ladder
COUNTED = (Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.OF_HUNDRED, Kind.POINTS)
SIGNS = 8  # letters of a seal


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a page: what the page is about, the figure's id there, title, table, picture and origin.

    `picture` is None where the table's bars are the picture; `legend` gives the colour classes of a map in
    words; `provenance` is None where nothing is published that it could come from.
    """

    about: str
    id: str
    title: str
    table: Table
    provenance: Provenance | None
    picture: Picture | None = None
    sentence: str = ""
    note: str = ""
    legend: tuple[tuple[str, str], ...] = ()

    @property
    def whole_title(self) -> str:
        """The title as it is understood away from the page."""
        return f"{self.about}: {self.title}"

    @property
    def seal(self) -> str:
        """A short sum over every number of the table: it differs where any of them does."""
        return hashlib.sha256(" ".join(self._numbers()).encode()).hexdigest()[:SIGNS]

    def _numbers(self) -> Iterator[str]:
        table = self.table
        for row in (*table.rows, *([table.sums] if table.sums else [])):
            for column, value in zip(table.columns, row.values, strict=True):
                if column.kind in COUNTED:
                    yield f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)

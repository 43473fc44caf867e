"""Breakdowns of a book, and of one with ten times as many lines."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from .clocks import typical
from .generate import write_csv
from .loading import load_volume
from .stage import held_against, say, stage

TIMES_LINES = 10
MOST_QUERIES = 2
AS_FAST = 1.5  # times as long, at most, that the longer book may take: noise, not growth
YEAR = "2567"


def run(rows: int) -> None:
    """Break both books down by each dimension, as a page does."""
    from spending.filters import AllocationFilter

    with stage(), tempfile.TemporaryDirectory() as folder:
        found = [measured(Path(folder), lines) for lines in (rows // TIMES_LINES, rows)]
        short, long = found
        say(f"Breakdowns of {rows // TIMES_LINES:,} and of {rows:,} lines")
        for dimension in AllocationFilter.dimensions:
            few, many, queries = short[dimension][0], long[dimension][0], long[dimension][1]
            say(f"  by {dimension.value:16} {few:8.1f} ms {many:8.1f} ms {queries:3} queries")
        slowest = max(long[dimension][0] / short[dimension][0] for dimension in long)
        held_against("longer book / shorter one, the slowest dimension", slowest, AS_FAST)
        held_against(
            "most queries", max(queries for _time, queries in long.values()), MOST_QUERIES, "queries"
        )


def measured(folder: Path, lines: int) -> dict[Any, tuple[float, int]]:
    """Milliseconds and queries of a breakdown by each dimension, once a book of so many lines is current."""
    from spending.filters import AllocationFilter

    load_volume(write_csv(folder / f"{lines}.csv", lines))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {dimension: timed(dimension.value) for dimension in AllocationFilter.dimensions}


def timed(dimension: str) -> tuple[float, int]:
    from spending.breakdowns import break_down
    from spending.filters import AllocationFilter

    def ask() -> Any:
        query = AllocationFilter({"year": YEAR, "by": dimension})
        assert query.by is not None
        return break_down(query.facts(), query.by, level=query.level)

    with CaptureQueriesContext(connection) as queries:
        ask()
    return typical(partial(ask)), len(queries)

"""Breakdowns and searches in a book, and in one with ten times as many lines."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.test.utils import CaptureQueriesContext

from .clocks import typical
from .generate import PLACES, write_csv
from .loading import load_book
from .stage import held_against, say, stage

TIMES_LINES = 10
MOST_QUERIES = 2
AS_FAST = 1.5  # times as long, at most, that a breakdown of the longer book may take: noise, not growth
YEAR = "2567"
QUESTIONS = (
    "ถนน ขอนแก่น", "อาหารกลางวัน", "โรงพยาบาล", "เครื่องช่วยหายใจ", "อ่างเก็บน้ำ เชียงใหม่", "กม", "น้ำ", "คอมพิวเตอ",
    "ศูนย์เด็กเล็ก", "rot ดีเซล", "เขือนป้องกันตลิ่ง", "วัสดุสำนักงาน 2567", "ค่าไฟฟ้า กรมทางหลวง", "บ้านหนองไผ่", "ก่อ",
)  # fmt: skip
CUTS = 100  # substrings of made-up places, asked beside the questions


class Measured(NamedTuple):
    """Of one book: into how many cells its lines are summed, milliseconds and queries of a breakdown by each
    dimension, milliseconds of each search.
    """

    cells: int
    breakdowns: dict[str, tuple[float, int]]
    searches: dict[str, float]


def run(rows: int) -> None:
    """Ask both books the same."""
    with stage(), tempfile.TemporaryDirectory() as folder:
        short, long = (measured(Path(folder), lines) for lines in (rows // TIMES_LINES, rows))
    say(f"Breakdowns of {rows // TIMES_LINES:,} lines ({short.cells:,} cells) and {rows:,} ({long.cells:,})")
    for dimension, (many, queries) in long.breakdowns.items():
        few = short.breakdowns[dimension][0]
        say(f"  by {dimension:30} {few:9.1f} ms {many:9.1f} ms {queries:4} queries")
    slowest = max(long.breakdowns[by][0] / short.breakdowns[by][0] for by in long.breakdowns)
    held_against("longer book / shorter one, the slowest dimension", slowest, AS_FAST)
    held_against("most queries", max(found for _, found in long.breakdowns.values()), MOST_QUERIES, "queries")
    say("Searches in the same books")
    for question in QUESTIONS:
        say(f"  {question:30} {short.searches[question]:12.1f} ms {long.searches[question]:9.1f} ms")
    for book, lines in ((short, rows // TIMES_LINES), (long, rows)):
        times = sorted(book.searches.values())
        half, most = times[len(times) // 2], times[len(times) * 95 // 100]
        say(f"  of {len(times)} in {lines:,} lines: the median {half:.1f} ms, 95 of 100 within {most:.1f} ms")


def measured(folder: Path, lines: int) -> Measured:
    """Load a book of so many lines, which becomes the current one, and ask it all."""
    from spending.filters import AllocationFilter
    from spending.models import AllocationTotal

    load_book(write_csv(folder / f"{lines}.csv", lines))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    breakdowns = {by.value: broken_down(by.value) for by in AllocationFilter.dimensions}
    searches = {text: searched(text) for text in dict.fromkeys([*QUESTIONS, *cuts()])}
    return Measured(AllocationTotal.objects.current().count(), breakdowns, searches)


def broken_down(dimension: str) -> tuple[float, int]:
    from spending.breakdowns import break_down
    from spending.filters import AllocationFilter

    def ask() -> Any:
        query = AllocationFilter({"year": YEAR, "by": dimension})
        assert query.by is not None
        return break_down(query.facts(), query.by, level=query.level)

    with CaptureQueriesContext(connection) as queries:
        ask()
    return typical(ask), len(queries)


def searched(text: str) -> float:
    from spending.search import search

    return typical(lambda: search(text), times=3)


def cuts() -> Iterable[str]:
    """Parts of words, as somebody types who does not know where a word begins."""
    chance = random.Random(2)
    for _ in range(CUTS):
        place = "".join(chance.choice(part) for part in PLACES)
        start = chance.randrange(len(place) - 2)
        yield place[start : start + chance.randint(2, 8)]

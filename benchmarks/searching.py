"""The search index of a long book: what it costs, and how it finds parts of words against a plain scan."""

from __future__ import annotations

import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection

from .asked_words import lines, mixture, percentile
from .generate import write_csv
from .loading import load_book
from .long_book import searched
from .stage import held_against, say, stage

LENGTHS = range(2, 13)  # letters
PER_LENGTH = 12
RARE = 1_000  # lines found, at most, for which an index is there
AS_LONG_AS_A_SCAN = 0.1  # share of a scan's time, at most, that finding a rare part may take


def run(rows: int) -> None:
    """Cut parts from the texts of a long book and count the lines that hold them, in both ways."""
    with stage(), tempfile.TemporaryDirectory() as folder:
        load_book(write_csv(Path(folder) / "lines.csv", rows))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE spending_allocation")
            say(f"The search index of {rows:,} lines")
            say_costs(cursor)
            say_times(measured())
            say_questions()


def say_questions() -> None:
    """Print how long whole searches take, by kind of question."""
    found = {asked: searched(asked.text) for asked in mixture()}
    say("Whole searches in the same lines")
    for line in lines(found):
        say(line)
    half, most = percentile(found, 50), percentile(found, 95)
    say(f"  of {len(found)}: the median {half:.1f} ms, 95 of 100 within {most:.1f} ms")


def say_costs(cursor: Any) -> None:
    """Print the size of the index beside the table's, and the time to build it anew."""
    cursor.execute("SELECT pg_relation_size('allocation_search'), pg_relation_size('spending_allocation')")
    index, table = cursor.fetchone()
    began = time.perf_counter()
    cursor.execute("REINDEX INDEX allocation_search")
    spent = time.perf_counter() - began
    say(f"  built in {spent:.0f} s; {index / 2**20:.0f} MB beside {table / 2**20:.0f} MB of the table")


def measured() -> dict[int, list[tuple[int, float, float]]]:
    """By length, of each part: lines found, milliseconds with the index, milliseconds of a plain scan."""
    from spending.models import Allocation
    from spending.questions import How, Reading, Term

    found = defaultdict(list)
    for cut in cuts():
        lines = Allocation.objects.current().matching(Reading(How.LETTERS, (Term(cut, (cut,)),)))
        counted, quick = timed(lines.count)
        scanned, slow = timed(lambda cut=cut: scan(cut))  # type: ignore[misc]
        assert counted == scanned, cut
        found[len(cut)].append((counted, quick, slow))
    return found


def say_times(found: dict[int, list[tuple[int, float, float]]]) -> None:
    """Print the middle of each length's times, and of all rare parts how they compare with a scan."""
    for length, parts in sorted(found.items()):
        lines, quick, slow = (median(column) for column in zip(*parts, strict=True))
        say(f"  {length:2} letters, {lines:8,.0f} lines found {quick:9.1f} ms, by a scan {slow:9.1f} ms")
    rare = [quick / slow for parts in found.values() for lines, quick, slow in parts if lines <= RARE]
    held_against(f"index / scan, parts in {RARE:,} lines or fewer", max(rare), AS_LONG_AS_A_SCAN)


def scan(text: str) -> int:
    """How many lines hold a text, by looking at each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM spending_allocation WHERE strpos(description, %s) > 0", [text])
        count: int = cursor.fetchone()[0]
    return count


def cuts() -> Iterator[str]:
    """Thai parts of the texts, of all lengths."""
    from spending.models import Allocation

    chance = random.Random(2565)
    texts = list(Allocation.objects.values_list("description", flat=True)[:50_000])
    for length in LENGTHS:
        kept = 0
        while kept < PER_LENGTH:
            text = chance.choice(texts)
            start = chance.randint(0, max(0, len(text) - length))
            cut = text[start : start + length]
            if len(cut) == length and all("ก" <= letter <= "๎" for letter in cut):
                kept += 1
                yield cut


def timed(action: Any) -> tuple[int, float]:
    """What an action says, and the milliseconds it took the second time."""
    action()
    began = time.perf_counter()
    return action(), (time.perf_counter() - began) * 1000

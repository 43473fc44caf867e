"""Loading the budget book beside a bare COPY of the same rows, and the memory that large files take."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from .clocks import Spent, peak_memory, stopwatch
from .generate import write_csv, write_workbook
from .stage import SHARED_VOLUMES, database_url, held_against, say, set_up, stage

TIMES_COPY = 3  # how many times a bare COPY a load may take
MOST_MEMORY = 300  # million bytes
FACTS = ("spending_allocation", "spending_commitment")
SHORTER_WORKBOOK = 4  # a workbook takes longer to write than to read
WITHOUT_REAL_FILES = 30_000  # lines generated where the published volumes are absent


def volumes(folder: Path) -> list[Path]:
    """The published volumes; where they are absent, a generated book of the same size."""
    published = sorted(SHARED_VOLUMES.glob("*.csv"))
    return published or [write_csv(folder / "book.csv", WITHOUT_REAL_FILES)]


def against_copy() -> None:
    """Load the volumes as `manage.py import` does, then COPY the rows they became into the same tables,
    emptied.
    """
    from spending.models import Edition

    with stage(), tempfile.TemporaryDirectory() as folder:
        files = volumes(Path(folder))
        loading = Spent()
        with stopwatch(loading):
            call_command("import", "budget_book", *map(str, files), stdout=io.StringIO())
        rows = sum(Edition.objects.current().values_list("rows", flat=True))
        bare = min((bare_copy() for _ in range(3)), key=lambda spent: spent.wall)
    say(f"Loading {len(files)} files, {rows:,} rows")
    spent("load: read, check, COPY, totals, search, publish", loading)
    spent("bare COPY of the same rows, same tables and indexes", bare)
    held_against("load / bare COPY, on the wall", loading.wall / bare.wall, TIMES_COPY)
    held_against("load / bare COPY, processor", loading.processor / bare.processor, TIMES_COPY)


def spent(what: str, seconds: Spent) -> None:
    say(
        f"  {what:58} {seconds.wall:10.2f} s on the wall, {seconds.processor:.2f} s of processor "
        f"({seconds.here:.2f} here, {seconds.backend:.2f} in PostgreSQL)"
    )


def load_volume(path: Path) -> int:
    from importers.loading import load
    from importers.models import ImportRun
    from importers.sources import SOURCES

    run = load(SOURCES["budget_book"], path)
    if run.outcome != ImportRun.Outcome.PUBLISHED:
        raise SystemExit(f"{path.name}: {run.get_outcome_display()}\n{run.message}")
    return run.rows


def bare_copy() -> Spent:
    """Take the facts out as text, empty their tables, and COPY the same text back."""
    spent = Spent()
    for table in FACTS:
        columns = _copied_columns(table)
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as copy:
                text = b"".join(bytes(block) for block in copy)
            cursor.execute(f"TRUNCATE {table} CASCADE")
            with stopwatch(spent), cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                copy.write(text)
    return spent


def _copied_columns(table: str) -> str:
    """The columns of a table that are written: all but generated ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            [table],
        )
        return str(cursor.fetchone()[0])


def memory(rows: int) -> None:
    """Load a generated book of many lines in a process of its own, as CSV and as a workbook."""
    say(f"Memory of loading a book of {rows:,} lines")
    with tempfile.TemporaryDirectory() as folder:
        books = ((write_csv, "book.csv", rows), (write_workbook, "book.xlsx", rows // SHORTER_WORKBOOK))
        for write, name, lines in books:
            path = write(Path(folder) / name, lines)
            with stage():
                found = in_a_process(path)
            size = path.stat().st_size / 1e6
            say(f"  {name}: {size:.0f} MB, {found['rows']:,} rows, {found['seconds']:.0f} s")
            held_against(f"{name}: most memory", found["peak"] / 1e6, MOST_MEMORY, "MB")
            path.unlink()


def in_a_process(path: Path) -> dict[str, float]:
    """What a process of its own says of loading a file."""
    environment = os.environ | {"DATABASE_URL": database_url(), "VAR_DIR": str(settings.MEDIA_ROOT)}
    command = [sys.executable, "-m", "benchmarks.loading", str(path)]
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def main(path: Path) -> None:
    """Load one file and say how many rows there were, how long it took and how much memory."""
    set_up()
    spent = Spent()
    with stopwatch(spent):
        rows = load_volume(path)
    print(json.dumps({"rows": rows, "seconds": spent.wall, "peak": peak_memory()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

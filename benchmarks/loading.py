"""Loading published files beside a bare COPY of the same rows, and the memory that large files take."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from .clocks import Spent, peak_memory, stopwatch
from .generate import write_csv, write_workbook
from .stage import SHARED_VOLUMES, database_url, held_against, say, set_up, stage

TIMES_COPY = 3  # how many times a bare COPY a load may take
MOST_MEMORY = 300  # million bytes
MADE_BY_LOADS = (
    "spending_sourcefile, spending_agency, spending_plan, spending_activity, spending_category, "
    "spending_buyer, spending_supplier, spending_knownword, importers_importrun"
)
SHORTER_WORKBOOK = 4  # a workbook takes longer to write than to read
WITHOUT_REAL_FILES = 30_000  # lines generated where the published volumes are absent


class Kind(NamedTuple):
    """Files of one source, the tables whose rows they become, and how often both are measured."""

    source: str
    facts: tuple[str, ...]
    rounds: int


BOOK = Kind("budget_book", ("spending_allocation", "spending_commitment"), rounds=3)
PURCHASES = Kind("egp_contracts", ("spending_project", "spending_contract"), rounds=1)


class Loaded(NamedTuple):
    """What a process says of the files it has loaded; memory is the most it had, in bytes."""

    rows: int
    spent: Spent
    memory: int


def volumes(folder: Path) -> list[Path]:
    """The published volumes; where they are absent, a generated book of the same size."""
    published = sorted(SHARED_VOLUMES.glob("*.csv"))
    return published or [write_csv(folder / "book.csv", WITHOUT_REAL_FILES)]


def published_book() -> None:
    """The budget book's volumes beside a bare COPY."""
    with stage(), tempfile.TemporaryDirectory() as folder:
        against_copy(BOOK, volumes(Path(folder)))


def against_copy(kind: Kind, files: list[Path]) -> Loaded:
    """Import files, then COPY the rows they became into the same tables, emptied. The best of each counts, as
    other programs only make them slower.
    """
    loads, copies = [], []
    for _ in range(kind.rounds):
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {MADE_BY_LOADS} CASCADE")
        loads.append(in_a_process(kind.source, files))
        copies.append(bare_copy(kind.facts))
    load = min((loaded.spent for loaded in loads), key=lambda spent: spent.wall)
    copy = min(copies, key=lambda spent: spent.wall)
    say(f"Loading {len(files)} files, {loads[0].rows:,} rows; the best of {kind.rounds} rounds")
    for what, spent in (
        ("import: read, check, COPY, totals, search, publish", load),
        ("bare COPY of the same rows, same tables and indexes", copy),
    ):
        say(
            f"  {what:58} {spent.wall:10.2f} s on the wall, {spent.processor:.2f} s of processor "
            f"({spent.here:.2f} here, {spent.backend:.2f} in PostgreSQL)"
        )
    held_against("import / bare COPY, on the wall", load.wall / copy.wall, TIMES_COPY)
    return loads[0]


def bare_copy(tables: tuple[str, ...]) -> Spent:
    """Take the facts out as text, empty their tables, and COPY the same text back."""
    spent = Spent()
    for table in tables:
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
    books = ((write_csv, "book.csv", rows), (write_workbook, "book.xlsx", rows // SHORTER_WORKBOOK))
    with tempfile.TemporaryDirectory() as folder:
        for write, name, lines in books:
            path = write(Path(folder) / name, lines)
            with stage():
                found = in_a_process(BOOK.source, [path])
            size = path.stat().st_size / 1e6
            say(f"Loading {name}: {lines:,} lines, {size:.0f} MB, {found.spent.wall:.0f} s")
            held_against("most memory", found.memory / 1e6, MOST_MEMORY, "MB")
            path.unlink()


def in_a_process(source: str, files: list[Path]) -> Loaded:
    """Import files in a process of its own, as cold as `manage.py import` is."""
    environment = os.environ | {"DATABASE_URL": database_url(), "VAR_DIR": str(settings.MEDIA_ROOT)}
    command = [sys.executable, "-m", "benchmarks.loading", source, *map(str, files)]
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found = json.loads(answer.stdout)
    return Loaded(found["rows"], Spent(**found["spent"]), found["memory"])


def load_book(*files: Path) -> int:
    """Import volumes in this process; how many rows they hold."""
    return load_files(BOOK.source, *files)


def load_files(source: str, *files: Path) -> int:
    """Import files in this process; how many rows they hold. Ends the program if one is not published."""
    from importers.models import ImportRun

    said = io.StringIO()
    call_command("import", source, *map(str, files), stdout=said)
    runs = ImportRun.objects.order_by("-pk")[: len(files)]
    if any(run.outcome != ImportRun.Outcome.PUBLISHED for run in runs):
        raise SystemExit(said.getvalue())
    return sum(run.rows for run in runs)


def main(source: str, files: list[Path]) -> None:
    """Import files and say how many rows they hold, how long it took and how much memory."""
    set_up()
    spent = Spent()
    with stopwatch(spent):
        rows = load_files(source, *files)
    print(json.dumps({"rows": rows, "spent": asdict(spent), "memory": peak_memory()}))


if __name__ == "__main__":
    main(sys.argv[1], [Path(name) for name in sys.argv[2:]])

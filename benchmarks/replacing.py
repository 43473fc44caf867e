"""A year of contracts replaced by a corrected file: what is left behind, and who has to wait for it.

A visit is measured by the wall, by what it had of the processors, and by what it waited for: for a processor
that another program had (Linux's schedule tells), and for a lock that the load held. So a busy machine is
told from a load that is in the way.
"""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import median
from threading import Thread, get_native_id
from typing import Any, NamedTuple
from urllib.parse import unquote

from django.db import connection

from .clocks import Scheduled, backend_pid, scheduled
from .generate import write_csv as write_book
from .generate_purchases import COLUMNS, write_csv
from .loading import PURCHASES, in_a_process, load_book
from .lock_waits import watched
from .many_purchases import LINES_OF_THE_BOOK, addresses_asked, getting
from .stage import database_url, held_against, say, stage, visitors

AS_LARGE = 1.1  # times the bytes a row takes, at most, when a year has been replaced
MOST_DEAD = 1  # rows of a hundred that nobody can see any more
MOST_WAIT = 1  # second that a visit may take while a year is replaced
AS_FAST = 1.5  # times the slowest visit when nothing is loaded; neither with waits for a processor
SECONDS_OF_QUIET = 10
CONTRACTED = COLUMNS.index("งบสัญญา(บาท)")
WATCHED = ("year", "supplier", "agency", "list of projects", "contracts by method", "search")
SEARCH = "/search/?q=วัสดุ"
TABLES = tuple(
    f"spending_{name}"
    for name in (
        "project", "contract", "projecttotal", "projectbuyertotal", "projectyeartotal", "contracttotal",
        "contractwaytotal", "contractbuyertotal", "contractyeartotal", "suppliertotal", "supplier", "buyer",
        "flag",
    )
)  # fmt: skip


def replaced(rows: int) -> None:
    """Replace a year; print what the tables take, and what visits take before, meanwhile and after."""
    with visitors(), stage(), tempfile.TemporaryDirectory() as folder:
        load_book(write_book(Path(folder) / "book.csv", LINES_OF_THE_BOOK))
        path = Path(folder) / "2567-egp-contract.csv"
        in_a_process(PURCHASES.source, [write_csv(path, rows)])
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        asked = addresses_asked() | {"search": SEARCH}
        addresses, before = [asked[what] for what in WATCHED], sizes()
        quiet, _locks = visits(addresses, _nothing)
        correct(path)
        busy, locks = visits(addresses, lambda: in_a_process(PURCHASES.source, [path]))
        after = sizes()
        quiet += visits(addresses, _nothing)[0]
    say(f"A year of {rows:,} contracts, replaced by a corrected file")
    say_sizes(before, after)
    say_visits(quiet, busy, locks)


def _nothing() -> None:
    time.sleep(SECONDS_OF_QUIET)


class Size(NamedTuple):
    """Of a table: its rows, its bytes with all indexes, its dead rows."""

    rows: int
    size: int
    dead: int


def sizes() -> dict[str, Size]:
    """The tables of purchases and of what is kept beside them."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*), pg_total_relation_size('{table}') FROM {table}")
            rows, size = cursor.fetchone()
            cursor.execute("SELECT pg_stat_force_next_flush()")
            cursor.execute("SELECT pg_stat_get_dead_tuples(%s::regclass)", [table])
            found[table] = Size(max(rows, 1), size, cursor.fetchone()[0])
    return found


def say_sizes(before: dict[str, Size], after: dict[str, Size]) -> None:
    """Print what the tables take, and hold it against the bars."""
    for table, (number, size, dead) in after.items():
        first = before[table].size / before[table].rows
        say(f"  {table:40} {first:7.0f} bytes a row, then {size / number:7.0f}; {dead:,} dead rows")
    held_against("bytes a row, after / before", _bytes_a_row(after) / _bytes_a_row(before), AS_LARGE)
    left = sum(one.dead for one in after.values()) / sum(one.rows for one in after.values())
    held_against("dead rows of a hundred", left * 100, MOST_DEAD, "%")


def _bytes_a_row(found: dict[str, Size]) -> float:
    return sum(one.size for one in found.values()) / sum(one.rows for one in found.values())


class Visit(NamedTuple):
    """Milliseconds of one visit, here and in its process of the database: on the wall, of processor, and
    waited for a processor.
    """

    address: str
    wall: float
    processor: float
    queued: float

    @property
    def own(self) -> float:
        """What it took but for waiting for a processor that another program had."""
        return max(self.wall - self.queued, self.processor)


def visits(addresses: list[str], meanwhile: Callable[[], Any]) -> tuple[list[Visit], list[float]]:
    """Visits of addresses, one after the other, while something else is done; and the milliseconds of each
    wait for a lock.
    """
    get = {address: getting(address) for address in addresses}
    for one in get.values():
        one()
    worker, found = Thread(target=meanwhile), []
    with watched(backend_pid(), database_url()) as waits:
        worker.start()
        while worker.is_alive():
            found += [_visit(address, one) for address, one in get.items()]
        worker.join()
    return found, waits


def _visit(address: str, get: Callable[[], Any]) -> Visit:
    before, began = _scheduled(), time.perf_counter()
    get()
    wall, after = (time.perf_counter() - began) * 1000, _scheduled()
    return Visit(address, wall, after.processor - before.processor, after.queued - before.queued)


def _scheduled() -> Scheduled:
    """What this thread, and its process of the database, have had and waited for until now."""
    here, there = scheduled(get_native_id()), scheduled(backend_pid())
    return Scheduled(here.processor + there.processor, here.queued + there.queued)


def say_visits(quiet: list[Visit], busy: list[Visit], locks: list[float]) -> None:
    """Print what visits took, by address, and hold the slowest against the bars."""
    say(f"  {'milliseconds of a visit: the median, the slowest':48}   usually      meanwhile")
    for address in dict.fromkeys(visit.address for visit in busy):
        both = (_own(some, address) for some in (quiet, busy))
        say(f"  {unquote(address)[:48]:48} " + "".join(f"{median(o):7.0f}{max(o):7.0f}" for o in both))
    usual, slowest = (max(some, key=lambda visit: visit.wall) for some in (quiet, busy))
    say(f"  the slowest on the wall: {_told(usual)} of {len(quiet)} without the load;")
    say(f"    {_told(slowest)} of {len(busy)} meanwhile")
    held_against("waited for locks, in ms", sum(locks), 0, "ms")
    held_against("slowest visit meanwhile / without", max(_own(busy)) / max(_own(quiet)), AS_FAST)
    held_against("slowest visit meanwhile, in s", max(_own(busy)) / 1000, MOST_WAIT, "s")
    held_against("slowest visit meanwhile on the wall, in s", slowest.wall / 1000, MOST_WAIT, "s")


def _told(visit: Visit) -> str:
    return (
        f"{visit.wall:.0f} ms ({visit.processor:.0f} of processor, {visit.queued:.0f} while others had the "
        "processors)"
    )


def _own(made: list[Visit], address: str | None = None) -> list[float]:
    return [visit.own for visit in made if address in (None, visit.address)]


def correct(path: Path) -> None:
    """Change the amounts of one contract in a hundred, as a publisher corrects its file."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for row in rows[::100]:
        row[CONTRACTED] = f"{Decimal(row[CONTRACTED]) + 1}"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])

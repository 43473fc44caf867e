"""The API beside Datasette serving the same rows from SQLite: requests a second and the 95th percentile.

Datasette is installed into an environment of its own, under var/. It has the same rows with the same columns,
and gets what it is good with: an index on each column that is filtered by or ordered by, a trigram index for
its search. It offers no facets, which it would look for in each column for a second. Its lists count their
rows, unless they are told not to: it is asked both ways, and held against the first.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from config.run import WEB

from .generate import write_csv
from .loading import load_book
from .stage import database_url, held_against, say, stage

if TYPE_CHECKING:
    from spending.resources import Resource

ROOT = Path(__file__).parents[1]
YEAR = "2567"
CALLERS = 4
SECONDS = 6.0  # of each round
ROUNDS = 3
ASKED = 5_000  # different addresses of one kind, where there are so many: none is asked twice in a round
LEAST = 100_000  # baht, up to which the least amount of a list is drawn
PAGE = 50  # rows
SHARE_OF_COPY = 0.6
WORKERS = 2


class Kind(NamedTuple):
    """Addresses of one kind at both servers, and how many times Datasette's rate ours must be. `spared` are
    Datasette's where it is told not to count, if it would.
    """

    name: str
    ours: Sequence[str]
    theirs: Sequence[str]
    times: float
    spared: Sequence[str] = ()


class Found(NamedTuple):
    """Requests a second, and milliseconds within which 95 of 100 were answered."""

    rate: float
    slow: float


def run(rows: int) -> None:
    """Load a book of so many lines, serve it twice, and ask both the same by turns."""
    with stage(), tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        load_book(write_csv(folder / "lines.csv", rows))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        book = written(folder / "lines.db")
        say(f"The API beside Datasette, {rows:,} lines, {CALLERS} connections, both on this machine by turns")
        with ours() as here, datasette(book) as there:
            for kind in kinds(book):
                compared(kind, here, there)
            exported(here, there, rows)


def compared(kind: Kind, here: int, there: int) -> None:
    """Print what both answer of one kind; the middle of some rounds, in which each is asked by turns."""
    asked = [(here, kind.ours), (there, kind.theirs), *([(there, kind.spared)] if kind.spared else [])]
    rounds = [[called(port, addresses) for port, addresses in asked] for _ in range(ROUNDS)]
    mine, their, *spared = map(middle, zip(*rounds, strict=True))
    say(f"  {kind.name}: {mine.rate:,.0f} a second beside {their.rate:,.0f}")
    held_against(f"{kind.name}: Datasette's requests a second / ours", their.rate / mine.rate, 1 / kind.times)
    held_against(f"{kind.name}: our 95th percentile / Datasette's", mine.slow / their.slow, 1)
    for one in spared:
        say(
            f"    told not to count, it answers {one.rate:,.0f} a second: ours are "
            f"{mine.rate / one.rate:.2f} times as many, our 95th percentile {mine.slow / one.slow:.2f} of its"
        )


def middle(rounds: Sequence[Found]) -> Found:
    return Found(median(one.rate for one in rounds), median(one.slow for one in rounds))


def kinds(book: Path) -> Iterator[Kind]:
    """The same questions as addresses of both."""
    with sqlite3.connect(book) as lines:
        ministries = [code for (code,) in lines.execute("SELECT DISTINCT ministry_code FROM lines")]
        some = lines.execute("SELECT item_id, description FROM lines ORDER BY random() LIMIT ?", [ASKED])
        records, texts = zip(*some.fetchall(), strict=True)
    chance = random.Random(5)
    least = [(code, chance.randrange(LEAST)) for code in ministries for _ in range(ASKED // len(ministries))]
    chance.shuffle(least)
    cuts = [cut(chance, text) for text in texts]
    parts = [(code, by) for code in ministries for by in ("agency", "plan", "category")]
    plain = {"_shape": "objects", "_nofacet": 1, "_size": PAGE}
    spared = plain | {"_nocount": 1}
    slices = {"_shape": "objects", "_nocount": 1, "_size": 0}
    yield Kind(
        "list",
        [api("", ministry=code, min=amount, order="-amount", limit=PAGE) for code, amount in least],
        [table(plain, ministry_code=code, amount__gte=amount, _sort_desc="amount") for code, amount in least],
        3,
        [
            table(spared, ministry_code=code, amount__gte=amount, _sort_desc="amount")
            for code, amount in least
        ],
    )
    yield Kind(
        "breakdown",
        [api("breakdown", by="ministry"), *(api("breakdown", by=by, ministry=code) for code, by in parts)],
        [
            table(slices, _facet="ministry_code"),
            *(table(slices, _facet=by, ministry_code=code) for code, by in parts),
        ],
        3,
    )
    yield Kind(
        "search",
        [api("", q=text, limit=PAGE) for text in cuts],
        [table(plain, _search=f'"{text}"') for text in cuts],
        3,
        [table(spared, _search=f'"{text}"') for text in cuts],
    )
    ours = [f"/api/v1/allocations/{quote(item)}/" for item in records]
    theirs = [f"/lines/lines/{quote(item).replace('.', '~2E')}.json?_shape=objects" for item in records]
    yield Kind("record", ours, theirs, 1)
    yield Kind("record asked again", ours[:50], theirs[:50], 1)


def api(kind: str, **asked: Any) -> str:
    return f"/api/v1/allocations/{kind}?" + urlencode({"year": YEAR, **asked})


def table(given: dict[str, Any], **asked: Any) -> str:
    return "/lines/lines.json?" + urlencode(given | asked)


def cut(chance: random.Random, text: str) -> str:
    """A part of a text, of 4 to 12 letters, as somebody types it who looks for it."""
    size = chance.randint(4, 12)
    start = chance.randrange(max(len(text) - size, 1))
    return text[start : start + size].strip() or text[:size]


def exported(here: int, there: int, rows: int) -> None:
    """All rows as CSV: the share of a bare COPY's speed, in bytes a second, and Datasette's."""
    address = f"/api/v1/allocations.csv?year={YEAR}"
    mine = median(fetched(here, address) for _ in range(ROUNDS))
    bare = median(copied() for _ in range(ROUNDS))
    say(f"  CSV of {rows:,} rows: {mine / 1e6:.1f} MB a second, a bare COPY of the same {bare / 1e6:.1f}")
    held_against("CSV: share of a bare COPY's speed that is missing", 1 - mine / bare, 1 - SHARE_OF_COPY)
    their = fetched(there, "/lines/lines.csv?_stream=1&_size=max", seconds=20)
    say(f"  CSV of Datasette: {their / 1e6:.1f} MB a second")


def fetched(port: int, address: str, seconds: float = 600) -> float:
    """Bytes a second of a stream, until its end or some seconds long."""
    began, size = time.perf_counter(), 0
    with urlopen(f"http://127.0.0.1:{port}{address}") as stream:
        while time.perf_counter() - began < seconds and (block := stream.read(1 << 16)):
            size += len(block)
    return size / (time.perf_counter() - began)


def copied() -> float:
    """Bytes a second of a bare COPY of the rows that the API's file has."""
    _resource, question = published()
    text, values = question.query.sql_with_params()
    began, size = time.perf_counter(), 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({text}) TO STDOUT (FORMAT csv)", values) as copy,
    ):
        for block in copy:
            size += len(block)
    return size / (time.perf_counter() - began)


def written(path: Path) -> Path:
    """The same rows as a SQLite file: each with all that an answer of the API says of it, under the same
    names, and the indexes that the questions want.
    """
    resource, question = published()
    names = [column.name for column in resource.columns]
    kinds = {"item_id": " TEXT PRIMARY KEY", "amount": " REAL"}
    columns = ", ".join(f"[{name}]{kinds.get(name, '')}" for name in names)
    with sqlite3.connect(path) as lines:
        lines.execute(f"CREATE TABLE lines ({columns})")
        rows = ([as_sqlite(value) for value in row] for row in question.iterator(10_000))
        lines.executemany(f"INSERT INTO lines VALUES ({', '.join('?' * len(names))})", rows)
        for indexed in ("ministry_code", "agency", "amount", "ministry_code, amount"):
            lines.execute(f"CREATE INDEX [by {indexed}] ON lines ({indexed})")
        lines.execute(
            "CREATE VIRTUAL TABLE lines_fts USING fts5(description, content='lines', tokenize='trigram')"
        )
        lines.execute("INSERT INTO lines_fts (lines_fts) VALUES ('rebuild')")
        lines.execute("ANALYZE")
    return path


def as_sqlite(value: Any) -> str | float | None:
    """A value as SQLite has a place for it: it knows neither decimals nor days."""
    if value is None or isinstance(value, str | int):
        return value
    return float(value) if isinstance(value, Decimal) else str(value)


def published() -> tuple[Resource, QuerySet[Any, tuple[Any, ...]]]:
    """The lines of the year, with the columns that the API gives them."""
    from spending.filters import AllocationFilter
    from spending.resources import RESOURCES

    resource = RESOURCES["allocations"]
    return resource, resource.table(AllocationFilter({"year": YEAR}).lines(), resource.columns)


@contextmanager
def ours() -> Iterator[int]:
    """The site as `make run` serves it; its port."""
    port = free_port()
    environment = dict(os.environ) | {
        "DATABASE_URL": database_url(),
        "SITE": "public",
        "API_RATE_LIMIT": str(10**9),
    }
    command = [sys.executable, *WEB, "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}"]
    with running(command, port, "/health/", environment):
        yield port


@contextmanager
def datasette(book: Path) -> Iterator[int]:
    """Datasette serving a file that does not change; its port."""
    home = Path(settings.VAR_DIR) / "datasette"
    program = home / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        wanted = Path(__file__).with_name("datasette.txt")
        install = [home / "bin" / "python", "-m", "pip", "install", "--quiet", "-r", wanted]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    longer = ("--setting", "sql_time_limit_ms", "60000", "--setting", "facet_time_limit_ms", "60000")
    command = [str(program), "serve", "-i", str(book), "--port", str(port), *longer]
    with running(command, port, "/-/versions.json", dict(os.environ)):
        yield port


@contextmanager
def running(command: Sequence[str], port: int, sign: str, environment: dict[str, str]) -> Iterator[None]:
    """A server that has begun to answer, ended when it is done with."""
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            time.sleep(0.1)
            if server.poll() is not None:
                raise SystemExit(f"{command[0]} ended with status {server.returncode} before it answered.")
            try:
                urlopen(f"http://127.0.0.1:{port}{sign}", timeout=5).close()
            except OSError:
                continue
            break
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def called(port: int, addresses: Sequence[str]) -> Found:
    """What a process of callers found."""
    command = [sys.executable, "-m", "benchmarks.callers", str(port), str(CALLERS), str(SECONDS)]
    given = "\n".join(addresses)
    said = subprocess.run(command, cwd=ROOT, input=given, stdout=subprocess.PIPE, text=True, check=True)
    return Found(*json.loads(said.stdout))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

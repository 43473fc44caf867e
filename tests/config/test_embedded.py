"""The embedded PostgreSQL starts, stops, and gets up again after what machines do to it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import psycopg
import pytest
from django.conf import settings

from config import embedded

HOLD_OPEN = """
import sys, time, pathlib, signal
from config import embedded
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell runs this in the background
with embedded.serving(pathlib.Path(sys.argv[1]), durable=False):
    print("open", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder outside pytest's own, which every new pytest closes to other accounts again."""
    with TemporaryDirectory() as name:
        yield Path(name).resolve()


@pytest.fixture
def data(folder: Path) -> Iterator[Path]:
    """A data folder whose server is stopped when the test is over, whatever it did."""
    yield folder / "postgres"
    embedded.stop(folder / "postgres")


def ask(data: Path, question: str) -> object:
    with psycopg.connect(**embedded.address(data)) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def postmaster(data: Path) -> psutil.Process:
    return psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))


def lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


@contextmanager
def held_open_elsewhere(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the server open until it is killed."""
    command = [sys.executable, "-c", HOLD_OPEN, str(data)]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


def test_address_starts_nothing(data: Path) -> None:
    address = embedded.address(data)

    assert Path(address["host"]).parent == data.parent
    assert not data.exists()


def test_server_answers_while_open_and_stops_after(data: Path) -> None:
    with embedded.serving(data, durable=False):
        assert ask(data, "SELECT 1") == 1
        process = postmaster(data)

    assert not lives(process)


def test_server_listens_on_no_network_port_and_runs_without_privileges(data: Path) -> None:
    with embedded.serving(data, durable=False):
        listening = ask(data, "SHOW listen_addresses")
        user = postmaster(data).uids().real

    assert listening == ""
    assert user != 0


def test_thai_letters_are_letters_to_it(data: Path) -> None:
    with embedded.serving(data, durable=False), psycopg.connect(**embedded.address(data)) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        trigrams = connection.execute("SELECT cardinality(show_trgm('งบประมาณ'))").fetchone()

    assert trigrams == (9,)


def test_committed_rows_survive_a_killed_server_whose_number_belongs_to_another(data: Path) -> None:
    with embedded.serving(data):
        with psycopg.connect(**embedded.address(data)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        postmaster(data).kill()
    lines = (data / "postmaster.pid").read_text().split("\n")
    (data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))

    with embedded.serving(data):
        number = ask(data, "SELECT number FROM kept")

    assert number == 7


def test_server_that_dies_while_it_is_told_to_stop_is_not_waited_for(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = embedded.run

    def tell_too_late(*told: Any) -> tuple[int, str]:
        postmaster(data).kill()
        return tell(*told)

    with embedded.serving(data, durable=False):
        process = postmaster(data)
        monkeypatch.setattr(embedded, "run", tell_too_late)
        began = time.monotonic()
    took = time.monotonic() - began

    assert took < embedded.STOP_SECONDS / 2
    assert not lives(process)


def test_server_runs_until_the_last_user_leaves(data: Path) -> None:
    with held_open_elsewhere(data) as other:
        with embedded.serving(data, durable=False):
            process = postmaster(data)
        still_running = lives(process)
        other.send_signal(signal.SIGINT)
        other.wait(timeout=30)

    assert still_running
    assert not lives(process)


def test_killed_user_is_forgotten(data: Path) -> None:
    with held_open_elsewhere(data):
        process = postmaster(data)
    was_running = lives(process)

    with embedded.serving(data, durable=False):
        pass

    assert was_running
    assert not lives(process)


def test_two_starts_at_once_make_one_server(data: Path) -> None:
    with ExitStack() as both, ThreadPoolExecutor(2) as pool:
        list(pool.map(both.enter_context, [held_open_elsewhere(data), held_open_elsewhere(data)]))
        running = [process.info["cmdline"] or [""] for process in psutil.process_iter(["cmdline"])]

    assert len([words for words in running if words[0].endswith("bin/postgres") and str(data) in words]) == 1


def test_broken_off_creation_is_done_again(data: Path) -> None:
    unfinished = data.with_name(f"{data.name}.unfinished")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18")

    with embedded.serving(data, durable=False):
        assert ask(data, "SELECT 1") == 1

    assert not unfinished.exists()


def test_folder_may_have_spaces_thai_letters_quotes_and_a_long_path(folder: Path) -> None:
    data = folder / "ภาษี ไปไหน, it's" / ("long " * 20) / "postgres"

    with embedded.serving(data, durable=False):
        assert ask(data, "SELECT 1") == 1

    assert not embedded.is_running(data)


def test_failed_start_says_what_the_server_says(data: Path) -> None:
    with embedded.serving(data, durable=False):
        pass
    (data / "postgresql.conf").write_text("no_such_setting = 1")

    with pytest.raises(embedded.EmbeddedServerError, match="no_such_setting"), embedded.serving(data):
        time.sleep(0)

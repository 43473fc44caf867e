"""The whole site as real processes on ports of its own, and the citizens and the agency at its two ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from .brokers import Broker
from .programs import ROOT, Program, ending, free_port, listens, python, wait_for

TEMPLATE = "template_of_proofs"
PATIENCE = 90  # seconds in which a citizen presses the button again
WORKER = ("-m", "celery", "--quiet", "--skip-checks", "-A", "config", "worker")
OPTIONS = ("--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "error")
BEAT = ("-m", "celery", "--quiet", "--skip-checks", "-A", "config", "beat", "--loglevel", "error")
LEFT_BEHIND = """
UPDATE complaints_dispatch SET leased_until = now(), next_attempt_at = now()
WHERE state = 'pending' AND leased_until > now() AND leased_by NOT IN (SELECT pid FROM pg_stat_activity)
"""
SAID = {
    "suspicion": "corruption", "subject": "เรื่อง", "detail": "รายละเอียดของเรื่องที่ร้องเรียน", "level": "unknown",
    "wish": "inquire", "identity": "anonymous",
}  # fmt: skip


@dataclass
class Posted:
    """What one citizen saw."""

    reference: str = ""
    key: str = ""
    slowest: float = 0
    tries: int = 0
    broken: int = 0
    """Answers of 5xx."""


@dataclass
class Server:
    """A PostgreSQL of its own, with a migrated database to copy."""

    folder: Path
    host: str

    def address(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@/{name}?host={self.host}"

    def do(self, statement: str, name: str = "postgres") -> list[Any]:
        """One statement, at once."""
        with psycopg.connect(self.address(name), autocommit=True) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def restart(self) -> None:
        """As after a power cut: killed at once, repaired from its journal."""
        from config import embedded
        from config.server_account import account_for, run

        data = self.folder / "postgres"
        account = account_for(data, embedded.programs())
        run(account, [embedded.programs() / "pg_ctl", "stop", "-D", data, "-w", "-m", "immediate"])
        if data in embedded.our_servers:
            embedded.our_servers.pop(data).wait()
        with embedded.one_at_a_time(data):
            if not ending.is_set():
                embedded.start(data, durable=True)


@contextmanager
def serving() -> Iterator[Server]:
    """A fresh server in a folder of its own. Sets the environment of this process, before Django reads it."""
    folder = Path(tempfile.mkdtemp(prefix="proofs"))
    folder.chmod(0o755)
    (folder / "temporary").mkdir()
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings", VAR_DIR=str(folder), SITE="staff", DJANGO_ENV="local"
    )
    os.environ["DATABASE_URL"] = "postgresql:///postgres"
    from config import embedded

    try:
        with embedded.serving(folder / "postgres"):
            server = Server(folder, embedded.address(folder / "postgres")["host"])
            os.environ["DATABASE_URL"] = server.address(TEMPLATE)
            server.do(f"CREATE DATABASE {TEMPLATE}")
            migrated = subprocess.run(
                python("manage.py", "migrate", "--verbosity", "0"),
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            if migrated.returncode:
                raise RuntimeError(migrated.stderr[-2_000:])
            import django

            django.setup()
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Stage:
    """One run: a database, a queue, and the processes of the site."""

    server: Server
    database: str
    broker: Broker
    is_quick: bool
    programs: dict[str, Program] = field(default_factory=dict)
    again: dict[str, Callable[[], Program]] = field(default_factory=dict)
    restarted: int = 0
    """Programs that ended by themselves and were started again."""
    released: int = 0
    """Deliveries that waited for staff, because more came in an hour than people can have written."""
    clock_jumps: bool = False
    """Whether nobody waits for the leases of workers that are gone."""
    warm: list[Posted] = field(default_factory=list)
    """Citizens before the fault."""
    web: int = field(default_factory=free_port)
    agency: int = field(default_factory=free_port)

    @property
    def folder(self) -> Path:
        """Where the processes keep what they write."""
        return self.server.folder

    def environment(self, **more: str) -> dict[str, str]:
        """What a process of the staff's part has in its environment."""
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SITE": "staff",
            "VAR_DIR": str(self.folder),
            "TMPDIR": str(self.folder / "temporary"),  # what is killed cannot tidy up
            "DATABASE_URL": self.server.address(self.database),
            "STAND_IN_AGENCY": f"http://127.0.0.1:{self.agency}/",
            "COMPLAINTS_FROM_ONE_SOURCE": "0",  # all citizens of a run sit at this machine
            "CELERY_BROKER_URL": self.broker.url,
            "CELERY_VISIBILITY_TIMEOUT": "5" if self.is_quick else "30",
            "PYTHONPATH": str(ROOT),
        } | more

    # Processes

    def start(self, name: str, *command: str, **options: Any) -> Program:
        """Start a Python program under this name; `environment` adds to what it knows."""
        environment = self.environment(**options.pop("environment", {}))
        log = self.folder / f"{self.database}-{name}.log"
        self.programs[name] = Program(python(*command), environment, log, **options)
        self.again[name] = lambda: Program(python(*command), environment, log, **options)
        return self.programs[name]

    def supervise(self) -> None:
        """Start again what ended by itself, as a supervisor does."""
        for name in [name for name in self.programs if name.startswith(("worker", "beat"))]:
            if not self.programs[name].is_running:
                self.restarted += 1
                self.programs[name] = self.again[name]()

    def start_web(self, **options: Any) -> None:
        """The public site."""
        options["environment"] = {"SITE": "public"} | options.get("environment", {})
        gunicorn = (
            "-m",
            "gunicorn",
            "proofs.site",
            "--workers",
            "2",
            "--threads",
            "8",
            "--no-control-socket",
        )
        self.start("web", *gunicorn, "--log-level", "error", "--bind", f"127.0.0.1:{self.web}", **options)
        wait_for(lambda: listens(self.web), 90, "The site did not start.")
        with ThreadPoolExecutor(8) as pool:  # a site that has answered before, as any has
            list(pool.map(lambda _: self.press({}), range(16)))

    def start_agency(self, late: float = 20, acknowledge: bool = False) -> None:
        """The stand-in agency."""
        from django.conf import settings

        from complaints import signatures
        from config import complaint_keys

        complaint_keys.stand_in_signing_key_in(self.folder)
        key = signatures.verify_key_of(settings.COMPLAINT_SIGNING_KEY)
        signing = str(self.folder / "stand-in-signing-key")
        heard = ("--acknowledge", f"http://127.0.0.1:{self.web}/api/v1/complaints/acknowledgements/")
        command = ("-m", "complaints.stand_in", "--port", str(self.agency), "--verify-key", key)
        command += ("--signing-key-file", signing, "--late-seconds", str(late))
        self.start("agency", *command, *(heard if acknowledge else ()))
        wait_for(lambda: listens(self.agency), 60, "The agency did not start.")

    def start_workers(self, count: int = 2, program: Sequence[str] = WORKER, **options: Any) -> None:
        """The workers."""
        for number in range(1, count + 1):
            self.start(f"worker{number}", *program, *OPTIONS, **dict(options))

    def start_beat(self, name: str = "beat") -> None:
        """The clock."""
        schedule = str(self.folder / f"{name}-{self.database}")
        self.start(name, *BEAT, "--schedule", schedule)

    def kill(self, name: str) -> None:
        """End a program and all it started, at once."""
        self.programs.pop(name).kill()
        if name == "web":  # its children end a moment later, and keep the port until then
            wait_for(lambda: not listens(self.web), 20, "The site did not end.")

    def close_but(self, name: str) -> None:
        """End everything but one program."""
        for other in [other for other in self.programs if other != name]:
            self.kill(other)

    def close(self) -> None:
        """End everything that was started here."""
        for name in list(self.programs):
            self.kill(name)

    # Citizens

    def post(self, token: str = "", patience: float = PATIENCE, **said: str) -> Posted:
        """File one complaint as a browser does, and press again while the page says "try again"."""
        from complaints.forms import new_token

        posted, given = Posted(), SAID | said | {"token": token or new_token()}
        deadline = time.monotonic() + patience
        while not posted.reference:
            posted.tries += 1
            began = time.monotonic()
            status, page = self.press(given)
            posted.slowest = max(posted.slowest, time.monotonic() - began)
            posted.broken += status >= 500
            posted.reference, posted.key = receipt_on(page)
            if not posted.reference and (ending.is_set() or time.monotonic() > deadline):
                break
            if not posted.reference:
                time.sleep(0.5)
        return posted

    def press(self, given: dict[str, str]) -> tuple[int, str]:
        """One press of the button: the status, and the page."""
        address = f"http://127.0.0.1:{self.web}/complaints/new/"
        request = urllib.request.Request(address, urlencode(given).encode(), {"Origin": "null"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except OSError:
            return 599, ""

    def post_many(self, count: int, threads: int = 8, **said: str) -> list[Posted]:
        """That many citizens, some at once."""
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(lambda number: self.post(**said), range(count)))

    def health(self) -> dict[str, str]:
        """What the site says to a monitor."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.web}/health/", timeout=30) as answer:
            return dict(json.loads(answer.read()))

    # The agency

    def behave(self, how: str) -> None:
        """Tell the agency how to behave."""
        self._agency("behave", how.encode())

    def letters(self) -> list[dict[str, Any]]:
        """What the agency registered."""
        return list(self._agency()["letters"])

    def requests(self) -> int:
        """How often it was asked to register something, with what it registered already."""
        return sum(self._agency()["received"].values())

    def _agency(self, path: str = "", body: bytes | None = None) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.agency}/{path}", body, timeout=30) as answer:
            return json.loads(answer.read())

    # The outbox

    def ask(self, statement: str) -> list[Any]:
        """One statement to the database of this run; patient while the server restarts."""
        for _ in range(200):
            with suppress(psycopg.OperationalError):
                return self.server.do(statement, self.database)
            if ending.is_set():
                break
            time.sleep(0.3)
        raise TimeoutError("The database did not come back.")

    def states(self) -> dict[str, int]:
        """How many deliveries stand in each state."""
        return dict(self.ask("SELECT state, count(*) FROM complaints_dispatch GROUP BY state"))

    def hurry(self, *, rests: bool = False) -> None:
        """Let the waits of the timetable pass, which are longer than a lease; in a quick run leases too, and
        where the clock jumps those of workers that are gone.
        """
        beyond = "0 seconds" if self.is_quick else "46 seconds"
        self.ask(
            "UPDATE complaints_dispatch SET next_attempt_at = now() WHERE state = 'pending' "
            f"AND next_attempt_at > now() + interval '{beyond}'"
        )
        if self.clock_jumps:
            self.ask(LEFT_BEHIND)
        if rests or self.is_quick:
            self.ask("UPDATE complaints_desk SET rests_until = NULL, failures = 0")

    def release(self) -> None:
        """Staff let go what waits for them."""
        self.released += len(
            self.ask(
                "UPDATE complaints_dispatch SET state = 'pending', next_attempt_at = now() "
                "WHERE state = 'held' RETURNING id"
            )
        )

    def pass_time(self, hours: int) -> None:
        """Let so many hours pass, as the database sees it: what counts by the clock moves into the past."""
        back = f"- interval '{hours} hours'"
        self.ask(
            f"UPDATE complaints_dispatch SET next_attempt_at = next_attempt_at {back}, "
            f"leased_until = leased_until {back} WHERE state = 'pending'"
        )
        self.ask(f"UPDATE complaints_desk SET rests_until = rests_until {back}")
        self.ask(  # what counts the complaints of an hour; no trigger of ours lets anybody change it
            "SET session_replication_role = replica; "
            f"UPDATE complaints_complaint SET received_at = received_at {back} "
            "WHERE received_at > now() - interval '1 hour'"
        )

    def drain(self, seconds: float, *, rests: bool = False) -> float:
        """Wait until nothing is on its way. Returns how long it took; beyond `seconds` if it never ended."""
        began, hurried = time.monotonic(), 0.0
        self.release()
        while self.states().get("pending", 0):
            passed = time.monotonic() - began
            if passed > seconds or ending.is_set():
                return passed + 1
            if passed - hurried > 2:
                self.supervise()
                self.hurry(rests=rests)
                hurried = passed
            time.sleep(0.3)
        return time.monotonic() - began


def receipt_on(page: str) -> tuple[str, str]:
    """Reference number and access key on the page of a receipt; empty on any other."""
    key = re.search(r'id="key"[^>]*>([^<]+)<', page)
    reference = re.search(r'class="number">([0-9]{3}) ([0-9]{3}) ([0-9]{3})<', page)
    return ("".join(reference.groups()), key[1].strip()) if key and reference else ("", "")


@contextmanager
def stage(
    server: Server, name: str, broker_of: Callable[[str], Broker], *, is_quick: bool
) -> Iterator[Stage]:
    """A run on a fresh copy of the database; afterwards nothing of it is left."""
    from django.db import connections

    connections.close_all()
    server.do(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    made = Stage(server, name, broker_of(server.address(name)), is_quick)
    connections["default"].settings_dict["NAME"] = name
    try:
        yield made
    finally:
        made.close()
        made.broker.resume()
        connections.close_all()
        with suppress(psycopg.Error):
            server.do(f"DROP DATABASE {name} WITH (FORCE)")

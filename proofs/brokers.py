"""The task queues that faults are tried against, each with the same ways to fail."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import psycopg

from .programs import Program, free_port, listens, wait_for

RABBITMQ = next(
    (
        p
        for p in ("/usr/lib/rabbitmq/bin/rabbitmq-server", shutil.which("rabbitmq-server"))
        if p and Path(p).exists()
    ),
    "",
)
REDIS = shutil.which("redis-server") or ""
START_SECONDS = 120


class Broker(Protocol):
    """A task queue that can be taken away."""

    name: str
    url: str

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def hang(self) -> None: ...
    def resume(self) -> None: ...
    def wipe(self) -> None: ...
    def restart(self) -> None: ...
    def close(self) -> None: ...


class InPostgres:
    """The default: tables in the same PostgreSQL. It goes away alone when its schema gets another name."""

    name, url = "pgmq", ""

    def __init__(self, database: str, restart_server: Callable[[], None]) -> None:
        self.database, self.restart_server = database, restart_server
        self.holder: psycopg.Connection[Any] | None = None

    def _do(self, *statements: str) -> None:
        with psycopg.connect(self.database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def start(self) -> None:
        """Bring it back."""
        with suppress(psycopg.errors.InvalidSchemaName):
            self._do("ALTER SCHEMA pgmq_away RENAME TO pgmq")

    def stop(self) -> None:
        """Take it away."""
        self._do("ALTER SCHEMA pgmq RENAME TO pgmq_away")

    def hang(self) -> None:
        """Let nobody have an answer: whoever asks waits."""
        self.holder = psycopg.connect(self.database)
        self.holder.execute("LOCK TABLE pgmq.q_tasks IN ACCESS EXCLUSIVE MODE")

    def resume(self) -> None:
        """Answer again."""
        if self.holder is not None:
            self.holder.close()
            self.holder = None

    def wipe(self) -> None:
        """Forget every message."""
        self._do("TRUNCATE pgmq.q_tasks")

    def restart(self) -> None:
        """The server with everything on it, at once."""
        self.restart_server()

    def close(self) -> None:
        """Nothing of its own runs."""
        self.resume()


class Server:
    """A broker that is one program."""

    server: Program | None = None

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        raise NotImplementedError  # each has its own

    def stop(self) -> None:
        """Kill it, as a power cut would."""
        if self.server is not None:
            self.server.kill()
            self.server = None

    def hang(self) -> None:
        """Connections are taken, nothing is ever answered."""
        if self.server is not None:
            self.server.signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Answer again."""
        if self.server is not None:
            self.server.signal(signal.SIGCONT)

    def restart(self) -> None:
        """Killed and started."""
        self.stop()
        self.start()


class RabbitMQ(Server):
    """A RabbitMQ of its own: own node, ports, data and port mapper, and nobody else's touched."""

    name = "rabbitmq"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.port, self.distribution, self.mapper = free_port(), free_port(), free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"
        self.server: Program | None = None
        self.epmd: Program | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What makes it a server of its own."""
        folder = self.folder
        (folder / "plugins").write_text("[].\n")
        (folder / "rabbitmq.conf").write_text(f"listeners.tcp.1 = 127.0.0.1:{self.port}\n")
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "ERL_EPMD_PORT": str(self.mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"proof{self.port}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.distribution),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "none.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1",
        }

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        environment = self.environment
        if self.epmd is None or not self.epmd.is_running:
            epmd = shutil.which("epmd") or "epmd"
            self.epmd = Program([epmd, "-port", str(self.mapper)], environment, self.folder / "epmd.log")
            wait_for(lambda: listens(self.mapper), 20, "The port mapper of RabbitMQ did not start.")
        self.server = Program([RABBITMQ], environment, self.folder / "server.log")
        wait_for(lambda: listens(self.port), START_SECONDS, "RabbitMQ did not start.")

    def stop(self) -> None:
        """Kill it, as a power cut would."""
        if self.server is not None:
            self.server.kill()
            self.server = None
            wait_for(lambda: not listens(self.port), 20, "RabbitMQ did not end.")

    def wipe(self) -> None:
        """Forget every message: killed, its data gone, started empty."""
        self.stop()
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        self.start()

    def close(self) -> None:
        """End it and its port mapper."""
        try:
            self.stop()
        finally:
            if self.epmd is not None:
                self.epmd.kill()


class Redis(Server):
    """A Redis of its own, which writes down everything that it is told."""

    name = "redis"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.server: Program | None = None

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        command = [REDIS, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        command += ["--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0"]
        self.server = Program(command, {"PATH": os.environ["PATH"]}, self.folder / "server.log")
        wait_for(lambda: listens(self.port), START_SECONDS, "Redis did not start.")

    def wipe(self) -> None:
        """Forget every message: killed, its data gone, started empty."""
        self.stop()
        shutil.rmtree(self.folder / "appendonlydir", ignore_errors=True)
        self.start()

    def close(self) -> None:
        """End it."""
        self.stop()

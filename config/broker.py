"""Where Celery's tasks wait: in the site's own PostgreSQL, or at a RabbitMQ or Redis the operator names."""

from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import make_conninfo

IN_POSTGRESQL = "pgmq://postgresql"
"""Kombu's transport that keeps the queue in PostgreSQL. Its host is only a name in log lines."""


def transport_options(url: str, database: Mapping[str, Any], *, visibility_timeout: int) -> dict[str, Any]:
    """What the transport of this broker address is told. After `visibility_timeout` seconds the task of a
    worker that died is given to another.
    """
    if url.startswith("pgmq:"):
        return {
            "conn_string": conn_string(database),
            "init_extension": False,
            "use_notify": True,
            "wait_time_seconds": 0,
            "polling_interval": 0.1,  # seconds until a worker that was busy looks again
            "pool_size": 4,
            "pool_timeout": 3,
            "visibility_timeout": visibility_timeout,
        }
    if url.startswith("redis"):
        return {
            "visibility_timeout": visibility_timeout,
            "unacked_restore_interval": 5,  # seconds between looks for what a killed worker held
            "unacked_restore_throttle": 1,  # each of these looks is a real one
            "socket_timeout": 5,
            "socket_connect_timeout": 3,
        }
    return {"confirm_publish": True}


def queue_type(url: str) -> str:
    """Replicated (quorum) queues where the broker is RabbitMQ; the others know one kind."""
    return "quorum" if url.startswith("amqp") else "classic"


def conn_string(database: Mapping[str, Any]) -> str:
    """The database's address in the form `pgmq` reads.

    It takes the string apart and joins five of its values again without quotes. So each value carries quotes
    of its own, and what has no field (`sslmode`, `connect_timeout`) travels behind the password.
    """
    fields = {key: str(value) for key, value in database.items()}
    named = {key: quoted(fields.pop(key, "")) for key in ("host", "port", "dbname", "user", "password")}
    fields.setdefault("connect_timeout", "3")
    rest = "".join(f" {key}={quoted(value)}" for key, value in fields.items())
    return make_conninfo(**named | {"password": named["password"] + rest})


def quoted(value: str) -> str:
    """One value of a libpq connection string, in quotes."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

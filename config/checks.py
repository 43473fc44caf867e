"""What the site needs of a PostgreSQL server, looked at whenever the database is migrated."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

OLDEST_VERSION = 150_000
"""PostgreSQL 15, as the server itself counts."""


def check_server(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """The faults of each database that is about to be used."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int, pg_encoding_to_char(encoding), datctype "
                "FROM pg_database WHERE datname = current_database()"
            )
            found += faults(*cursor.fetchone())
    return found


def faults(version: int, encoding: str, character_type: str) -> Iterator[CheckMessage]:
    """Why a database of this kind cannot hold the site, each with what to do about it."""
    if version < OLDEST_VERSION:
        yield Error("PostgreSQL is older than version 15.", hint="Use a newer server.", id="config.E001")
    if encoding != "UTF8":
        yield Error(
            f"The database is encoded in {encoding}, which cannot hold Thai.",
            hint="Create it with ENCODING 'UTF8' TEMPLATE template0.",
            id="config.E002",
        )
    if character_type in ("C", "POSIX"):
        yield Error(
            "Thai letters are no letters to the database (LC_CTYPE is C), so the search would find nothing.",
            hint="Create it with LC_CTYPE 'C.UTF-8' TEMPLATE template0.",
            id="config.E003",
        )

"""Addresses of databases, whichever way they are written."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


def parameters(url: str) -> dict[str, Any]:
    """A database's address as libpq's parameters. Raises ImproperlyConfigured."""
    try:
        given = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL is no address of a PostgreSQL: {error}") from error
    if not given.get("dbname"):
        raise ImproperlyConfigured("DATABASE_URL names no database: postgresql://user@host:5432/database")
    return given

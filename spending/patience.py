"""How long a visitor's query may keep the database busy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

SETTINGS = {
    "work_mem": "32MB",  # a search that finds very much remembers each row it found, not only each page
    "cursor_tuple_fraction": "1",  # what is read through a cursor is read to its end
    "jit": "off",  # compiling takes longer than any search
    # What is asked of stands first in a statement, the tables of names behind it. Weighing every order of
    # eight tables takes ten times as long as reading a page of rows
    "join_collapse_limit": "4",
}


class TooSlow(Exception):
    """Raised if a query was ended because it took longer than it may."""


@contextmanager
def within(milliseconds: int) -> Iterator[None]:
    """End any single statement of the block that takes longer, and raise TooSlow."""
    wanted = bound_by(milliseconds)
    with told_apart():
        if wanted == settings.CONNECTION_SETTINGS and not connection.in_atomic_block:
            yield  # the connection has them already
            return
        is_inner = connection.in_atomic_block  # else the settings end with the transaction
        with transaction.atomic():
            before = _settings(wanted) if is_inner else {}
            _set(wanted)
            yield
            _set(before)


def bound_by(milliseconds: int) -> dict[str, str]:
    """How the database works on what visitors ask, and how long at most."""
    return SETTINGS | {"statement_timeout": str(milliseconds)}


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise TooSlow where the database ended a statement because it took too long."""
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow from error
        raise


def _settings(names: Iterable[str]) -> dict[str, str]:
    """Settings of the database as they are."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join('current_setting(%s)' for _ in names)}", list(names))
        return dict(zip(names, cursor.fetchone(), strict=True))


def _set(settings: Mapping[str, str]) -> None:
    """Change settings of the database for the transaction at hand."""
    if not settings:
        return
    changes = ", ".join("set_config(%s, %s, true)" for _ in settings)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {changes}", [part for pair in settings.items() for part in pair])

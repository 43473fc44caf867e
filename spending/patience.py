"""How long a visitor's query may keep the database busy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

SETTINGS = {
    "work_mem": "32MB",  # a search that finds very much remembers each row it found, not only each page
    "jit": "off",  # compiling takes longer than any search
}


class TooSlow(Exception):
    """Raised if a query was ended because it took longer than it may."""


@contextmanager
def within(milliseconds: int) -> Iterator[None]:
    """End any single statement of the block that takes longer, and raise TooSlow."""
    settings = {**SETTINGS, "statement_timeout": str(milliseconds)}
    try:
        with transaction.atomic():
            before = {name: _set(name, value) for name, value in settings.items()}
            yield
            for name, value in before.items():
                _set(name, value)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow from error
        raise


def _set(name: str, value: str) -> str:
    """Change a setting of the database for the transaction at hand; what it was before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s), set_config(%s, %s, true)", [name, name, value])
        before: str = cursor.fetchone()[0]
    return before

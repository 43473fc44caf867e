"""Django's backend for PostgreSQL, for a site that answers many small questions.

Two things differ: whether a kept connection still stands is seen without asking the server, and a cursor can
be had whose statements the server keeps, so that it reads and plans each of them once. Its statements are
written as the server takes them, with `$1` for the first value: nothing reads through them each time.
"""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base, operations
from django.db.backends.postgresql.psycopg_any import register_tzloader
from psycopg.pq import ConnStatus, Format

AS_IT_LIKES = "auto"
FOR_THE_VALUES = "force_custom_plan"


class Operations(operations.DatabaseOperations):
    """What is said of statements."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """The words of a statement; of one that the server keeps, without its values."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class WrittenOut(base.CursorMixin, psycopg.RawCursor[Any]):
    """A cursor that takes statements with `$1`, and binds values at the server."""


class PlannedAnew(WrittenOut):
    """The same of statements whose best plan depends on the values: the server keeps none."""

    def execute(self, query: Any, params: Any = None, **given: Any) -> Any:
        return super().execute(query, params, prepare=False, **given)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection; `settings.CONNECTION_SETTINGS` are set on it as soon as it stands."""

    ops_class = Operations
    plan_mode = AS_IT_LIKES  # on this connection, until another is wanted

    def init_connection_state(self) -> None:
        super().init_connection_state()
        self.plan_mode = AS_IT_LIKES
        given: dict[str, str] = settings.CONNECTION_SETTINGS
        if not given:
            return
        changes = ", ".join("set_config(%s, %s, false)" for _ in given)
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT {changes}", [part for pair in given.items() for part in pair])
        if not self.get_autocommit():
            self.connection.commit()

    def is_usable(self) -> bool:
        """Whether the connection stands. A server that ends one says so, or closes it: there is something to
        read where nothing was asked, and only then is it asked. What breaks later is told by the statement
        that meets it.
        """
        if self.connection is None:
            return False
        link = self.connection.pgconn
        try:
            said, _out, broken = select.select([link.socket], [], [link.socket], 0)
        except (psycopg.Error, OSError, ValueError):  # ValueError: more open files than select counts
            return bool(super().is_usable())
        is_quiet = link.status == ConnStatus.OK and not said and not broken
        return is_quiet or bool(super().is_usable())

    def kept_cursor(self, plan_mode: str = AS_IT_LIKES) -> Any:
        """A cursor whose statements the server keeps as long as the connection, values apart from words. It
        plans them as `plan_cache_mode` says, or as the last ones where that says nothing; those whose plan
        is for their values it keeps not.
        """
        self.ensure_connection()
        with self.wrap_database_errors:
            keeps = plan_mode != FOR_THE_VALUES
            if keeps and plan_mode not in ("", self.plan_mode) and not self.in_atomic_block:
                with self.connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('plan_cache_mode', %s, false)", [plan_mode])
                self.plan_mode = plan_mode
            cursor = (WrittenOut if keeps else PlannedAnew)(self.connection)
            loader = self.connection.adapters.get_loader(base.TIMESTAMPTZ_OID, Format.TEXT)
            if self.timezone != loader.timezone:
                register_tzloader(self.timezone, cursor)
            return self._prepare_cursor(cursor)  # type: ignore[attr-defined]

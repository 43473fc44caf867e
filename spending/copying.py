"""CSV as the database itself writes it, by COPY: the cells of `exports.csv_rows`, many times as fast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Field, QuerySet

from .exports import BYTE_ORDER_MARK, FORMULA_STARTS

BLOCK = 65_536  # bytes sent at a time
STARTS = ", ".join(str(ord(sign)) for sign in FORMULA_STARTS)
TEXT = (models.CharField, models.TextField)


def copied(
    table: QuerySet[Any, tuple[Any, ...]], columns: dict[str, Field[Any, Any] | None], *, mark: bool = False
) -> Iterator[bytes]:
    """The rows of a table with columns `c0`, `c1`, … as CSV in blocks, under a header of the names given.

    `mark` puts a byte order mark in front, which old spreadsheets want.
    """
    block = bytearray(f"{BYTE_ORDER_MARK if mark else ''}{','.join(columns)}\n".encode())
    try:
        query, values = table.query.sql_with_params()
    except EmptyResultSet:  # nothing can answer, e.g. no edition of that day
        yield bytes(block)
        return
    cells = ", ".join(_cell(f"c{number}", kind) for number, kind in enumerate(columns.values()))
    statement = f"COPY (SELECT {cells} FROM ({query}) AS asked) TO STDOUT WITH (FORMAT csv)"
    wrapped = connection.wrap_database_errors  # what breaks while rows are read is said as elsewhere
    with wrapped, connection.cursor() as cursor, cursor.copy(statement, values) as rows:
        for row in rows:
            block += row
            if len(block) >= BLOCK:
                yield bytes(block)
                block.clear()
    yield bytes(block)


def _cell(name: str, kind: Field[Any, Any] | None) -> str:
    """A column as its cells stand in the file: no text begins as a formula, truth in words, times in full."""
    if kind is None or isinstance(kind, TEXT):
        return f"CASE WHEN ascii({name}) IN ({STARTS}) THEN '''' || {name} ELSE {name} END"
    if isinstance(kind, models.BooleanField):
        return f"{name}::text"
    if isinstance(kind, models.DateTimeField):
        return f"""to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')"""
    return name

"""Rows as Parquet: typed columns, amounts as exact decimals, written and sent group by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pyarrow
from django.db import models
from django.db.models import Field
from pyarrow.parquet import ParquetWriter

from .columns import Column
from .exports import as_json, plain

GROUP = 20_000  # rows written at a time
WORDS = {b"unit": b"baht", b"currency": b"THB"}


class _Outlet:
    """A file-like thing that keeps what is written to it until it is taken away."""

    closed = False

    def __init__(self) -> None:
        self.kept = bytearray()
        self.written = 0

    def write(self, piece: bytes) -> int:
        self.kept += piece
        self.written += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self.written

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        """What is written is kept at once."""

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        """What was kept since the last time."""
        kept = bytes(self.kept)
        self.kept.clear()
        return kept


def parquet(
    rows: Iterable[Sequence[Any]],
    columns: Sequence[Column],
    kinds: dict[str, Field[Any, Any] | None],
    about: Mapping[str, str] | None = None,
    *,
    in_baht: bool = True,
) -> Iterator[bytes]:
    """A Parquet file in pieces, one for each group of rows; `about` is kept in its metadata, beside the
    currency of all amounts where they have but one.
    """
    schema = schema_of(columns, kinds)
    said = {name: text.encode() for name, text in (about or {}).items()}
    unit = {name.decode(): text for name, text in WORDS.items()} if in_baht else {}
    schema = schema.with_metadata({**unit, **said})
    outlet = _Outlet()
    source = iter(rows)
    with ParquetWriter(outlet, schema, compression="zstd") as writer:
        while group := list(islice(source, GROUP)):
            writer.write_batch(_batch(group, schema))
            yield outlet.taken()
    yield outlet.taken()


def schema_of(columns: Sequence[Column], kinds: dict[str, Field[Any, Any] | None]) -> pyarrow.Schema:
    """The names and types of the columns, each with what it means."""
    fields = [
        pyarrow.field(one.name, type_of(kinds[one.name]), metadata={"means": one.means}) for one in columns
    ]
    return pyarrow.schema(fields, metadata=WORDS)


def type_of(kind: Field[Any, Any] | None) -> pyarrow.DataType:
    """The type of a column: amounts are decimals with their digits, everything else that is no number, day or
    truth is text.
    """
    if isinstance(kind, models.DecimalField):
        return pyarrow.decimal128(kind.max_digits, kind.decimal_places)
    if isinstance(kind, models.BooleanField):
        return pyarrow.bool_()
    if isinstance(kind, models.DateTimeField):
        return pyarrow.timestamp("us", tz="UTC")
    if isinstance(kind, models.DateField):
        return pyarrow.date32()
    return pyarrow.int64() if isinstance(kind, models.IntegerField) else pyarrow.string()


def _batch(group: list[Sequence[Any]], schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    arrays = [
        pyarrow.array(_written(values, field.type), field.type)
        for values, field in zip(zip(*group, strict=True), schema, strict=True)
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


def _written(values: Sequence[Any], kind: pyarrow.DataType) -> Sequence[Any]:
    """The values as the column takes them: lists and objects as JSON text."""
    if kind != pyarrow.string():
        return values
    return [value if value is None or isinstance(value, str) else as_json(plain(value)) for value in values]

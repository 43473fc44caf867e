"""All rows under a query as a file: CSV, JSON lines, XLSX, Parquet; each sent while it is read."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from .columns import Column
from .copying import copied
from .exports import csv_rows, json_lines
from .parquet import parquet
from .patience import within
from .resources import Resource
from .workbooks import chunks, xlsx_file


@dataclass(frozen=True, slots=True)
class Question:
    """What a file is to hold: rows of a resource in their order, some of its columns, a mark in front; a note
    where the rows are less than there is; and what else a file says of itself, where its form holds such.
    """

    resource: Resource
    lines: QuerySet[Any]
    columns: tuple[Column, ...]
    mark: bool = False
    note: str = ""
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def rows(self) -> Iterator[tuple[Any, ...]]:
        return self.resource.read(self.lines, self.columns)


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file: the end of its address, its media type, and how it is written in pieces."""

    kind: str
    media_type: str
    pieces: Callable[[Question], Iterator[bytes]]


def _csv(asked: Question) -> Iterator[bytes]:
    if not asked.resource.is_read_by_database:
        return (line.encode() for line in csv_rows(asked.rows, asked.names, mark=asked.mark))
    kinds = {name: asked.resource.kinds[name] for name in asked.names}
    return copied(asked.resource.table(asked.lines, asked.columns), kinds, mark=asked.mark)


def _json_lines(asked: Question) -> Iterator[bytes]:
    return (line.encode() for line in json_lines(asked.rows, asked.names))


def _xlsx(asked: Question) -> Iterator[bytes]:
    return chunks(xlsx_file(asked.rows, asked.names, note=asked.note))


def _parquet(asked: Question) -> Iterator[bytes]:
    in_baht = asked.resource.filter.in_baht
    return parquet(asked.rows, asked.columns, asked.resource.kinds, asked.about, in_baht=in_baht)


FORMS = {
    form.kind: form
    for form in (
        Form("csv", "text/csv", _csv),
        Form("jsonl", "application/jsonl", _json_lines),
        Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
        Form("parquet", "application/vnd.apache.parquet", _parquet),
    )
}


def rows_as(
    kind: str,
    rows: Iterable[Sequence[Any]],
    columns: Sequence[Column],
    kinds: dict[str, Any],
    *,
    mark: bool = False,
) -> Iterator[bytes]:
    """Rows that no resource holds, as a file of one kind, in pieces."""
    names = [column.name for column in columns]
    if kind == "xlsx":
        return chunks(xlsx_file(rows, names))
    if kind == "parquet":
        return parquet(rows, tuple(columns), kinds)
    lines = csv_rows(rows, names, mark=mark) if kind == "csv" else json_lines(rows, names)
    return (line.encode() for line in lines)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file on its way: the first piece, and those behind it, read from the database as they are sent.

    Whoever stops before the end calls `close()`, as Django does when a visitor goes away: what the database
    holds for the rest must not wait until the garbage is collected, in the middle of another query.
    """

    first: bytes
    rest: Generator[bytes]

    def __iter__(self) -> Iterator[bytes]:
        yield self.first
        yield from self.rest

    def close(self) -> None:
        self.rest.close()


def sent(form: Form, asked: Question) -> Sent:
    """A file of which the first piece is made: what cannot be answered is known before anything is sent.

    Raises TooManyRows, TooSlow.
    """
    pieces = _timed(form, asked)
    return Sent(next(pieces, b""), pieces)


def _timed(form: Form, asked: Question) -> Generator[bytes]:
    with within(int(settings.API_DOWNLOAD_SECONDS * 1_000)):
        yield from form.pieces(asked)

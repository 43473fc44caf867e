"""All rows under a query as a file: CSV, JSON lines, XLSX, Parquet; each sent while it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from .columns import Column
from .copying import copied
from .exports import chunks, csv_rows, json_lines, xlsx_file
from .parquet import parquet
from .patience import within
from .resources import Resource


@dataclass(frozen=True, slots=True)
class Question:
    """What a file is to hold: rows of a resource in their order, some of its columns, a mark in front."""

    resource: Resource
    lines: QuerySet[Any]
    columns: tuple[Column, ...]
    mark: bool = False

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
    return chunks(xlsx_file(asked.rows, asked.names))


def _parquet(asked: Question) -> Iterator[bytes]:
    return parquet(asked.rows, asked.columns, asked.resource.kinds)


FORMS = {
    form.kind: form
    for form in (
        Form("csv", "text/csv", _csv),
        Form("jsonl", "application/jsonl", _json_lines),
        Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
        Form("parquet", "application/vnd.apache.parquet", _parquet),
    )
}


def sent(form: Form, asked: Question) -> Iterator[bytes]:
    """The pieces of a file, the first already made: what cannot be answered is known before anything is sent.

    Raises TooManyRows, TooSlow.
    """
    pieces = _timed(form, asked)
    first = next(pieces, b"")
    return chain([first], pieces)


def _timed(form: Form, asked: Question) -> Iterator[bytes]:
    with within(int(settings.API_DOWNLOAD_SECONDS * 1_000)):
        yield from form.pieces(asked)

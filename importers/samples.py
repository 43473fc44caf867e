"""Our own format for a data set that travels with the site: published facts re-expressed, each with its
provenance.

A sample is a gzip file of JSON lines in UTF-8. The first line is an object: `format` ("published facts
1") and `source`, the source whose records it holds. Each further line is an array: the kind of entry,
then its values in the order of the fields in `importers.records`. Amounts are text in baht, days ISO
8601, a body `[name, code, kind, ministry code]`, absent values null. A `head` names the published file
and its SHA-256; each record's `line` (and `sheet`, `page`) counts in that file.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from .area_records import AreaRecord, ReferenceValueRecord
from .errors import FileError, Reason, gettext_noop
from .records import (
    AllocationRecord,
    Body,
    CommitmentRecord,
    ContractRecord,
    Control,
    DepartmentRecord,
    DisbursementRecord,
    Entry,
    Head,
    LocalBudgetRecord,
    Note,
    OpenContractRecord,
    OpenProcessRecord,
    PackageFigureRecord,
    ProjectDisbursementRecord,
    ProjectRecord,
    ReferenceTotalRecord,
    Refusal,
    SourcedHead,
)

FORMAT = "published facts 1"
KINDS: dict[str, type[Any]] = {
    "head": Head,
    "sourced_head": SourcedHead,
    "allocation": AllocationRecord,
    "commitment": CommitmentRecord,
    "disbursement": DisbursementRecord,
    "project": ProjectDisbursementRecord,
    "total": ReferenceTotalRecord,
    "purchase": ProjectRecord,
    "contract": ContractRecord,
    "department": DepartmentRecord,
    "area": AreaRecord,
    "local": LocalBudgetRecord,
    "process": OpenProcessRecord,
    "open_contract": OpenContractRecord,
    "figure": PackageFigureRecord,
    "reference": ReferenceValueRecord,
    "refusal": Refusal,
    "note": Note,
    "control": Control,
}
NAMES = {kind: name for name, kind in KINDS.items()}


def write_sample(path: Path, source: str, entries: Iterable[Entry]) -> int:
    """Write entries as a sample; the same entries give the same bytes. Returns how many lines were
    written.
    """
    count = 0
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(_line({"format": FORMAT, "source": source}))
        for entry in entries:
            file.write(_line([NAMES[type(entry)], *map(_plain, _values(entry))]))
            count += 1
    return count


def source_of(path: Path) -> str:
    """The name of the source whose records a sample holds. Raises FileError if it is no sample."""
    return str(_header(next(_lines(path), b"")).get("source", ""))


def read_sample(path: Path) -> Iterator[Entry]:
    """The entries of a sample. Raises FileError at the first line that is not as the format says."""
    lines = _lines(path)
    _header(next(lines, b""))
    for number, line in enumerate(lines, start=2):
        try:
            name, *values = json.loads(line)
            readers = _readers(name)
            yield KINDS[name](*(read(value) for read, value in zip(readers, values, strict=True)))
        except (ValueError, KeyError, TypeError, ArithmeticError) as error:
            reason = Reason(gettext_noop("This line is not as the format of samples says."))
            raise FileError(reason, f"{path.name}:{number}") from error


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _values(entry: Entry) -> list[Any]:
    return [getattr(entry, field.name) for field in dataclasses.fields(entry)]


def _plain(value: Any) -> Any:
    if isinstance(value, Body):
        return [value.name, value.code, value.kind, value.ministry_code]
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as file:
            yield from file
    except (OSError, EOFError) as error:
        reason = Reason(gettext_noop("The file is no sample, or is cut off: %(error)s."), error=error)
        raise FileError(reason, path.name) from error


def _header(line: bytes) -> dict[str, Any]:
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise FileError(Reason(gettext_noop("The file does not begin as a sample does.")))
    return header


@cache
def _readers(name: str) -> list[Callable[[Any], Any]]:
    """How each value of a kind of entry is read back, by the type of its field."""
    hints = get_type_hints(KINDS[name])
    return [_reader(hint) for hint in hints.values()]


def _reader(hint: Any) -> Callable[[Any], Any]:
    for types, read in (
        ((Decimal, Decimal | None), Decimal),
        ((date, date | None), date.fromisoformat),
        ((Body, Body | None), lambda value: Body(*value)),
        ((tuple[str, ...],), tuple),
        ((tuple[tuple[str, str], ...],), lambda value: tuple(map(tuple, value))),
    ):
        if hint in types:
            return lambda value, read=read: None if value is None else read(value)  # type: ignore[misc]
    return lambda value: value

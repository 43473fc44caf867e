"""`verify()`: a dump held against its own signature, hashes, sums and headline figures. No database is asked.

Every file is read whole, CSV and Parquet, and every figure is added up anew, exact to the satang.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile

from .manifest import (
    KEY,
    MANIFEST,
    ROWS,
    SIGNATURE,
    SUMS,
    DumpedFile,
    Headline,
    Manifest,
    as_text,
    read_manifest,
)
from .signing import BadKey, is_signed

NOTHING = "-"  # what a headline calls an empty cell
BATCH = 20_000  # rows of a Parquet file read at a time
Row = Mapping[str, Any]
Told = Callable[[str], Any]


@dataclass
class Report:
    """What was found: how much was checked, and each problem with the place it is at."""

    files: int = 0
    rows: int = 0
    headlines: int = 0
    problems: list[str] = field(default_factory=list)
    key: str = ""

    @property
    def holds(self) -> bool:
        return not self.problems


def verify(folder: Path, *, public_key: str = "", told: Told = lambda path: None) -> Report:
    """Check the dump in a folder. `public_key` is whom to trust; without it the key that lies in the dump is
    taken, which shows only that nothing was damaged. `told` hears each path before it is read.
    """
    report = Report()
    try:
        report.key = public_key or (folder / KEY).read_text(encoding="ascii").strip()
        _check_signature(folder, report)
        _check_hashes(folder, report)
        manifest = read_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        report.problems.append(f"{_named(folder, error.filename)}: the file is missing")
        return report
    except (ValueError, KeyError, TypeError) as error:
        report.problems.append(f"{MANIFEST} or {SUMS}: not those of a dump ({error})")
        return report
    _check_rows(folder, manifest, report, told)
    return report


def _named(folder: Path, path: str) -> str:
    return Path(path).relative_to(folder).as_posix()


def _check_signature(folder: Path, report: Report) -> None:
    text = (folder / SUMS).read_bytes()
    signature = (folder / SIGNATURE).read_text(encoding="ascii")
    try:
        if not is_signed(text, signature, report.key):
            report.problems.append(f"{SIGNATURE}: the list of hashes is not signed by this key")
    except BadKey:
        report.problems.append(f"{KEY}: no Ed25519 key or signature in base64")


def _check_hashes(folder: Path, report: Report) -> None:
    listed = dict(_listed((folder / SUMS).read_text(encoding="utf-8")))
    for path, expected in listed.items():
        if not (folder / path).resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{SUMS} names a file outside the dump: {path}")
        with (folder / path).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                report.problems.append(f"{path}: its bytes are not those that were signed")
    unsigned = {KEY, SUMS, SIGNATURE}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    report.problems += [f"{path}: nobody signed this file" for path in sorted(found - set(listed) - unsigned)]


def _listed(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        sha256, _space, path = line.partition("  ")
        yield path, sha256


def _check_rows(folder: Path, manifest: Manifest, report: Report, told: Told) -> None:
    """Read every file once: count its rows, add up its money, and add what it holds of each headline."""
    sums = Sums(manifest.headlines)
    for file in manifest.files:
        told(file.path)
        try:
            _check_file(folder, file, sums, report)
        except (csv.Error, ArrowException, OSError, ValueError, KeyError, InvalidOperation) as error:
            report.problems.append(f"{file.path}: cannot be read ({error})")
    report.problems += sums.problems()
    report.headlines = len(manifest.headlines)


def _check_file(folder: Path, file: DumpedFile, sums: Sums, report: Report) -> None:
    path = folder / file.path
    is_table = path.suffix == ".csv"
    told = {("", name): total for name, total in file.totals.items()}
    told |= {(code, name): total for code, sums in file.currencies.items() for name, total in sums.items()}
    totals = dict.fromkeys(told, Decimal(0))
    rows = 0
    for row in _csv_rows(path) if is_table else _parquet_rows(path):
        rows += 1
        for currency, name in totals:
            if not currency or row["currency"] == currency:
                totals[currency, name] += _amount(row[name])
        if is_table:
            sums.add(file.resource, row)
    report.files += 1
    report.rows += rows
    if rows != file.rows:
        report.problems.append(f"{file.path}: {rows} rows, the manifest says {file.rows}")
    report.problems += [
        f"{file.path}: {' '.join(filter(None, key))} adds up to {as_text(totals[key])}, "
        f"the manifest says {as_text(said)}"
        for key, said in told.items()
        if totals[key] != said
    ]


def _csv_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _parquet_rows(path: Path) -> Iterator[Row]:
    with ParquetFile(path) as file:
        for batch in file.iter_batches(BATCH):
            yield from batch.to_pylist()


def _amount(value: Any) -> Decimal:
    """A cell of money; empty where nothing was published, which adds nothing."""
    return Decimal(0) if value in ("", None) else Decimal(value)


class Sums:
    """The headline figures, added up anew from rows."""

    def __init__(self, headlines: Sequence[Headline]) -> None:
        self.found = {_key(one): Decimal(0) for one in headlines}
        self.headlines = headlines
        self.splits = {(one.resource, one.measure, tuple(sorted(one.where))) for one in headlines}
        self.of: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for resource, measure, columns in sorted(self.splits):
            self.of.setdefault(resource, []).append((measure, columns))

    def add(self, resource: str, row: Row) -> None:
        for measure, columns in self.of.get(resource, ()):
            key = (resource, measure, tuple((name, row[name] or NOTHING) for name in columns))
            if key in self.found:
                self.found[key] += 1 if measure == ROWS else _amount(row[measure])

    def problems(self) -> list[str]:
        return [
            f"{one.resource} {dict(one.where)}: {one.measure} adds up to "
            f"{replace(one, amount=self.found[_key(one)]).amount_text}, {one.page} shows {one.amount_text}"
            for one in self.headlines
            if self.found[_key(one)] != one.amount
        ]


def _key(one: Headline) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return one.resource, one.measure, tuple(sorted(one.where.items()))

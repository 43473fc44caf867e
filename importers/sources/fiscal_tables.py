"""The descriptor and the tables of a data package: beside each other in a folder, or in a ZIP."""

from __future__ import annotations

import csv
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import FileError, Reason, gettext_noop
from ..reading import LIMITS, letters_of, open_json
from ..reading.kinds import Kind, kind_of
from ..records import Refusal
from .fiscal_dialects import LONGEST, Dialect, dialects_of
from .fiscal_types import declared, name_of, resources_of

DESCRIPTOR = "datapackage.json"
OTHER_LETTERS = gettext_noop(
    "The table is not written in the letters that are declared: %(encoding)s. Correct the descriptor's "
    "encoding, or save the table in UTF-8."
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a package: its name, where it lies in the package and here, its header, how it is written,
    and what stands in its cells for no value.
    """

    name: str
    within: str
    path: Path
    header: tuple[str, ...]
    dialect: Dialect
    encoding: str
    missing: frozenset[str] = frozenset()

    @property
    def sha256(self) -> str:
        """The SHA-256 of its file."""
        with self.path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()

    def rows(self) -> Iterator[tuple[int, Mapping[str, str] | Refusal]]:
        """Each row by its columns, with the line it begins on; blank ones are left out. Raises FileError."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            rows = self.dialect.rows(file, self.path.name)
            if self.dialect.header:
                next(rows, None)
            for line, row in rows:
                if len(row) == len(self.header):
                    yield line, dict(zip(self.header, row, strict=True))
                elif any(row):
                    sentence = gettext_noop(
                        "The row has %(found)s cells, the header %(wanted)s. Look for a separator too "
                        "many or too few, or a missing quotation mark."
                    )
                    reason = Reason(sentence, found=len(row), wanted=len(self.header))
                    yield line, Refusal(line, "", "", reason, self.within)


@contextmanager
def opened(path: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """The descriptor of a package and the folder of its tables, while the block runs. Raises FileError."""
    usual = csv.field_size_limit(LONGEST)  # one for the whole process: others keep theirs
    try:
        if path.suffix.lower() != ".zip":
            yield _descriptor(path), path.parent
            return
        with tempfile.TemporaryDirectory(prefix="package-") as folder:
            inner = _unpacked(path, Path(folder))
            yield _descriptor(inner), inner.parent
    finally:
        csv.field_size_limit(usual)


def _descriptor(path: Path) -> dict[str, Any]:
    descriptor: dict[str, Any] = open_json(path)
    resources = resources_of(descriptor)
    if not resources:
        sentence = gettext_noop(
            "The file is no descriptor of a data package: it names no tables (resources). Load the "
            "datapackage.json that lies beside the tables."
        )
        raise FileError(Reason(sentence))
    for resource in resources:
        if isinstance(schema := resource.get("schema"), str):
            resource["schema"] = open_json(beside(path.parent, schema))  # type: ignore[index]
        if isinstance(dialect := resource.get("dialect"), str):
            resource["dialect"] = open_json(beside(path.parent, dialect))  # type: ignore[index]
    return descriptor


def beside(folder: Path, name: str) -> Path:
    """A file of the package. Raises FileError if it lies elsewhere or is missing."""
    steps = PurePosixPath(name)
    if not name or "://" in name or "\\" in name or steps.is_absolute() or ".." in steps.parts:
        sentence = gettext_noop(
            "What the descriptor names does not lie beside it: %(path)s. Nothing is fetched; put it into the "
            "folder of the descriptor and write its path there with /."
        )
        raise FileError(Reason(sentence, path=name[:200]))
    if not (folder / name).is_file():
        sentence = gettext_noop("The table %(path)s is missing. Put it beside the descriptor.")
        raise FileError(Reason(sentence, path=name[:200]))
    return folder / name


def table_of(folder: Path, resource: Mapping[str, Any]) -> Table:
    """A table as the descriptor declares it. Raises FileError if it lies elsewhere, or has another header."""
    name = _path(resource)
    path = beside(folder, name)
    if resource.get("compression") or kind_of(path) is not Kind.TEXT:
        sentence = gettext_noop(
            "The table %(path)s is no text of rows and columns. Unpack it, or save it as CSV, and "
            "correct the descriptor."
        )
        raise FileError(Reason(sentence, path=name[:200]))
    said = str(resource.get("encoding") or "").lower()
    encoding = said if said and said not in ("utf-8", "utf8") else "utf-8-sig" if said else letters_of(path)
    schema, fields = resource.get("schema"), [str(one.get("name")) for one in declared(resource)]
    given = schema.get("missingValues") if isinstance(schema, dict) else None
    missing = {str(one).strip() for one in given} if isinstance(given, list) else set()
    header, dialect = _header(path, encoding, dialects_of(resource, path.name), fields)
    return Table(name_of(resource), name, path, header, dialect, encoding, frozenset(missing))


def _path(resource: Mapping[str, Any]) -> str:
    """Where the table lies, as the descriptor says. Raises FileError if it is not one file."""
    path = resource.get("path") or resource.get("url") or ""
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if isinstance(path, list):
        sentence = gettext_noop(
            "The table “%(table)s” lies in several files. Join them into one, with one header."
        )
        raise FileError(Reason(sentence, table=name_of(resource)[:120]))
    if not path and "data" in resource:
        sentence = gettext_noop(
            "The table “%(table)s” stands in the descriptor. Put it beside it as a CSV file."
        )
        raise FileError(Reason(sentence, table=name_of(resource)[:120]))
    return str(path)


def _header(
    path: Path, encoding: str, dialects: list[Dialect], fields: list[str]
) -> tuple[tuple[str, ...], Dialect]:
    """The header of a table and how it is written: as declared, or in the way that gives the declared
    fields, or most columns where none are declared.
    """
    headers = [(_first(path, encoding, dialect), dialect) for dialect in dialects]
    wanted = tuple(name.strip() for name in fields)
    if not dialects[0].header:
        if not wanted:
            sentence = gettext_noop(
                "The table has no header, and the descriptor declares no fields. Declare them."
            )
            raise FileError(Reason(sentence), path.name)
        return wanted, min(headers, key=lambda header: abs(len(header[0]) - len(wanted)))[1]
    found = max(headers, key=lambda header: (header[0] == wanted, len(header[0])))
    if wanted and found[0] != wanted:
        raise _other_header(found[0], wanted, path.name)
    return found


def _other_header(header: tuple[str, ...], wanted: tuple[str, ...], place: str) -> FileError:
    pairs = enumerate(zip_longest(header, wanted, fillvalue=""), start=1)
    number, (found, declared) = next(pair for pair in pairs if pair[1][0] != pair[1][1])
    sentence = gettext_noop(
        "The header is not that of the declared fields: column %(number)s is “%(found)s”, declared is "
        "“%(wanted)s”. Correct the descriptor, or the table."
    )
    return FileError(Reason(sentence, number=number, found=found[:60], wanted=declared[:60]), place)


def _first(path: Path, encoding: str, dialect: Dialect) -> tuple[str, ...]:
    """The first row of a table. Raises FileError if the whole is not written in the letters that are
    meant.
    """
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(LONGEST):
                pass  # a wrong letter is found before the first row is read
        with path.open(encoding=encoding, newline="") as file:
            _line, first = next(dialect.rows(file, path.name), (0, []))
    except (LookupError, ValueError) as error:
        raise FileError(
            Reason(OTHER_LETTERS, encoding=encoding.removesuffix("-sig")[:40]), path.name
        ) from error
    return tuple(cell.strip() for cell in first)


def _unpacked(path: Path, folder: Path) -> Path:
    """The descriptor of a ZIP, unpacked with all beside it. Raises FileError."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            found = [one for one in members if PurePosixPath(one.filename).name == DESCRIPTOR]
            size = sum(one.file_size for one in members)
            if len(found) != 1 or len(members) > LIMITS.members or size > LIMITS.unpacked:
                sentence = gettext_noop("The archive holds no descriptor, several, or too much.")
                raise FileError(Reason(sentence), path.name)
            for one in members:
                _unpack(archive, one, folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise FileError(Reason(gettext_noop("The archive cannot be opened.")), path.name) from error
    return folder / found[0].filename


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    steps = PurePosixPath(member.filename)
    if steps.is_absolute() or ".." in steps.parts:
        raise FileError(Reason(gettext_noop("The archive cannot be opened.")), member.filename)
    target = folder / member.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)

"""The descriptor and the tables of a data package: beside each other in a folder, or in a ZIP."""

from __future__ import annotations

import csv
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import FileError, Reason, gettext_noop
from ..reading import LIMITS, is_utf8, open_json
from ..records import Refusal
from .fiscal_types import declared, resources_of

DESCRIPTOR = "datapackage.json"
SEPARATORS = (",", ";", "\t", "|")
LONGEST = 1_000_000  # letters of one cell
ENDLESS = gettext_noop(
    "A cell of the row that begins here has more than %(most)s letters: a quotation mark is "
    "missing, or this is no table."
)
OTHER_LETTERS = gettext_noop("The table is not written in the letters that are declared: %(encoding)s.")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a package: its name, where it lies, its header and the sign between its columns."""

    name: str
    path: Path
    header: tuple[str, ...]
    separator: str
    encoding: str

    def rows(self) -> Iterator[tuple[int, Mapping[str, str] | Refusal]]:
        """Each row by its columns, with the line it begins on; blank ones are left out. Raises FileError."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            rows = csv.reader(file, delimiter=self.separator)
            self._next(rows, 1)
            line = rows.line_num + 1
            while (row := self._next(rows, line)) is not None:
                if len(row) == len(self.header):
                    yield line, dict(zip(self.header, row, strict=True))
                elif any(row):
                    sentence = gettext_noop("The row has %(found)s cells, the header %(wanted)s.")
                    reason = Reason(sentence, found=len(row), wanted=len(self.header))
                    yield line, Refusal(line, "", "", reason)
                line = rows.line_num + 1

    def _next(self, rows: Any, line: int) -> list[str] | None:
        """The row that begins on a line, or None behind the last. Raises FileError."""
        try:
            found: list[str] | None = next(rows, None)
        except csv.Error as error:
            raise FileError(Reason(ENDLESS, most=LONGEST), f"{self.path.name}:{line}") from error
        return found


@contextmanager
def opened(path: Path) -> Iterator[tuple[dict[str, Any], list[Table]]]:
    """The descriptor of a package and its tables, while the block runs. Raises FileError."""
    usual = csv.field_size_limit(LONGEST)  # one for the whole process: others keep theirs
    try:
        if path.suffix.lower() != ".zip":
            yield _package(path)
            return
        with tempfile.TemporaryDirectory(prefix="package-") as folder:
            yield _package(_unpacked(path, Path(folder)))
    finally:
        csv.field_size_limit(usual)


def _package(path: Path) -> tuple[dict[str, Any], list[Table]]:
    descriptor = open_json(path)
    resources = resources_of(descriptor)
    if not resources:
        raise FileError(Reason(gettext_noop("The file is no descriptor of a data package.")))
    return descriptor, [_table(path.parent, one) for one in resources]


def _table(folder: Path, resource: Mapping[str, Any]) -> Table:
    """A table as the descriptor declares it. Raises FileError if it lies elsewhere, or has another header."""
    name = str(resource.get("path") or "")
    steps = PurePosixPath(name)
    if not name or "://" in name or steps.is_absolute() or ".." in steps.parts:
        sentence = gettext_noop("The table does not lie beside the descriptor: %(path)s.")
        raise FileError(Reason(sentence, path=name[:200]))
    path = folder / name
    if not path.is_file():
        raise FileError(Reason(gettext_noop("The table %(path)s is missing."), path=name[:200]))
    encoding = _encoding(path, str(resource.get("encoding") or "").lower())
    dialect = resource.get("dialect")
    between = str(dialect.get("delimiter") or "") if isinstance(dialect, dict) else ""
    if len(between) > 1:
        sentence = gettext_noop("The descriptor parts the columns by %(sign)s, which is more than one sign.")
        raise FileError(Reason(sentence, sign=between[:20]), path.name)
    fields = [str(one.get("name")) for one in declared(resource)]
    header, separator = _header(path, encoding, between, fields)
    return Table(str(resource.get("name") or name), path, header, separator, encoding)


def _encoding(path: Path, said: str) -> str:
    """The declared letters of a table; where none are declared UTF-8, or Latin ones where it is no UTF-8."""
    if said and said not in ("utf-8", "utf8"):
        return said
    return "utf-8-sig" if said or is_utf8(path) else "iso-8859-1"  # a byte order mark is no letter


def _header(path: Path, encoding: str, between: str, fields: list[str]) -> tuple[tuple[str, ...], str]:
    """The header of a table and its separator: the declared one, or what gives the declared fields, or most
    columns where none are declared.
    """
    try:
        with path.open(encoding=encoding, newline="") as file:
            first = file.readline(LONGEST)
            while file.read(LONGEST):
                pass  # a wrong letter is found before the first row is read
    except (LookupError, ValueError) as error:
        raise FileError(Reason(OTHER_LETTERS, encoding=encoding[:40]), path.name) from error
    headers = [(_cells(first, sign), sign) for sign in ((between,) if between else SEPARATORS)]
    if not fields:
        return max(headers, key=lambda header: len(header[0]))
    for header, separator in headers:
        if list(header) == [name.strip() for name in fields]:
            return header, separator
    raise FileError(Reason(gettext_noop("The header is not that of the declared fields.")), path.name)


def _cells(first: str, separator: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in next(csv.reader([first], delimiter=separator), []))


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

"""From the file that was published to the file that is read: some publishers wrap theirs in a ZIP file."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ..errors import FileError, Reason, gettext_noop
from .archives import LIMITS, Limits, name_of, opened
from .kinds import Kind, kind_of, wrong_kind

_LONGEST_NAME = 60  # letters: 180 bytes in Thai, and a file system takes 255


@contextmanager
def unwrapped(path: Path, suffixes: Sequence[str], *, wanted: str, limits: Limits = LIMITS) -> Iterator[Path]:
    """The file itself, or the only member of a ZIP file whose name ends in one of `suffixes`, unpacked
    for a while.

    `wanted` names what is expected, for the reader of an error. Raises FileError if the file is no data
    at all (a PDF, a web page, an empty file), or if the archive is damaged, suspicious, or holds none or
    several such members.
    """
    if kind_of(path) is not Kind.ARCHIVE:
        yield _data(path, wanted)
        return
    with tempfile.TemporaryDirectory(prefix="unpacked-") as folder:
        yield _data(_unpacked(path, tuple(suffixes), Path(folder), limits), wanted)


def _data(file: Path, wanted: str) -> Path:
    """The file, if it is text or a spreadsheet; FileError that says what it is instead."""
    kind = kind_of(file)
    if kind not in (Kind.TEXT, Kind.WORKBOOK):
        raise wrong_kind(kind, wanted)
    return file


def _unpacked(path: Path, suffixes: tuple[str, ...], folder: Path, limits: Limits) -> Path:
    with opened(path, limits) as archive:
        member = _only_member(archive.infolist(), suffixes)
        target = folder / PurePosixPath(name_of(member).replace("\\", "/")).name[-_LONGEST_NAME:]
        with archive.open(member) as packed, target.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked, 1024 * 1024)
    return target


def _only_member(members: list[zipfile.ZipInfo], suffixes: tuple[str, ...]) -> zipfile.ZipInfo:
    found = [member for member in members if _is_wanted(member, suffixes)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(name_of(member) for member in (found or members)[:5])
    endings = " / ".join(suffixes)
    if found:
        sentence = gettext_noop(
            "The ZIP file holds several %(endings)s files (%(names)s). Unpack it and load them."
        )
    else:
        sentence = gettext_noop("The ZIP file holds no %(endings)s file, but %(names)s.")
    raise FileError(Reason(sentence, endings=endings, names=listed))


def _is_wanted(member: zipfile.ZipInfo, suffixes: tuple[str, ...]) -> bool:
    """Whether a member is a wanted file; what operating systems leave beside it is not."""
    name = name_of(member).replace("\\", "/")
    last = name.rpartition("/")[2]
    leftover = name.startswith("__MACOSX/") or last.startswith((".", "~$"))
    return not member.is_dir() and not leftover and last.lower().endswith(suffixes)

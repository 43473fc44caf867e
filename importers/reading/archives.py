"""ZIP files, opened without trusting them: a spreadsheet is one too.

An archive is refused as a whole if anything in it is out of the ordinary: a member that unpacks to
hundreds of times its size, a name that leads out of the folder, a link, a password. Nothing is unpacked
to find that out.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from ..errors import FileError, Reason, gettext_noop

MIB = 1024 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_SMALL = 10 * MIB  # what unpacks to less than this harms nobody, whatever its ratio


@dataclass(frozen=True, slots=True)
class Limits:
    """What an honest archive stays within.

    `members` in number, `unpacked` in bytes for all members together, `ratio` of a member's unpacked to
    its packed size (the most wordy sheets reach 60, a bomb 1,000), `directory` in bytes for the list of
    members.
    """

    members: int = 2_000
    unpacked: int = 4_096 * MIB
    ratio: int = 250
    directory: int = 2 * MIB


LIMITS = Limits()
# What zipfile raises for archives that are cut off, overwritten, or packed in ways nobody uses.
_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,
    struct.error,
)
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that publishers and spreadsheets use


@contextmanager
def opened(path: Path, limits: Limits = LIMITS) -> Iterator[zipfile.ZipFile]:
    """An archive whose members have been checked; raises FileError if it is damaged or suspicious."""
    _check_directory(path, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive.infolist(), limits, size=path.stat().st_size)
            yield archive
    except _DAMAGED as error:
        raise _damaged() from error


def members_of(path: Path, limits: Limits = LIMITS) -> list[zipfile.ZipInfo]:
    """The checked members of an archive."""
    with opened(path, limits) as archive:
        return archive.infolist()


def name_of(member: zipfile.ZipInfo) -> str:
    """The name of a member; Thai names of old packers, which do not say their alphabet, are read as Thai."""
    if member.flag_bits & 0x800:  # the member says that its name is UTF-8
        return member.filename
    try:
        packed = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for alphabet in ("utf-8", "cp874"):
        try:
            return packed.decode(alphabet)
        except UnicodeDecodeError:
            continue
    return member.filename


def refuse_declarations(archive: zipfile.ZipFile) -> None:
    """Raise FileError if an XML part declares entities or a document type: as no spreadsheet does."""
    for member in archive.infolist():
        if member.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(member) as part:
                if _declares(part):
                    sentence = gettext_noop(
                        "A part of the spreadsheet declares entities, as no real one does."
                    )
                    raise FileError(Reason(sentence), member.filename)


def _declares(part: IO[bytes]) -> bool:
    """Whether a document type stands before the first element, the only place where it may."""
    found: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    while not found and (chunk := part.read(16_384)):
        try:
            parser.Parse(chunk)
        except expat.ExpatError:
            return bool(found and found[0])  # damaged: whoever reads the part will say where
    return bool(found and found[0])


def _damaged() -> FileError:
    sentence = gettext_noop("The ZIP file is damaged or was cut off in transfer. Download it again.")
    return FileError(Reason(sentence))


def _check_directory(path: Path, limits: Limits) -> None:
    """Look at the size of the list of members before anything reads it into memory."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        raise _damaged()
    count, directory = struct.unpack_from("<HI", tail, at + 10)
    if count > limits.members or directory > limits.directory:
        sentence = gettext_noop("The ZIP file has more than %(most)s members. Unpack it, load the one file.")
        raise FileError(Reason(sentence, most=limits.members))


def _check(members: list[zipfile.ZipInfo], limits: Limits, *, size: int) -> None:
    if not members:
        raise FileError(Reason(gettext_noop("The ZIP file is empty. Download it again.")))
    for member in members:
        if not member.filename or not 0 <= member.header_offset <= size - member.compress_size:
            raise _damaged()
        _check_member(member, limits)
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked:
        sentence = gettext_noop("The ZIP file unpacks to %(size)s MB; at most %(most)s MB are accepted.")
        raise FileError(Reason(sentence, size=unpacked // MIB, most=limits.unpacked // MIB))


def _check_member(member: zipfile.ZipInfo, limits: Limits) -> None:
    name = name_of(member)
    if member.flag_bits & 0x1:
        sentence = gettext_noop("The ZIP file is locked with a password. Unpack it and load the file itself.")
        raise FileError(Reason(sentence), name)
    if member.compress_type not in _COMPRESSIONS:
        sentence = gettext_noop(
            "The ZIP file is packed in an unusual way. Unpack it and load the file itself."
        )
        raise FileError(Reason(sentence), name)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise FileError(Reason(gettext_noop("The ZIP file holds a link instead of a file.")), name)
    if re.search(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\x00", name):
        raise FileError(Reason(gettext_noop("The ZIP file holds a name that leads out of its folder.")), name)
    if member.file_size > _SMALL and member.file_size > limits.ratio * max(member.compress_size, 1):
        sentence = gettext_noop("A member of the ZIP file unpacks to more than %(ratio)s times its size.")
        raise FileError(Reason(sentence, ratio=limits.ratio), name)

"""In which alphabet a text file is written, found out before the first row is read.

The whole file is decoded once beforehand (a second for a gigabyte): a wrong byte in the last line must
not be found after a million rows have been loaded.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import FileError, Reason, gettext_noop

_CHUNK = 1024 * 1024
_THAI_LETTER = re.compile(rb"[\xa1-\xfb]")
_THAI_WORD = re.compile(rb"[\xa1-\xfb]{3,}")
# A vowel or tone sign after a Latin letter: the byte is rather an accented letter of another alphabet.
_MARK_ON_NOTHING = re.compile(rb"[\x00-\x7f][\xd1\xd4-\xda\xe7-\xee]")
_MARKS_ON_NOTHING_AT_MOST = 0.02  # of the Thai letters


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode a file. `doubt` is what to say if the text makes no sense that way."""

    name: str
    doubt: FileError | None = None


def encoding_of(path: Path) -> Encoding:
    """UTF-8 or UTF-16 as the file says, else Thai as Windows has it (TIS-620, CP874) if that fits the
    whole file.

    Raises FileError naming the byte that fits none of them.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        misfit = _misfit(path, "utf-16")
        if misfit is not None:
            raise misfit
        return Encoding("utf-16")
    misfit = _misfit(path, "utf-8-sig")
    if misfit is None:
        return Encoding("utf-8-sig")
    if _misfit(path, "cp874") is None and _reads_as_thai(path):
        return Encoding("cp874", doubt=misfit)
    raise misfit


def _misfit(path: Path, encoding: str) -> FileError | None:
    """What is wrong with the file in this encoding: the first byte that does not fit, or a zero byte."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            waiting = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return _misfit_at(done - waiting + error.start, at_end=not chunk)
            if "\x00" in text:
                return _zero_byte_at(done + chunk.index(b"\x00\x00" if encoding == "utf-16" else b"\x00"))
            if not chunk:
                return None
            done += len(chunk)


def _misfit_at(byte: int, *, at_end: bool) -> FileError:
    if at_end:
        sentence = gettext_noop("The file ends in the middle of a letter: it was cut off. Download it again.")
    else:
        sentence = gettext_noop(
            "This byte is neither UTF-8 nor Thai (TIS-620): the file is damaged or mixed. Save it as UTF-8."
        )
    return FileError(Reason(sentence), Reason(gettext_noop("byte %(byte)s"), byte=byte))


def _zero_byte_at(byte: int) -> FileError:
    sentence = gettext_noop(
        "There is a zero byte, as in no text: the file is damaged, holds no text, or is UTF-16 without "
        "the mark that says so. Save it as UTF-8, or download it again."
    )
    return FileError(Reason(sentence), Reason(gettext_noop("byte %(byte)s"), byte=byte))


def _reads_as_thai(path: Path) -> bool:
    """Whether a file that could be TIS-620 reads as Thai: other one-byte alphabets could be it as well."""
    letters = stray = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            letters += len(_THAI_LETTER.findall(chunk))
            stray += len(_MARK_ON_NOTHING.findall(chunk))
    return stray <= letters * _MARKS_ON_NOTHING_AT_MOST


def is_utf8(path: Path) -> bool:
    """Whether all bytes of a file are UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def letters_of(path: Path) -> str:
    """How to decode a file that may be of any country: as `encoding_of` says, else as Latin letters.

    Bytes that are no UTF-8 are Thai letters where they read as such, and Latin ones (ISO-8859-1) elsewhere.
    """
    try:
        found = encoding_of(path).name
    except FileError:
        if _begins_as_utf16(path) or is_utf8(path):
            raise  # cut off in a letter, or with zero bytes in it
        return "iso-8859-1"
    return found if found != "cp874" or _is_written_in_thai(path) else "iso-8859-1"


def _is_written_in_thai(path: Path) -> bool:
    """Whether most letters beyond ASCII stand in rows, as those of Thai words do and accented ones do not."""
    letters = in_rows = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            letters += len(_THAI_LETTER.findall(chunk))
            in_rows += sum(map(len, _THAI_WORD.findall(chunk)))
    return in_rows * 2 > letters


def _begins_as_utf16(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

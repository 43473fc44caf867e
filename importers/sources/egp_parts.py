"""Rows of e-GP as parts: the budget year of each row, and the piece of the year that the file is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spending.fiscal import buddhist, last_day

from ..errors import FileError, Reason, RecordError, gettext_noop
from ..records import Entry, Head, Refusal
from .egp_rows import Cells, RowsBefore, check_shape, read_row, refused, year_of

REFUSED_BEFORE_HEAD = 1_000  # rows refused before the first year is named, at most
_KEPT_UNDER_HASH = re.compile(r"^[0-9a-f]{16}-")
_PIECE = re.compile(r"(?:25\d\d)-(?:cgd|cdg|egp)-conta?r?act-(\d{1,3})", re.ASCII)
_WHOLE_YEAR = re.compile(
    r"(?:(?:cgd|cdg|egp)-conta?r?act-25\d\d|25\d\d-(?:cgd|cdg|egp)-conta?r?act)", re.ASCII
)
_NOT_A_LETTER = re.compile(r"[^0-9a-zก-๙]+")


@dataclass(slots=True)
class _Passed:
    """What is remembered of the rows gone by: the year at hand, what waits for one, and each part."""

    year: int | None = None
    waiting: list[Refusal] = field(default_factory=list)
    before: dict[int, RowsBefore] = field(default_factory=dict)


def piece_of(path: Path) -> str:
    """What stands behind the year in the name of a part: "" for a whole year, else the piece or extract."""
    name = _KEPT_UNDER_HASH.sub("", path.name.lower()).split(".")[0]
    if piece := _PIECE.search(name):
        return str(int(piece[1]))
    return "" if _WHOLE_YEAR.fullmatch(name) else _NOT_A_LETTER.sub("-", name).strip("-")[:40]


def entries_of(rows: Iterable[tuple[int, Cells] | Refusal], piece: str) -> Iterator[Entry]:
    """The entries of numbered rows. Raises FileError if no row says its year."""
    passed = _Passed()
    for row in rows:
        if isinstance(row, Refusal):
            yield from _refused(passed, row)
            continue
        line, cells = row
        try:
            check_shape(cells)
            year = year_of(cells)
            found = list(read_row(line, cells, passed.before.setdefault(year, RowsBefore())))
        except RecordError as error:
            yield from _refused(passed, refused(line, error))
            continue
        if year != passed.year:
            yield _head(year, piece)
            passed.year = year
            yield from passed.waiting
            passed.waiting = []
        yield from found
    if passed.waiting:
        raise _no_year(passed.waiting[0])


def _head(year: int, piece: str) -> Head:
    part = f"{buddhist(year)}-{piece}" if piece else str(buddhist(year))
    return Head(part=part, fiscal_year=year, as_of=last_day(year))


def _refused(passed: _Passed, refusal: Refusal) -> Iterator[Entry]:
    """The refusal, kept back as long as no row has named its year."""
    if passed.year is not None:
        yield refusal
        return
    passed.waiting.append(refusal)
    if len(passed.waiting) > REFUSED_BEFORE_HEAD:
        raise _no_year(passed.waiting[0])


def _no_year(refusal: Refusal) -> FileError:
    sentence = gettext_noop("No row of this file can be read. The first one: %(reason)s")
    place = Reason(gettext_noop("line %(line)s"), line=refusal.line)
    if refusal.column:
        sentence_of_place = gettext_noop("line %(line)s (%(path)s)")
        place = Reason(sentence_of_place, line=refusal.line, path=refusal.column)
    return FileError(Reason(sentence, reason=refusal.reason), place)

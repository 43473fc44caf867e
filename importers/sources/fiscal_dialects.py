"""How a table of a data package is written: the signs between columns, around cells and before remarks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TextIO

from ..errors import FileError, Reason, gettext_noop

SEPARATORS = (",", ";", "\t", "|")
LONGEST = 1_000_000  # letters of one cell
ENDLESS = gettext_noop(
    "A cell of the row that begins here has more than %(most)s letters: a quotation mark is "
    "missing, or this is no table."
)
_USUAL = {"headerRows": ([1], [0]), "commentRows": ([],), "headerJoin": (" ",), "nullSequence": ("", "\\N")}
"""What a dialect may say beyond the signs, and which of it changes nothing."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The signs of one table. `remark` begins rows that are no data; "" where there are none."""

    between: str = ","
    around: str = '"'
    escape: str | None = None
    doubled: bool = True  # a quotation mark within a cell is written twice
    blanks_after: bool = False  # blanks behind a separator are no part of the cell
    remark: str = ""
    header: bool = True

    def rows(self, file: TextIO, name: str) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line it begins on, remarks left out. Raises FileError."""
        rows = csv.reader(
            file,
            delimiter=self.between,
            quotechar=self.around or None,
            quoting=csv.QUOTE_MINIMAL if self.around else csv.QUOTE_NONE,
            escapechar=self.escape,
            doublequote=self.doubled,
            skipinitialspace=self.blanks_after,
        )
        line = 1
        while (row := _next(rows, name, line)) is not None:
            if not (self.remark and row and row[0].startswith(self.remark)):
                yield line, row
            line = rows.line_num + 1


def _next(rows: Any, name: str, line: int) -> list[str] | None:
    """The row that begins on a line, or None behind the last. Raises FileError."""
    try:
        found: list[str] | None = next(rows, None)
    except csv.Error as error:
        raise FileError(Reason(ENDLESS, most=LONGEST), f"{name}:{line}") from error
    return found


def dialects_of(resource: Mapping[str, Any], place: str) -> list[Dialect]:
    """The ways in which a table may be written: one where the separator is declared. Raises FileError."""
    found = resource.get("dialect")
    said: Mapping[str, Any] = found if isinstance(found, dict) else {}
    for member, usual in _USUAL.items():
        if said.get(member) not in (None, *usual):
            sentence = gettext_noop(
                "The dialect says “%(member)s”, which is not read here. Write the table without it."
            )
            raise FileError(Reason(sentence, member=member), place)
    escape = _sign(said, "escapeChar", place)
    dialect = Dialect(
        around=_sign(said, "quoteChar", place) if "quoteChar" in said else '"',
        escape=escape or None,
        doubled=said.get("doubleQuote") is not False or not escape,
        blanks_after=said.get("skipInitialSpace") is True,
        remark=_sign(said, "commentChar", place),
        header=said.get("header") is not False,
    )
    between = _sign(said, "delimiter", place)
    return [replace(dialect, between=one) for one in ((between,) if between else SEPARATORS)]


def _sign(said: Mapping[str, Any], member: str, place: str) -> str:
    """A sign that the dialect declares, "" for none. Raises FileError if it is more than one, or none at
    all.
    """
    sign = said.get(member)
    if sign is None or sign == "":
        return ""
    if not isinstance(sign, str) or len(sign) > 1 or sign in "\r\n":
        sentence = gettext_noop(
            "The dialect says %(member)s is “%(sign)s”, which is not one sign. Write one there, and in "
            "the table."
        )
        raise FileError(Reason(sentence, member=member, sign=str(sign)[:20]), place)
    return sign

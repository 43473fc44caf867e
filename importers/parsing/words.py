"""Words, codes and flags."""

from __future__ import annotations

import re
from typing import TypeVar, overload

from spending.fiscal import arabic

from ..cells import Cell, as_text
from ..errors import Reason, RecordError, gettext_noop
from ..spelling import tidy
from .blanks import REQUIRED, blank_error, readable

T = TypeVar("T")
_FLAGS = {"True": True, "TRUE": True, "true": True, "False": False, "FALSE": False, "false": False}


@overload
def text(value: Cell, column: str = "", *, longest: int | None = None) -> str: ...
@overload
def text(value: Cell, column: str = "", *, longest: int | None = None, blank: T) -> str | T: ...
def text(value: Cell, column: str = "", *, longest: int | None = None, blank: object = REQUIRED) -> object:
    """Words as published, with invisible damage undone (see `spelling.tidy`); a lone dash is a word too.

    `longest` is the most letters that a name of this column has: more are several cells run together.
    """
    words = tidy(value if isinstance(value, str) else as_text(readable(value, column)))
    if longest is not None and len(words) > longest:
        sentence = gettext_noop(
            "The text has %(found)s letters, but at most %(most)s are expected: cells have run together."
        )
        raise RecordError(column, value, Reason(sentence, found=len(words), most=longest))
    if words:
        return words
    if blank is REQUIRED:
        raise blank_error(column, value)
    return blank


def code(value: Cell, column: str, pattern: str) -> str:
    """A code in Arabic digits without spaces around it, which the regular expression `pattern` matches whole.

    A spreadsheet may keep a code as a number; one that lost its leading zeros that way does not match.
    """
    found = arabic(text(value, column))
    if not re.fullmatch(pattern, found, re.ASCII):
        sentence = gettext_noop("The code does not have the published form (%(pattern)s).")
        raise RecordError(column, value, Reason(sentence, pattern=pattern))
    return found


def flag(value: Cell, column: str = "") -> bool:
    """True or False, as spreadsheets (`TRUE`) and programs (`True`, `true`) write them."""
    found = value if isinstance(value, bool) else _FLAGS.get(text(value, column))
    if found is None:
        raise RecordError(column, value, Reason(gettext_noop("This is neither True nor False.")))
    return found

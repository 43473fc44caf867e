"""What every parsing function asks first: is there anything to read?"""

from __future__ import annotations

from ..cells import Cell, Unreadable, is_blank
from ..errors import Reason, RecordError, gettext_noop

REQUIRED: object = object()  # the default of `blank=`: a value must stand there
_DASHES = {"-", "–"}


def is_nothing(value: Cell) -> bool:
    """Whether a cell that may be blank is: nothing in it, or the lone dash that tables print for nothing."""
    return is_blank(value) or (isinstance(value, str) and value.strip() in _DASHES)


def blank_error(column: str, value: Cell) -> RecordError:
    """The refusal of a cell that must not be blank."""
    return RecordError(column, value, Reason(gettext_noop("The cell is blank.")))


def readable(value: Cell, column: str) -> Cell:
    """The value itself, unless the spreadsheet shows an error in its place: raises RecordError then."""
    if isinstance(value, Unreadable):
        raise RecordError(column, value.shown, value.reason)
    return value

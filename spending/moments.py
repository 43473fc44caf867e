"""A moment as a day: what this site showed then, for answers that must never change. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")


class Moment(date):
    """A moment, as the day in Bangkok that it lies in; questions for a day take it, too, more exactly.

    A day asks for what was known of the days up to it, whenever it was published. A moment asks for what had
    been published by then, which stays as it is.
    """

    at: datetime

    def __new__(cls, at: datetime) -> Moment:
        """The moment of a time with its zone; parts of a second are left out."""
        found = super().__new__(cls, *at.astimezone(BANGKOK).timetuple()[:3])
        found.at = at.astimezone(UTC).replace(microsecond=0)
        return found

    def isoformat(self) -> str:
        """The moment as addresses write it: `2026-11-21T08:15:32Z`."""
        return f"{self.at:%Y-%m-%dT%H:%M:%S}Z"

    def __reduce__(self) -> Any:
        return Moment, (self.at,)

    def __repr__(self) -> str:
        return f"Moment({self.isoformat()})"


def day_or_moment(text: str) -> date:
    """A day (`2026-07-03`) or a moment with its zone (`2026-07-03T08:15:32Z`). Raises ValueError."""
    if len(text) <= len("2026-07-03"):
        return date.fromisoformat(text)
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return Moment(at)

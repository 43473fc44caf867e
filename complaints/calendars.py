"""Days on which offices work, and limits counted in them. Plain questions; the days are given."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def is_working(day: date, holidays: Collection[date]) -> bool:
    """Whether offices are open on a day."""
    return day.weekday() < SATURDAY and day not in holidays


def working_day(day: date, holidays: Collection[date]) -> date:
    """That day, or the next one on which offices are open: a limit never ends on a day off."""
    while not is_working(day, holidays):
        day += timedelta(days=1)
    return day


def limit(begin: date, days: int, holidays: Collection[date], *, in_working_days: bool) -> date:
    """The last day of a limit that begins the day after `begin`."""
    if not in_working_days:
        return working_day(begin + timedelta(days=days), holidays)
    day = begin
    while days:
        day += timedelta(days=1)
        days -= is_working(day, holidays)
    return day

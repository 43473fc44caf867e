"""How often letters may be asked for: by one caller, and for one address, so that nobody is flooded.

Kept is a hash under a key of the day, in a table that is swept; neither caller nor address can be read.
"""

from __future__ import annotations

import time

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from spending.allowance import home_of

from .keys import keyed

HOUR, DAY = 3_600, 86_400  # seconds
BY_CALLER = 30  # requests of one caller in an hour
FOR_ADDRESS = 3  # letters that ask one address to confirm, in a day
COUNT = """
INSERT INTO following_askingcount AS kept (key, span, count) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN kept.span = excluded.span THEN kept.count + 1 ELSE 1 END,
  span = excluded.span
RETURNING count
"""
SWEEP = "DELETE FROM following_askingcount WHERE span NOT IN (%s, %s)"


def may_ask(request: HttpRequest) -> bool:
    """Count a request of a caller; False where there were too many in this hour."""
    return _count("caller", home_of(request), HOUR) <= BY_CALLER


def may_write_to(address: str) -> bool:
    """Count a letter to an address; False where there were enough today."""
    return _count("written to", address.casefold(), DAY) <= FOR_ADDRESS


def sweep() -> None:
    """Remove the counts of hours and days that are over."""
    now = int(time.time())
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, [now // HOUR, now // DAY])


def _count(purpose: str, text: str, span: int) -> int:
    key = keyed(f"{purpose} {timezone.localdate().isoformat()}", text)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, int(time.time()) // span])
        return int(cursor.fetchone()[0])

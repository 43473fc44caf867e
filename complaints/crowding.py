"""How many reports came from one place in an hour, so that a flood waits for a person. Nobody is known by it.

Kept is a number from 0 to 65,535 that tens of thousands of addresses share, made with a key of the hour, and
how often it was counted: no address, nothing by which one is known again, nothing beside the report. When the
hour is over it goes.
"""

from __future__ import annotations

import hmac
import time

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from spending.allowance import place_of

HOUR = 3_600  # seconds
BUCKET_BYTES = 2
COUNT = """
INSERT INTO complaints_sourcecount AS kept (bucket, hour, count) VALUES (%s, %s, 1)
ON CONFLICT (bucket) DO UPDATE SET
  count = CASE WHEN kept.hour = excluded.hour THEN kept.count + 1 ELSE 1 END,
  hour = excluded.hour
RETURNING count
"""
FORGET = "DELETE FROM complaints_sourcecount WHERE hour < %s"


def bucket_of(request: HttpRequest) -> int | None:
    """The number under which reports from here are counted in this hour; None where nothing is known."""
    place = place_of(request)
    if not place:
        return None
    text = f"place of this hour\0{_hour()}\0{place}"
    keyed = hmac.digest(settings.COMPLAINT_PEPPER.encode(), text.encode(), "sha256")
    return int.from_bytes(keyed[:BUCKET_BYTES])


def is_crowded(bucket: int | None) -> bool:
    """Count one more report; whether there were more of this number in the hour than one person files."""
    most = settings.COMPLAINTS_FROM_ONE_SOURCE
    if bucket is None or not most:
        return False
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [bucket, _hour()])
        return int(cursor.fetchone()[0]) > most


def forget() -> None:
    """Remove the counts of hours that are over."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [_hour()])


def _hour() -> int:
    return int(time.time()) // HOUR

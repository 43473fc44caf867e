"""How many reports, and opinions, came from one place in an hour: a flood waits. Nobody is known by it.

Kept is a number, one of 65,536 for reports and of as many for opinions, that tens of thousands of addresses
share, made with a key of the hour, and how often it was counted: no address, nothing by which one is known
again, nothing beside the report. When the hour is over it goes.
"""

from __future__ import annotations

import hmac
import time
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from spending.allowance import place_of

HOUR = 3_600  # seconds
BUCKET_BYTES = 2
REPORTS, OPINIONS = 0, 1 << 8 * BUCKET_BYTES
"""Where the numbers of each begin."""
COUNT = """
INSERT INTO complaints_sourcecount AS kept (bucket, hour, count) VALUES (%s, %s, 1)
ON CONFLICT (bucket) DO UPDATE SET
  count = CASE WHEN kept.hour = excluded.hour THEN kept.count + 1 ELSE 1 END,
  hour = excluded.hour
RETURNING count
"""
FORGET = "DELETE FROM complaints_sourcecount WHERE hour < %s"


def bucket_of(request: HttpRequest, first: int = REPORTS) -> int | None:
    """The number under which what comes from here is counted in this hour; None where nothing is known."""
    place = place_of(request)
    if not place:
        return None
    text = f"place of this hour\0{first}\0{_hour()}\0{place}"
    keyed = hmac.digest(settings.COMPLAINT_PEPPER.encode(), text.encode(), "sha256")
    return first + int.from_bytes(keyed[:BUCKET_BYTES])


def is_crowded(bucket: int | None, most: int | None = None) -> bool:
    """Count one more; whether there were more of this number in the hour than one person sends: than `most`,
    or as many reports as the operator says. Where the operator has nothing counted, there never are.
    """
    if bucket is None or not settings.COMPLAINTS_FROM_ONE_SOURCE:
        return False
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [bucket, _hour()])
        return int(cursor.fetchone()[0]) > (most or settings.COMPLAINTS_FROM_ONE_SOURCE)


def next_hour() -> datetime:
    """When counting begins anew."""
    return datetime.fromtimestamp((_hour() + 1) * HOUR, UTC)


def forget() -> None:
    """Remove the counts of hours that are over."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [_hour()])


def _hour() -> int:
    return int(time.time()) // HOUR

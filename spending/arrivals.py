"""What each answer of the API begins with: a request is counted, the version of the facts asked, at once."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from . import allowance, validity
from .allowance import Allowance
from .statements import Planned, kept_cursor
from .validity import Version

BOTH = f"""
WITH counted AS ({allowance.COUNT})
SELECT (SELECT count FROM counted), told.* FROM ({validity.ASKED}) told
"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is left to the caller, None where nothing is counted, and what the answer depends on."""

    allowance: Allowance | None
    version: Version


def arrive(request: HttpRequest) -> Arrival:
    """Count a request and learn the version of the facts, in one statement that the database keeps."""
    now = int(time.time())
    is_counted = bool(settings.API_RATE_LIMIT)
    asked, values = (BOTH, allowance.counted(request, now)) if is_counted else (validity.ASKED, [])
    with kept_cursor(Planned.EITHER_WAY) as cursor:
        cursor.execute(asked, values)
        row = cursor.fetchone()
    if not is_counted:
        return Arrival(None, validity.told(row))
    return Arrival(allowance.left(row[0], now), validity.told(row[1:]))

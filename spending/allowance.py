"""How often one caller may ask the API: so many times a minute, counted without knowing who it is.

What is kept is a keyed hash of the address, in a table emptied as minutes pass; the key is of the day.
The hash cannot be turned back, and yesterday's says nothing about today's.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from .statements import Planned, kept_cursor

WINDOW = 60  # seconds
HOME_BITS = 64  # of an IPv6 address: what one household or telephone is given
COUNT = """
INSERT INTO spending_requestcount AS kept (caller, minute, count) VALUES ($1, $2, 1)
ON CONFLICT (caller) DO UPDATE SET
  count = CASE WHEN kept.minute = excluded.minute THEN kept.count + 1 ELSE 1 END,
  minute = excluded.minute
RETURNING count
"""
SWEEP = "DELETE FROM spending_requestcount WHERE minute < %s"
SWEPT_EACH = 512  # requests of one caller, after which old counts are removed


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a caller in the minute at hand."""

    limit: int
    used: int
    seconds: int  # until the minute is over

    @property
    def left(self) -> int:
        return max(self.limit - self.used, 0)

    @property
    def is_spent(self) -> bool:
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """The allowance as the IETF's draft of RateLimit header fields writes it."""
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW}',
            "RateLimit": f'"minute";r={self.left};t={self.seconds}',
        }


def spend(request: HttpRequest) -> Allowance | None:
    """Count a request of a caller in one atomic statement; None where nothing is counted."""
    if not settings.API_RATE_LIMIT:
        return None
    now = int(time.time())
    with kept_cursor(Planned.EITHER_WAY) as cursor:
        cursor.execute(COUNT, counted(request, now))
        return left(cursor.fetchone()[0], now)


def counted(request: HttpRequest, now: int) -> list[Any]:
    """What `COUNT` takes for a request in a second (since 1970)."""
    return [caller(request), now // WINDOW]


def left(used: int, now: int) -> Allowance:
    """What is left to a caller who has asked so often; now and then, what was counted before is removed."""
    if used % SWEPT_EACH == 1:
        with connection.cursor() as cursor:
            cursor.execute(SWEEP, [now // WINDOW - 1])
    return Allowance(settings.API_RATE_LIMIT, used, WINDOW - now % WINDOW)


def caller(request: HttpRequest) -> str:
    """What is kept of a caller: a hash under a key of the day."""
    key = f"{settings.SECRET_KEY}:{timezone.localdate().isoformat()}".encode()
    return hmac.digest(key, home_of(request).encode(), hashlib.sha256).hex()[:32]


def home_of(request: HttpRequest) -> str:
    """Whose requests count together: the place they come from, or what stands where none can be read."""
    return place_of(request) or address_of(request)


def place_of(request: HttpRequest) -> str:
    """The address of a request, or of a long one the part that a household has: the rest it chooses itself,
    anew for each request if it likes. Empty for what is none.
    """
    try:
        known = ip_address(address_of(request))
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((int(known), HOME_BITS), strict=False))
    return str(known)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: the address that the operator's own proxy added, else the connection's."""
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_TLS_PROXY else ""
    return forwarded.rsplit(",", 1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))

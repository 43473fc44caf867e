"""How often somebody may try to sign in, so that nobody guesses a password and nobody locks out the staff.

Attempts are counted by account and browser. A browser that has signed in to the account before proves it by
a signed cookie and has a count of its own, so whoever guesses from elsewhere blocks only other strange
browsers. No address of a device is kept or asked for. The attempt is counted before it is looked at, in one
statement: fifty attempts at once are fifty attempts.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .models import SignInCount

COOKIE = "known-browser"
COOKIE_AGE = timedelta(days=180)
FREE = 5  # attempts in a row, before the first wait
SHORTEST_WAIT, LONGEST_WAIT = 60, 3_600  # seconds; doubled with each failure
COUNT = """
    INSERT INTO config_signincount AS count (key, failures) VALUES (%(key)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        failures = count.failures + 1,
        blocked_until = CASE WHEN count.failures + 1 >= %(free)s THEN clock_timestamp() + make_interval(
            secs => least(%(longest)s, %(shortest)s * power(2, least(count.failures + 1 - %(free)s, 20)))) END
    WHERE count.blocked_until IS NULL OR count.blocked_until <= clock_timestamp()
    RETURNING failures
"""


def may_try(request: HttpRequest, account: str) -> int:
    """Count an attempt. Its number since the last success; 0 if it has to wait and must not be looked at."""
    values: dict[str, str | int] = {"key": _key(request, account), "free": FREE}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values | {"shortest": SHORTEST_WAIT, "longest": LONGEST_WAIT})
        counted = cursor.fetchone()
    return int(counted[0]) if counted else 0


def succeeded(request: HttpRequest, account: str) -> None:
    """Forget the attempts of this browser."""
    SignInCount.objects.filter(key=_key(request, account)).delete()


def forget(account: str) -> None:
    """Let strange browsers try again at once: an operator has seen to it."""
    SignInCount.objects.filter(key=_digest(account, "")).delete()


def make_known(response: HttpResponse, account: str) -> None:
    """Let the browser prove later that it has signed in to this account."""
    value = signing.TimestampSigner(salt=COOKIE).sign_object([account, secrets.token_hex(16)])
    response.set_cookie(
        COOKIE,
        value,
        max_age=COOKIE_AGE,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _key(request: HttpRequest, account: str) -> str:
    return _digest(account, _browser(request, account))


def _digest(account: str, browser: str) -> str:
    counted = f"{account.casefold()}\0{browser}"
    return hmac.new(settings.SECRET_KEY.encode(), counted.encode(), hashlib.sha256).hexdigest()


def _browser(request: HttpRequest, account: str) -> str:
    """The number of a browser that has signed in to the account before; empty for any other."""
    signer = signing.TimestampSigner(salt=COOKIE)
    try:
        known, number = signer.unsign_object(request.COOKIES.get(COOKIE, ""), max_age=COOKIE_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(number) if known == account else ""

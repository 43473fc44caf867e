"""Addresses that stay: years in either calendar, and one canonical spelling of each page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import quote

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from .fiscal import buddhist, read_year

P = ParamSpec("P")
_ASKS_A_DAY = re.compile(r"[?&;]as_of=")


class YearConverter:
    """A fiscal year in a path: read in either calendar as Common Era, written in the Buddhist one."""

    regex = "[0-9๐-๙]{4}"

    def to_python(self, value: str) -> int:
        """The year in Common Era; ValueError (no such page) if it is no year."""
        return read_year(value)

    def to_url(self, value: int) -> str:
        """The year as addresses write it."""
        return str(buddhist(int(value)))


def with_day(address: str, day: date | None, *, ampersand: str = "&") -> str:
    """An address that asks for the facts as known on `day`; unchanged for None or where it says one already.

    `ampersand` is how the sign is written where the address stands.
    """
    path, mark, fragment = address.partition("#")
    if day is None or _ASKS_A_DAY.search(path):
        return address
    return f"{path}{ampersand if '?' in path else '?'}as_of={day.isoformat()}{mark}{fragment}"


def at_one_address(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view whose page has one address: `/budget/2022/` moves to `/budget/2565/` for good."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        match = request.resolver_match
        assert match is not None  # a view is only reached through an address
        address = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        if quote(request.path, safe="/%:") == address or request.path == address:
            return view(request, *args, **kwargs)
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

    return answer

"""The one address of a page among all that show it: whole, in one calendar, without mere looks."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import translate_url

from .fiscal import buddhist, read_year

LOOKS = ("sort", "chart", "cite")
"""Parameters that order, draw or cite what is shown, and choose nothing of it."""
YEARS = ("year", "book", "after", "prices")
"""Parameters that take a fiscal year of either calendar."""


def canonical(request: HttpRequest, language: str = "") -> str:
    """The address that search engines keep of the page asked for, in the language asked for or another one.

    The host is the one asked, as Django trusts it. Raises DisallowedHost where it is none of ours.
    """
    words = {name: _value(name, str(text)) for name, text in request.GET.items()}
    kept = sorted((name, text) for name, text in words.items() if text and name not in LOOKS)
    query = urlencode([one for one in kept if one != ("page", "1")])
    address = request.build_absolute_uri(f"{request.path}?{query}" if query else request.path)
    return translate_url(address, language) if language else address


def _value(name: str, text: str) -> str:
    """A year as addresses write it, Buddhist; anything else as it was typed."""
    if name not in YEARS:
        return text
    try:
        return str(buddhist(read_year(text)))
    except ValueError:
        return text

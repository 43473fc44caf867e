"""Pages that are only read say so to whoever sends something to them, instead of asking for a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _

READ = ("GET", "HEAD", "OPTIONS")
ROOMS = ("spending", "embeds")
"""The namespaces of addresses that show the figures and take nothing in."""
MIXED = ("complaints", "following")
"""Those in which forms stand beside pages: the forms ask for no token, as nobody signs in there."""


class ReadingMiddleware:
    """Answers 405 where a page that shows something is asked with another method than those that read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *args: Any) -> HttpResponseBase | None:
        """The refusal, before anybody looks for a token; None where the view decides."""
        match = request.resolver_match
        if request.method in READ or match is None:
            return None
        takes_in = match.namespace not in MIXED or getattr(view, "csrf_exempt", False)
        if match.namespace not in ROOMS and takes_in:
            return None
        words = _("This page is only read (GET, HEAD); it takes nothing in.")
        return HttpResponseNotAllowed(READ, f"{words}\n", content_type="text/plain; charset=utf-8")

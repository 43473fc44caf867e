"""Answers of the API as they were given, kept in the memory of a process while the facts stay as they are.

Nothing has to be thrown away when facts change: the version they had is part of the name an answer is kept
under. Only small answers are kept, and only so many of them.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from rest_framework.request import Request
from rest_framework.response import Response

from .validity import Version

LARGEST = 64_000  # bytes of an answer that is kept
HEADERS = ("Content-Type", "Link")  # what an answer has beside what every answer gets


def name(version: Version, request: Request) -> str:
    """What an answer is kept under: all that it depends on."""
    said = (version.etag, timezone.localdate(), translation.get_language(), request.build_absolute_uri())
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()


def found(name: str) -> HttpResponse | None:
    """The answer kept under a name."""
    kept = cache.get(name)
    return None if kept is None else HttpResponse(kept[0], headers=kept[1])


def keep(name: str, answer: HttpResponseBase) -> None:
    """Keep an answer as soon as it is written. A stream is not kept, nor what is no answer."""
    if isinstance(answer, Response) and answer.status_code == 200:
        answer.add_post_render_callback(lambda written: _keep(name, written))


def _keep(name: str, written: Any) -> None:
    if len(written.content) <= LARGEST:
        headers = {header: written[header] for header in HEADERS if header in written}
        cache.set(name, (written.content, headers), timeout=None)

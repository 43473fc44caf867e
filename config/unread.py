"""The answer to what is no request that can be read: a problem document to programs, a page to people."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _
from gunicorn.http.errors import LimitRequestLine

from spending.problems import KIND, as_problem

FOR_PROGRAMS = re.compile(rb"[A-Z]+ /(en/)?api/")
IN_ENGLISH = re.compile(rb"[A-Z]+ /en/")
ALWAYS = (
    "Connection: close",
    "Cache-Control: no-store",
    "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'",
    "Referrer-Policy: no-referrer",
    "X-Content-Type-Options: nosniff",
)


def answer(status: int, begins: bytes, error: BaseException) -> bytes:
    """The answer to a request of which only the beginning is known, as it is sent."""
    language = "en" if IN_ENGLISH.match(begins) else "th"
    with translation.override(language):
        words = _why(status, error)
        if FOR_PROGRAMS.match(begins):
            kind, body = KIND, as_problem(status, words).content
        else:
            kind = "text/html; charset=utf-8"
            body = loader.get_template("unread.html").render({"words": words}).encode()
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        f"Content-Type: {kind}",
        f"Content-Language: {language}",
        f"Content-Length: {len(body)}",
        *ALWAYS,
    )
    return "\r\n".join((*head, "", "")).encode() + body


def _why(status: int, error: BaseException) -> str:
    if isinstance(error, LimitRequestLine):
        words = _("The address is longer than %(most)s bytes. Ask for less, or take a file.")
        return words % {"most": f"{error.max_size:,}"}
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _("Something broke on our side. It is not your question; ask again later.")
    return _("The request cannot be read.")

"""The day of `?as_of=` stays with the reader: every link and form of a page that answers for a day keeps it.

Links are made in many places, by templates, tables and pictures, and none of them should have to think of the
day. So it is added once, to the page as it leaves: to addresses of this site that take the parameter.
"""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html

from .addresses import with_day

ROOMS = "budget|obligations|agencies|disbursements|procurement|projects|local|suppliers|provinces|search"
FEEDS = r"([^?#]*/)?(changes|feed)\.(atom|json)"
TAKES_A_DAY = re.compile(
    rf"(\?.*|/(en/)?([?#].*)?|/(en/)?({ROOMS})/(?!differences/|{FEEDS}).*|/api/v1/(?!docs/|schema/)[a-z-]+[/.].*)",
    re.DOTALL,
)
"""Addresses that answer for a day: those of the pages that show facts, and of the API. The pages of editions
and of sources are about the files themselves, which no day changes; two books are compared as they stand now;
feeds tell what was published from day to day.
"""

_LINK = re.compile(r'(<(?:a|plotly-chart)\b[^>]*?\s(?:href|src)=")([^"]*)(")')
_FORM = re.compile(r'(<form\b[^>]*?\saction="([^"]*)"[^>]*>)(.*?</form>)', re.DOTALL)
_TODAY = "data-today"  # marks the links that lead back to what is known today


def answered_for(day: date | None, response: HttpResponseBase) -> HttpResponseBase:
    """The answer to a question for a day (None: now); a page leads to pages of the same day."""
    if day is None or not isinstance(response, HttpResponse):
        return response
    if response["Content-Type"].startswith("text/html"):
        response.content = keeping(day, response.content.decode())
    return response


def keeping(day: date, html: str) -> str:
    """The HTML of a page, its links and forms asking for the facts as known on `day`."""

    kept = format_html('<input type="hidden" name="as_of" value="{}">', day.isoformat())

    def link(found: re.Match[str]) -> str:
        head, address, tail = found.groups()
        if _TODAY in head or not TAKES_A_DAY.fullmatch(address):
            return found[0]
        return f"{head}{with_day(address, day, ampersand='&amp;')}{tail}"

    def form(found: re.Match[str]) -> str:
        head, address, rest = found.groups()
        if 'name="as_of"' in rest or not TAKES_A_DAY.fullmatch(address):
            return found[0]
        return f"{head}{kept}{rest}"

    return _FORM.sub(form, _LINK.sub(link, html))

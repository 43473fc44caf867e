"""The addresses of a figure away from its page, and the code to copy. Pure: strings in, strings out.

`/embed/` stands before the address of the page, behind its language: `/en/embed/budget/2565/?figure=slices`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.html import format_html

PREFIX = "embed/"
WIDTH, HEIGHT = 720, 640  # pixels of a frame unless another size is asked for
OWN = ("figure", "as_of", "seen")  # what an embed's address says beside the query of its page
_LANGUAGE = re.compile(r"/(en/)?")
FORMS = ("svg", "png")


@dataclass(frozen=True, slots=True)
class Embed:
    """Where a figure can be had: alone as a page, as a picture in each form, and the code of a frame."""

    address: str
    svg: str
    png: str
    large: str
    code: str


def embed(
    page: str, query: Mapping[str, str], *, figure: str, as_of: str, seal: str, title: str, host: str
) -> Embed:
    """The embed of a figure of the page at a path under a query, as known on a day or at a moment (`as_of`).

    `host` is scheme and host, which the code needs on other people's pages.
    """
    asked = {name: text for name, text in query.items() if name not in OWN and text}
    framed = address(page, asked, figure=figure, as_of=as_of, seen=seal)
    pictures = {form: picture(page, asked, figure, form, as_of=as_of, seen=seal) for form in FORMS}
    return Embed(
        address=framed,
        svg=pictures["svg"],
        png=pictures["png"],
        large=f"{pictures['png']}&scale=2",
        code=frame(f"{host}{framed}", title, WIDTH, HEIGHT),
    )


def address(page: str, query: Mapping[str, str], **own: str) -> str:
    """The address of a figure alone on a page; `own` are words that only an embed has."""
    return with_query(embedded(page), query, **own)


def picture(page: str, query: Mapping[str, str], figure: str, form: str, **own: str) -> str:
    """The address of a figure as a picture: `/embed/budget/2565/slices.svg`."""
    return with_query(f"{embedded(page)}{figure}.{form}", query, **own)


def embedded(page: str) -> str:
    """The path of an embed, from the path of its page."""
    language = _LANGUAGE.match(page)
    head = language[0] if language else "/"
    return f"{quoted(head)}{PREFIX}{quoted(page[len(head) :])}"


def with_query(path: str, query: Mapping[str, str], **own: str) -> str:
    """A path with a query: moments stand in it as they are read."""
    text = urlencode({**query, **{name: said for name, said in own.items() if said}}, safe=":")
    return f"{path}?{text}" if text else path


def quoted(path: str) -> str:
    """A path as it travels; one that is quoted already stays as it is."""
    return quote(path, safe="/%:~-._")


def frame(address: str, title: str, width: int, height: int) -> str:
    """The HTML that shows an embed on any page."""
    return str(
        format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" frameborder="0"></iframe>',
            address,
            title,
            "100%" if width == WIDTH else width,
            height,
        )
    )

"""What tests read from pages, frames and pictures."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def boxes(html: str) -> list[dict[str, str]]:
    """The boxes beside the figures of a page: the frame's address, and those of the pictures."""
    found = []
    for box in re.findall(r'<details class="embed">.*?</details>', html, re.DOTALL):
        code = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", box, re.DOTALL)[1])  # type: ignore[index]
        links = [unescape(href) for href in re.findall(r'<a href="([^"]+)"', box)]
        found.append({"code": code, "frame": links[0], "svg": links[1], "png": links[2], "large": links[3]})
    return found


def data_of(html: str) -> list[str]:
    """The exact numbers of every table of a page."""
    return re.findall(r'<td class="n[^"]*"[^>]*><data value="([^"]+)"', html)


def text_of(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def data_of_foot(html: str) -> str:
    """The sum under the table of the slices."""
    section = html.partition('id="slices"')[2]
    foot = re.search(r'<tfoot>.*?<data value="([^"]+)"', section, re.DOTALL)
    assert foot is not None
    return foot[1]


def said_on(html: str) -> set[str]:
    """The exact value of every amount and share that a page says, in words or in a table."""
    return set(re.findall(r'<data value="([^"]+)"', html))

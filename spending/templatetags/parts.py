"""The parts of a long page, listed at its head."""

from __future__ import annotations

import re
from html import unescape

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

register = template.Library()

FEWEST = 4  # parts that are worth a list
_PART = re.compile(r'<h2 id="([\w-]+)-title">(.*?)</h2>', re.DOTALL)
_UNIT = re.compile(r'<small class="unit">.*?</small>', re.DOTALL)


@register.tag("parts")
def parts(parser: Parser, token: Token) -> Parts:
    """`{% parts %}…{% endparts %}`: what stands between, below a list of the headings that are in it."""
    inside = parser.parse(("endparts",))
    parser.delete_first_token()
    return Parts(inside)


class Parts(template.Node):
    """The rest of a page, and the list that leads to each `<h2 id="…-title">` of it."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        found = headings(html)
        if len(found) < FEWEST:
            return html
        return render_to_string("components/parts.html", {"parts": found}) + html


def headings(html: str) -> list[tuple[str, str]]:
    """The headings of a page's parts: (id of the part, its words without units and marks)."""
    return [(name, _words(heading)) for name, heading in _PART.findall(html)]


def _words(heading: str) -> str:
    return unescape(strip_tags(_UNIT.sub("", heading))).strip().removesuffix(":")

"""How pages write what a search found."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from ..found import Hit

register = template.Library()


@register.filter
def marked(hit: Hit) -> SafeString:
    """The name of a record with the letters that were looked for marked."""
    pieces, end = [], 0
    for first, last in hit.spans:
        before, found = hit.name[end:first], hit.name[first:last]
        pieces += [conditional_escape(before), "<mark>", conditional_escape(found), "</mark>"]
        end = last
    return SafeString("".join([*pieces, conditional_escape(hit.name[end:])]))

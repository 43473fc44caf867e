"""How pages cite their figures; each citation is noted, so that it can be had as a file."""

from __future__ import annotations

from typing import Any

from django import template

from ..provenance import Provenance
from ..views.citing import Shown, noted

register = template.Library()


@register.simple_tag(takes_context=True)
def citation(context: Any, provenance: Provenance, title: object = "") -> Shown:
    """How to cite the figure of that origin, called `title`."""
    return noted(context.request, provenance, title or "")


@register.simple_tag(takes_context=True)
def cite_address(context: Any, form: str, number: int) -> str:
    """The address of one citation of this page as a file of that form."""
    query = context.request.GET.copy()
    query["cite"] = f"{form}-{number}"
    return f"?{query.urlencode()}"

"""What pages show of following: the feeds in their head, and the block at their end."""

from __future__ import annotations

from typing import Any

from django import template

from ..showing import followed
from ..subjects import Kind, Subject

register = template.Library()


@register.inclusion_tag("components/feeds.html")
def feeds(kind: str, key: str, row: Any = None) -> dict[str, Any]:
    """The links by which a reader of feeds finds those of a page."""
    return followed(Subject(Kind(kind), key, row))


@register.inclusion_tag("components/follow.html")
def follow(kind: str, key: str, row: Any = None) -> dict[str, Any]:
    """How to follow what a page is about: feeds, and letters where mail is set up."""
    return followed(Subject(Kind(kind), key, row))


@register.inclusion_tag("components/follow_form.html")
def follow_form(subject: Subject, typed: str = "", problem: str = "") -> dict[str, Any]:
    """The form alone, with what was typed and what is wrong with it."""
    return followed(subject) | {"typed": typed, "problem": problem}

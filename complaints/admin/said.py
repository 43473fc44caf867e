"""What a complaint says, opened, under the names that its parts have on the pages of staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .rights import day_of

SAID = {
    "subject": _("Subject"),
    "detail": _("What happened"),
    "knowledge": _("How they know it"),
    "told": _("Bodies told before"),
    "agency": _("Office complained about"),
    "when": _("When it happened"),
    "place": _("Place"),
    "subdistrict": _("Subdistrict"),
    "district": _("District"),
    "province": _("Province"),
    "postcode": _("Postcode"),
    "office": _("Regional office proposed by the province"),
    "damage": _("Damage suffered"),
    "wish": _("What they wish for"),
    "network": _("Official or network"),
    "accused": _("Persons named"),
    "name": _("Name"),
    "position": _("Position"),
    "conduct": _("What they have to do with it"),
    "national_id": _("National ID number"),
    "messages": _("Messages"),
    "notes": _("Notes of colleagues"),
    "next action": _("Next action"),
    "kept back": _("Kept back from the body"),
    "cannot be opened": _("It cannot be opened"),
}
"""What the parts of a complaint are called on its page; one that is not here is shown by its own name."""


def labelled(words: Mapping[str, Any]) -> dict[Any, Any]:
    """What was opened, by the names of its parts; nothing of what is empty."""
    opened = dict(words)
    for part in ("messages", "notes"):
        opened[part] = [_who(*entry) for entry in opened.get(part, ())]
    opened["accused"] = [
        {SAID.get(part, part): word for part, word in one.items()} for one in opened.get("accused", ())
    ]
    return {SAID.get(name, name): value for name, value in opened.items() if value}


def _who(author: bool | str, at: datetime, text: str) -> str:
    """A message or a note on one line: who, when, what. Of messages only the side is known."""
    sides = {True: gettext("citizen"), False: gettext("staff")}
    name = sides[author] if isinstance(author, bool) else author
    return f"{name}, {day_of(at)}: {text}"

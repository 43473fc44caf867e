"""Who won in a release of OCDS: organisations by their names; what of all others no text may keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..organisations import is_organisation
from ..persons import without_persons
from .fiscal_mapping import plain
from .package_names import objects, words

NOT_NAMED = "(not named)"
SHORTEST = 3  # letters of a word by which a name is known again
_WORD = re.compile(r"(?:[^\W_]|[ก-ฺเ-๎])+")  # vowels and tone marks of Thai are letters of their word
_REPEATED = re.compile(r"\(not named\)(?:[\s._/-]*\(not named\))+")

Names = frozenset[frozenset[str]]


def supplier_names(suppliers: Any, release: Mapping[str, Any]) -> list[str]:
    """Names of suppliers: their own (1.0 and 1.1), or those of the parties they point to (1.1)."""
    parties = _parties(release)
    return [
        words(one, "name") or words(parties.get(str(one.get("id", "")), {}), "name")
        for one in _suppliers(suppliers)
    ]


def unnamed_in(release: Mapping[str, Any]) -> Names:
    """What would tell of the suppliers of a release that may be natural persons: the words of each name, and
    each id.
    """
    parties = _parties(release)
    found: set[frozenset[str]] = set()
    for member in ("awards", "contracts"):
        for decision in objects(release, member):
            for one in _suppliers(decision.get("suppliers")):
                party = parties.get(str(one.get("id", "")), {})
                name = words(one, "name") or words(party, "name")
                if name and not is_organisation(name):
                    found |= {_known_by(name), *_ids(one), *_ids(party)}
    return frozenset(told for told in found if told)


def covered(text: str, unnamed: Names) -> str:
    """A text in which no natural person's name and no id of one is left, nor a name that follows a title."""
    said = {plain(word) for word in _WORD.findall(text)}
    hidden = {word for told in unnamed if told <= said for word in told}
    text = without_persons(text)[0]
    if not hidden:
        return text
    without = _WORD.sub(lambda found: NOT_NAMED if plain(found[0]) in hidden else found[0], text)
    return _REPEATED.sub(NOT_NAMED, without)


def _known_by(name: str) -> frozenset[str]:
    return frozenset(word for word in map(plain, _WORD.findall(name)) if len(word) >= SHORTEST)


def _ids(party: Mapping[str, Any]) -> Iterable[frozenset[str]]:
    """The ids of a party, as words that may stand in a text: long ones, since short numbers mean anything."""
    identifier = party.get("identifier")
    given = [party.get("id"), identifier.get("id") if isinstance(identifier, dict) else None]
    longest = [max(_WORD.findall(str(one)), key=len, default="") for one in given if one]
    return [frozenset({plain(one)}) for one in longest if len(one) > SHORTEST + 2]


def _parties(release: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {str(party.get("id", "")): party for party in objects(release, "parties")}


def _suppliers(suppliers: Any) -> list[Mapping[str, Any]]:
    """Suppliers as objects; a name that stands alone is one with a name."""
    found = suppliers if isinstance(suppliers, list) else [suppliers]
    named = [{"name": one} if isinstance(one, str) else one for one in found]
    return [one for one in named if isinstance(one, dict)]

"""Which names anywhere are surely those of organisations, so that no natural person is ever shown.

The names that publishers of other countries print are judged by what they say of themselves: a legal form, or
a word for a public body. A name that says neither may be a person's; it is counted and not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .persons import PERSON, winner_of

_LEGAL_FORM = re.compile(
    "sab|sac|sapi|sas|sasu|sarl|srl|scrl|spa|srls|eirl|ltda|ltd|limited|inc|incorporated|corp|"
    "corporation|llc|llp|plc|pte|pty|gmbh|bv|nv|oy|aps|doo|dooel|kft|zrt|sro|spzoo|ooo|oao|pjsc|jsc|shpk|company|companies"
)
_BODY = re.compile(
    "universidad|university|universiteti|instituto|institute|ministerio|ministry|secretaria|department|direccion|"
    "comision|commission|agencia|agency|municipio|municipalidad|municipality|bashkia|gobierno|government|"
    "cooperativa|cooperative|consorcio|consortium|fundacion|foundation|asociacion|association|sociedad|hospital|banco|bank|"
    "group|grupo|holding|industries|construction|constructora|comercializadora|distribuidora|laboratorios"
)
# Forms that are family names too where they stand without their dots (Sá, Co).
_DOTTED = re.compile(
    r"\bs\.\s?(?:p\.\s?)?a\.|\bs\.\s?l\.|\bs\.\s?(?:de\s)?r\.?\s?l\b|\bsa de c|& co\b|\bco\.,? ltd|"
    r"\bd\.\s?o\.\s?o\b|\bsh\.\s?[pa]"
)
_THAI = re.compile("[ก-ฮ]")
_WORDS = re.compile(r"\w+")


def is_organisation(name: str) -> bool:
    """Whether a name says that it is no natural person's; in doubt it does not."""
    if _THAI.search(name):
        return winner_of("", name).kind != PERSON
    plain = _unaccented(name.lower())
    first, *others = _WORDS.findall(plain) or [""]
    return bool(
        _DOTTED.search(plain)
        or any(_BODY.fullmatch(word) for word in (first, *others))
        or any(_LEGAL_FORM.fullmatch(word) for word in others)
    )


def named_and_unnamed(names: Iterable[str]) -> tuple[str, int]:
    """The names of organisations, one after another, and how many other names there were."""
    given = [name for name in names if name]
    kept = list(dict.fromkeys(name for name in given if is_organisation(name)))
    return " · ".join(kept), sum(not is_organisation(name) for name in given)


def _unaccented(text: str) -> str:
    return text.translate(str.maketrans("áàâäãåéèêëíìîïóòôöõúùûüñçß", "aaaaaaeeeeiiiiooooouuuuncs"))

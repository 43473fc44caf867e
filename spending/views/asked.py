"""What pages that have no filter read from their address: a few parameters of their own, and no other."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..parameters import PARAMETERS, BadQuery


def only_parameters(query: QueryDict, names: Collection[str]) -> None:
    """Raises BadQuery if the address has another parameter, or one of these twice."""
    for name in query:
        if name not in names:
            known = ", ".join(sorted(names)) or _("none")
            message = _("There is no parameter %(name)s; there are: %(known)s.")
            raise BadQuery(name, message % {"name": name, "known": known})
        if len(query.getlist(name)) > 1:
            raise BadQuery(name, _("%(name)s may be given once.") % {"name": name})


def one_of(query: QueryDict, name: str, allowed: Collection[str]) -> str:
    """The value of a parameter that takes one of a few words; "" where it is not given. Raises BadQuery."""
    value = query.get(name) or ""
    if value and value not in allowed:
        known = ", ".join(allowed)
        raise BadQuery(name, _("%(name)s takes one of: %(known)s.") % {"name": name, "known": known})
    return value


def day_of(query: QueryDict) -> date | None:
    """The day on which the facts are asked for (`?as_of=`), None for now. Raises BadQuery."""
    text = query.get("as_of") or ""
    day: date | None = PARAMETERS["as_of"].value(text) if text else None
    return day


def year_of(text: str, known: Collection[int]) -> int:
    """A fiscal year as people write it, as one of the years that are `known` (Common Era). Raises
    BadQuery.
    """
    year: int = PARAMETERS["year"].value(text)
    if year not in known:
        raise BadQuery("year", _("Nothing is published of the year %(year)s.") % {"year": text})
    return year

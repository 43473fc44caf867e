"""How much of a budget act an answer can rest on, told beside rows, sums and files of budget lines.

A sum of the book is the sum of what is published as data of it; whoever reads the sum alone must learn that
from the answer itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from .coverage import Coverage, coverages
from .exports import as_json
from .filters import AllocationFilter, Filter
from .fiscal import buddhist
from .validity import Version

HEADER = "Coverage"


def covered(query: Filter, version: Version) -> list[Coverage] | None:
    """The coverage of the years that a query on the book asks about, oldest first, where their act is
    published: of the year it names, else of every year that has lines. None for queries on other facts, of
    which no published whole is known. Counted once a version.
    """
    if not isinstance(query, AllocationFilter):
        return None
    known = _kept(query.as_of, version)
    if query.year is not None:
        return [known[query.year]] if query.year in known else []
    return [one for one in known.values() if one.known]


def _kept(day: date | None, version: Version) -> Mapping[int, Coverage]:
    name = f"coverage-{version.etag}-{day.isoformat() if day else ''}".replace('"', "")
    found = cache.get(name)
    if found is None:
        found = {one.year: one for one in coverages(day) if one.act is not None}
        cache.set(name, found, timeout=None)
    return dict(found)


def in_answer(found: list[Coverage] | None) -> dict[str, Any]:
    """The coverage as the API answers it; nothing where none is told."""
    return {} if found is None else {"coverage": [as_dict(one) for one in found]}


def as_dict(one: Coverage) -> dict[str, Any]:
    """Amounts in baht, the share from 0 to 1, the fiscal year in Common Era."""
    return {
        "fiscal_year": one.year,
        "act": one.act,
        "known": one.known,
        "unknown": one.unknown,
        "share": one.share,
    }


def in_header(found: Iterable[Coverage]) -> str:
    """The same for a header: a list of fiscal years (Common Era), each with its amounts and share."""
    return ", ".join(f'{one.year};act="{one.act}";known="{one.known}";share="{one.share}"' for one in found)


def in_file(found: Iterable[Coverage]) -> dict[str, str]:
    """The same as metadata of a file that holds such."""
    told = [as_dict(one) for one in found]
    return {"coverage": as_json(told)} if told else {}


def in_words(found: Iterable[Coverage]) -> str:
    """A sentence for each year of whose act a part stands in no published line."""
    words = _(
        "Of the budget act of %(year)s, %(act)s baht, the lines that are published as data come to %(known)s "
        "baht, %(share)s. The rest stands in volumes that are not published as data."
    )
    return " ".join(
        words
        % {
            "year": buddhist(one.year),
            "act": f"{one.act:,.2f}",
            "known": f"{one.known:,.2f}",
            "share": f"{(one.share or Decimal(0)) * 100:.1f}%",
        }
        for one in found
        if one.unknown
    )

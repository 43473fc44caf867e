"""Whether what a question asks about is in the published data at all: no row of it is not the same as zero
baht.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from .coverage import coverage
from .filters import AllocationFilter, DisbursementFilter, Filter, ProjectDisbursementFilter

BODY = ("agency", "ministry")
WHERE = ("year", "as_of", "cut")


class Reason(StrEnum):
    """Why an amount is not known."""

    NOTHING_PUBLISHED = "nothing_published"
    BODY_NOT_IN_DATA = "body_not_in_data"


@dataclass(frozen=True, slots=True)
class Gap:
    """Why the amount that is asked for is not known, and the same in words."""

    reason: Reason
    detail: str


def gap_of(query: Filter) -> Gap | None:
    """Why no row can answer a query on the book, on the weekly report or on past projects, in three queries
    at most; None where the year and the body asked for are in the data, whatever else is asked.
    """
    if not isinstance(query, AllocationFilter | DisbursementFilter | ProjectDisbursementFilter):
        return None
    if _has(query, (*WHERE, *BODY)):
        return None
    if not _has(query, WHERE):
        words = _(
            "Nothing of it is published as data here. Its amount is not known, which is not the same as zero."
        )
        return Gap(Reason.NOTHING_PUBLISHED, words)
    return None if _is_complete(query) else Gap(Reason.BODY_NOT_IN_DATA, _absent(query))


def _has(query: Filter, names: Collection[str]) -> bool:
    """Whether there is a row under some words of a query."""
    texts = {name: text for name, text in query.texts.items() if name in names}
    return bool(type(query)(texts).facts().exists())


def _is_complete(query: Filter) -> bool:
    """Whether the lines of a book come to the whole act, so that a body without one was given nothing."""
    if not isinstance(query, AllocationFilter) or query.year is None:
        return False
    covered = coverage(query.year, query.as_of)
    return covered.act is not None and not covered.unknown


def _absent(query: Filter) -> str:
    words = _(
        "What is published as data has no row of this body. Its amount is not known here, which is not the "
        "same as zero."
    )
    if "cut" not in query.values:
        return words
    cut = _("The cut of the report that is asked about is %(cut)s; another may have it.")
    return f"{words} {cut % {'cut': query.values['cut']}}"

"""What changed lately: which data sets were published when, volumes of one day told together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Sum
from django.db.models.functions import TruncDate

from .models import Edition


@dataclass(frozen=True, slots=True)
class Change:
    """Editions of one data set and fiscal year (Common Era) that visitors first saw on one day.

    `edition` is the newest of them, `as_of` the newest date their figures speak of.
    """

    day: date
    dataset: str
    year: int | None
    as_of: date
    editions: int
    rows: int
    edition: int


def changes(limit: int, until: date | None = None) -> Sequence[Change]:
    """The latest changes, without figures of days after `until`; newest first, in one query."""
    shown = Edition.objects.shown()
    if until is not None:
        shown = shown.filter(as_of__lte=until)
    groups = (
        shown.order_by()
        .annotate(day=TruncDate("published_at"))
        .values("day", "dataset", "fiscal_year")
        .annotate(as_of=Max("as_of"), editions=Count("pk"), rows=Sum("rows"), edition=Max("pk"))
        .order_by("-day", "-as_of", "dataset", "-fiscal_year")[:limit]
    )
    return [
        Change(
            day=group["day"],
            dataset=group["dataset"],
            year=group["fiscal_year"],
            as_of=group["as_of"],
            editions=group["editions"],
            rows=group["rows"],
            edition=group["edition"],
        )
        for group in groups
    ]

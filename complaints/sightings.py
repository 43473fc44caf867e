"""How many complaints there are about one record: in steps, never fewer than five, and only by category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from .models import Complaint
from .models.vocabulary import Suspicion

STEPS = (5, 10, 20, 50, 100, 200, 500, 1_000)
"""What is shown is the greatest of these that was reached, so that nobody sees one more arrive."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """At least so many people reported a record, and what they suspect."""

    at_least: int
    suspicions: Sequence[tuple[str, int]]
    """Words of the category, and at least how many of it."""


def sighting(about: str) -> Sighting | None:
    """What may be told of the open complaints about a record; None of fewer than five."""
    if not about:
        return None
    cases = Complaint.objects.open().filter(about=about)
    counted: Mapping[str, int] = dict(cases.order_by().values_list("suspicion").annotate(cases=Count("pk")))
    at_least = step(sum(counted.values()))
    if not at_least:
        return None
    named = [(str(Suspicion(code).label), step(number)) for code, number in counted.items()]
    return Sighting(at_least, sorted((row for row in named if row[1]), key=lambda row: -row[1]))


def step(number: int) -> int:
    """The greatest step that was reached; 0 below the first."""
    return max((reached for reached in STEPS if reached <= number), default=0)

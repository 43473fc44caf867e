"""The vocabulary of questions about places and about the money of local government."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from .querysets import FactQuerySet

STEPS = ("function", "plan", "task")


class AreaQuerySet(FactQuerySet):
    """Questions to the areas of the administration."""

    def at_level(self, level: str) -> Self:
        return self.filter(level=level).order_by("code")

    def in_province(self, province: Any) -> Self:
        return self.filter(province=province)

    def within(self, code: str) -> Self:
        """The areas inside the one of this code: a code begins with the code of the area around it."""
        return self.filter(code__startswith=code).exclude(code=code).order_by("code")


class LocalBudgetQuerySet(FactQuerySet):
    """Questions to the budgets of local bodies; never to be added to those of the central government."""

    def of_body(self, body: Any) -> Self:
        return self.filter(body=body)

    def in_province(self, province: Any) -> Self:
        return self.filter(province=province)

    def below(self, steps: Sequence[str]) -> Self:
        """The lines under a field of work, a plan in it and a task in that: as many of the three as given."""
        return self.filter(**dict(zip(STEPS, steps, strict=False)))

    def executed(self) -> Self:
        """Lines of files that also say how far the money is spent."""
        return self.filter(remaining__isnull=False)

    def largest_first(self) -> Self:
        return self.order_by("-approved", "edition", "line")

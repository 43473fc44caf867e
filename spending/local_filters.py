"""Queries on areas and on the budgets of local bodies: the words of `?year=&agency=&function=…`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from .breakdowns import NONE_CODE, Dimension
from .filters import Filter
from .models import Area, LocalBudget

DATASETS = ("act_local_budgets", "lamphun_pao_budgets")
STEPS = (Dimension.FUNCTION, Dimension.PLAN, Dimension.TASK)
"""The way down through a local budget: field of work, plan, task."""


class AreaFilter(Filter):
    """A query on provinces, districts and subdistricts."""

    lookups: ClassVar[Mapping[str, str]] = {"province": "province__name", "area_level": "level"}
    words = ("within",)
    measures = ()
    model = Area
    datasets = ("areas",)

    @classmethod
    def takes(cls) -> tuple[str, ...]:
        return ("as_of", *cls.lookups, *cls.words)

    @property
    def measure(self) -> str:
        return ""

    def lines(self) -> Any:
        areas = super().lines()
        return areas.within(self.values["within"]) if "within" in self.values else areas


class LocalBudgetFilter(Filter):
    """A query on the budgets of local bodies; `-` asks for what the files do not say."""

    lookups: ClassVar[Mapping[str, str]] = {"agency": "body__code", "province": "province__name"}
    words = ("function", "plan", "task", "budget_type", "group")
    dimensions = (
        Dimension.AGENCY,
        Dimension.PROVINCE,
        *STEPS,
        Dimension.BUDGET_TYPE,
        Dimension.GROUP,
        Dimension.YEAR,
    )
    measures = ("approved", "increased", "decreased", "committed", "disbursed", "remaining")
    model = LocalBudget
    measurable = True
    datasets = DATASETS

    def _filtered(self, facts: Any) -> Any:
        facts = super()._filtered(facts)
        for name in self.words:
            if name in self.values:
                wanted = self.values[name]
                facts = facts.filter(**{name: "" if wanted == NONE_CODE else wanted})
        return facts

    def next_step(self) -> Dimension | None:
        """The next step of the way down that is not chosen yet; None at its end."""
        return next((step for step in STEPS if step.value not in self.values), None)

"""Queries on purchases: the words of `?year=&buyer=&method=…` for projects and for contracts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from .breakdowns import NONE_CODE, Dimension
from .filters import Filter
from .models import Contract, ContractTotal, Project, ProjectTotal
from .questions import Reading
from .understanding import understood

DATASETS = ("egp_contracts", "cgdcontract")


class PurchaseFilter(Filter):
    """What queries on projects and on contracts share. Rows that another edition counts are left out."""

    datasets = DATASETS
    dimensions: ClassVar[tuple[Dimension, ...]] = (
        Dimension.AGENCY,
        Dimension.BUYER,
        Dimension.METHOD,
        Dimension.TYPE,
        Dimension.PROVINCE,
        Dimension.YEAR,
    )
    words: ClassVar[tuple[str, ...]] = ("province", "method", "type", "min", "max", "from", "until")
    blank: ClassVar[Mapping[str, str]] = {"method": "method", "type": "kind"}
    totals: ClassVar[Any]
    total_of: ClassVar[str]  # the amount that `min` and `max` bound

    lookups: ClassVar[Mapping[str, str]] = {
        "agency": "buyer__agency__code",
        "ministry": "buyer__agency__ministry__code",
        "buyer": "buyer__code",
    }

    @property
    def reads_lines(self) -> bool:
        """Whether the query asks something that only rows can answer, not the totals beside them."""
        return any(name in self.values for name in ("q", "min", "max", "from", "until", "project"))

    @property
    def bounded(self) -> str:
        return self.total_of

    def facts(self) -> Any:
        return self.lines() if self.reads_lines else self._filtered(self.totals.objects.all())

    def _filtered(self, facts: Any) -> Any:
        facts = super()._filtered(facts).counted()
        for name, column in self.blank.items():
            if name in self.values:
                wanted = self.values[name]
                facts = facts.filter(**{column: "" if wanted == NONE_CODE else wanted})
        if "province" in self.values:
            name = self.values["province"]
            facts = facts.filter(province=None) if name == NONE_CODE else facts.filter(province__name=name)
        return facts


class ProjectFilter(PurchaseFilter):
    """A query on projects: what was to be bought, and for how much."""

    words = (*PurchaseFilter.words, "q", "project")
    measures = ("budget", "reference_price", "agreed_price")
    model, totals, total_of, day = Project, ProjectTotal, "budget", "recorded_on"

    @property
    def q(self) -> str:
        return str(self.values.get("q", ""))

    @cached_property
    def reading(self) -> Reading:
        """The words as they are understood, read once for a page."""
        return understood(self.q, self.as_of)

    def lines(self) -> Any:
        lines = super().lines()
        if "project" in self.values:
            lines = lines.filter(number=self.values["project"])
        return lines.matching(self.reading) if self.q else lines


class ContractFilter(PurchaseFilter):
    """A query on contracts: who won, and for how much."""

    words = (*PurchaseFilter.words, "project", "supplier", "winner")
    dimensions = (*PurchaseFilter.dimensions, Dimension.SUPPLIER, Dimension.WINNER)
    model, totals, total_of, day = Contract, ContractTotal, "amount", "signed_on"

    def lines(self) -> Any:
        lines = super().lines()
        return lines.of_project(self.values["project"]) if "project" in self.values else lines

    def _filtered(self, facts: Any) -> Any:
        facts = super()._filtered(facts)
        if "winner" in self.values:
            facts = facts.filter(winner_kind=self.values["winner"])
        if "supplier" in self.values:
            code = self.values["supplier"]
            facts = facts.filter(supplier=None) if code == NONE_CODE else facts.filter(supplier__code=code)
        return facts


OF_A_SEARCH = ("year", "ministry", "agency", "as_of", "min", "max")


def purchases_under(texts: Mapping[str, str]) -> Any:
    """The purchases under the words of a search of the budget; none where they ask for what only a budget
    line has.
    """
    own = {name: text for name, text in texts.items() if name in OF_A_SEARCH}
    if set(texts) - set(own) - {"how", "q"}:
        return Project.objects.none()
    return ProjectFilter(own).lines()

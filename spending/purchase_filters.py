"""Queries on purchases: the words of `?year=&buyer=&method=…` for projects and for contracts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Subquery
from django.db.models.expressions import OrderBy

from . import winners
from .breakdowns import NONE_CODE, Breakdown, Dimension
from .filters import Filter
from .in_order import InOrder
from .kept_readings import Among
from .models import CONTRACT_TOTALS, PROJECT_TOTALS, Buyer, Contract, Project, Province, Supplier, smallest
from .models.classification import PATH_SEPARATOR
from .questions import Reading
from .understanding import understood

DATASETS = winners.DATASETS
KEPT_APART = {
    "agency": "buyer",
    "ministry": "buyer",
    "buyer": "buyer",
    "method": "method",
    "type": "kind",
    "province": "province",
    "district": "district",
    "winner": "winner_kind",
    "supplier": "supplier",
}
"""The column of the totals that a parameter or a dimension of that name asks of."""


class PurchaseFilter(Filter):
    """What queries on projects and on contracts share. Rows that another edition counts are left out."""

    datasets = DATASETS
    measurable = True
    dimensions: ClassVar[tuple[Dimension, ...]] = (
        Dimension.AGENCY,
        Dimension.BUYER,
        Dimension.METHOD,
        Dimension.TYPE,
        Dimension.PROVINCE,
        Dimension.DISTRICT,
        Dimension.YEAR,
    )
    words: ClassVar[tuple[str, ...]] = (
        "buyer", "province", "district", "method", "type", "min", "max", "from", "until",
    )  # fmt: skip
    blank: ClassVar[Mapping[str, str]] = {"method": "method", "type": "kind"}
    totals: ClassVar[tuple[type[Any], ...]]  # beside the rows, the smallest first
    total_of: ClassVar[str]  # the amount that `min` and `max` bound

    lookups: ClassVar[Mapping[str, str]] = {
        "agency": "buyer__agency__code",
        "ministry": "buyer__agency__ministry__code",
    }

    @property
    def reads_lines(self) -> bool:
        """Whether the query asks something that only rows can answer, not the totals beside them."""
        return any(name in self.values for name in ("q", "min", "max", "from", "until", "project"))

    @property
    def bounded(self) -> str:
        return self.total_of

    @cached_property
    def editions(self) -> list[int]:
        """The editions that answer, ascending. Known by their numbers, they are read by their indexes."""
        return winners.editions(self.as_of, self.year)

    @classmethod
    def unasked(cls) -> Any:
        query = cls({})
        query.editions = []  # else they are looked up
        return query.lines()

    def in_order(self, rows: Any, *order: OrderBy) -> InOrder:
        """Rows under this query in an order, of which the first are quickly found."""
        return InOrder(rows, self.editions, order)

    def _answering(self, facts: Any) -> Any:
        return (
            facts.filter(edition__in=self.editions)
            if facts.model in (self.model, self.totals[-1])
            else super()._answering(facts)
        )

    def facts(self, *by: Dimension) -> Any:
        if self.reads_lines:
            return self.lines()
        asked = {*self.values, *(dimension.value for dimension in by)}
        totals = smallest(self.totals, {KEPT_APART[name] for name in asked if name in KEPT_APART})
        return self._filtered(totals.objects.all())

    def _filtered(self, facts: Any) -> Any:
        facts = super()._filtered(facts).counted()
        for name, column in self.blank.items():
            if name in self.values:
                wanted = self.values[name]
                facts = facts.filter(**{column: "" if wanted == NONE_CODE else wanted})
        if "province" in self.values:
            name = self.values["province"]
            facts = facts.filter(province=None if name == NONE_CODE else _key(Province, name=name))
        if "district" in self.values:
            facts = facts.filter(**_in_district(self.values["district"]))
        if "buyer" in self.values:
            facts = facts.filter(buyer=_key(Buyer, code=self.values["buyer"]))
        return facts


def _in_district(code: str) -> dict[str, Any]:
    """The condition of a place that `by=district` names: `นนทบุรี/ปากเกร็ด`."""
    province, _slash, district = code.partition(PATH_SEPARATOR)
    if code == NONE_CODE:
        return {"district": ""}
    return {
        "province": None if province == NONE_CODE else _key(Province, name=province),
        "district": district,
    }


def _key(model: Any, **unique: str) -> Subquery:
    """The key of the one row of a name or code, looked up first: so an index keeps its order behind it."""
    return Subquery(model.objects.filter(**unique).order_by().values("pk")[:1])


class ProjectFilter(PurchaseFilter):
    """A query on projects: what was to be bought, and for how much."""

    words = (*PurchaseFilter.words, "q", "project")
    measures = ("budget", "reference_price", "agreed_price")
    model, totals, total_of, day = Project, PROJECT_TOTALS, "budget", "recorded_on"

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
    model, totals, total_of, day = Contract, CONTRACT_TOTALS, "amount", "signed_on"

    def lines(self) -> Any:
        lines = super().lines()
        return lines.of_project(self.values["project"]) if "project" in self.values else lines

    def broken_down(
        self, by: Dimension, *, limit: int | None = None, level: int = 1, measure: str = "amount"
    ) -> Breakdown:
        is_kept = by is Dimension.SUPPLIER and not set(self.values) - {"year", "by", "measure"}
        kept = winners.largest(self.year, limit) if is_kept and limit is not None else None
        return kept or super().broken_down(by, limit=limit, level=level, measure=measure)

    def _filtered(self, facts: Any) -> Any:
        facts = super()._filtered(facts)
        if "winner" in self.values:
            facts = facts.filter(winner_kind=self.values["winner"])
        if "supplier" in self.values:
            code = self.values["supplier"]
            facts = facts.filter(supplier=None if code == NONE_CODE else _key(Supplier, code=code))
        return facts


OF_A_SEARCH = ("year", "ministry", "agency", "as_of", "min", "max")


PLAIN = ("year", "as_of", "min", "max")  # whose conditions are told by their values and the editions


def purchases_under(texts: Mapping[str, str]) -> Among:
    """The purchases under the words of a search of the budget; none where they ask for what only a budget
    line has.
    """
    own = {name: text for name, text in texts.items() if name in OF_A_SEARCH}
    if set(texts) - set(own) - {"how", "q"}:
        return Among(Project.objects.none())
    query = ProjectFilter(own)
    is_plain = set(query.values) <= set(PLAIN)
    shape = ("purchases", tuple(query.editions), tuple(query.values.items())) if is_plain else None
    return Among(query.lines(), shape)

"""The one grammar of `?year=&ministry=&agency=…`: the same words mean the same on page, API and download.

Nothing is silently ignored: an unknown parameter or a value that it cannot take raises `BadQuery`, which
names the parameter and what it takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from django.db.models import Subquery
from django.http import QueryDict

from . import yardsticks
from .breakdowns import NONE_CODE, Breakdown, Dimension, break_down
from .fiscal import buddhist
from .models import (
    Allocation,
    AllocationTotal,
    Category,
    Commitment,
    Disbursement,
    ProjectDisbursement,
    ReferenceTotal,
)
from .models.classification import PATH_SEPARATOR
from .parameters import PARAMETERS, BadQuery, in_order, only_once, refuse
from .querysets import AllocationQuerySet
from .statements import Hole
from .understanding import understood

DRILL = (Dimension.MINISTRY, Dimension.AGENCY, Dimension.PLAN, Dimension.ACTIVITY, Dimension.CATEGORY)


class Filter:
    """A query on one kind of fact, read from the parameters of an address.

    `year` is Common Era. Names in an address (a QueryDict) must be published ones. `also` are parameters that
    the caller reads itself, `fixed` values of the path; `measured` takes `per` and `prices`. Raises BadQuery.
    """

    lookups: ClassVar[Mapping[str, str]] = {}  # parameters that compare one column
    words: ClassVar[tuple[str, ...]] = ()  # parameters with a meaning of their own
    dimensions: ClassVar[tuple[Dimension, ...]] = ()  # what `by` may be
    measures: ClassVar[tuple[str, ...]] = ("amount",)  # what `measure` may be; the first unless asked
    model: ClassVar[Any]
    datasets: ClassVar[tuple[str, ...]] = ()  # whose editions answer
    day: ClassVar[str] = ""  # the column that `from` and `until` bound
    in_baht: ClassVar[bool] = True  # whether all amounts are; else each row names its currency
    measurable: ClassVar[bool] = False  # whether rows are baht of fiscal years: told per head and the like
    alike: ClassVar[tuple[str, ...]] = ()  # parameters whose condition has the same words for every value

    def __init__(
        self,
        query: QueryDict | Mapping[str, str],
        *,
        also: tuple[str, ...] = (),
        measured: bool = False,
        **fixed: str,
    ) -> None:
        self.also = also
        measures = yardsticks.WORDS if measured and self.measurable else ()
        only_once(query, {*self.takes(), *also, *measures})
        self.measured_by = {name: str(query[name]) for name in measures if query.get(name)}
        left_out = {*also, *measures}
        texts = {name: str(query[name]) for name in query if name not in left_out and query[name] != ""}
        self.texts = texts | {name: text for name, text in fixed.items() if text}
        self.fixed = set(fixed)
        words = self.texts | self.measured_by
        if "by" in words and words["by"] not in [one.value for one in Dimension]:
            refuse("by", self.dimensions)
        look = isinstance(query, QueryDict)
        self.values = {name: PARAMETERS[name].value(text, looked_up=look) for name, text in words.items()}
        self._one_of("by", self.dimensions)
        self._one_of("measure", self.measures)
        in_order(self.values, self.texts)

    @classmethod
    def takes(cls) -> tuple[str, ...]:
        """The names of the parameters."""
        return ("year", "as_of", "by", "measure", *cls.lookups, *cls.words)

    @classmethod
    def words_taken(cls) -> tuple[str, ...]:
        """The names of the parameters where amounts may also be told per head, as shares, in other prices."""
        return (*cls.takes(), *(yardsticks.WORDS if cls.measurable else ()))

    @property
    def year(self) -> int | None:
        return self.values.get("year")

    @property
    def year_text(self) -> str:
        """The year as it stands in addresses: Buddhist Era."""
        return "" if self.year is None else str(buddhist(self.year))

    @property
    def as_of(self) -> date | None:
        return self.values.get("as_of")

    @property
    def by(self) -> Dimension | None:
        return self.values.get("by")

    @property
    def measure(self) -> str:
        return str(self.values.get("measure", self.measures[0]))

    @property
    def level(self) -> int:
        """The depth at which categories are broken down: one below the chosen one."""
        path = self.values.get("category", "")
        return path.count(PATH_SEPARATOR) + 2 if path else 1

    def lines(self) -> Any:
        """The facts under this query, row by row."""
        return self._filtered(self.model.objects.all()).filter(**self._bounds())

    @classmethod
    def unasked(cls) -> Any:
        """The rows of no query in particular: of which kinds their columns are, no database need be asked."""
        return cls({}).lines()

    @property
    def is_alike(self) -> bool:
        """Whether the statement of its rows differs in values alone from others with the same parameters."""
        return bool(self.alike) and all(name in self.alike for name in self.values)

    def with_holes(self) -> Self:
        """The same query with holes in the place of its values. Only where `is_alike`."""
        return self.with_values({name: Hole(name) for name in self.values})

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """The same query with other values, by the names of its parameters."""
        twin = copy(self)
        twin.values = dict(values)
        return twin

    def _bounds(self) -> dict[str, Any]:
        """The conditions of ranges: `min` and `max` bound the measure, `from` and `until` a day."""
        ends = {"min": (self.bounded, "gte"), "max": (self.bounded, "lte")}
        ends |= {"from": (self.day, "gte"), "until": (self.day, "lte")}
        given = [(*ends[name], value) for name, value in self.values.items() if name in ends]
        return {f"{column}__{sign}": value for column, sign, value in given}

    @property
    def bounded(self) -> str:
        """The column that `min` and `max` bound."""
        return self.measure

    def facts(self, *by: Dimension) -> Any:
        """What a sum, or a breakdown by some dimensions, reads: the facts, or the totals beside them where
        those can answer.
        """
        return self.lines()

    def broken_down(
        self, by: Dimension, *, limit: int | None = None, level: int = 1, measure: str = "amount"
    ) -> Breakdown:
        """What is under this query, split by a dimension."""
        return break_down(self.facts(by), by, limit=limit, level=level, measure=measure)

    def query(self, **changes: str | int | None) -> str:
        """The query string with some parameters changed; None removes one. Path values are left out."""
        texts = {name: text for name, text in self.texts.items() if name not in self.fixed}
        texts |= self.measured_by
        texts |= {name: "" if value is None else str(value) for name, value in changes.items()}
        return urlencode({name: text for name, text in texts.items() if text})

    def _one_of(self, name: str, allowed: tuple[Any, ...]) -> None:
        if name in self.values and self.values[name] not in allowed:
            refuse(name, allowed)

    @property
    def currency(self) -> str | None:
        """The currency of all amounts; None where each row names its own."""
        return "THB"

    @classmethod
    def of_edition(cls, edition: Any) -> Any:
        """The rows of an edition that sums count."""
        rows = cls.model.objects.filter(edition=edition)
        fields = {one.name for one in cls.model._meta.fields}
        return rows.filter(counted=True) if "counted" in fields else rows

    @property
    def editions(self) -> Sequence[int] | None:
        """The editions of the rows, where these are so many that lists read edition by edition."""
        return None

    def _answering(self, facts: Any) -> Any:
        """The facts of the editions that answer."""
        return facts.current(self.as_of)

    def _filtered(self, facts: Any) -> Any:
        facts = self._answering(facts)
        if self.year is not None:
            facts = facts.in_year(self.year)
        for name, lookup in self.lookups.items():
            if name in self.values:
                facts = facts.filter(**same(facts.model, lookup, self.values[name]))
        return facts


def same(model: Any, lookup: str, value: Any) -> dict[str, Any]:
    """The condition that a column has a value. Where it lies in a row that is pointed to and names that row
    alone (`agency__code`), the row's key is compared: an index of the key can be read in its order.
    """
    pointer, _two, column = lookup.partition("__")
    target = model._meta.get_field(pointer).related_model if column else None
    if target is None or "__" in column or not target._meta.get_field(column).unique:
        return {lookup: value}
    return {f"{pointer}_id": Subquery(target._base_manager.filter(**{column: value}).values("pk"))}


class AllocationFilter(Filter):
    """A query on budget lines."""

    lookups: ClassVar[Mapping[str, str]] = {
        "ministry": "ministry__code",
        "agency": "agency__code",
        "plan": "plan__name",
        "cross_cutting": "plan__cross_cutting",
    }
    words = ("activity", "category", "q", "how", "min", "max", "obliged", "line")
    dimensions = (*DRILL, Dimension.CROSS_CUTTING, Dimension.YEAR)
    model = Allocation
    measurable = True
    alike = ("year", "ministry", "agency", "plan", "cross_cutting", "min", "max", "obliged", "line")
    datasets = ("budget_book",)

    @property
    def q(self) -> str:
        return str(self.values.get("q", ""))

    @cached_property
    def chosen(self) -> dict[Dimension, str]:
        """What has been chosen so far, in the order in which one drills down."""
        return {
            dimension: self.values[dimension.value] for dimension in DRILL if dimension.value in self.values
        }

    @property
    def reads_lines(self) -> bool:
        """Whether the query asks something that only lines can answer, not the totals beside them."""
        return any(name in self.values for name in ("q", "min", "max", "obliged", "line"))

    def totals(self) -> AllocationQuerySet:
        """The totals beside the facts under this query. Only where `reads_lines` is false."""
        totals: AllocationQuerySet = self._filtered(AllocationTotal.objects.all())
        return totals

    def lines(self) -> AllocationQuerySet:
        """The budget lines under this query."""
        lines: AllocationQuerySet = super().lines()
        if "line" in self.values:
            lines = lines.filter(item_id=self.values["line"])
        if "obliged" in self.values:
            lines = lines.filter(obliged=self.values["obliged"])
        if self.q:
            lines = lines.matching(understood(self.q, self.as_of, how=self.values.get("how")))
        return lines

    def facts(self, *by: Dimension) -> AllocationQuerySet:
        return self.lines() if self.reads_lines else self.totals()

    def _filtered(self, facts: Any) -> Any:
        facts = super()._filtered(facts)
        activity, path = self.values.get("activity"), self.values.get("category")
        if activity is not None:
            facts = (
                facts.filter(activity=None)
                if activity == NONE_CODE
                else facts.filter(activity__name=activity)
            )
        if path == NONE_CODE:
            return facts.filter(category=None)
        return facts if path is None else facts.filter(category__in=Category.objects.at_or_below(path))


class CommitmentFilter(Filter):
    """A query on what multi-year obligations cost, year by year."""

    lookups: ClassVar[Mapping[str, str]] = {
        "ministry": "ministry__code",
        "agency": "agency__code",
        "line": "line_item_id",
        "book": "edition__fiscal_year",
        "after": "fiscal_year__gt",
    }
    words = ("min", "max")
    dimensions = (Dimension.MINISTRY, Dimension.AGENCY, Dimension.YEAR)
    model = Commitment
    measurable = True
    alike = ("year", "ministry", "agency", "line", "book", "after", "min", "max")
    datasets = ("budget_book",)


class DisbursementFilter(Filter):
    """A query on the weekly report. Cuts overlap, so one is always named; `ministry` unless asked."""

    lookups: ClassVar[Mapping[str, str]] = {
        "cut": "cut",
        "agency": "agency__code",
        "ministry": "agency__ministry__code",
        "economic": "economic",
        "province": "province__name",
    }
    words = ("min", "max")
    dimensions = (Dimension.AGENCY, Dimension.ECONOMIC, Dimension.YEAR)
    measures = ("disbursed", "after_transfer", "allotted", "committed", "spent")
    model = Disbursement
    measurable = True
    alike = ("year", "cut", "agency", "ministry", "economic", "province", "min", "max")
    datasets = ("cgd_weekly",)

    def __init__(
        self,
        query: QueryDict | Mapping[str, str],
        *,
        also: tuple[str, ...] = (),
        measured: bool = False,
        **fixed: str,
    ) -> None:
        super().__init__(query, also=also, measured=measured, **fixed)
        self.values.setdefault("cut", Disbursement.Cut.MINISTRY)


class ProjectDisbursementFilter(Filter):
    """A query on the former site's projects, budgeted against disbursed."""

    lookups: ClassVar[Mapping[str, str]] = {
        "ministry": "ministry__code",
        "agency": "agency__code",
        "plan": "plan__name",
        "province": "budget_province",
        "strategy": "strategy",
        "category": "category__path",
        "project": "project_code",
    }
    words = ("q", "min", "max")
    dimensions = (
        Dimension.MINISTRY,
        Dimension.AGENCY,
        Dimension.PLAN,
        Dimension.CATEGORY,
        Dimension.PROVINCE,
        Dimension.STRATEGY,
        Dimension.YEAR,
    )
    measures = ("budgeted", "disbursed")
    model = ProjectDisbursement
    measurable = True
    alike = (
        "year",
        "ministry",
        "agency",
        "plan",
        "province",
        "strategy",
        "category",
        "project",
        "min",
        "max",
    )
    datasets = ("bbgfproject",)

    @property
    def q(self) -> str:
        return str(self.values.get("q", ""))

    def lines(self) -> Any:
        lines = super().lines()
        return lines.matching(understood(self.q, self.as_of)) if self.q else lines


class ReferenceTotalFilter(Filter):
    """A query on published totals of whole years, ministries and months."""

    lookups: ClassVar[Mapping[str, str]] = {"agency": "agency__code", "body": "body_name"}
    words = ("min", "max")
    model = ReferenceTotal
    measurable = True
    datasets = ("pbo_history", "mof_history", "mof_monthly")


__all__ = [
    "AllocationFilter",
    "BadQuery",
    "CommitmentFilter",
    "DisbursementFilter",
    "Filter",
    "ProjectDisbursementFilter",
    "ReferenceTotalFilter",
]

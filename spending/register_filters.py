"""Queries on what is no sum of money itself: bodies, suppliers, plans, categories, editions, refused rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from . import winners
from .filters import Filter
from .models import Agency, Category, Edition, Plan, Province, Supplier, SupplierTotal
from .register_columns import KEY
from .rosters import roster


class RegisterFilter(Filter):
    """What queries on lists have in common: nothing is summed, and only words of the list are taken."""

    measures = ()

    @classmethod
    def takes(cls) -> tuple[str, ...]:
        return (*cls.lookups, *cls.words)

    @property
    def measure(self) -> str:
        return ""

    def _filtered(self, facts: Any) -> Any:
        for name, lookup in self.lookups.items():
            if name in self.values:
                facts = facts.filter(**{lookup: self.values[name]})
        return self._holding(facts)

    def _holding(self, facts: Any) -> Any:
        """Rows whose text holds the letters of `q`."""
        return facts.filter(search_key__holds=self.values["q"]) if "q" in self.values else facts


class AgencyFilter(RegisterFilter):
    """A query on bodies; their money is that of the newest week and book, or of those known on `as_of`."""

    lookups: ClassVar[Mapping[str, str]] = {"agency": "code"}
    words = ("kind", "ministry", "q", "as_of")
    model = Agency

    def lines(self) -> Any:
        bodies = roster(
            kind=self.values.get("kind", ""),
            ministry=self.values.get("ministry", ""),
            words=self.values.get("q", ""),
            day=self.as_of,
        )
        return bodies.filter(code=self.values["agency"]) if "agency" in self.values else bodies


class SupplierFilter(RegisterFilter):
    """A query on suppliers; what they won is summed over the year, or over all years."""

    lookups: ClassVar[Mapping[str, str]] = {"supplier": "code"}
    words = ("q", "year", "as_of")
    model = Supplier

    @classmethod
    def unasked(cls) -> Any:
        return cls({})._winners(SupplierTotal.objects.all())

    def lines(self) -> Any:
        return self._winners(winners.sums(self.as_of, self.year))

    def _winners(self, totals: QuerySet[Any]) -> Any:
        """The suppliers that have cells among some totals, with their sums."""
        found = super().lines().filter(pk__in=totals.order_by().values("supplier"))
        return found.annotate(won=_sum_of(totals, "amount"), contracts_won=_sum_of(totals, "lines"))


def _sum_of(totals: QuerySet[Any], column: str) -> Any:
    """The sum of a column of totals over one supplier; zero where it won none."""
    own = totals.filter(supplier=OuterRef("pk")).order_by().annotate(one=Value(1)).values("one")
    kind: Any = totals.model._meta.get_field(column)
    return Coalesce(Subquery(own.annotate(sum=Sum(column)).values("sum")), Value(0), output_field=kind)


class ProvinceFilter(RegisterFilter):
    """A query on provinces; their money is in the breakdowns by province."""

    lookups: ClassVar[Mapping[str, str]] = {"province": "name"}
    model = Province


class PlanFilter(RegisterFilter):
    """A query on plans."""

    lookups: ClassVar[Mapping[str, str]] = {"plan": "name", "cross_cutting": "cross_cutting"}
    words = ("q",)
    model = Plan


class CategoryFilter(RegisterFilter):
    """A query on expenditure categories; `category` asks for one with all below it."""

    words = ("category", "level", "q")
    model = Category

    def lines(self) -> Any:
        categories = super().lines()
        if "level" in self.values:
            categories = categories.filter(level=self.values["level"])
        path = self.values.get("category")
        return categories if path is None else categories.filter(pk__in=Category.objects.at_or_below(path))


class EditionFilter(RegisterFilter):
    """A query on the editions that visitors may see; with `as_of`, on those that answered on that day."""

    lookups: ClassVar[Mapping[str, str]] = {"dataset": "dataset", "part": "part", "year": "fiscal_year"}
    words = ("edition", "as_of")
    model = Edition

    def lines(self) -> Any:
        editions = self._filtered(Edition.objects.shown())
        if "edition" in self.values:
            editions = editions.filter(pk__in=_edition(self.values["edition"]))
        return editions.filter(pk__in=Edition.objects.answering(self.as_of)) if self.as_of else editions


class RejectionFilter(RegisterFilter):
    """A query on refused rows of editions that visitors may see."""

    lookups: ClassVar[Mapping[str, str]] = {"dataset": "edition__dataset", "part": "edition__part"}
    words = ("edition",)
    model: ClassVar[Any] = Edition._meta.get_field("rejections").related_model

    def lines(self) -> Any:
        shown = Edition.objects.shown().exclude(state=Edition.State.WITHDRAWN)
        refused = self._filtered(self.model.objects.filter(edition__in=shown))
        if "edition" in self.values:
            refused = refused.filter(edition__in=_edition(self.values["edition"]))
        return refused


def _edition(key: str) -> QuerySet[Any, Any]:
    """The edition of a public key; none where there is no such edition."""
    return Edition.objects.annotate(public_key=KEY).filter(public_key=key).order_by().values("pk")

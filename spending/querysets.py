"""The vocabulary of questions: which facts, in the words of the budget."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Sum

from .matching import condition
from .questions import Reading


class FactQuerySet(models.QuerySet[Any]):
    def current(self, day: date | None = None) -> Self:
        """Facts of the editions that answer on `day` (None: now)."""
        if day is None:
            return self.filter(edition__is_current=True)
        from_editions = self.model._meta.get_field("edition").related_model.objects.answering(day)
        return self.filter(edition__in=from_editions)

    def in_year(self, year: int) -> Self:
        """Facts of one fiscal year, given in Common Era."""
        return self.filter(fiscal_year=year)

    def for_agency(self, agency: Any) -> Self:
        return self.filter(agency=agency)

    def matching(self, reading: Reading) -> Self:
        """Facts whose own text answers a question, as `understanding.understood` reads it."""
        return self.filter(condition(reading, self.model))

    def summed(self, measure: str) -> Decimal:
        """The sum of one amount in baht; zero where there are no rows."""
        found: Decimal | None = self.aggregate(sum=Sum(measure))["sum"]
        return Decimal(0) if found is None else found


class AllocationQuerySet(FactQuerySet):
    """Questions to budget lines and, in the same words, to the totals kept beside them."""

    def for_ministry(self, ministry: Any) -> Self:
        return self.filter(ministry=ministry)

    def total(self) -> Decimal:
        return self.summed("amount")

    def largest_first(self) -> Self:
        return self.order_by("-amount", "item_id")

    def with_names(self) -> Self:
        """Lines with all that a table shows of them, in one query."""
        return self.select_related("edition", "ministry", "agency", "plan", "activity", "category")


class CommitmentQuerySet(FactQuerySet):
    def of_line(self, item_id: str) -> Self:
        return self.filter(line_item_id=item_id).order_by("fiscal_year")

    def after(self, year: int) -> Self:
        """What is promised for the years after `year` (Common Era)."""
        return self.filter(fiscal_year__gt=year)

    def total(self) -> Decimal:
        return self.summed("amount")


class DisbursementQuerySet(FactQuerySet):
    def in_cut(self, cut: str) -> Self:
        """One cut of the money: cuts overlap and are never added to each other."""
        return self.filter(cut=cut)

    def by_week(self, day: date | None = None) -> Self:
        """Each week known on `day` (None: now) once, oldest first: of corrected weeks the edition published
        last.
        """
        if day is not None:
            editions = self.model._meta.get_field("edition").related_model.objects
            return self.filter(edition__in=editions.each_known_on(day)).order_by("as_of")
        newest = (
            self.model.objects.filter(
                cut=models.OuterRef("cut"),
                body_code=models.OuterRef("body_code"),
                economic=models.OuterRef("economic"),
                as_of=models.OuterRef("as_of"),
                edition__state="published",
            )
            .order_by("-edition__published_at", "-edition")
            .values("edition")[:1]
        )
        return self.filter(edition__state="published", edition=models.Subquery(newest)).order_by("as_of")

    def total(self) -> Decimal:
        return self.summed("disbursed")


class ProjectDisbursementQuerySet(FactQuerySet):
    def of_project(self, code: str) -> Self:
        return self.filter(project_code=code)

    def total(self) -> Decimal:
        return self.summed("budgeted")


class ReferenceTotalQuerySet(FactQuerySet):
    def of_whole_budget(self) -> Self:
        return self.filter(body_name="", month=None)

    def of_bodies(self) -> Self:
        return self.exclude(body_name="").filter(month=None)

    def monthly(self) -> Self:
        return self.exclude(month=None).order_by("month")

    def with_dataset(self) -> Self:
        return self.annotate(dataset=F("edition__dataset"))

    def total(self) -> Decimal:
        return self.summed("amount")


# Orders of lists, in which those without an amount stand last.
LARGEST_BUDGET = (F("budget").desc(nulls_last=True), F("number").asc())
LARGEST_AMOUNT = (F("amount").desc(nulls_last=True), F("project_number").asc(), F("line").asc())


class PurchaseQuerySet(FactQuerySet):
    """What questions to projects, contracts and the totals beside them share."""

    def counted(self) -> Self:
        """Without rows that another edition, loaded before, already counts; totals hold counted rows only."""
        fields = {field.name for field in self.model._meta.concrete_fields}
        return self.filter(counted=True) if "counted" in fields else self

    def for_agency(self, agency: Any) -> Self:
        """Purchases of the departments that are known to be this agency."""
        return self.filter(buyer__agency=agency)


class ProjectQuerySet(PurchaseQuerySet):
    def numbered(self, number: str) -> Self:
        return self.filter(number=number)

    def largest_first(self) -> Self:
        return self.order_by(*LARGEST_BUDGET)


class ContractQuerySet(PurchaseQuerySet):
    def of_project(self, number: str) -> Self:
        return self.filter(project_number=number)

    def won_by(self, supplier: Any) -> Self:
        return self.filter(supplier=supplier)

    def largest_first(self) -> Self:
        return self.order_by(*LARGEST_AMOUNT)

    def newest_first(self) -> Self:
        return self.order_by(F("signed_on").desc(nulls_last=True), "project_number", "line")


class FlagQuerySet(FactQuerySet):
    """Questions that rules ask of purchases; a settled one has a public reason."""

    def open(self) -> Self:
        return self.filter(dismissal=None)

    def settled(self) -> Self:
        return self.exclude(dismissal=None)

    def at_project(self, number: str) -> Self:
        """Questions to a purchase and to each of its contracts."""
        return self.filter(project_number=number)

    def largest_first(self) -> Self:
        return self.order_by(F("amount").desc(nulls_last=True), "subject", "rule")

    def with_names(self) -> Self:
        """Flags with all that a list shows of them, in one query."""
        return self.select_related(
            "buyer__agency", "supplier", "province", "dismissal", "edition__source_file"
        )

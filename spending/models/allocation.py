"""What parliament gave: the lines of the budget book, what they oblige later years to, and their totals."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..querysets import AllocationQuerySet, CommitmentQuerySet
from .classification import Activity, Category, Plan
from .facts import Fact, money
from .places import Agency
from .search import Block, SearchKeyField, SearchStepsField


class Allocation(Fact):
    """One line of the budget book: money given to one agency for one purpose in the book's fiscal year."""

    # Identification
    item_id = models.CharField(
        max_length=60, help_text=_("Published id: year, issue, volume and running number, e.g. 2022.3.10.57.")
    )
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))

    # Classification
    ministry = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", db_index=False, help_text=_("The ministry.")
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="allocations",
        db_index=False,
        help_text=_("The agency."),
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="allocations", db_index=False, help_text=_("The plan.")
    )
    activity = models.ForeignKey(
        Activity,
        null=True,
        on_delete=models.PROTECT,
        related_name="allocations",
        db_index=False,
        help_text=_("The output or project; none for personnel."),
    )
    category = models.ForeignKey(
        Category,
        null=True,
        on_delete=models.PROTECT,
        related_name="allocations",
        db_index=False,
        help_text=_("The expenditure category; none for the central fund, which the book does not split."),
    )
    description = models.TextField(help_text=_("What the money is for, as printed."))

    # Amounts
    amount = money(_("Amount of this fiscal year in baht."))
    obliged = models.BooleanField(help_text=_("Whether it also obliges other years (งบผูกพัน)."))

    # Provenance
    page = models.PositiveIntegerField(null=True, help_text=_("Page number printed in the book."))

    # Search
    search_key = SearchKeyField(of=("description",))
    search_steps = SearchStepsField(of=("description",))

    objects = AllocationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "item_id"], name="one_line_of_an_item_in_an_edition"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="allocation_is_not_negative"),
        ]
        indexes = [
            # the page of a line, whichever edition answers
            models.Index(fields=["item_id"], name="allocation_item"),
            # the largest lines of all
            models.Index(fields=["-amount"], name="allocation_amount"),
            # the largest lines of a ministry
            models.Index(fields=["ministry", "-amount"], name="allocation_ministry"),
            # the largest lines of an agency
            models.Index(fields=["agency", "-amount"], name="allocation_agency"),
            # the largest lines of an output or project
            models.Index(fields=["activity", "-amount"], name="allocation_activity"),
            # lines whose text holds some letters, of all blocks of rows or of one
            GinIndex(Block("id"), OpClass("search_steps", name="gin_trgm_ops"), name="allocation_search"),
        ]

    def __str__(self) -> str:
        return self.item_id


class Commitment(Fact):
    """What one multi-year obligation (งบผูกพัน) costs in one year, or in one range of years printed as a
    sum.
    """

    # Identification
    item_id = models.CharField(
        max_length=60, help_text=_("Published id of this year's row of the obligation.")
    )
    line_item_id = models.CharField(
        max_length=60,
        blank=True,
        help_text=_("Published id of the budget line that carries the obligation in the book's own year."),
    )
    fiscal_year = models.PositiveSmallIntegerField(
        help_text=_("Fiscal year in Common Era; first of a range.")
    )
    until_year = models.PositiveSmallIntegerField(
        help_text=_("Last fiscal year in Common Era; equal to the first where it is one year.")
    )

    # Classification
    ministry = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", db_index=False, help_text=_("The ministry.")
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="commitments",
        db_index=False,
        help_text=_("The agency."),
    )
    description = models.TextField(help_text=_("What the money is for, as printed."))

    # Amounts
    amount = money(_("Amount of that year, or of that range of years, in baht."))

    # Provenance
    page = models.PositiveIntegerField(null=True, help_text=_("Page number printed in the book."))

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "item_id"], name="one_commitment_of_an_item_in_an_edition"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="commitment_is_not_negative"),
            models.CheckConstraint(
                condition=Q(until_year__gte=models.F("fiscal_year")), name="commitment_ends_after_it_begins"
            ),
        ]
        indexes = [
            # the timeline of one line
            models.Index(fields=["line_item_id"], name="commitment_line"),
            # what an agency has promised, by year
            models.Index(fields=["agency", "edition", "fiscal_year"], name="commitment_agency"),
        ]

    def __str__(self) -> str:
        return self.item_id


class AllocationTotal(models.Model):
    """The allocations of one edition summed to one cell: ministry, agency, plan, activity and category.

    Kept beside the facts so that a breakdown costs the same however many lines there are.
    """

    edition = models.ForeignKey(
        "spending.Edition",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("The edition."),
    )
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))
    ministry = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", db_index=False, help_text=_("The ministry.")
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", db_index=False, help_text=_("The agency.")
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="+", db_index=False, help_text=_("The plan.")
    )
    activity = models.ForeignKey(
        Activity,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("The output or project."),
    )
    category = models.ForeignKey(
        Category,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("The expenditure category."),
    )
    lines = models.PositiveIntegerField(help_text=_("How many budget lines the cell sums."))
    amount = money(_("Sum of the lines in baht."))

    objects = AllocationQuerySet.as_manager()

    class Meta:
        indexes = [
            # every breakdown of a year
            models.Index(fields=["edition", "ministry"], name="allocation_total_edition"),
            # an agency over all years
            models.Index(fields=["agency", "edition"], name="allocation_total_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.amount}"

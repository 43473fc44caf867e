"""The totals kept beside purchases, so that a question costs the same however many purchases there are.

Each holds the rows of an edition summed without regard to what it leaves out; `smallest()` chooses the one
with the fewest cells that can still answer. Their keys are those of rows that the database has checked, so it
does not check them again: that took longer than all else about a load.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ..querysets import ContractQuerySet, ProjectQuerySet
from .facts import money
from .places import Province
from .procurement import PURCHASE_SLICES, Buyer, Supplier, WinnerKind

SPLIT_COLUMNS = ("buyer", "kind", "method", "province", "district", "winner_kind", "supplier")


class PurchaseTotal(models.Model):
    """Base of the totals: what all cells have in common."""

    slices: ClassVar = PURCHASE_SLICES

    edition = models.ForeignKey(
        "spending.Edition",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        help_text=_("The edition."),
    )
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.edition_id} {self.fiscal_year}"

    @classmethod
    def splits(cls) -> frozenset[str]:
        """The columns by which the rows are kept apart, beside edition and year."""
        return frozenset(field.name for field in cls._meta.fields) & frozenset(SPLIT_COLUMNS)


class OfBuyer(PurchaseTotal):
    """Totals that keep departments apart."""

    buyer = models.ForeignKey(
        Buyer,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        help_text=_("The department that buys."),
    )

    class Meta:
        abstract = True


class OfProvince(PurchaseTotal):
    """Totals that keep provinces apart."""

    province = models.ForeignKey(
        Province,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        help_text=_("The province."),
    )

    class Meta:
        abstract = True


class OfDistrict(OfProvince):
    """Totals that keep districts apart, in each province."""

    district = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("District of the projects, as published; empty where none is."),
    )

    class Meta:
        abstract = True


class OfWay(OfProvince):
    """Totals that keep apart what is bought, how, and in which province."""

    kind = models.CharField(max_length=120, blank=True, help_text=_("Type of the projects, as published."))
    method = models.CharField(max_length=120, blank=True, help_text=_("Method of purchase, as published."))

    class Meta:
        abstract = True


class OfWinner(PurchaseTotal):
    """Totals that keep apart what is known of the winners."""

    winner_kind = models.CharField(
        max_length=10, choices=WinnerKind, help_text=_("What is known of the winners.")
    )

    class Meta:
        abstract = True


class ProjectSums(PurchaseTotal):
    """What a cell of projects sums."""

    lines = models.PositiveIntegerField(help_text=_("How many projects the cell sums."))
    budget = money(_("Money set aside for these projects, in baht."))
    reference_price = money(_("Sum of their reference prices, in baht."))
    agreed_price = money(_("Sum agreed for them, in baht."))

    objects = ProjectQuerySet.as_manager()

    class Meta:
        abstract = True


class ContractSums(PurchaseTotal):
    """What a cell of contracts sums."""

    lines = models.PositiveIntegerField(help_text=_("How many contracts the cell sums."))
    amount = money(_("Sum of the contracts in baht."))

    objects = ContractQuerySet.as_manager()

    class Meta:
        abstract = True


class ProjectTotal(OfBuyer, OfWay, OfDistrict, ProjectSums):
    """The counted projects of one edition summed to one cell: department, type, method and place."""

    class Meta:
        indexes = [
            # every breakdown of a year of purchases
            models.Index(fields=["edition", "buyer"], name="project_total_edition"),
            # a department over all years
            models.Index(fields=["buyer", "edition"], name="project_total_buyer"),
        ]


class ProjectBuyerTotal(OfBuyer, ProjectSums):
    """The counted projects of one edition summed by department, whatever was bought and how."""

    class Meta:
        indexes = [
            # who buys in a year
            models.Index(fields=["edition", "buyer"], name="project_buyer_total_edition"),
            # a department over all years
            models.Index(fields=["buyer", "edition"], name="project_buyer_total_buyer"),
        ]


class ProjectYearTotal(OfWay, ProjectSums):
    """The counted projects of one edition summed by type, method and province, whoever bought."""

    class Meta:
        indexes = [
            # a year by type, method or province
            models.Index(fields=["edition"], name="project_year_total_edition"),
        ]


class ProjectPlaceTotal(OfDistrict, ProjectSums):
    """The counted projects of one edition summed by district, whoever bought and whatever."""

    class Meta:
        indexes = [
            # the districts of a province in a year, or of all provinces
            models.Index(fields=["edition", "province"], name="project_place_total_edition"),
        ]


class ContractTotal(OfBuyer, OfWay, OfDistrict, OfWinner, ContractSums):
    """The counted contracts of one edition summed to one cell: department, winner, type, method and place."""

    supplier = models.ForeignKey(
        Supplier,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        help_text=_("The winner; none for natural persons and where no winner is published."),
    )

    class Meta:
        indexes = [
            # every breakdown of a year of contracts
            models.Index(fields=["edition", "buyer"], name="contract_total_edition"),
            # what a supplier won, over all years
            models.Index(fields=["supplier", "edition"], name="contract_total_supplier"),
            # a department over all years
            models.Index(fields=["buyer", "edition"], name="contract_total_buyer"),
            # who won in a province
            models.Index(fields=["edition", "province"], name="contract_total_province"),
        ]


class ContractWayTotal(OfBuyer, OfWay, OfDistrict, OfWinner, ContractSums):
    """The counted contracts of one edition summed by department, type, method, place and what is known of
    the winners, whoever won.
    """

    class Meta:
        indexes = [
            # a department's or a ministry's contracts of a year
            models.Index(fields=["edition", "buyer"], name="contract_way_total_edition"),
            # the same over all years
            models.Index(fields=["buyer", "edition"], name="contract_way_total_buyer"),
        ]


class ContractBuyerTotal(OfBuyer, ContractSums):
    """The counted contracts of one edition summed by department, whatever was bought, how and from whom."""

    carried_over = money(_("Of the sum, contracts signed before the fiscal year began, in baht."))

    class Meta:
        indexes = [
            # who buys in a year
            models.Index(fields=["edition", "buyer"], name="contract_buyer_total_edition"),
            # a department over all years
            models.Index(fields=["buyer", "edition"], name="contract_buyer_total_buyer"),
        ]


class ContractYearTotal(OfWay, OfWinner, ContractSums):
    """The counted contracts of one edition summed by type, method, province and what is known of the
    winners, whoever bought and whoever won.
    """

    class Meta:
        indexes = [
            # a year by type, method, province or kind of winner
            models.Index(fields=["edition"], name="contract_year_total_edition"),
        ]


class ContractPlaceTotal(OfDistrict, ContractSums):
    """The counted contracts of one edition summed by district, whoever bought, whatever, and whoever won."""

    class Meta:
        indexes = [
            # the districts of a province in a year, or of all provinces
            models.Index(fields=["edition", "province"], name="contract_place_total_edition"),
        ]


ALL_YEARS = 0  # as a fiscal year: the database reads an index in order behind a number, not behind nothing

PROJECT_TOTALS: tuple[type[ProjectSums], ...] = (
    ProjectYearTotal,
    ProjectBuyerTotal,
    ProjectPlaceTotal,
    ProjectTotal,
)
CONTRACT_TOTALS: tuple[type[ContractSums], ...] = (
    ContractYearTotal,
    ContractBuyerTotal,
    ContractPlaceTotal,
    ContractWayTotal,
    ContractTotal,
)
"""The totals of each kind of purchase, those with fewest cells first. The last can answer all."""


def smallest(totals: tuple[type[Any], ...], asked: Collection[str]) -> type[Any]:
    """The totals with the fewest cells that keep apart all the columns that are asked of."""
    return next(model for model in totals if model.splits() >= set(asked))


class SupplierTotal(models.Model):
    """What one supplier won in the editions that are current: in one fiscal year, or in all together.

    Made from the totals of those editions whenever another becomes current.
    """

    fiscal_year = models.PositiveSmallIntegerField(
        help_text=_("Fiscal year in Common Era; 0 for all years together.")
    )
    supplier = models.ForeignKey(
        Supplier,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        help_text=_("The winner."),
    )
    lines = models.PositiveIntegerField(help_text=_("How many contracts it won."))
    amount = money(_("Sum of these contracts in baht."))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "supplier"],
                name="one_total_of_a_supplier_in_a_year",
            )
        ]
        indexes = [
            # who won most
            models.Index("fiscal_year", F("amount").desc(), name="supplier_total_amount"),
            # who won most often
            models.Index("fiscal_year", F("lines").desc(), name="supplier_total_lines"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} {self.fiscal_year or ''}".strip()


class BuyerTotal(models.Model):
    """What one department agreed on in the editions that are current, in all years together.

    Made beside `SupplierTotal`, from the totals of the same editions.
    """

    buyer = models.OneToOneField(
        Buyer,
        on_delete=models.PROTECT,
        related_name="+",
        primary_key=True,
        db_constraint=False,
        help_text=_("The department."),
    )
    last_year = models.PositiveSmallIntegerField(
        help_text=_("The newest fiscal year in Common Era in which it bought.")
    )
    agreed_price = money(_("Sum of agreed prices in baht."))

    def __str__(self) -> str:
        return f"{self.buyer_id}"


class SupplierCount(models.Model):
    """How many suppliers won something in a fiscal year, and which editions `SupplierTotal` was made from."""

    fiscal_year = models.PositiveSmallIntegerField(
        help_text=_("Fiscal year in Common Era; 0 for all years together.")
    )
    suppliers = models.PositiveIntegerField(help_text=_("How many suppliers won a contract."))
    editions = ArrayField(
        models.BigIntegerField(), default=list, help_text=_("The editions that were current then, ascending.")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year"], name="one_count_of_suppliers_in_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year or ''} {self.suppliers}".strip()

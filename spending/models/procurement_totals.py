"""The totals kept beside purchases, so that a breakdown costs the same however many projects there are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import ContractQuerySet, ProjectQuerySet
from .facts import money
from .places import Province
from .procurement import PURCHASE_SLICES, Buyer, Supplier, WinnerKind


class PurchaseTotal(models.Model):
    """Base of the totals: what a cell of projects and a cell of contracts have in common."""

    slices: ClassVar = PURCHASE_SLICES

    edition = models.ForeignKey(
        "spending.Edition",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("The edition."),
    )
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))
    buyer = models.ForeignKey(
        Buyer,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("The department that buys."),
    )
    kind = models.CharField(max_length=120, blank=True, help_text=_("Type of the projects, as published."))
    method = models.CharField(max_length=120, blank=True, help_text=_("Method of purchase, as published."))
    province = models.ForeignKey(
        Province,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("The province."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.edition_id} {self.fiscal_year}"


class ProjectTotal(PurchaseTotal):
    """The counted projects of one edition summed to one cell: department, type, method and province."""

    lines = models.PositiveIntegerField(help_text=_("How many projects the cell sums."))
    budget = money(_("Money set aside for these projects, in baht."))
    reference_price = money(_("Sum of their reference prices, in baht."))
    agreed_price = money(_("Sum agreed for them, in baht."))

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes = [
            # every breakdown of a year of purchases
            models.Index(fields=["edition", "buyer"], name="project_total_edition"),
            # a department over all years
            models.Index(fields=["buyer", "edition"], name="project_total_buyer"),
        ]


class ContractTotal(PurchaseTotal):
    """The counted contracts of one edition summed to one cell: department, winner, type, method and
    province.
    """

    winner_kind = models.CharField(
        max_length=10, choices=WinnerKind, help_text=_("What is known of the winners.")
    )
    supplier = models.ForeignKey(
        Supplier,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("The winner; none for natural persons and where no winner is published."),
    )
    lines = models.PositiveIntegerField(help_text=_("How many contracts the cell sums."))
    amount = money(_("Sum of the contracts in baht."))

    objects = ContractQuerySet.as_manager()

    class Meta:
        indexes = [
            # every breakdown of a year of contracts
            models.Index(fields=["edition", "buyer"], name="contract_total_edition"),
            # what a supplier won, over all years
            models.Index(fields=["supplier", "edition"], name="contract_total_supplier"),
            # a department over all years
            models.Index(fields=["buyer", "edition"], name="contract_total_buyer"),
        ]

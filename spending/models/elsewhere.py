"""What publishers anywhere publish in open standards, in their own currencies.

None of it is ever added to the figures of the Thai state, nor amounts of two currencies to each other.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..querysets import FactQuerySet
from .facts import Fact


def foreign(help_text: Any) -> models.DecimalField[Any, Any]:
    """A column of money in the currency that the row names, exact as published."""
    return models.DecimalField(max_digits=26, decimal_places=6, null=True, help_text=help_text)


def currency() -> models.CharField[Any, Any]:
    """A column that names the currency of the row's amounts."""
    return models.CharField(
        max_length=3, blank=True, help_text=_("Currency of the amounts, three letters (ISO 4217).")
    )


class OpenProcess(Fact):
    """One contracting process of any publisher in the world, as its newest release in OCDS tells of it."""

    # Identification
    ocid = models.CharField(max_length=255, help_text=_("Open Contracting ID, unique in the world."))
    publisher = models.CharField(max_length=255, help_text=_("Who published it, as the file says."))
    title = models.TextField(blank=True, help_text=_("What was to be bought, as published."))

    # Classification
    buyer = models.TextField(blank=True, help_text=_("The public body that buys, as published."))
    method = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("Method of purchase, a word of the standard or the publisher's."),
    )
    status = models.CharField(max_length=80, blank=True, help_text=_("State of the tender, as published."))
    released_on = models.DateField(null=True, help_text=_("Day of the newest release."))

    # Amounts
    currency = currency()
    budgeted = foreign(_("Budget of the process, in its currency."))
    tendered = foreign(_("Estimated value of the tender, in its currency."))

    slices: ClassVar = {"buyer": ("buyer", "buyer", "")}

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "ocid"], name="one_process_of_an_ocid_in_an_edition"),
            models.CheckConstraint(
                condition=Q(budgeted__isnull=True, tendered__isnull=True) | ~Q(currency=""),
                name="process_money_has_a_currency",
            ),
        ]
        indexes = [
            # a process by its id
            models.Index(fields=["ocid"], name="open_process_ocid"),
        ]

    def __str__(self) -> str:
        return self.ocid


class OpenContract(Fact):
    """One award or contract of a contracting process of any publisher, in its own currency."""

    class Stage(models.TextChoices):
        AWARD = "award", _("award")
        CONTRACT = "contract", _("contract")

    # Identification
    ocid = models.CharField(max_length=255, help_text=_("Open Contracting ID of the process."))
    publisher = models.CharField(max_length=255, help_text=_("Who published it, as the file says."))
    stage = models.CharField(
        max_length=8, choices=Stage, help_text=_("Whether it is an award, or the contract signed after it.")
    )
    number = models.CharField(
        max_length=255, help_text=_("Id of the award or contract within the process, as published.")
    )
    title = models.TextField(blank=True, help_text=_("Title, as published."))

    # Parties
    suppliers = models.TextField(
        blank=True,
        help_text=_("Names of the suppliers that are organisations by their names; others are not shown."),
    )
    unnamed = models.PositiveSmallIntegerField(
        default=0, help_text=_("Suppliers that may be natural persons, and so are counted and not named.")
    )

    # Time and state
    status = models.CharField(max_length=80, blank=True, help_text=_("State, as published."))
    decided_on = models.DateField(null=True, help_text=_("Day of the award, or of the signature."))

    # Amounts
    currency = currency()
    amount = foreign(_("Value, in its currency."))

    slices: ClassVar = {"supplier": ("suppliers", "suppliers", "")}

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "ocid", "stage", "number"], name="one_contract_of_a_number_in_a_process"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | ~Q(currency=""), name="contract_value_has_a_currency"
            ),
        ]
        indexes = [
            # the awards and contracts of a process
            models.Index(fields=["ocid"], name="open_contract_ocid"),
        ]

    def __str__(self) -> str:
        return f"{self.ocid} {self.number}"


class PackageFigure(Fact):
    """One measure of one row of a Fiscal Data Package of any publisher, in its own currency."""

    # Identification
    package = models.CharField(max_length=255, help_text=_("Name of the package, as its descriptor says."))
    publisher = models.CharField(max_length=255, help_text=_("Title of the package, or who published it."))
    fiscal_period = models.CharField(
        max_length=21,
        blank=True,
        help_text=_("First and last day that the package covers, if it says so."),
    )

    # Classification
    measure = models.CharField(max_length=120, help_text=_("Which amount of the row, by its name."))
    direction = models.CharField(
        max_length=40, blank=True, help_text=_("Expenditure or revenue, if the package says so.")
    )
    phase = models.CharField(
        max_length=40, blank=True, help_text=_("Proposed, approved, adjusted or executed, if it says so.")
    )
    dimensions = models.JSONField(
        help_text=_("What the amount is for: names of the package's dimensions with their values.")
    )

    # Amounts
    currency = currency()
    amount = foreign(_("The amount, in its currency."))

    # Provenance
    table_file = models.TextField(
        blank=True, help_text=_("The table of the package in which the line counts, by its path there.")
    )
    table_sha256 = models.CharField(
        max_length=64, blank=True, help_text=_("SHA-256 of the file of that table.")
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=False) & ~Q(currency=""), name="package_figure_has_a_currency"
            ),
        ]
        indexes = [
            # the figures of a package
            models.Index(fields=["edition", "measure"], name="package_figure_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.package} {self.line}"

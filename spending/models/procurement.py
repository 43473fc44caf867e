"""What was bought, from whom, and how: projects and contracts of e-GP, and who stands on either side."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..querysets import ContractQuerySet, ProjectQuerySet
from .facts import Fact, money
from .places import Agency, Province
from .search import SearchKeyField, SearchStepsField


class Buyer(models.Model):
    """A department that buys through e-GP, by the name it has there.

    Where the name is that of exactly one agency of the budget, or a person has said so, it points to it.
    """

    class Matched(models.TextChoices):
        NONE = "", _("not matched")
        CODE = "code", _("by its code")
        NAME = "name", _("by its name")
        PERSON = "person", _("by a person")

    code = models.CharField(
        max_length=255,
        unique=True,
        help_text=_("The name as it stands in addresses; a slash becomes U+2215."),
    )
    name = models.CharField(max_length=255, help_text=_("Name of the department, as published."))
    agency = models.ForeignKey(
        Agency,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="buyers",
        help_text=_("The agency of the budget that it is, where known."),
    )
    matched = models.CharField(
        max_length=10, choices=Matched, blank=True, help_text=_("How it was matched to that agency.")
    )
    search_key = SearchKeyField(of=("name",))
    search_steps = SearchStepsField(of=("name",))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=True, matched="") | (Q(agency__isnull=False) & ~Q(matched="")),
                name="matched_buyer_says_how",
            )
        ]
        indexes = [
            # departments whose name holds some letters
            GinIndex(fields=["search_steps"], opclasses=["gin_trgm_ops"], name="buyer_search"),
        ]

    def __str__(self) -> str:
        return self.name


class Supplier(models.Model):
    """A winner of contracts that is no natural person: a company, a partnership, a cooperative, a public
    body.

    Known by its tax id; by its name alone where no usable id is published, and then kept apart.
    """

    code = models.CharField(
        max_length=255,
        unique=True,
        help_text=_("The tax id; the name where no usable id is published, a slash in it as U+2215."),
    )
    tax_id = models.CharField(
        max_length=13,
        blank=True,
        help_text=_("13-digit tax id, which begins with 0; empty where none is usable."),
    )
    name = models.CharField(max_length=255, help_text=_("Name as it was published first."))
    search_key = SearchKeyField(of=("name", "tax_id"))
    search_steps = SearchStepsField(of=("name", "tax_id"))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tax_id="", code__regex=r"[^0-9]") | Q(tax_id__regex=r"^0[0-9]{12}$"),
                name="supplier_is_no_natural_person",
            ),
            models.CheckConstraint(
                condition=Q(tax_id="") | Q(code=models.F("tax_id")), name="numbered_supplier_is_its_tax_id"
            ),
        ]
        indexes = [
            # suppliers of the same name
            models.Index(fields=["name"], name="supplier_name"),
            # suppliers whose name holds some letters
            GinIndex(fields=["search_steps"], opclasses=["gin_trgm_ops"], name="supplier_search"),
        ]

    def __str__(self) -> str:
        return self.name


class SupplierName(models.Model):
    """Another way in which a supplier's name was published."""

    supplier = models.ForeignKey(
        Supplier, on_delete=models.CASCADE, related_name="names", help_text=_("The supplier meant.")
    )
    name = models.CharField(max_length=255, help_text=_("The name as published."))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["supplier", "name"], name="one_spelling_of_a_supplier")
        ]
        indexes = [
            # suppliers that are called so elsewhere
            models.Index(fields=["name"], name="supplier_spelling"),
        ]

    def __str__(self) -> str:
        return self.name


class WinnerKind(models.TextChoices):
    """What is known of the winner of a contract."""

    NUMBERED = "numbered", _("by its tax id")
    UNNUMBERED = "unnumbered", _("by its name, no usable tax id")
    PERSON = "person", _("a natural person, or taken for one: the name is not shown")
    UNKNOWN = "unknown", _("not published")


PURCHASE_SLICES = {
    "agency": ("buyer__agency__code", "buyer__agency__name", "buyer__agency__name_en"),
    "province": ("province__name", "province__name", "province__name_en"),
}


# The order of lists, in which those without an amount stand last: an index in another one is no help to them.
LARGEST_BUDGET = F("budget").desc(nulls_last=True)
HIGHEST_PRICE = F("agreed_price").desc(nulls_last=True)
LARGEST_AMOUNT = F("amount").desc(nulls_last=True)


class Project(Fact):
    """One purchase of a department through e-GP: what it was to cost, and what was agreed. Once in an
    edition.
    """

    slices: ClassVar = PURCHASE_SLICES

    # Identification
    number = models.CharField(max_length=11, help_text=_("Published project number, 11 digits."))
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))
    name = models.TextField(help_text=_("Title of the purchase, as published; persons named in it left out."))

    # Classification
    kind = models.CharField(
        max_length=120, blank=True, help_text=_("Type: goods, services, construction, rent, …, as published.")
    )
    method = models.CharField(
        max_length=120, blank=True, help_text=_("Method of purchase, as published; empty where none is.")
    )
    buyer = models.ForeignKey(
        Buyer,
        on_delete=models.PROTECT,
        related_name="projects",
        db_index=False,
        help_text=_("The department that buys."),
    )
    buyer_unit = models.CharField(
        max_length=255, blank=True, help_text=_("Unit of the department, as published.")
    )
    province = models.ForeignKey(
        Province,
        null=True,
        on_delete=models.PROTECT,
        related_name="projects",
        db_index=False,
        help_text=_("The province; none where it is not specified."),
    )
    district = models.CharField(
        max_length=120, blank=True, help_text=_("District, as published; empty where none is.")
    )
    subdistrict = models.CharField(max_length=120, blank=True, help_text=_("Subdistrict, as published."))

    # Time and state
    announced_on = models.DateField(null=True, help_text=_("Day of the announcement, where there was one."))
    recorded_on = models.DateField(null=True, help_text=_("Day of the record in e-GP."))
    status = models.CharField(max_length=80, blank=True, help_text=_("State of the project, as published."))

    # Amounts
    budget = money(_("Money set aside for the project, in baht."), null=True)
    reference_price = money(_("Reference price (ราคากลาง) in baht."), null=True)
    agreed_price = money(_("Sum agreed with all winners, in baht."), null=True)

    # Overlap
    counted = models.BooleanField(
        default=True,
        help_text=_("Whether sums count it here; no, where an edition loaded before already does."),
    )

    # Search
    search_key = SearchKeyField(of=("name",))
    search_steps = SearchStepsField(of=("name",))

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"], name="one_project_of_a_number_in_an_edition"
            ),
            models.CheckConstraint(
                condition=(Q(budget__isnull=True) | Q(budget__gte=0))
                & (Q(reference_price__isnull=True) | Q(reference_price__gte=0))
                & (Q(agreed_price__isnull=True) | Q(agreed_price__gte=0)),
                name="project_money_is_not_negative",
            ),
        ]
        indexes = [
            # the page of a project, whichever edition answers
            models.Index(fields=["number"], name="project_number"),
            # the projects of a department, largest first
            models.Index("buyer", "edition", LARGEST_BUDGET, name="project_buyer"),
            # the projects of a province, largest first
            models.Index("province", "edition", LARGEST_BUDGET, name="project_province"),
            # all projects of an edition, largest first
            models.Index("edition", LARGEST_BUDGET, "number", name="project_largest"),
            # the list of a year: highest agreed price first
            models.Index("edition", HIGHEST_PRICE, "number", name="project_agreed"),
            # all projects of an edition as they were loaded, page by page
            models.Index(fields=["edition", "id"], name="project_loaded"),
            # projects whose title holds some letters
            GinIndex(fields=["search_steps"], opclasses=["gin_trgm_ops"], name="project_search"),
        ]

    def __str__(self) -> str:
        return self.number


class Contract(Fact):
    """One contract of a project with one winner. Of a natural person only the fact is kept that it is one."""

    slices: ClassVar = PURCHASE_SLICES

    # Identification
    project_number = models.CharField(max_length=11, help_text=_("Published number of its project."))
    contract_no = models.CharField(
        max_length=120, blank=True, help_text=_("Number of the contract, as the department gave it.")
    )
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))

    # Classification
    buyer = models.ForeignKey(
        Buyer,
        on_delete=models.PROTECT,
        related_name="contracts",
        db_index=False,
        help_text=_("The department that buys."),
    )
    winner_kind = models.CharField(
        max_length=10, choices=WinnerKind, help_text=_("What is known of the winner.")
    )
    supplier = models.ForeignKey(
        Supplier,
        null=True,
        on_delete=models.PROTECT,
        related_name="contracts",
        db_index=False,
        help_text=_("The winner; none for natural persons and where no winner is published."),
    )
    kind = models.CharField(max_length=120, blank=True, help_text=_("Type of the project, as published."))
    method = models.CharField(
        max_length=120, blank=True, help_text=_("Method of purchase, as published; empty where none is.")
    )
    province = models.ForeignKey(
        Province,
        null=True,
        on_delete=models.PROTECT,
        related_name="contracts",
        db_index=False,
        help_text=_("The province of the project; none where it is not specified."),
    )
    district = models.CharField(
        max_length=120, blank=True, help_text=_("District of the project, as published; empty where none is.")
    )

    # Time and state
    signed_on = models.DateField(null=True, help_text=_("Day on which the contract was signed."))
    ends_on = models.DateField(null=True, help_text=_("Day on which the contract ends."))
    status = models.CharField(max_length=80, blank=True, help_text=_("State of the contract, as published."))

    # Amounts
    amount = money(_("Amount of the contract in baht."), null=True)

    # Overlap
    counted = models.BooleanField(
        default=True,
        help_text=_("Whether sums count it here; no, where an edition loaded before already does."),
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(winner_kind__in=["person", "unknown"], supplier__isnull=True)
                | Q(winner_kind__in=["numbered", "unnumbered"], supplier__isnull=False),
                name="natural_person_has_no_supplier",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="contract_is_not_negative"
            ),
        ]
        indexes = [
            # the contracts of a project
            models.Index(fields=["project_number"], name="contract_project"),
            # what a supplier won, largest first
            models.Index("supplier", "edition", LARGEST_AMOUNT, name="contract_supplier"),
            # the contracts of a department, largest first
            models.Index("buyer", "edition", LARGEST_AMOUNT, name="contract_buyer"),
            # all contracts of an edition, largest first
            models.Index("edition", LARGEST_AMOUNT, name="contract_largest"),
            # all contracts of an edition as they were loaded, page by page
            models.Index(fields=["edition", "id"], name="contract_loaded"),
        ]

    def __str__(self) -> str:
        return f"{self.project_number} {self.contract_no}".strip()

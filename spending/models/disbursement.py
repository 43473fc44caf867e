"""What was paid: the weekly report, the former site's projects, and the published totals of past years."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import DisbursementQuerySet, ProjectDisbursementQuerySet, ReferenceTotalQuerySet
from .classification import Category, Plan
from .facts import Fact, money
from .places import Agency, Province
from .search import Block, SearchKeyField, SearchStepsField


class Disbursement(Fact):
    """One body in one weekly report, one economic class, in one cut of the money. Amounts since the year
    began.

    Cuts overlap (a ministry is the sum of its agencies), so a query always names one cut.
    """

    class Cut(models.TextChoices):
        OVERVIEW = "overview", _("the whole budget")
        MINISTRY = "ministry", _("by ministry")
        AGENCY = "agency", _("by agency")
        AGENCY_SPENDING = "agency_spending", _("by agency, spending against target")
        PAO = "pao", _("provincial administrative organisations")
        PAO_SPENDING = "pao_spending", _("provincial administrative organisations, spending against target")
        MUNICIPALITY = "municipality", _("municipalities")
        MUNICIPALITY_SPENDING = "municipality_spending", _("municipalities, spending against target")
        LARGE_INVESTMENT = "large_investment", _("agencies investing over 1,000 million baht")
        STATE_ENTERPRISE = "state_enterprise", _("state enterprises")
        PROVINCE = "province", _("provinces and groups of provinces")
        PROVINCE_SPENDING = "province_spending", _("provinces, spending against target")
        CENTRAL_TO_PROVINCE = "central_to_province", _("central money held in provinces")
        CENTRAL_TO_PROVINCE_SPENDING = (
            "central_to_province_spending",
            _("central money held in provinces, spending against target"),
        )
        FUND = "fund", _("funds")

    class Economic(models.TextChoices):
        RECURRENT = "recurrent", _("recurrent")
        INVESTMENT = "investment", _("investment")
        TOTAL = "total", _("total, where the report does not split it")

    # Identification
    cut = models.CharField(
        max_length=32, choices=Cut, help_text=_("Which cut of the money the row belongs to.")
    )
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))
    as_of = models.DateField(help_text=_("The date up to which the amounts count."))
    body_code = models.CharField(max_length=40, help_text=_("Code of the body, as published."))
    body_name = models.CharField(max_length=255, help_text=_("Name of the body, as published."))

    # Classification
    agency = models.ForeignKey(
        Agency,
        null=True,
        on_delete=models.PROTECT,
        related_name="disbursements",
        db_index=False,
        help_text=_("The body; none for the whole budget and for money held in a province."),
    )
    province = models.ForeignKey(
        Province,
        null=True,
        on_delete=models.PROTECT,
        related_name="disbursements",
        db_index=False,
        help_text=_("The province, for money held in a province and for bodies that bear its name."),
    )
    economic = models.CharField(
        max_length=10, choices=Economic, help_text=_("Recurrent or investment spending.")
    )

    # Amounts
    after_transfer = money(_("Budget after transfers, in baht."), null=True)
    allotted = money(_("Allotted to the body so far, in baht."), null=True)
    committed = money(_("Purchase orders and reserved money not yet paid, in baht."), null=True)
    disbursed = money(_("Paid out so far, in baht."), null=True)
    spent = money(_("Paid out or bound by contract so far, in baht."), null=True)
    target_gap = models.DecimalField(
        max_digits=30,
        decimal_places=20,
        null=True,
        help_text=_(
            "Percentage points above (positive) or below (negative) the spending target, as printed."
        ),
    )

    target = models.DecimalField(
        max_digits=7,
        decimal_places=4,
        null=True,
        help_text=_(
            "Share of the budget, in percent, that should be paid or bound by then, as printed under the "
            "tables; of the whole budget and its two classes."
        ),
    )

    # Provenance
    sheet = models.CharField(max_length=80, help_text=_("Title of the sheet."))
    cells = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("The cell of each amount in the sheet, by its name: after_transfer C6, disbursed G6."),
    )

    objects = DisbursementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "cut", "body_code", "economic"], name="one_row_of_a_body_in_a_cut"
            ),
        ]
        indexes = [
            # an agency's weeks
            models.Index(fields=["agency", "cut", "as_of"], name="disbursement_agency"),
            # all bodies of a cut in a week
            models.Index(fields=["edition", "cut"], name="disbursement_cut"),
        ]

    def __str__(self) -> str:
        return f"{self.body_name} {self.as_of}"


class ProjectDisbursement(Fact):
    """One project of one year and budget type in one pair of provinces: budgeted there, disbursed there."""

    # Identification
    project_code = models.CharField(max_length=16, help_text=_("The former site's 16-digit budget code."))
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))
    name = models.TextField(help_text=_("Name of the project, as published."))

    # Classification
    ministry = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", db_index=False, help_text=_("The ministry.")
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="project_disbursements",
        db_index=False,
        help_text=_("The agency."),
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="+", db_index=False, help_text=_("The plan.")
    )
    strategy = models.CharField(
        max_length=255, help_text=_("National strategy the project serves, as published.")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", db_index=False, help_text=_("The budget type.")
    )
    budget_province = models.CharField(
        max_length=60, blank=True, help_text=_("Province the money was budgeted for, as published.")
    )
    paid_province = models.CharField(
        max_length=60, blank=True, help_text=_("Province the money was paid in, as published.")
    )

    # Amounts
    budgeted = money(_("Budgeted in baht; empty where the publisher gives none."), null=True)
    disbursed = money(_("Paid out in baht; empty where the publisher gives none."), null=True)

    # Provenance
    repeated = models.BooleanField(
        default=False,
        help_text=_(
            "Whether an identical record stands elsewhere in the file: the publisher's pages overlap."
        ),
    )

    # Search
    search_key = SearchKeyField(of=("name",))
    search_steps = SearchStepsField(of=("name",))

    objects = ProjectDisbursementQuerySet.as_manager()

    class Meta:
        indexes = [
            # projects of an agency
            models.Index(fields=["agency", "edition"], name="project_disbursement_agency"),
            # the page of a project
            models.Index(fields=["project_code"], name="project_disbursement_code"),
            # all rows of a year
            models.Index(fields=["edition", "budget_province"], name="project_disbursement_place"),
            # projects whose name holds some letters
            GinIndex(
                Block("id"),
                OpClass("search_steps", name="gin_trgm_ops"),
                name="project_disbursement_search",
            ),
        ]

    def __str__(self) -> str:
        return self.project_code


class ReferenceTotal(Fact):
    """One published total: of the whole budget or of one ministry, in one year or month, of one measure."""

    class Measure(models.TextChoices):
        ACT = "act", _("the act of parliament")
        ADJUSTED = "adjusted", _("after adjustments")
        PAID = "paid", _("paid out")

    # Identification
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))
    month = models.DateField(
        null=True, help_text=_("First day of the month, where the total is of one month.")
    )
    measure = models.CharField(max_length=10, choices=Measure, help_text=_("What is counted."))

    # Classification
    body_name = models.CharField(
        max_length=255,
        blank=True,
        help_text=_("Whose total it is, as published; empty for the whole budget."),
    )
    agency = models.ForeignKey(
        Agency,
        null=True,
        on_delete=models.PROTECT,
        related_name="reference_totals",
        help_text=_("The ministry, where it is known."),
    )

    # Amounts
    amount = money(_("The total in baht."))

    objects = ReferenceTotalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "fiscal_year", "month", "measure", "body_name"],
                nulls_distinct=False,
                name="one_reference_total_of_a_body_and_time",
            )
        ]
        indexes = [
            # the totals of a year
            models.Index(fields=["fiscal_year", "measure"], name="reference_total_year"),
        ]

    def __str__(self) -> str:
        return f"{self.body_name} {self.fiscal_year} {self.measure}"

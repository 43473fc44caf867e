"""The money of local government: what its councils grant, and how far it is spent.

It is never added to the budget of the central government, part of which reaches local bodies as subsidies.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..local_querysets import LocalBudgetQuerySet
from .facts import Fact, money
from .places import Agency, Province


class LocalBudget(Fact):
    """One line of a local body's own budget in a fiscal year: what for, how much, how far it is spent."""

    # Identification
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))
    body = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="local_budgets",
        db_index=False,
        help_text=_("The local body."),
    )
    province = models.ForeignKey(
        Province,
        on_delete=models.PROTECT,
        related_name="local_budgets",
        db_index=False,
        help_text=_("The province of the local body."),
    )

    # Classification
    function = models.CharField(
        max_length=120, blank=True, help_text=_("Field of work (ด้าน); empty where the file does not say.")
    )
    plan = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("Plan (แผนงาน) within the field of work; empty where the file does not say."),
    )
    task = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("Task (งาน) within the plan; empty where the file does not say."),
    )
    budget_type = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("Type of expenditure (งบ), e.g. investment; empty where the file does not say."),
    )
    group = models.CharField(
        max_length=200, blank=True, help_text=_("Group of expenditure (หมวด) within the type, as published.")
    )
    item = models.CharField(
        max_length=500, blank=True, help_text=_("Kind of expenditure within the group, as published.")
    )
    description = models.TextField(blank=True, help_text=_("What the money is for, as published."))

    # Amounts
    approved = money(_("Granted in the budget ordinance, in baht."))
    increased = money(_("Added by transfers during the year, in baht."), null=True)
    decreased = money(_("Taken away by transfers during the year, in baht."), null=True)
    committed = money(_("Bound by orders and contracts, not yet paid, in baht."), null=True)
    disbursed = money(_("Paid out so far, in baht."), null=True)
    remaining = money(_("Left to spend, in baht."), null=True)

    objects = LocalBudgetQuerySet.as_manager()

    slices = {
        "agency": ("body__code", "body__name", "body__name_en"),
        "province": ("province__name", "province__name", "province__name_en"),
        "plan": ("plan", "plan", ""),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    increased__isnull=True,
                    decreased__isnull=True,
                    committed__isnull=True,
                    disbursed__isnull=True,
                    remaining__isnull=True,
                )
                | Q(
                    increased__isnull=False,
                    decreased__isnull=False,
                    committed__isnull=False,
                    disbursed__isnull=False,
                    remaining__isnull=False,
                    remaining=F("approved")
                    + F("increased")
                    - F("decreased")
                    - F("committed")
                    - F("disbursed"),
                ),
                name="local_remaining_follows_from_its_parts",
            ),
        ]
        indexes = [
            # the lines of one local body
            models.Index(fields=["body", "fiscal_year"], name="local_budget_body"),
            # the local bodies of a province
            models.Index(fields=["province", "fiscal_year"], name="local_budget_province"),
            # all lines of an edition
            models.Index(fields=["edition", "function"], name="local_budget_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.description or self.task}"

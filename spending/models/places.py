"""Who spends, and where: ministries, agencies, local bodies, funds; and provinces."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .search import SearchKeyField


class Province(models.Model):
    """One of the 77 provinces (Bangkok counted among them)."""

    code = models.CharField(
        max_length=2,
        unique=True,
        help_text=_("Two-digit code of the Department of Provincial Administration."),
    )
    name = models.CharField(
        max_length=60, unique=True, help_text=_("Name in Thai, without the word for province.")
    )
    name_en = models.CharField(max_length=60, help_text=_("Name in English."))

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class AgencyQuerySet(models.QuerySet["Agency"]):
    def ministries(self) -> AgencyQuerySet:
        return self.filter(kind=Agency.Kind.MINISTRY)


class Agency(models.Model):
    """A body that receives public money: a ministry, a department, a university, a municipality, a fund.

    A ministry is an agency without a parent; its departments point to it. Local bodies, state enterprises
    and funds have the kind the disbursement report lists them under.
    """

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("ministry or equal body")
        AGENCY = "agency", _("agency")
        PAO = "pao", _("provincial administrative organisation")
        MUNICIPALITY = "municipality", _("municipality")
        STATE_ENTERPRISE = "state_enterprise", _("state enterprise")
        PROVINCE = "province", _("province or group of provinces")
        FUND = "fund", _("fund")

    # Identification
    code = models.CharField(
        max_length=200,
        unique=True,
        help_text=_("The published code (two digits for a ministry); the name where no list gives a code."),
    )
    name = models.CharField(max_length=255, help_text=_("Name in Thai, as published."))
    name_en = models.CharField(max_length=255, blank=True, help_text=_("Name in English, where known."))

    # Classification
    kind = models.CharField(max_length=16, choices=Kind, help_text=_("What sort of body it is."))
    ministry = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agencies",
        help_text=_("The ministry it stands under in the newest edition that says so."),
    )
    has_published_code = models.BooleanField(
        default=True, help_text=_("Whether the code comes from a published list.")
    )

    # Search
    search_key = SearchKeyField(of=("name", "name_en"))

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class AgencyName(models.Model):
    """One way in which publishers write an agency's name or code, and how it came to be matched."""

    class Matched(models.TextChoices):
        CODE = "code", _("by its published code")
        NAME = "name", _("by its name")
        SPELLING = "spelling", _("by its name, a damaged letter apart")
        PERSON = "person", _("by a person")

    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, related_name="names", help_text=_("The body meant.")
    )
    name = models.CharField(
        max_length=255, help_text=_("The name as printed, or an earlier address of the agency.")
    )
    ministry_code = models.CharField(
        max_length=200, blank=True, help_text=_("Code of the ministry under which the name was printed.")
    )
    matched = models.CharField(max_length=10, choices=Matched, help_text=_("How the name was matched."))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "ministry_code"], name="one_meaning_of_a_name_in_a_ministry"
            )
        ]

    def __str__(self) -> str:
        return self.name

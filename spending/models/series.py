"""What amounts are measured by: people, the domestic product, prices; as their publishers state them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..querysets import FactQuerySet
from .facts import Fact
from .places import Province

UNITS = {"population": "persons", "gdp": "baht", "cpi": "index"}
"""The unit that each series is kept in."""


class ReferenceValue(Fact):
    """One published value of one series: the people of a province on a day, the prices of a year."""

    class Series(models.TextChoices):
        POPULATION = "population", _("population")
        GDP = "gdp", _("gross domestic product at current prices")
        CPI = "cpi", _("consumer price index")

    class Unit(models.TextChoices):
        PERSONS = "persons", _("persons")
        BAHT = "baht", _("baht")
        INDEX = "index", _("index points")

    # Identification
    series = models.CharField(max_length=10, choices=Series, help_text=_("What is counted or measured."))
    province = models.ForeignKey(
        Province,
        null=True,
        on_delete=models.PROTECT,
        related_name="reference_values",
        db_index=False,
        help_text=_("The province it is of; empty for the whole country."),
    )
    year = models.PositiveSmallIntegerField(
        help_text=_("Calendar year in Common Era, as the publisher states it.")
    )
    counted_on = models.DateField(
        null=True, help_text=_("Day of the count; empty for a value of a whole calendar year.")
    )
    fiscal_year = models.PositiveSmallIntegerField(
        help_text=_(
            "Fiscal year in Common Era that it answers for: the one in which the day of the count lies, else "
            "the one with the number of the calendar year."
        )
    )

    # Amounts
    value = models.DecimalField(
        max_digits=38, decimal_places=17, help_text=_("The value, with all decimals that are published.")
    )
    unit = models.CharField(max_length=8, choices=Unit, help_text=_("What the value counts."))
    base_year = models.PositiveSmallIntegerField(
        null=True, help_text=_("Of an index: the calendar year in Common Era whose value is 100.")
    )

    # Provenance
    basis = models.CharField(
        max_length=255, help_text=_("What exactly is counted, in the publisher's words or in short.")
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "series", "province", "fiscal_year"],
                nulls_distinct=False,
                name="one_reference_value_of_a_place_and_year",
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="reference_value_is_above_zero"),
            models.CheckConstraint(
                condition=Q(series="cpi", base_year__isnull=False) | ~Q(series="cpi") & Q(base_year=None),
                name="only_an_index_has_a_base_year",
            ),
            models.CheckConstraint(
                condition=Q(series="population", counted_on__isnull=False)
                | ~Q(series="population") & Q(counted_on=None),
                name="people_are_counted_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(series="population", unit="persons")
                | Q(series="gdp", unit="baht")
                | Q(series="cpi", unit="index"),
                name="each_series_has_its_unit",
            ),
        ]
        indexes = [
            # the values that an answer is measured by
            models.Index(fields=["series", "province", "fiscal_year"], name="reference_value_place_year"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.province_id or 'TH'} {self.year}"

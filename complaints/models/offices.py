"""Where in the country a desk has offices, and which provinces each looks after: data that staff keep."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..routing import Office
from .desks import Desk, Grade


class RegionalOfficeQuerySet(models.QuerySet["RegionalOffice"]):
    def on(self, day: date) -> RegionalOfficeQuerySet:
        """Those that hold on a day, in the order of their numbers."""
        holds = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(holds, valid_from__lte=day).order_by("number", "pk")


class RegionalOffice(models.Model):
    """One office of a desk in the country, which is proposed to the desk by the province of the matter."""

    desk = models.ForeignKey(
        Desk, on_delete=models.PROTECT, related_name="offices", help_text=_("The body it belongs to.")
    )
    number = models.PositiveSmallIntegerField(help_text=_("Number of its region."))
    name = models.CharField(max_length=200, help_text=_("Name in Thai."))
    name_en = models.CharField(max_length=200, help_text=_("Name in English."))
    provinces = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text=_("Provinces that it looks after, as far as is known: names in Thai, parted by commas."),
    )

    # Provenance
    source = models.CharField(max_length=500, help_text=_("Law, page or document that says so."))
    grade = models.CharField(max_length=12, choices=Grade, help_text=_("How sure it is."))
    valid_from = models.DateField(help_text=_("First day on which it holds."))
    valid_until = models.DateField(null=True, blank=True, help_text=_("Last day on which it holds, if any."))

    objects = RegionalOfficeQuerySet.as_manager()

    class Meta:
        ordering = ["desk", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "number", "valid_from"], name="one_regional_office_of_a_number_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="regional_office_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def as_office(self) -> Office:
        """The office as a plain value."""
        is_confirmed = self.grade in (Grade.OFFICIAL, Grade.LAW)
        return Office(self.name, self.name_en, frozenset(self.provinces), is_confirmed)

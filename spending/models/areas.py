"""The map of the country in words: provinces, districts and subdistricts with their codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..local_querysets import AreaQuerySet
from .facts import Fact
from .places import Province


class Area(Fact):
    """One area of the administration: a province, a district of it, or a subdistrict of that."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        DISTRICT = "district", _("district")
        SUBDISTRICT = "subdistrict", _("subdistrict")

    # Identification
    code = models.CharField(
        max_length=6,
        help_text=_("Code of two, four or six digits; each begins with the code of the area around it."),
    )
    name = models.CharField(max_length=60, help_text=_("Name in Thai."))
    name_en = models.CharField(max_length=60, help_text=_("Name in English."))

    # Classification
    level = models.CharField(
        max_length=11, choices=Level, help_text=_("Whether it is a province, a district or a subdistrict.")
    )
    province = models.ForeignKey(
        Province,
        on_delete=models.PROTECT,
        related_name="areas",
        db_index=False,
        help_text=_("The province it lies in, or is."),
    )
    postal_code = models.CharField(
        max_length=5, blank=True, help_text=_("Postal code; none of a province, which has many.")
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_area_of_a_code"),
        ]
        indexes = [
            # the districts and subdistricts of a province
            models.Index(fields=["province", "level", "code"], name="area_province"),
        ]

    def __str__(self) -> str:
        return self.name

"""The borders of provinces, where an operator has given them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .places import Province


class ProvinceOutline(models.Model):
    """The border of one province as a map draws it: an SVG path on a grid that all provinces share."""

    province = models.OneToOneField(
        Province,
        on_delete=models.CASCADE,
        related_name="outline",
        help_text=_("The province."),
    )
    path = models.TextField(help_text=_("Its border as an SVG path, on a grid that all provinces share."))
    source = models.CharField(
        max_length=300,
        help_text=_("Who published the borders, and under which terms, as the operator of the site says."),
    )

    class Meta:
        ordering = ["province__code"]

    def __str__(self) -> str:
        return self.province.name

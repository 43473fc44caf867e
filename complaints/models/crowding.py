"""How many reports and opinions came from about one place in an hour; see `crowding`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceCount(models.Model):
    """How many reports, or opinions, were counted under one number in an hour. Many addresses share it; none
    is kept.
    """

    bucket = models.IntegerField(
        primary_key=True,
        help_text=_(
            "A number that tens of thousands of addresses share, made anew each hour: up to 65,535 for "
            "reports, above it for opinions."
        ),
    )
    hour = models.BigIntegerField(help_text=_("The hour, counted from 1970."))
    count = models.PositiveIntegerField(help_text=_("How many were counted in it."))

    def __str__(self) -> str:
        return f"{self.hour} {self.bucket}"

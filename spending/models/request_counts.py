"""How often the API is asked: what is kept for a minute so that one caller cannot crowd out the others."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestCount(models.Model):
    """How often one caller asked the API in the minute at hand. No address is kept, and no question."""

    caller = models.CharField(
        max_length=32,
        primary_key=True,
        help_text=_("Keyed hash of the caller's address, under a key that changes each day."),
    )
    minute = models.BigIntegerField(help_text=_("The minute, counted from 1970."))
    count = models.PositiveIntegerField(help_text=_("How many requests were counted in it."))

    def __str__(self) -> str:
        return f"{self.minute} {self.count}"

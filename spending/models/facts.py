"""What every fact has: the edition it belongs to and its place in the published file."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .editions import Edition


def money(help_text: Any, **options: Any) -> models.DecimalField[Any, Any]:
    """A column of money: baht, exact to the satang, positive unless its help text says otherwise."""
    return models.DecimalField(max_digits=20, decimal_places=2, help_text=help_text, **options)


class Fact(models.Model):
    """Base of all published figures: one row of one edition, with its place in the file."""

    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("The edition it belongs to."),
    )
    line = models.PositiveIntegerField(
        help_text=_("Line of the text file, row of the sheet, or number of the record, counted from 1.")
    )

    class Meta:
        abstract = True

"""Labels by which the office gathers cases: its own words, never a word about a person."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from spending.flags.reasons import names_a_person

MOST_DIGITS = 8
"""A year or two may stand in a label; nine digits and more are a telephone, an account or a citizen."""


def is_no_person(label: str) -> None:
    """Raises ValidationError where a label looks like somebody's name, number or address."""
    if names_a_person(label) or "@" in label or len(re.findall(r"\d", label)) > MOST_DIGITS:
        raise ValidationError(gettext("Name no person here, and no number or address of one."))


class Tag(models.Model):
    """One label that the office puts on cases to find them together, such as those of one programme."""

    code = models.SlugField(
        max_length=20, unique=True, help_text=_("Short name in lists taken out and in the log.")
    )
    name = models.CharField(max_length=40, validators=[is_no_person], help_text=_("The label in Thai."))
    name_en = models.CharField(max_length=40, validators=[is_no_person], help_text=_("The label in English."))
    order = models.PositiveSmallIntegerField(default=100, help_text=_("Place in lists, smallest first."))
    is_offered = models.BooleanField(default=True, help_text=_("Whether staff may put it on cases."))

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name if get_language() == "th" else self.name_en

"""Who took a file out of the office, when and what for: said in the file itself, on each sheet and page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spending.fiscal import day_in_words

MOST_ORDER = 40  # letters
ORDER = re.compile(r"(?=.*[0-9๐-๙])[\w\u0e00-\u0e7f./() -]+")
"""Number of a letter or order: letters, digits, dots, slashes, brackets and dashes, with a digit in it."""


class Purpose(models.TextChoices):
    """What a file is taken out for: a code that may stand in the log, where no word of a person does."""

    WORK = "work", gettext_lazy("work on the cases")
    BODY = "body", gettext_lazy("meeting or letter with the competent body")
    REPORT = "report", gettext_lazy("report to superiors")
    AUDIT = "audit", gettext_lazy("audit or review of the office")
    COURT = "court", gettext_lazy("court or inquiry")


NEED_ORDER = (Purpose.AUDIT, Purpose.COURT)
"""Purposes that somebody outside must have asked for in writing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file says of its taking out."""

    actor: str
    at: datetime
    purpose: Purpose
    order: str = ""
    """Number of the letter or order that it is for."""

    @property
    def sentence(self) -> str:
        """In the language of whoever takes it out, with the day and time in Bangkok."""
        local = timezone.localtime(self.at)
        day = day_in_words(local.date(), get_language() or "th", short=True)
        values = {"who": self.actor, "when": f"{day} {local:%H:%M}", "why": self.purpose.label}
        said = _("For use in office only. Taken out by %(who)s on %(when)s for: %(why)s.") % values
        if not self.order:
            return said
        order = _("Letter or order: %(number)s") % {"number": self.order}
        return f"{said} {order}"

    @property
    def name(self) -> str:
        """In a few letters, for the name of a file: who, and when by the clock of Bangkok."""
        who = slugify(self.actor, allow_unicode=True)[:30]
        return f"{who}-{timezone.localtime(self.at):%Y%m%d-%H%M}"

    @property
    def codes(self) -> Mapping[str, str]:
        """As it stands in the log."""
        return {"purpose": str(self.purpose), "order": self.order}

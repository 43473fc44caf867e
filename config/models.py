"""What the site as a whole remembers: attempts of staff to sign in, and nothing of visitors."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInCount(models.Model):
    """Attempts in a row to sign in to one account that came to nothing, from one browser that has signed in
    to it before, or from all others together.
    """

    key = models.CharField(
        max_length=64, unique=True, help_text=_("Keyed hash of the account's name and the browser.")
    )
    failures = models.PositiveIntegerField(help_text=_("Attempts since the last success."))
    blocked_until = models.DateTimeField(null=True, help_text=_("No attempt is looked at before."))

    def __str__(self) -> str:
        return self.key[:8]

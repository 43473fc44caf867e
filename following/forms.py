"""The small form with which one asks for letters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .subjects import LONGEST_KEY, Kind

LONGEST_ADDRESS = 254  # letters that SMTP carries


class AskForm(forms.Form):
    """An address, and what to follow."""

    email = forms.EmailField(
        max_length=LONGEST_ADDRESS,
        error_messages={
            "required": _("Write the e-mail address to which we may write."),
            "invalid": _("This is no e-mail address: one looks like name@example.org."),
        },
    )
    kind = forms.ChoiceField(choices=Kind)
    key = forms.CharField(max_length=LONGEST_KEY, required=False, strip=False)

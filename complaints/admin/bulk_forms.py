"""What is asked before an act on many cases: to whom, how soon, with which case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import roles
from ..models import Complaint
from .acts import JOINING, staff


class NothingToChoose(forms.Form):
    """An act that needs no more than the cases."""

    def __init__(self, data: Any, user: Any, cases: Sequence[Complaint]) -> None:
        super().__init__(data)
        self.user, self.cases = user, cases


class ToWhom(NothingToChoose):
    """A person who may see cases."""

    worker = forms.ModelChoiceField(label=_("to"), queryset=User.objects.none())

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["worker"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = staff(who=roles.MAY_SEE_CASES)


class HowSoon(NothingToChoose):
    """What comes first."""

    priority = forms.TypedChoiceField(
        label=_("What comes first"),
        coerce=int,
        choices=Complaint.Priority,
        initial=Complaint.Priority.URGENT,
    )


class SameMatter(NothingToChoose):
    """The case in which the matter is followed, and how the others are joined with it."""

    joined_with = forms.CharField(
        label=_("Same matter as case"), max_length=9, help_text=_("Its nine digits.")
    )
    joining = forms.ChoiceField(label=_("How to join them"), choices=JOINING[1:])

    def clean_joined_with(self) -> str:
        """The other case's number: it must be there, and none of those that are joined with it."""
        number: str = self.cleaned_data["joined_with"].strip()
        if not Complaint.objects.open_to(self.user).filter(reference=number).exists():
            raise ValidationError(gettext("There is no case of that number."))
        if number in {case.reference for case in self.cases}:
            raise ValidationError(
                gettext("Case %(number)s is among those chosen; leave it out, or name another one.")
                % {"number": number}
            )
        return number

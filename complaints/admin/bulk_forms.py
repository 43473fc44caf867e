"""What is asked before an act on many cases: to whom, how soon, which tag, with which case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import roles
from ..marks import MOST_ORDER, NEED_ORDER, ORDER, Mark, Purpose
from ..models import Complaint, Tag
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


class WhichTag(NothingToChoose):
    """A tag that is offered."""

    tag = forms.ModelChoiceField(label=_("tag"), queryset=Tag.objects.filter(is_offered=True))


class WhichTagOff(NothingToChoose):
    """A tag that is on one of the cases, whether it is offered still or not."""

    tag = forms.ModelChoiceField(label=_("tag"), queryset=Tag.objects.none())

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["tag"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Tag.objects.filter(complaints__in=self.cases).distinct()


class WhatFor(NothingToChoose):
    """What a file is taken out for, and the letter or order that asks for it."""

    purpose = forms.ChoiceField(label=_("What for"), choices=[("", "—"), *Purpose.choices])
    order = forms.CharField(
        label=_("Number of the letter or order"),
        required=False,
        max_length=MOST_ORDER,
        help_text=_("Needed for an audit, a review, a court or an inquiry. No names: it stands in the log."),
    )

    def __init__(self, data: Any, user: Any, cases: Sequence[Complaint] = ()) -> None:
        super().__init__(data, user, cases)

    def clean_order(self) -> str:
        """A number, not a sentence."""
        order: str = self.cleaned_data["order"].strip()
        if order and not ORDER.fullmatch(order):
            raise ValidationError(gettext("Give a number such as 0012/345, without further words."))
        return order

    def clean(self) -> dict[str, Any]:
        """What others must have asked for in writing has a number."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("purpose") in NEED_ORDER and not data.get("order") and "order" not in self.errors:
            self.add_error("order", gettext("Give the number of the letter or order that asks for it."))
        return data

    @property
    def mark(self) -> Mark:
        """What the file says of itself."""
        data = self.cleaned_data
        return Mark(self.user.get_username(), timezone.now(), Purpose(data["purpose"]), data["order"])


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

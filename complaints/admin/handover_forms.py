"""What is said of a delivery by hand: by a liaison for their body, by staff of a letter and its receipt."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import handing_over
from ..handling import NotPossible
from ..models import Dispatch, Handover
from ..models.tags import is_no_person

DECISIONS = [("", "—"), ("acknowledged", _("we take it over")), ("refused", _("we do not take it"))]
LETTER = ("letter_number", "letter_on", "way", "sent_on", "unit", "parcel")
"""With what a letter is known by, in the order of the last lines of the form on paper."""
TAKEN_IN = ("decision", "registered_as", "register_day", "register_unit")
"""What the body said of it."""


def day(label: Any) -> forms.DateField:
    """A day that was."""
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give the day as year-month-day, such as 2026-11-30.")},
        validators=[is_past],
    )


def is_past(given: date) -> None:
    """Raises ValidationError for a day that has not come."""
    if given > timezone.localdate():
        raise ValidationError(gettext("This day has not come yet."))


class TakeInForm(forms.ModelForm):
    """What a liaison says for their body."""

    decision = forms.ChoiceField(label=_("What the body says"), choices=DECISIONS, required=False)
    registered_as = forms.CharField(label=_("Number in the body's register"), required=False, max_length=100)

    class Meta:
        model = Dispatch
        fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        """Taking it over wants the number under which it is found again."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("decision") == "acknowledged" and not data.get("registered_as"):
            self.add_error("registered_as", gettext("Give the number in your register."))
        return data

    def carry_out(self, actor: str) -> None:
        """Write it down. Raises NotPossible."""
        data = self.cleaned_data
        if data["decision"] and not self.instance.mark_acknowledged(data["decision"], data["registered_as"]):
            raise NotPossible(gettext("It stands where this cannot be done."))


class HandoverForm(TakeInForm):
    """What staff say of a letter that they sent or took there, and of what the body told them."""

    letter_number = forms.CharField(label=_("Number of the letter"), required=False)
    letter_on = day(_("Day of the letter"))
    way = forms.ChoiceField(label=_("Sent by"), choices=[("", "—"), *Handover.Way.choices], required=False)
    sent_on = day(_("Sent on"))
    unit = forms.CharField(label=_("Unit that sent it"), required=False)
    parcel = forms.CharField(label=_("Number of the parcel"), required=False)
    register_day = day(_("Taken in on"))
    register_unit = forms.CharField(
        label=_("Taken in by"),
        required=False,
        max_length=100,
        validators=[is_no_person],
        help_text=_("Unit or post at the body that took it in; no names."),
    )
    told = forms.BooleanField(label=_("The body was told that this delivery was cancelled"), required=False)

    def clean_parcel(self) -> str:
        """The number without blanks, in capitals; a slip in its digits is noticed."""
        number = "".join(self.cleaned_data["parcel"].split()).upper()
        if number and not handing_over.is_parcel(number):
            raise ValidationError(gettext("This is no number of a parcel; look at its digits again."))
        return number

    def clean(self) -> dict[str, Any]:
        """A letter has all of its lines; what the body said has a day and whoever took it in."""
        data = super().clean()
        if any(data.get(name) for name in LETTER):
            needed = set(LETTER) if data.get("way") == Handover.Way.EMS else set(LETTER) - {"parcel"}
            self._need(needed)
            self._check_letter(data)
        if data.get("decision"):
            self._need({"register_day", "register_unit"})
        return data

    def carry_out(self, actor: str) -> None:
        """Write down first that it went, then what the body said and was told. Raises NotPossible."""
        data = self.cleaned_data
        if data["letter_number"]:
            handing_over.hand_over(self._letter(data), actor)
        if data["decision"]:
            handing_over.take_in(
                self.instance, data["decision"], data["registered_as"],
                on=data["register_day"], by=data["register_unit"],
            )  # fmt: skip
        if data.get("told") and not self.instance.mark_told(actor):
            raise NotPossible(gettext("It stands where this cannot be done."))

    def _need(self, names: set[str]) -> None:
        for name in names - self.errors.keys():
            if not self.cleaned_data.get(name):
                self.add_error(name, gettext("Needed to close the delivery."))

    def _letter(self, data: dict[str, Any]) -> Handover:
        return Handover(dispatch=self.instance, **{name: data[name] for name in LETTER})

    def _check_letter(self, data: dict[str, Any]) -> None:
        """What the row itself wants: a number that is one, no names, days in their order."""
        if self.errors:
            return
        letter = self._letter(data)
        try:
            letter.clean_fields()
        except ValidationError as error:
            self.add_error(None, error)
        if letter.sent_on < letter.letter_on:
            self.add_error("sent_on", gettext("A letter is sent on its day or later."))

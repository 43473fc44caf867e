"""The workbench of the flags: staff settle a question with a public reason, or open it again."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from .flags.reasons import public_reason
from .flags.register import BASES
from .models import BasisReading, Dismissal, Flag


class ReasonField(forms.CharField):
    """A public reason; nothing else about a flag is decided by a person."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        try:
            return public_reason(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class SettleForm(forms.ModelForm):
    """The reason with which a question is settled."""

    reason = ReasonField(
        label=_("Public reason"), help_text=_("Everybody can read it, for good. Name no natural person.")
    )

    class Meta:
        model = Flag
        fields: list[str] = []


class TakeBackForm(forms.ModelForm):
    """The reason with which a question is opened again."""

    why = ReasonField(
        label=_("Public reason for asking again"),
        help_text=_("Everybody can read it, for good. Name no natural person."),
    )

    class Meta:
        model = Dismissal
        fields: list[str] = []


def _bases() -> list[tuple[str, str]]:
    """The laws and practices that rules rest on, as staff choose among them."""
    return [(code, say(one.place)) for code, one in BASES.items()]


class ReadingForm(forms.ModelForm):
    """What somebody read of a law or a practice."""

    basis = forms.ChoiceField(label=_("law or practice"), choices=_bases)
    words = ReasonField(
        label=_("what was read"),
        help_text=_("What was read and what was not. Everybody can read it, for good."),
    )
    address = forms.URLField(
        label=_("where to read it"), required=False, assume_scheme="https", max_length=500
    )

    class Meta:
        model = BasisReading
        fields: ClassVar = ["basis", "how", "words", "address"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("how") != BasisReading.How.NOT and not found.get("address"):
            self.add_error("address", _("Say where everybody can read it."))
        return found


class ReasonedAdmin(admin.ModelAdmin):
    """A table that staff change by giving a reason, and in no other way."""

    show_facets = admin.ShowFacets.ALWAYS

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in self.model._meta.concrete_fields]


@admin.register(Flag)
class FlagAdmin(ReasonedAdmin):
    """Questions to purchases. An open one is settled by saving a public reason."""

    list_display = ["rule", "subject", "fiscal_year", "buyer", "amount", "dismissal"]
    list_filter = ["rule", ("dismissal", admin.EmptyFieldListFilter), "fiscal_year"]
    search_fields = ["subject", "buyer__name", "supplier__name"]
    list_select_related = ["buyer", "dismissal"]
    form = SettleForm

    def has_change_permission(self, request: HttpRequest, obj: Flag | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.dismissal is None)

    def get_fields(self, request: HttpRequest, obj: Flag | None = None) -> Any:
        known = self.get_readonly_fields(request, obj)
        return ["reason", *known] if obj is not None and obj.dismissal is None else known

    def save_model(self, request: HttpRequest, obj: Flag, form: Any, change: bool) -> None:
        obj.dismiss(by=request.user.get_username(), reason=form.cleaned_data["reason"])
        messages.success(request, _("The question is settled, and the reason is public."))


@admin.register(Dismissal)
class DismissalAdmin(ReasonedAdmin):
    """Reasons with which questions were settled. One is taken back by saving why."""

    list_display = ["rule", "subject", "made_at", "made_by", "withdrawn_at"]
    list_filter = ["rule", ("withdrawn_at", admin.EmptyFieldListFilter)]
    search_fields = ["subject", "reason"]
    form = TakeBackForm

    def has_change_permission(self, request: HttpRequest, obj: Dismissal | None = None) -> bool:
        stands = obj is None or obj.withdrawn_at is None
        return super().has_change_permission(request, obj) and stands

    def get_fields(self, request: HttpRequest, obj: Dismissal | None = None) -> Any:
        known = self.get_readonly_fields(request, obj)
        return ["why", *known] if self.has_change_permission(request, obj) else known

    def save_model(self, request: HttpRequest, obj: Dismissal, form: Any, change: bool) -> None:
        obj.take_back(by=request.user.get_username(), reason=form.cleaned_data["why"])
        messages.success(request, _("The question is open again."))


@admin.register(BasisReading)
class BasisReadingAdmin(ReasonedAdmin):
    """What staff read of the laws and practices under the rules. The newest reading counts."""

    list_display = ["basis", "how", "made_at", "made_by"]
    list_filter = ["basis", "how"]
    form = ReadingForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def has_change_permission(self, request: HttpRequest, obj: BasisReading | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: BasisReading | None = None) -> list[str]:
        return [] if obj is None else super().get_readonly_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: BasisReading, form: Any, change: bool) -> None:
        obj.made_by = request.user.get_username()
        super().save_model(request, obj, form, change)

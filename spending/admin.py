"""The workbench of the published facts: editions to release, agencies to name. Facts themselves are read-
only.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import flag_admin, joins_admin, succession_admin  # noqa: F401 - register their tables
from .flags.raising import refresh
from .models import Agency, AgencyName, Edition, SourceFile
from .purchase_rollups import keep_winners


class ReadOnly(admin.ModelAdmin):
    """A table that staff look at and never change by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReleaseForm(forms.ModelForm):
    """The reason for publishing a held edition; the only thing about an edition that a person decides."""

    class Meta:
        model = Edition
        fields = ["release_reason"]

    def clean_release_reason(self) -> str:
        reason: str = self.cleaned_data["release_reason"].strip()
        if not reason:
            raise forms.ValidationError(_("Say why this edition may be published."))
        return reason


@admin.register(Edition)
class EditionAdmin(ReadOnly):
    """Editions with their counts and checks. A held one is published by saving a reason."""

    list_display = ["dataset", "part", "as_of", "state", "is_current", "rows", "refused", "published_at"]
    list_filter = ["state", "is_current", "dataset"]
    search_fields = ["part", "source_file__name"]
    show_facets = admin.ShowFacets.ALWAYS
    fieldsets = [
        (_("Publish this held edition"), {"fields": ["hold_reason", "release_reason", "released_by"]}),
        (
            _("What it is"),
            {"fields": ["dataset", "part", "fiscal_year", "as_of", "source_file", "publisher"]},
        ),
        (_("What was counted"), {"fields": ["rows", "refused", "total", "checks", "notes", "amended"]}),
        (_("Publication"), {"fields": ["state", "is_current", "created_at", "published_at"]}),
    ]
    form = ReleaseForm

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> list[str]:
        names = [field.name for field in Edition._meta.concrete_fields]
        held = obj is not None and obj.state == Edition.State.HELD
        return [name for name in names if not (held and name == "release_reason")]

    def save_model(self, request: HttpRequest, obj: Edition, form: Any, change: bool) -> None:
        obj.refresh_from_db()
        obj.release(by=request.user.get_username(), reason=form.cleaned_data["release_reason"])
        keep_winners()
        refresh()
        messages.success(request, _("The edition is published."))


@admin.register(Agency)
class AgencyAdmin(ReadOnly):
    """Agencies; staff may give an English name."""

    list_display = ["code", "name", "name_en", "kind", "ministry"]
    list_filter = ["kind", "has_published_code"]
    search_fields = ["code", "name", "name_en", "names__name"]
    readonly_fields = ["code", "name", "kind", "ministry", "has_published_code"]


@admin.register(AgencyName)
class AgencyNameAdmin(ReadOnly):
    """How publishers write an agency's name, and how each was matched."""

    list_display = ["name", "ministry_code", "agency", "matched"]
    list_filter = ["matched"]
    search_fields = ["name", "agency__name"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SourceFile)
class SourceFileAdmin(ReadOnly):
    """The kept published files."""

    list_display = ["name", "size", "received_at", "sha256"]
    search_fields = ["name", "sha256", "address"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

"""The workbench of the loads: upload a file, read its report, publish what was held."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import tasks
from .models import ImportRun, Rejection
from .sources import SOURCES
from .uploads import announce


class UploadForm(forms.ModelForm):
    """Which source reads the file, and the file."""

    source = forms.ChoiceField(
        label=_("Source"), choices=lambda: [(name, source.title) for name, source in SOURCES.items()]
    )
    file = forms.FileField(label=_("File"), help_text=_("The published file, unchanged."))

    class Meta:
        model = ImportRun
        fields = ["source"]


class RejectionInline(admin.TabularInline):
    model = Rejection
    fields = ("sheet", "line", "column", "value", "said")
    readonly_fields = ("sheet", "line", "column", "value", "said")
    extra = 0
    can_delete = False
    verbose_name_plural = _("refused rows")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).order_by("line")

    @admin.display(description=_("reason"))
    def said(self, rejection: Rejection) -> str:
        return rejection.said


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    """Attempts to load files. Adding one uploads a file; a worker loads it and the report appears here."""

    list_display = ["started_at", "source", "file_name", "outcome", "rows", "refused"]
    list_filter = ["outcome", "source"]
    search_fields = ["file_name", "sha256"]
    inlines = [RejectionInline]
    show_facets = admin.ShowFacets.ALWAYS

    def get_form(
        self, request: HttpRequest, obj: ImportRun | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return UploadForm if obj is None else super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: ImportRun | None = None) -> Any:
        return ["source", "file"] if obj is None else self.get_readonly_fields(request, obj)

    def get_inlines(self, request: HttpRequest, obj: ImportRun | None) -> Any:
        return [] if obj is None else self.inlines

    def get_readonly_fields(self, request: HttpRequest, obj: ImportRun | None = None) -> Any:
        if obj is None:
            return []
        return ["source", "file_name", "outcome", "message", "rows", "refused", "started_at", "finished_at"]

    def save_model(self, request: HttpRequest, obj: ImportRun, form: Any, change: bool) -> None:
        run = announce(form.cleaned_data["source"], form.cleaned_data["file"])
        obj.__dict__.update(run.__dict__)
        transaction.on_commit(partial(start, request, run.pk))

    def has_change_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return False


def start(request: HttpRequest, run: int) -> None:
    """Tell a worker; if the queue cannot be reached, the sweep will find the attempt."""
    try:
        tasks.load_upload.delay(run)
    except tasks.load_upload.OperationalError:
        messages.warning(request, _("The queue cannot be reached; the file is kept and will be loaded soon."))

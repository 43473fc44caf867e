"""The workbench of successions: staff say what became of a body, and who says so."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from .models import Succession


@admin.register(Succession)
class SuccessionAdmin(admin.ModelAdmin):
    """What became of bodies; a row changes where old addresses lead at once."""

    list_display = ["old_name", "old_code", "how", "new_code", "since", "entered_by"]
    list_filter = ["how"]
    search_fields = ["old_name", "old_code", "new_code", "source"]
    fields = ["old_code", "old_name", "new_code", "how", "since", "source", "source_address", "entered_by"]
    readonly_fields = ["entered_by"]
    formfield_overrides: ClassVar[dict[Any, dict[str, Any]]] = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request: HttpRequest, obj: Succession, form: Any, change: bool) -> None:
        obj.entered_by = request.user.get_username()
        super().save_model(request, obj, form, change)

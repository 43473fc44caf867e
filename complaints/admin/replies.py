"""Texts kept ready: the list that supervisors keep, and how one comes into the box on the page of a case."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .. import roles
from ..models import Complaint, ReplyTemplate
from .acts import ActsForm
from .rights import RoleAdmin

FILL = "_fill"
"""The button that puts a text into the box instead of doing what the form asks for."""


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(RoleAdmin):
    """The texts, for whoever writes to citizens to see, for supervisors to keep."""

    may_change = may_add = roles.MAY_SET_DESKS
    list_display = ("title", "use", "outcome", "order", "is_offered")
    list_filter = ("use", "is_offered")


class ReplyPages(RoleAdmin):
    """The page of a case, shown again with a text in its box and with all that was typed."""

    change_form_template = "admin/complaints/case.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Where the button for texts was pressed, nothing is done: the page is shown again."""
        if request.method == "POST" and FILL in request.POST:
            request.typed = request.POST  # type: ignore[attr-defined]
            request.method = "GET"
        return super().change_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, with what was typed before the button was pressed."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        typed = getattr(request, "typed", None)
        form.typed = {} if typed is None or obj is None else filled(obj, typed)
        return form

    @admin.display(description=_("Text kept ready"))
    def fill(self, case: Complaint) -> SafeString:
        """The button beside the choice of texts; it works without a script."""
        return format_html(
            '<button type="submit" class="button" name="{}" value="1" formnovalidate>{}</button>',
            FILL, _("Put it into the box"),
        )  # fmt: skip


def filled(case: Complaint, typed: Any) -> dict[str, Any]:
    """What stands in the form: what was typed, and the words of the chosen text in the citizen's language."""
    values = {name: typed[name] for name in ActsForm.base_fields if name in typed}
    number = values.pop("template", "")
    chosen = ReplyTemplate.objects.filter(is_offered=True, pk=number if number.isdecimal() else 0).first()
    if chosen is None:
        return values
    words = (values.get("question", "").strip(), chosen.words_in(case.language))
    values["question"] = "\n\n".join(filter(None, words))
    if chosen.outcome and case.state != Complaint.State.CLOSED and not values.get("step"):
        values["step"] = f"close:{chosen.outcome}"
    return values

"""The workbench of the joins: staff say what a listed body is, and which purchases belong to a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from . import crosswalk
from .candidate_words import said
from .flag_admin import ReasonedAdmin
from .models import Agency, Allocation, BodyMatch, LineCandidate, ListedBody, Project


class WhyField(forms.CharField):
    """The reason of a decision, kept with it."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        reason = str(super().clean(value)).strip()
        if not reason:
            raise forms.ValidationError(_("Say why."))
        return reason


class JoinForm(forms.ModelForm):
    """Which agency a listed body is: one of the suggestions, or any other by its code; and why."""

    agency_found = forms.ChoiceField(
        label=_("Suggestions"), required=False, widget=forms.RadioSelect, choices=[]
    )
    agency_code = forms.CharField(
        label=_("Another agency"), required=False, help_text=_("The code that stands in its address.")
    )
    why = WhyField(label=_("Reason"))

    class Meta:
        model = ListedBody
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = crosswalk.suggestions(self.instance)
        self.fields["agency_found"].choices = [  # type: ignore[attr-defined]
            (
                one.agency.code,
                f"{one.score} · {one.agency.name} ({one.agency.code}): {'; '.join(one.reasons)}",
            )
            for one in self.found
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        codes = {code for code in (data.get("agency_found"), data.get("agency_code")) if code}
        if len(codes) != 1:
            raise forms.ValidationError(_("Choose one agency: a suggestion, or another by its code."))
        agency = Agency.objects.filter(code=codes.pop().strip()).first()
        if agency is None:
            raise forms.ValidationError(_("There is no agency of this code."))
        data["agency"] = agency
        data["score"] = next((one.score for one in self.found if one.agency == agency), None)
        return data


class UndoForm(forms.ModelForm):
    """That a listed body is not the agency it was joined to, and why.

    The box keeps a form that was filled in to join it, and comes second, from undoing what came first.
    """

    undo = forms.BooleanField(label=_("Undo this match"))
    why = WhyField(
        label=_("Reason for undoing the match"),
        help_text=_("The match stays in the log, and is not made again by the machine."),
    )

    class Meta:
        model = ListedBody
        fields: list[str] = []


class BodyMatchInline(admin.TabularInline):
    """All matches of a body, also those undone: who, when, why."""

    model = BodyMatch
    fk_name = "listed"
    fields = ("agency", "how", "score", "reason", "by", "at", "undone_at", "undone_by", "undone_reason")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ListedBody)
class ListedBodyAdmin(ReasonedAdmin):
    """The crosswalk. A waiting body is joined by saving an agency and a reason, a joined one undone by a
    reason.
    """

    list_display = ["name", "scheme", "code", "agency", "buyer"]
    list_filter = ["scheme", ("agency", admin.EmptyFieldListFilter), ("buyer", admin.EmptyFieldListFilter)]
    search_fields = ["name", "code", "agency__name"]
    list_select_related = ["agency", "buyer"]
    inlines = [BodyMatchInline]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = UndoForm if obj is not None and obj.agency_id is not None else JoinForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: ListedBody | None = None) -> Any:
        asked = (
            ["undo", "why"] if obj is not None and obj.agency_id else ["agency_found", "agency_code", "why"]
        )
        return [*self.get_readonly_fields(request, obj), *asked]

    def save_model(self, request: HttpRequest, obj: ListedBody, form: Any, change: bool) -> None:
        by, why = request.user.get_username(), form.cleaned_data["why"]
        if isinstance(form, UndoForm):
            back = crosswalk.undo(obj, by=by, reason=why)
            messages.success(request, _("The match is undone; it stays in the log."))
            if back:
                messages.info(request, _("%(rows)s rows of figures came back with it.") % {"rows": back})
            return
        match = crosswalk.join(
            obj, form.cleaned_data["agency"], by=by, reason=why, score=form.cleaned_data["score"]
        )
        messages.success(request, _("The body is joined to the agency."))
        if moved := match.moved.count():
            messages.info(request, _("%(rows)s rows of figures stand under it now.") % {"rows": moved})

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        agency = form.cleaned_data.get("agency")
        return f"{'joined to ' + agency.code if agency else 'undone'}: {form.cleaned_data['why']}"


class DecideForm(forms.ModelForm):
    """Whether a line and a purchase belong together, and why."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (LineCandidate.State.CONFIRMED, _("They belong together")),
            (LineCandidate.State.REFUSED, _("They do not belong together")),
        ],
    )
    why = WhyField(label=_("Reason"))

    class Meta:
        model = LineCandidate
        fields: list[str] = []


@admin.register(LineCandidate)
class LineCandidateAdmin(ReasonedAdmin):
    """Lines and purchases that look alike, strongest first; staff confirm or refuse each, with a reason."""

    list_display = ["item_id", "project_number", "fiscal_year", "score", "state", "decided_by"]
    list_filter = ["state", "fiscal_year"]
    search_fields = ["item_id", "project_number"]
    form = DecideForm

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["line", "purchase", "speaks_for_it", *super().get_readonly_fields(request, obj)]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.get_readonly_fields(request, obj), "decision", "why"]

    def save_model(self, request: HttpRequest, obj: LineCandidate, form: Any, change: bool) -> None:
        by, why = request.user.get_username(), form.cleaned_data["why"]
        if form.cleaned_data["decision"] == LineCandidate.State.CONFIRMED:
            obj.mark_confirmed(by=by, reason=why)
        else:
            obj.mark_refused(by=by, reason=why)
        messages.success(request, _("The decision is kept with its reason."))

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return f"{form.cleaned_data['decision']}: {form.cleaned_data['why']}"

    @admin.display(description=_("budget line"))
    def line(self, candidate: LineCandidate) -> SafeString:
        return _each(Allocation.objects.current().filter(item_id=candidate.item_id), "description", "amount")

    @admin.display(description=_("purchase"))
    def purchase(self, candidate: LineCandidate) -> SafeString:
        projects = Project.objects.current().counted().numbered(candidate.project_number)
        return _each(projects, "name", "budget")

    @admin.display(description=_("what speaks for it"))
    def speaks_for_it(self, candidate: LineCandidate) -> str:
        return said(candidate)


def _each(found: QuerySet[Any], text: str, amount: str) -> SafeString:
    """Rows as lines: their text and baht."""
    rows = [(getattr(row, text), getattr(row, amount)) for row in found]
    return format_html_join(SafeString("<br>"), "{} · {}", rows)

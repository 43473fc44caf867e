"""The workbench of staff: what waits, since when, and what to do next. Nothing here says who a citizen is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import roles, triage
from .models import CompetenceRule, Complaint, Desk, Dispatch, Event
from .models.vocabulary import Outcome
from .sealing import SealError


class RoleAdmin(admin.ModelAdmin):
    """Rights by role, not by the permissions of the framework: a superuser alone sees nothing here."""

    may_see = roles.MAY_SEE_CASES
    may_change: frozenset[str] = frozenset()
    may_add: frozenset[str] = frozenset()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return roles.has(request.user, self.may_see)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.has(request.user, self.may_see)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.has(request.user, self.may_change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return roles.has(request.user, self.may_add)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TriageForm(forms.ModelForm):
    """What staff may do with a case in one go."""

    question = forms.CharField(
        label=_("Write to the citizen"), required=False, max_length=5_000, widget=forms.Textarea
    )
    remark = forms.CharField(
        label=_("Note for colleagues"), required=False, max_length=5_000, widget=forms.Textarea
    )
    step = forms.ChoiceField(label=_("Move it on"), required=False)

    class Meta:
        model = Complaint
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps: list[Any] = [(str(state), state.label) for state in triage.NEXT.get(self.instance.state, ())]
        if self.instance.state != Complaint.State.CLOSED:
            closing = gettext("close: %(outcome)s")
            steps += [(f"close:{key}", closing % {"outcome": label}) for key, label in Outcome.choices]
        step = self.fields["step"]
        assert isinstance(step, forms.ChoiceField)
        step.choices = [("", "—"), *steps]


@admin.register(Complaint)
class ComplaintAdmin(RoleAdmin):
    """The cases, the longest waiting first."""

    may_change = roles.MAY_ACT
    form = TriageForm
    list_display = ("reference", "received_at", "state", "suspicion", "desk", "agency_code", "identity")
    list_filter = ("state", "desk", "suspicion", "identity")
    list_select_related = ("desk",)
    search_fields = ("reference",)
    ordering = ("received_at",)
    actions = None
    readonly_fields = (
        "reference", "received_at", "state", "outcome", "identity", "suspicion", "level", "about", "desk",
        "desk_reason", "figure", "said", "deliveries", "files",
    )  # fmt: skip
    fieldsets = (
        (_("The case"), {"fields": ("reference", "received_at", "state", "outcome", "identity", "files")}),
        (_("What it is about"), {"fields": ("suspicion", "level", "about", "figure")}),
        (_("What was written"), {"fields": ("said",)}),
        (_("Where it goes"), {"fields": ("desk", "desk_reason", "deliveries")}),
        (_("What to do"), {"fields": ("question", "remark", "step")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Content and acts for those who may read and act; the rest sees where a case stands."""
        return self.fieldsets if roles.has(request.user, roles.MAY_READ) else self.fieldsets[:2]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The case; for the page of one case with what was written, opened now and written down."""
        case = super().get_object(request, object_id, from_field)
        match = request.resolver_match
        is_page = request.method == "GET" and match is not None and str(match.url_name).endswith("_change")
        if case is not None and is_page and roles.has(request.user, roles.MAY_READ):
            try:
                case.opened = triage.read(case, request.user.get_username())
            except SealError as error:
                case.opened = {"cannot be opened": str(error)}
        return case

    def save_model(self, request: HttpRequest, obj: Complaint, form: Any, change: bool) -> None:
        """Do what was asked for, each by its verb."""
        actor = request.user.get_username()
        if form.cleaned_data["question"]:
            triage.ask(obj, form.cleaned_data["question"], actor)
        if form.cleaned_data["remark"]:
            triage.write_note(obj, form.cleaned_data["remark"], actor)
        step = form.cleaned_data["step"]
        if step.startswith("close:"):
            triage.close(obj, step.removeprefix("close:"), actor)
        elif step and not triage.move(obj, step, actor):
            messages.warning(request, gettext("The case has moved on in the meantime; look again."))

    @admin.display(description=_("The public figure, as it was"))
    def figure(self, case: Complaint) -> SafeString | str:
        """What the page showed when it was complained about."""
        if not case.snapshot:
            return "–"
        return table({"title": case.snapshot["title"]} | (case.snapshot["figures"] or {}))

    @admin.display(description=_("In the citizen's words"))
    def said(self, case: Complaint) -> SafeString | str:
        """What was opened for this one page."""
        return table(getattr(case, "opened", {}))

    @admin.display(description=_("Deliveries"))
    def deliveries(self, case: Complaint) -> SafeString | str:
        """How far each delivery has come."""
        rows = case.dispatches.select_related("desk")
        return table({sent.desk.code: f"{sent.get_state_display()} {sent.last_error}" for sent in rows})

    @admin.display(description=_("Files"))
    def files(self, case: Complaint) -> SafeString | str:
        """What was attached, without opening it."""
        files = case.attachments.all()
        return table(
            {f"{file.position}. {file.kind}": f"{file.size} B, SHA-256 {file.sha256}" for file in files}
        )


@admin.register(Dispatch)
class DispatchAdmin(RoleAdmin):
    """The outbox: what is stuck and why, with the buttons that send it again or stop it."""

    may_change = roles.MAY_ACT
    list_display = (
        "complaint",
        "desk",
        "state",
        "attempts",
        "next_attempt_at",
        "last_error",
        "register_number",
    )
    list_filter = ("state", "desk")
    list_select_related = ("complaint", "desk")
    actions = ("send_again", "cancel")
    readonly_fields = tuple(field.name for field in Dispatch._meta.fields)

    @admin.action(description=_("Send again, or release"), permissions=["change"])
    def send_again(self, request: HttpRequest, chosen: Any) -> None:
        """From the first attempt on, for each that has not arrived."""
        actor = request.user.get_username()
        self._said(request, [sent.mark_due(actor) for sent in chosen.select_related("complaint")])

    @admin.action(description=_("Cancel what has not arrived"), permissions=["change"])
    def cancel(self, request: HttpRequest, chosen: Any) -> None:
        """Stop each that has not arrived."""
        actor = request.user.get_username()
        self._said(request, [sent.mark_cancelled(actor) for sent in chosen.select_related("complaint")])

    def _said(self, request: HttpRequest, done: list[bool]) -> None:
        values = {"done": sum(done), "left": len(done) - sum(done)}
        messages.info(
            request, gettext("%(done)s done; %(left)s had arrived or been cancelled before.") % values
        )


@admin.register(Desk)
class DeskAdmin(RoleAdmin):
    """The bodies, how they are reached, and whether they are."""

    may_change = may_add = roles.MAY_SET_DESKS
    list_display = ("code", "name", "channel", "is_open", "held_for_triage", "failures", "rests_until")


@admin.register(CompetenceRule)
class CompetenceRuleAdmin(RoleAdmin):
    """The table of competence."""

    may_change = may_add = roles.MAY_SET_DESKS
    list_display = ("order", "desk", "suspicions", "levels", "reason", "grade", "valid_from", "valid_until")
    list_select_related = ("desk",)


@admin.register(Event)
class EventAdmin(RoleAdmin):
    """The log: who did what, when. It holds codes, no content."""

    may_see = roles.MAY_SEE_LOG
    list_display = ("at", "complaint", "number", "kind", "actor", "detail")
    list_filter = ("kind",)
    list_select_related = ("complaint",)
    ordering = ("-at",)
    actions = None


def table(rows: Any) -> SafeString | str:
    """Names and values one under the other; every word is escaped."""
    if not rows:
        return "–"
    lines = format_html_join(
        "", "<dt>{}</dt><dd>{}</dd>", ((name, words(value)) for name, value in rows.items())
    )
    return format_html("<dl>{}</dl>", lines)


def words(value: Any) -> str:
    """A value, or a list of them, as text."""
    if isinstance(value, dict):
        return " · ".join(f"{name}: {words(part)}" for name, part in value.items())
    if isinstance(value, (list, tuple)):
        return " | ".join(words(part) for part in value)
    return str(value)

"""The cases: a queue by age, clock and desk, and one page to read, answer and move each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .. import assigning, clocks, queues, roles, sealed_sheets, snapshot_words, triage, troubles
from ..models import Clock, Complaint, Tag
from ..sealing import SealError
from . import bulk, figures, screening, taking_out
from .acts import ActsForm, carry_out
from .beside import SidePages
from .replies import ReplyPages
from .rights import actor, day_of, moment, person, said_moment, short_name, table
from .said import labelled

RECEIVED, WORKER = moment(Complaint, "received_at"), person(Complaint, "assigned_to")


class QueueFilter(admin.SimpleListFilter):
    """The queues of the first page."""

    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(queues.LABELS.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The open cases of the chosen queue."""
        name = self.value()
        return queues.in_queue(queryset, name, request.user) if name in queues.LABELS else queryset


class TagFilter(admin.SimpleListFilter):
    """The office's tags, those too that are offered no longer."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(tag.code, str(tag)) for tag in Tag.objects.all()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The cases that bear the chosen one."""
        code = self.value()
        return queryset if code is None else queryset.filter(tags__code=code)


@admin.register(Complaint)
class ComplaintAdmin(ReplyPages, SidePages):
    """The cases, the most pressing first."""

    may_change = roles.MAY_ACT
    form = ActsForm
    actions = bulk.ALL
    list_display = (
        "reference", "due", "next_action_due", "priority", "state", RECEIVED, "in_short", "body",
        "assigned_to", "identity", "tagged",
    )  # fmt: skip
    list_filter = (QueueFilter, TagFilter, "state", "priority", "desk", "suspicion", "identity")
    list_select_related = ("desk", "assigned_to")
    search_fields = ("reference",)
    ordering = ("priority", "due_at", "received_at")
    date_hierarchy = None
    readonly_fields = (
        "reference", RECEIVED, "state", "outcome", "identity", "suspicion", "level", "about", "desk",
        "desk_reason", "figure", "said", "deliveries", "files", "clock", WORKER, "priority",
        "same_matter", "kept_until", "history_of_case", "take_out", "sheet", "fill", "next_action_due",
        "beside_it", "proposed_worker", "tagged",
    )  # fmt: skip
    fieldsets = (
        (
            _("The case"),
            {"fields": ("reference", RECEIVED, "state", "outcome", "clock", "next_action_due", "priority",
                        WORKER, "proposed_worker", "tagged", "identity", "files", "kept_until")},
        ),
        (_("What it is about"), {"fields": ("suspicion", "level", "about", "figure")}),
        (_("What was written"), {"fields": ("said",)}),
        (
            _("What to do"),
            {"fields": ("sheet", ("template", "fill"), "question", "remark", "action_on", "action",
                        "action_done", "step", "new_priority", "worker", ("put_tag", "drop_tag"))},
        ),
        (
            _("Where it goes"),
            {"fields": ("desk", "desk_reason", "deliveries", "take_out", "further", "new_desk", "reason",
                        "kept_back")},
        ),
        (
            _("The same matter"),
            {"fields": ("same_matter", ("joined_with", "beside_it"), "joining", "parting")},
        ),
        (_("Who must not see it, and how long it is kept"), {"fields": ("blocked", "held")}),
        (_("What happened"), {"fields": ("history_of_case",)}),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        """The cases that nothing keeps from whoever looks."""
        cases = Complaint.objects.open_to(request.user).prefetch_related("tags")  # type: ignore[arg-type]
        return cases.order_by(*self.get_ordering(request))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Content and acts for those who may read and act; the rest sees where a case stands."""
        if not roles.has(request.user, roles.MAY_READ):
            return self.fieldsets[:2]
        if roles.has(request.user, roles.MAY_HOLD):
            return self.fieldsets
        return (*self.fieldsets[:6], (self.fieldsets[6][0], {"fields": ("blocked",)}), *self.fieldsets[7:])

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The acts; a case kept from whoever acts is none that they could join with."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.asking = request.user
        return form

    def has_sort_permission(self, request: HttpRequest) -> bool:
        """Whether they may give cases to colleagues."""
        return roles.has(request.user, roles.MAY_SORT)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The case; for the page of one case with what was written, opened now and written down."""
        case = super().get_object(request, object_id, from_field)
        match = request.resolver_match
        is_page = request.method == "GET" and match is not None and str(match.url_name).endswith("_change")
        if case is not None:
            case.reader = request.user
        if case is not None and is_page and case.due_at is None:
            clocks.wind(case)  # the round of the clocks has not come to it yet
        if case is not None and is_page and self._may_open(request, case):
            try:
                case.opened = triage.read(case, request.user.get_username())
            except SealError as error:
                case.opened = {"cannot be opened": troubles.told(str(error))}
        return case

    def save_model(self, request: HttpRequest, obj: Complaint, form: Any, change: bool) -> None:
        """Do what was asked for, each by its verb, and say what could not be done."""
        if not roles.has(request.user, roles.MAY_HOLD):
            form.cleaned_data["held"] = None
            form.changed_data = [name for name in form.changed_data if name != "held"]
        for failure in carry_out(obj, form, request.user.get_username()):
            messages.warning(request, failure)
        clocks.wind(Complaint.objects.get(pk=obj.pk))

    def get_urls(self) -> list[URLPattern]:
        """Besides the usual pages: statistics, files of evidence, the dossier, the screening sheet."""
        site = self.admin_site.admin_view
        return [
            path("statistics/", site(self.statistics), name="complaints_statistics"),
            *self.file_urls(),
            *self.side_urls(),
            path("<int:pk>/dossier/", site(self.dossier), name="complaints_complaint_dossier"),
            path("<int:pk>/screening/", site(self.screening), name="complaints_complaint_screening"),
            *super().get_urls(),
        ]

    def dossier(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the last delivery holds, as one file."""
        sent = self.case_for(request, pk).dispatches.order_by("-version", "-pk").first()
        if sent is None:
            raise Http404
        return taking_out.page(request, sent, self.admin_site.each_context(request))

    def statistics(self, request: HttpRequest) -> HttpResponseBase:
        """How the office does."""
        return figures.page(request, self.admin_site.each_context(request))

    def screening(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The screening sheet: filled, or signed by a second person."""
        case = self.case_for(request, pk)
        try:
            return screening.page(request, case, self.admin_site.each_context(request))
        except SealError as error:
            return HttpResponse(
                troubles.told(str(error)), status=409, content_type="text/plain; charset=utf-8"
            )

    def case_for(self, request: HttpRequest, pk: int) -> Complaint:
        """The case, for whoever may open it. Anybody else is told that there is none."""
        case: Complaint | None = self.get_queryset(request).filter(pk=pk).first()
        if case is None or not self._may_open(request, case):
            raise Http404
        return case

    def _may_open(self, request: HttpRequest, case: Complaint) -> bool:
        allowed = roles.MAY_READ if case.put_away_at is None else roles.MAY_HOLD
        return roles.has(request.user, allowed)

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, case: Complaint) -> str:
        """What is due next, and in how many days."""
        if case.due_at is None:
            return "–"
        return how_far(timezone.localdate(case.due_at))

    @admin.display(description=_("next action"), ordering="next_action_on")
    def next_action_due(self, case: Complaint) -> str:
        """The day on which staff want to do something next; what it is stands among what was opened."""
        if case.next_action_on is None:
            return "–"
        return f"{day_of(case.next_action_on)} ({how_far(case.next_action_on)})"

    @admin.display(description=_("what it is about"), ordering="suspicion")
    def in_short(self, case: Complaint) -> str:
        """In as few words as a list has room for."""
        return case.get_suspicion_display().partition(":")[0]

    @admin.display(description=_("Goes to"), ordering="desk")
    def body(self, case: Complaint) -> str:
        """By its short name, where it has one."""
        return short_name(case.desk)

    @admin.display(description=_("tags"))
    def tagged(self, case: Complaint) -> str:
        """The office's labels on it."""
        return ", ".join(str(tag) for tag in case.tags.all()) or "–"

    @admin.display(description=_("Proposed to work on it"))
    def proposed_worker(self, case: Complaint) -> str:
        """Who might, and why; nobody where the case is closed."""
        if case.state == Complaint.State.CLOSED:
            return "–"
        province = assigning.province_of(case, getattr(case, "opened", None))
        proposal = assigning.proposed(case, province)
        return f"{proposal.name} – {proposal.reason}" if proposal else gettext("nobody may work on it")

    @admin.display(description=_("What is due next"))
    def clock(self, case: Complaint) -> str:
        """The step, its last day, and how late it is."""
        if case.due_at is None:
            return "–"
        return f"{Clock.Step(case.due_step).label}: {day_of(case.due_at)} ({self.due(case)})"

    @admin.display(description=_("The public figure, as it was"))
    def figure(self, case: Complaint) -> SafeString | str:
        """What the page showed when it was complained about."""
        if not case.snapshot:
            return "–"
        figures = snapshot_words.told(case.snapshot["figures"] or {}, get_language() or "th")
        return table({gettext("page"): case.snapshot["title"]} | dict(figures))

    @admin.display(description=_("In the citizen's words"))
    def said(self, case: Complaint) -> SafeString | str:
        """What was opened for this one page."""
        if not hasattr(case, "opened"):
            return gettext("Not opened again for this answer. Open the page of the case anew to read it.")
        return table(labelled(case.opened))

    @admin.display(description=_("Deliveries"))
    def deliveries(self, case: Complaint) -> SafeString | str:
        """How far each delivery has come."""
        rows = case.dispatches.select_related("desk")
        lines = ((
            reverse("admin:complaints_dispatch_change", args=[sent.pk]), sent.desk.spoken_name, sent.version,
            sent.get_state_display(), troubles.told(sent.last_error)) for sent in rows)  # fmt: skip
        return format_html_join("", '<p><a href="{}">{} · {}</a> · {} {}</p>', lines) or "–"

    @admin.display(description=_("Dossier"))
    def take_out(self, case: Complaint) -> SafeString | str:
        """The way to everything that the body gets."""
        address = reverse("admin:complaints_complaint_dossier", args=[case.pk])
        return format_html('<a href="{}">{}</a>', address, _("Take out what the body gets (ZIP)"))

    @admin.display(description=_("Screening sheet"))
    def sheet(self, case: Complaint) -> SafeString:
        """The way to the first look, and how far it is."""
        last = sealed_sheets.last(case)
        if last is None:
            stands = gettext("not begun")
        else:
            stands = gettext("signed") if last.signed_at else gettext("waits for a second person")
        address = reverse("admin:complaints_complaint_screening", args=[case.pk])
        return format_html('<a href="{}">{}</a> · {}', address, _("Screening sheet"), stands)

    @admin.display(description=_("Kept until"))
    def kept_until(self, case: Complaint) -> str:
        """When everything sealed is removed, or that it was."""
        if case.removed_at:
            return gettext("Everything sealed was removed.")
        if case.is_held:
            return gettext("A hold is set.")
        if case.closed_at is None:
            return "–"
        return day_of(clocks.timetable().ends(Clock.Step.REMOVE, case.closed_at))

    @admin.display(description=_("Log of the case"))
    def history_of_case(self, case: Complaint) -> SafeString | str:
        """Who did what, when."""
        return format_html_join("", "<p>{} · {} · {}</p>", ((
            said_moment(event.at), actor(event.actor), event.get_kind_display())
            for event in case.events.order_by("-number")[:50])) or "–"  # fmt: skip


def how_far(day: date) -> str:
    """In how many days, or how many days late."""
    days = (day - timezone.localdate()).days
    if days < 0:
        return gettext("%(days)s days late") % {"days": -days}
    return gettext("in %(days)s days") % {"days": days}

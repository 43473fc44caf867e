"""The log: who did what, when, and what the database saw change. It holds codes, no content."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .. import roles
from ..models import Change, Complaint, Event
from .rights import RoleAdmin, actor, moment


@admin.register(Event)
class EventAdmin(RoleAdmin):
    """What happened to cases, and in the office as a whole."""

    may_see = roles.MAY_SEE_LOG
    list_display = (moment(Event, "at"), "kind", "who", "complaint", "number", "detail")
    list_filter = ("kind",)
    list_select_related = ("complaint",)
    search_fields = ("complaint__reference", "actor")
    ordering = ("-at",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Events of cases that nothing keeps from whoever looks; an auditor is kept from none."""
        events = super().get_queryset(request)
        if not roles.has(request.user, roles.MAY_SEE_CASES):
            return events
        kept = Complaint.objects.kept_from(request.user).values("pk")  # type: ignore[arg-type]
        return events.exclude(complaint__in=kept)

    @admin.display(description=_("who did it"), ordering="actor")
    def who(self, event: Event) -> str:
        """A member of staff, a body, the citizen, or the system by itself."""
        return actor(event.actor)


@admin.register(Change)
class ChangeAdmin(RoleAdmin):
    """Rows that changed, by whichever way, as the database wrote it down."""

    may_see = frozenset({roles.AUDITOR})
    list_display = (moment(Change, "at"), "table", "row", "operation", "actor", "fields")
    list_filter = ("table", "operation")
    search_fields = ("actor", "row")
    ordering = ("-pk",)
    actions = None

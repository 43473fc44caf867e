"""What waits, and for whom: the lists of the workbench, counted for its first page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import roles
from .models import Attachment, Complaint, Dispatch, IdentityRequest, Opinion
from .models.vocabulary import Identity

SOON = timedelta(days=3)
CASES = "complaints_complaint"
STUCK = (Dispatch.State.EXHAUSTED, Dispatch.State.HELD, Dispatch.State.BOUNCED)
LABELS = {
    "mine": _("My cases"),
    "unassigned": _("Given to nobody"),
    "soon": _("Due in three days"),
    "overdue": _("Overdue"),
    "action": _("Next action due"),
    "urgent": _("Urgent"),
    "anonymous": _("Anonymous"),
    "undeliverable": _("Not delivered"),
    "files": _("Files not looked at"),
}
PRESSING = ("overdue", "undeliverable", "action")
"""Queues in which nothing should stand for long."""
MAY_SEE_FIGURES = roles.MAY_SEE_CASES | roles.MAY_SEE_LOG
"""Who may see how the office does."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One list on the first page of the workbench."""

    label: Any
    count: int
    address: str
    is_pressing: bool = False


def condition(name: str, user: Any) -> Q:
    """Which open cases stand in a queue."""
    now = timezone.now()
    conditions = {
        "mine": Q(assigned_to=user),
        "unassigned": Q(assigned_to__isnull=True),
        "soon": Q(due_at__gte=now, due_at__lt=now + SOON),
        "overdue": Q(due_at__lt=now),
        "action": Q(next_action_on__lte=timezone.localdate()),
        "urgent": Q(priority=Complaint.Priority.URGENT),
        "anonymous": Q(identity=Identity.ANONYMOUS),
        "undeliverable": Q(dispatches__state__in=STUCK),
        "files": Q(attachments__state=Attachment.State.QUARANTINED),
    }
    return conditions[name]


def in_queue(cases: QuerySet, name: str, user: Any) -> QuerySet:
    """The open cases of a queue."""
    chosen = cases.exclude(state=Complaint.State.CLOSED).filter(condition(name, user))
    return chosen.distinct() if name in ("undeliverable", "files") else chosen


def waiting_for(user: Any) -> list[Waiting]:
    """The lists that concern a member of staff, in a handful of questions to the database."""
    return [*_cases(user), *_others(user)]


def _cases(user: Any) -> Iterator[Waiting]:
    if not roles.has(user, roles.MAY_SEE_CASES):
        return
    cases = Complaint.objects.open().open_to(user)
    counts = cases.aggregate(
        **{name: Count("pk", filter=condition(name, user), distinct=True) for name in LABELS}
    )
    address = reverse(f"admin:{CASES}_changelist")
    for name, label in LABELS.items():
        yield Waiting(label, counts[name], f"{address}?queue={name}", name in PRESSING)


def _others(user: Any) -> Iterator[Waiting]:
    if roles.has(user, roles.MAY_ACT):
        cases = Complaint.objects.open_to(user).values("pk")
        untold = Dispatch.objects.filter(recall=Dispatch.Recall.DUE, complaint__in=cases).count()
        if untold:
            address = reverse("admin:complaints_dispatch_changelist")
            yield Waiting(_("Arrived although cancelled"), untold, f"{address}?recall__exact=due", True)
    if roles.has(user, roles.MAY_MODERATE):
        address = reverse("admin:complaints_opinion_changelist")
        yield Waiting(_("Opinions to read"), Opinion.objects.waiting().count(), f"{address}?state=received")
    if roles.has(user, roles.MAY_DECIDE_IDENTITY):
        cases = Complaint.objects.open_to(user).values("pk")
        requests = (
            IdentityRequest.objects.waiting().exclude(asked_by=user).filter(complaint__in=cases).count()
        )
        address = reverse("admin:complaints_identityrequest_changelist")
        yield Waiting(_("Requests to learn who a citizen is"), requests, address, requests > 0)
    if roles.has(user, roles.MAY_TAKE_DELIVERIES):
        address = reverse("admin:complaints_dispatch_changelist")
        open_ = [Dispatch.State.READY, Dispatch.State.DELIVERED]
        deliveries = own_deliveries(user).filter(state__in=open_)
        yield Waiting(_("Deliveries to take"), deliveries.count(), address, True)


def own_deliveries(user: Any) -> QuerySet:
    """What has come to the desk of a liaison, of cases that nothing keeps from them."""
    desk = getattr(getattr(user, "member", None), "desk_id", None)
    if desk is None:
        return Dispatch.objects.none()
    arrived = [
        Dispatch.State.READY, Dispatch.State.DELIVERED, Dispatch.State.ACKNOWLEDGED, Dispatch.State.REFUSED,
    ]  # fmt: skip
    cases = Complaint.objects.open_to(user).values("pk")
    return Dispatch.objects.filter(desk_id=desk, state__in=arrived, complaint__in=cases)

"""Who works on a case, what comes first, who must not see it, and which body it goes to instead."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from . import hints, triage
from .models import Complaint, Conflict, Desk, Dispatch, Event
from .models.dispatches import locked
from .models.events import note
from .sealing import seal_words


class NotPossible(Exception):
    """Raised if an act cannot be done with a case; says why, in words for staff."""


@transaction.atomic
def assign(case: Complaint, user: Any, actor: str) -> None:
    """Give the case to a member of staff. Raises NotPossible if it is kept from them."""
    if user is not None and Complaint.objects.kept_from(user).filter(pk=case.pk).exists():
        raise NotPossible(_("This case is kept from that person."))
    Complaint.objects.filter(pk=case.pk).update(assigned_to=user)
    case.assigned_to = user
    note(case, Event.Kind.ASSIGNED, actor, to=user.get_username() if user else "")


@transaction.atomic
def prioritise(case: Complaint, priority: int, actor: str) -> None:
    """Say what comes first."""
    level = Complaint.Priority(priority)
    Complaint.objects.filter(pk=case.pk).update(priority=level)
    case.priority = level
    note(case, Event.Kind.PRIORITISED, actor, priority=int(level))


@transaction.atomic
def plan(case: Complaint, on: date | None, words: str, actor: str) -> None:
    """Say what is to be done next, and on which day; what is not given stays as it was. Raises NotPossible if
    the case is closed, or one of the two was never given.
    """
    open_ = Complaint.objects.select_for_update(no_key=True).filter(pk=case.pk).open().first()
    if open_ is None:
        raise NotPossible(_("The case is closed; nothing is to be done next."))
    day = on or open_.next_action_on
    sealed = seal_words({"text": words}, _office_key()) if words else open_.next_action
    if day is None or sealed is None:
        raise NotPossible(_("Give the day of the next action and, in a few words, what it is."))
    Complaint.objects.filter(pk=case.pk).update(next_action_on=day, next_action=sealed)
    case.next_action_on, case.next_action = day, sealed
    note(case, Event.Kind.PLANNED, actor, on=day.isoformat())


@transaction.atomic
def clear_plan(case: Complaint, actor: str) -> None:
    """Say that the next action is done, or not needed any more. Raises NotPossible if there is none."""
    planned = Complaint.objects.filter(pk=case.pk, next_action_on__isnull=False)
    if not planned.update(next_action_on=None, next_action=None):
        raise NotPossible(_("There is no next action to clear."))
    case.next_action_on = case.next_action = None
    note(case, Event.Kind.PLANNED, actor, on="")


def _office_key() -> str:
    return str(settings.COMPLAINT_PUBLIC_KEYS[0])


@transaction.atomic
def keep_from(case: Complaint, user: Any, actor: str) -> None:
    """Keep the case from a person who is too close to it; if it was theirs, it is nobody's now."""
    _conflict, is_new = Conflict.objects.get_or_create(
        complaint=case, user=user, defaults={"declared_by": actor}
    )
    if not is_new:
        return
    Complaint.objects.filter(pk=case.pk, assigned_to=user).update(assigned_to=None)
    note(case, Event.Kind.BLOCKED, actor, account=user.get_username())


@transaction.atomic
def hold(case: Complaint, actor: str, *, is_held: bool) -> None:
    """Keep a case beyond its time, or let its time run again. Raises NotPossible once it was emptied."""
    kept = Complaint.objects.filter(pk=case.pk, removed_at__isnull=True)
    if not kept.update(is_held=is_held):
        raise NotPossible(_("Everything sealed was removed from this case."))
    case.is_held = is_held
    note(case, Event.Kind.HELD, actor, held=is_held)


@transaction.atomic
def reroute(case: Complaint, desk: Desk, reason: str, actor: str) -> Dispatch:
    """Send the case to another desk, for a reason that only staff read.

    What has not arrived elsewhere is stopped. What has left is not called back: the further desk gets a new
    version. Raises NotPossible if the case is closed, or the desk is not open.
    """
    if case.state == Complaint.State.CLOSED or not desk.is_open:
        raise NotPossible(_("The case is closed, or the body takes nothing at the moment."))
    for sent in locked(case):
        if sent.desk_id != desk.pk:
            sent.mark_cancelled(actor)
    dispatch = next_version(case, desk)
    with translation.override(case.language):
        words = _("Staff have read it and chose this body.")
    Complaint.objects.filter(pk=case.pk).update(desk=desk, desk_reason=words)
    case.desk, case.desk_reason = desk, words
    triage.write_note(case, reason, actor)
    note(case, Event.Kind.ROUTED, actor, desk=desk.code, dispatch=str(dispatch.number))
    hints.start(dispatch.pk)
    return dispatch


@transaction.atomic
def send_further(case: Complaint, actor: str) -> Dispatch:
    """Send the same desk what has come since its delivery: a further version of the whole letter.

    Raises NotPossible if the case is closed, the desk is not open, or what it is to get has not left yet.
    """
    case = (
        Complaint.objects.select_for_update(of=("self",), no_key=True).select_related("desk").get(pk=case.pk)
    )
    if case.state == Complaint.State.CLOSED or not case.desk.is_open:
        raise NotPossible(_("The case is closed, or the body takes nothing at the moment."))
    if case.dispatches.filter(desk=case.desk, state__in=Dispatch.NOT_ARRIVED).exists():
        raise NotPossible(_("The delivery before has not arrived; all of it goes with that one."))
    dispatch = next_version(case, case.desk)
    note(case, Event.Kind.RESENT, actor, dispatch=str(dispatch.number))
    hints.start(dispatch.pk)
    return dispatch


def next_version(case: Complaint, desk: Desk, *, is_held: bool = False) -> Dispatch:
    """A further version of the whole letter for a desk: on its way, or waiting for staff."""
    version = case.dispatches.aggregate(last=Max("version"))["last"] or 0
    return Dispatch.objects.create(
        complaint=case,
        desk=desk,
        version=version + 1,
        state=Dispatch.State.HELD if is_held else Dispatch.State.PENDING,
        next_attempt_at=None if is_held else Now(),
    )

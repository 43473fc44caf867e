"""`raise_identity()`: a citizen says more of who they are than when they filed. Nobody else can, and nobody
makes it less.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from . import hints, sealing
from .channels.paper import Paper
from .delivery import channel_for
from .handling import next_version
from .models import Complaint, Dispatch, Event, Reporter
from .models.events import REPORTER, note
from .models.vocabulary import Identity, more_open_than

ATTEMPTED = (Event.Kind.FAILED, Event.Kind.EXHAUSTED, Event.Kind.BOUNCED)
ARRIVED = (Dispatch.State.DELIVERED, Dispatch.State.ACKNOWLEDGED)


@transaction.atomic
def raise_identity(complaint: Complaint, identity: str, said: Mapping[str, str]) -> bool:
    """Seal who the citizen is beside the case. False if the case is closed, or they said as much before.

    What a desk has got stays as it is. Whoever chose to be named is known from then on to the desk that
    follows the case: by the letter that has not left, else by a further version of it.
    """
    locked = Complaint.objects.select_for_update(of=("self",), no_key=True)
    case = locked.select_related("desk").get(pk=complaint.pk)
    before = case.identity
    if case.state == Complaint.State.CLOSED or identity not in more_open_than(before):
        return False
    _keep(case, said)
    Complaint.objects.filter(pk=case.pk).update(identity=identity)
    complaint.identity = case.identity = identity
    further = _further_version(case) if identity == Identity.NAMED else None
    detail = {"dispatch": str(further.number)} if further else {}
    note(case, Event.Kind.RAISED, REPORTER, before=before, identity=identity, **detail)
    return True


def _keep(case: Complaint, said: Mapping[str, str]) -> None:
    sealed = sealing.seal_words(said, settings.COMPLAINT_PUBLIC_KEYS[0])
    if not Reporter.objects.filter(complaint=case).update(later=sealed):
        Reporter.objects.create(complaint=case, identity=sealed)


def _further_version(case: Complaint) -> Dispatch | None:
    """Another letter for the desk that may have one without the name; None if the one it gets says it."""
    sent = case.dispatches.select_for_update(no_key=True).filter(desk=case.desk)  # none is claimed meanwhile
    last = sent.order_by("version").last()
    if last is None or not _may_have_left(last):
        return None
    is_held = case.desk.held_for_triage or not case.desk.is_open
    dispatch = next_version(case, case.desk, is_held=is_held)
    hints.start(dispatch.pk)
    return dispatch


def _may_have_left(dispatch: Dispatch) -> bool:
    """Whether somebody may hold this version: an answer that was lost tells nothing."""
    if dispatch.state in ARRIVED:
        return True
    if dispatch.state not in Dispatch.NOT_ARRIVED:
        return False
    by_hand = isinstance(channel_for(dispatch), Paper)
    kinds = (Event.Kind.EXPORTED,) if by_hand else (Event.Kind.EXPORTED, *ATTEMPTED)
    log = dispatch.complaint.events.filter(kind__in=kinds, detail__dispatch=str(dispatch.number))
    is_tried = dispatch.state == Dispatch.State.PENDING and dispatch.attempts > 0 and not by_hand
    return is_tried or log.exists()

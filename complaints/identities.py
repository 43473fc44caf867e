"""Who made a complaint: learnt by a custodian alone, for a reason, when a second person agrees."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import sealing
from .handling import NotPossible
from .models import Complaint, Event, IdentityRequest, Reporter
from .models.events import note
from .reporters import who

SHORTEST_REASON = 20  # letters


@transaction.atomic
def ask(case: Complaint, user: Any, reason: str) -> IdentityRequest:
    """Ask to learn who the citizen is. Raises NotPossible."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotPossible(_("Say why, so that the second person can decide."))
    if not Reporter.objects.filter(complaint=case).exists():
        raise NotPossible(_("The citizen did not say who they are."))
    sealed = sealing.seal_words({"text": reason}, settings.COMPLAINT_PUBLIC_KEYS[0])
    asked = IdentityRequest.objects.create(complaint=case, asked_by=user, reason=sealed)
    note(case, Event.Kind.REQUESTED, user.get_username(), request=asked.pk)
    return asked


@transaction.atomic
def decide(asked: IdentityRequest, user: Any, *, is_approved: bool) -> bool:
    """Agree or refuse, as the second person. False if it is decided already. Raises NotPossible."""
    if user.pk == asked.asked_by_id:
        raise NotPossible(_("Nobody decides on their own request."))
    waiting = IdentityRequest.objects.waiting().filter(pk=asked.pk)
    decision = {"decided_by": user, "decided_at": timezone.now(), "is_approved": is_approved}
    if not waiting.update(**decision):
        return False
    asked.refresh_from_db()
    note(asked.complaint, Event.Kind.DECIDED, user.get_username(), request=asked.pk, approved=is_approved)
    return True


def may_learn(case: Complaint, user: Any) -> bool:
    """Whether a second person has agreed, not longer than a day ago."""
    return IdentityRequest.objects.letting_in(user.pk).filter(complaint=case).exists()


def learn(case: Complaint, user: Any) -> dict[str, Any]:
    """Who the citizen is, opened and written down. Raises NotPossible, or SealError without the key."""
    if not may_learn(case, user):
        raise NotPossible(_("Nobody has agreed to it, or it was more than a day ago."))
    words = who(Reporter.objects.get(complaint=case))
    note(case, Event.Kind.OPENED, user.get_username(), part="identity")
    return words


def reason_of(asked: IdentityRequest) -> str:
    """Why it was asked, opened. Raises SealError."""
    return str(sealing.unseal_words(asked.reason, settings.COMPLAINT_PRIVATE_KEYS)["text"])

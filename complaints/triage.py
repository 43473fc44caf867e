"""What staff do with a case: read it, ask the citizen, note, move it on. Each act is an event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext

from . import offices, redacting, sealing
from .models import Complaint, Event, Message, Note
from .models.events import note
from .models.vocabulary import Outcome

State = Complaint.State
NEXT: Mapping[str, tuple[State, ...]] = {
    State.RECEIVED: (State.IN_TRIAGE,),
    State.IN_TRIAGE: (State.NEEDS_INFO, State.ROUTED),
    State.NEEDS_INFO: (State.IN_TRIAGE,),
    State.ROUTED: (State.WITH_AGENCY, State.IN_TRIAGE),
    State.WITH_AGENCY: (State.OUTCOME_REPORTED,),
    State.OUTCOME_REPORTED: (State.WITH_AGENCY,),
    State.CLOSED: (State.REOPENED,),
    State.REOPENED: (State.IN_TRIAGE,),
}
"""Where a case may go from where it stands; besides, any open one may be closed with an outcome."""


def read(complaint: Complaint, actor: str) -> dict[str, Any]:
    """What the citizen wrote, opened for a member of staff and written down. Never who the citizen is.

    Raises SealError where this process does not hold the key.
    """
    keys = settings.COMPLAINT_PRIVATE_KEYS
    if complaint.matter is None:
        return {}
    words = sealing.unseal_words(complaint.matter, keys)
    if complaint.accused:
        words["accused"] = sealing.unseal_words(complaint.accused, keys)["persons"]
    office = offices.proposed(complaint.desk, words)
    if office is not None:
        doubt = "" if office.is_confirmed else gettext(" (not confirmed)")
        words["office"] = (office.name if get_language() == "th" else office.name_en) + doubt
    words["messages"] = [
        (message.from_reporter, message.sent_at, sealing.unseal_words(message.words, keys)["text"])
        for message in complaint.messages.all()
    ]
    words["notes"] = [
        (written.author, written.written_at, sealing.unseal_words(written.words, keys)["text"])
        for written in complaint.notes.all()
    ]
    if complaint.next_action:
        words["next action"] = sealing.unseal_words(complaint.next_action, keys)["text"]
    words["kept back"] = redacting.passages_of(complaint)
    note(complaint, Event.Kind.OPENED, actor, part="matter")
    return words


@transaction.atomic
def ask(complaint: Complaint, text: str, actor: str) -> None:
    """Write to the citizen: sealed to them, and a copy to the office."""
    words = {"text": text}
    Message.objects.create(
        complaint=complaint,
        from_reporter=False,
        words=sealing.seal_words(words, settings.COMPLAINT_PUBLIC_KEYS[0]),
        words_for_reporter=sealing.seal_words(words, complaint.reporter_key),
    )
    note(complaint, Event.Kind.ASKED, actor)


@transaction.atomic
def write_note(complaint: Complaint, text: str, actor: str) -> None:
    """Keep a note that no citizen sees."""
    sealed = sealing.seal_words({"text": text}, settings.COMPLAINT_PUBLIC_KEYS[0])
    Note.objects.create(complaint=complaint, author=actor, words=sealed)
    note(complaint, Event.Kind.NOTED, actor)


@transaction.atomic
def move(complaint: Complaint, state: str, actor: str) -> bool:
    """Move the case on. False if it may not go there from where it stands, or somebody was faster."""
    before = State(complaint.state)
    if State(state) not in NEXT.get(before, ()) or not complaint.mark(State(state), was=(before,)):
        return False
    note(complaint, Event.Kind.MOVED, actor, before=str(before), state=state)
    return True


@transaction.atomic
def close(complaint: Complaint, outcome: str, actor: str) -> bool:
    """Close the case with an outcome. False if it is closed already."""
    if not complaint.mark_closed(Outcome(outcome)):
        return False
    note(complaint, Event.Kind.MOVED, actor, state=str(State.CLOSED), outcome=outcome)
    return True

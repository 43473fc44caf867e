"""What a citizen may read back under the access key: where it stands, and what staff wrote to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from . import findings, sealing
from .access import key_digest, reporter_private_key
from .models import Attachment, Complaint, Dispatch, Event, Message, Opinion
from .models.vocabulary import more_open_than

State = Complaint.State
NEXT = {
    State.RECEIVED: _(
        "Staff have not read it yet. They may ask you something here: look in every week or so."
    ),
    State.IN_TRIAGE: _("Staff read it and choose the competent body. They may ask you something here."),
    State.NEEDS_INFO: _("Staff have asked you something: it stands under Messages. Answer below."),
    State.ROUTED: _("It goes to the body named below; whether it has arrived stands there."),
    State.WITH_AGENCY: _("The body looks into it, which takes months. What it answers is told here."),
    State.OUTCOME_REPORTED: _("The body has answered. Staff read it and tell you under Messages."),
    State.CLOSED: _(
        "Nothing more is done here. If there is something new, file another report and give this number."
    ),
    State.REOPENED: _("Staff look at it again. They may ask you something here."),
}
"""What comes next, and whether the citizen has something to do."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: what staff wrote, in words; of what the citizen wrote only that it came."""

    sent_at: datetime
    from_reporter: bool
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Inbox:
    """A complaint as its reporter sees it."""

    complaint: Complaint
    dispatches: Sequence[Dispatch]
    letters: Sequence[Letter]
    files: Sequence[Attachment]
    identity_opened: Sequence[datetime] = ()
    """When staff opened who the citizen is, with a second person's consent."""
    told: Sequence[tuple[int, Sequence[str]]] = field(default=(), repr=False)
    """What files told of their maker, by their place."""

    @property
    def next(self) -> str:
        """What comes next."""
        return str(NEXT[State(self.complaint.state)])

    @property
    def is_open(self) -> bool:
        """Whether something may still be added."""
        return self.complaint.state != Complaint.State.CLOSED

    @property
    def may_be_raised(self) -> bool:
        """Whether the citizen may still say more of who they are."""
        return self.is_open and bool(more_open_than(self.complaint.identity))


def find(key: str) -> Complaint | None:
    """The complaint of an access key; None for any other text, as quickly."""
    digest = key_digest(key, settings.COMPLAINT_PEPPER)
    return Complaint.objects.select_related("desk").filter(key_digest=digest).first()


def find_opinion(key: str) -> Opinion | None:
    """The opinion of an access key, while it is no complaint."""
    digest = key_digest(key, settings.COMPLAINT_PEPPER)
    return Opinion.objects.filter(key_digest=digest).first()


def read(complaint: Complaint, key: str) -> Inbox:
    """Open what was sealed to the reporter, with the key they present."""
    private = [reporter_private_key(key)]
    letters = [
        Letter(message.sent_at, message.from_reporter, _words(message, private))
        for message in complaint.messages.all()
    ]
    dispatches = complaint.dispatches.select_related("desk")
    opened = complaint.events.filter(kind=Event.Kind.OPENED, detail__part="identity")
    when = list(opened.values_list("at", flat=True))
    files = list(complaint.attachments.prefetch_related("blackenings"))
    told = [(file.position, _told(file, private)) for file in files if file.found is not None]
    return Inbox(complaint, list(dispatches), letters, files, when, told)


def _told(file: Attachment, private: Sequence[str]) -> Sequence[str]:
    """What a file told of its maker, a line for each thing."""
    lines = json.loads(sealing.unseal_words(file.found or b"", private)["found"])
    return [findings.told(line) for line in lines]


def _words(message: Message, private: Sequence[str]) -> str:
    if message.from_reporter or message.words_for_reporter is None:
        return ""
    return str(sealing.unseal_words(message.words_for_reporter, private)["text"])

"""What a citizen may read back under the access key: where it stands, and what staff wrote to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from . import findings, sealing
from .access import key_digest, reporter_private_key
from .models import Attachment, Complaint, Dispatch, Event, Message, Opinion
from .models.vocabulary import more_open_than


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

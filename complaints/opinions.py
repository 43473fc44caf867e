"""What citizens think of a record: received sealed, read by a person, published beside it or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from . import crowding, hints, sealing
from .access import access_for, new_reference
from .filing import Filing, book, propose
from .models import Complaint, Event, Opinion
from .models.events import note
from .models.vocabulary import Identity, Level, Suspicion
from .snapshots import Snapshot

LONGEST = 3_000  # letters
MOST_FROM_ONE_PLACE = 20  # in an hour; a class or an office sits behind one address
SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Given:
    """One opinion, as a citizen wrote it."""

    nonce: str
    language: str
    about: Snapshot
    words: str = field(repr=False)
    bucket: int | None = None
    """The number under which opinions from this place are counted in this hour; see `crowding`."""


class TooMany(Exception):
    """Raised if as many opinions as are taken in an hour came from a place; `again_at` is when it is over."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at)
        self.again_at = again_at


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen takes home."""

    key: str = field(repr=False)
    """The access key; shown now and never again."""
    opinion: Opinion


def submit(given: Given) -> Receipt:
    """Keep an opinion. One form is kept once, however often it is sent. Raises TooMany; then nothing is."""
    access = access_for(given.nonce, settings.COMPLAINT_PEPPER)
    earlier = Opinion.objects.filter(nonce_digest=access.nonce_digest).first()
    if earlier is not None:
        return Receipt(access.key, earlier)
    if crowding.is_crowded(given.bucket, MOST_FROM_ONE_PLACE):
        raise TooMany(crowding.next_hour())
    values: Mapping[str, Any] = {
        "key_digest": access.key_digest,
        "reporter_key": access.reporter_key,
        "language": given.language,
        "about": given.about.about,
        "snapshot": given.about.data,
        "snapshot_sha256": given.about.sha256,
        "agency_code": given.about.agency_code,
        "words": sealing.seal_words({"text": given.words}, settings.COMPLAINT_PUBLIC_KEYS[0]),
    }
    try:
        with transaction.atomic():
            opinion, _new = Opinion.objects.get_or_create(nonce_digest=access.nonce_digest, defaults=values)
    except IntegrityError:
        opinion = Opinion.objects.get(nonce_digest=access.nonce_digest)
    return Receipt(access.key, opinion)


def read(opinion: Opinion, actor: str) -> str:
    """What was written, opened for a moderator and written down; empty once it was decided upon."""
    if opinion.words is None:
        return ""
    text = str(sealing.unseal_words(opinion.words, settings.COMPLAINT_PRIVATE_KEYS)["text"])
    note(None, Event.Kind.OPENED, actor, part="opinion", opinion=opinion.pk)
    return text


@transaction.atomic
def publish(opinion: Opinion, words: str, actor: str) -> bool:
    """Publish it in these words. False if it was decided upon before."""
    if not opinion.mark(Opinion.State.PUBLISHED, published_words=words):
        return False
    note(None, Event.Kind.PUBLISHED, actor, opinion=opinion.pk)
    return True


@transaction.atomic
def decline(opinion: Opinion, actor: str) -> bool:
    """Do not publish it; what was written is removed. False if it was decided upon before."""
    if not opinion.mark(Opinion.State.DECLINED):
        return False
    note(None, Event.Kind.DECLINED, actor, opinion=opinion.pk)
    return True


@transaction.atomic
def answer(opinion: Opinion, words: str, actor: str) -> bool:
    """Put the agency's answer beside it. False if it is not published."""
    if not opinion.mark_answered(words):
        return False
    note(None, Event.Kind.ANSWERED, actor, opinion=opinion.pk)
    return True


@transaction.atomic
def convert(opinion: Opinion, suspicion: str, actor: str) -> Complaint | None:
    """Follow it as a complaint, under the same access key. None if it was decided upon before."""
    waiting = Opinion.objects.select_for_update().waiting().filter(pk=opinion.pk).first()
    if waiting is None or waiting.words is None:
        return None
    text = str(sealing.unseal_words(waiting.words, settings.COMPLAINT_PRIVATE_KEYS)["text"])
    complaint = _complaint_of(waiting, text, Suspicion(suspicion))
    waiting.mark(Opinion.State.CONVERTED, complaint=complaint)
    note(complaint, Event.Kind.CONVERTED, actor, opinion=opinion.pk)
    note(None, Event.Kind.CONVERTED, actor, opinion=opinion.pk, reference=complaint.reference)
    return complaint


def _complaint_of(opinion: Opinion, text: str, suspicion: str) -> Complaint:
    shown = opinion.snapshot
    about = Snapshot(opinion.about, shown["title"], opinion.agency_code, shown["agency"])
    filing = Filing(
        nonce="",
        language=opinion.language,
        identity=Identity.ANONYMOUS,
        suspicion=suspicion,
        level=Level.UNKNOWN,
        matter={"subject": shown["title"][:SUBJECT], "detail": text},
        about=about,
    )
    desk, rule = propose(filing)
    complaint = Complaint.objects.create(
        reference=new_reference(),
        nonce_digest=opinion.nonce_digest,
        key_digest=opinion.key_digest,
        reporter_key=opinion.reporter_key,
        about=opinion.about,
        snapshot=shown,
        snapshot_sha256=opinion.snapshot_sha256,
        agency_code=opinion.agency_code,
        suspicion=suspicion,
        level=filing.level,
        language=filing.language,
        identity=filing.identity,
        matter=sealing.seal_words(filing.matter, settings.COMPLAINT_PUBLIC_KEYS[0]),
        desk=desk,
        desk_reason=rule.reason if filing.language == "th" else rule.reason_en,
    )
    hints.start(book(complaint).pk)
    return complaint

"""`file_complaint()`: the one verb of receiving. Form, API and tests all call it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from . import crowding, hints, sealing
from .access import Access, access_for, new_reference
from .models import Attachment, Complaint, Desk, Dispatch, Event, Message, Reporter
from .models.desks import CompetenceRule
from .models.dispatches import locked
from .models.events import REPORTER, note
from .models.vocabulary import Identity, Outcome
from .routing import Facts, Rule, rule_for
from .snapshots import Snapshot

FLOOD = 1_000  # complaints in an hour, beyond which the next ones wait for staff before they leave
FLOOD_OF_ONE = 300  # the same of complaints about one page
MOST_FILES_IN_AN_HOUR = 30  # that one report takes under its access key; further ones are asked to wait


@dataclass(frozen=True, slots=True)
class GivenFile:
    """One file as the citizen gave it; its kind is known from its content."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything a citizen says at once."""

    nonce: str
    """The form's one-time number, which also makes the access key."""
    language: str
    identity: str
    suspicion: str
    level: str
    matter: Mapping[str, Any] = field(repr=False)
    accused: Sequence[Mapping[str, str]] = field(default=(), repr=False)
    reporter: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: Sequence[GivenFile] = ()
    about: Snapshot | None = None
    bucket: int | None = None
    """The number under which reports from this place are counted in this hour; see `crowding`."""


class TooManyFiles(Exception):
    """Raised if a report has had as many files in an hour as it takes; `again_at` is when it takes these."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at)
        self.again_at = again_at


class IsClosed(Exception):
    """Raised if a report takes nothing more; what was sealed in it may have been removed already."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen takes home."""

    reference: str
    key: str = field(repr=False)
    """The access key; shown now and never again."""
    received_at: datetime
    desk: Desk
    files: Sequence[Attachment]
    is_held: bool
    """Whether a person looks at it before it leaves."""
    is_new: bool
    """False if this form was filed before: nothing was filed now, the receipt is the earlier one's."""


def file_complaint(filing: Filing) -> Receipt:
    """Keep a complaint, and book its delivery. One form is filed once, however often it is sent.

    The database alone decides success: no mail, no queue, no agency is asked.
    """
    given = access_for(filing.nonce, settings.COMPLAINT_PEPPER)
    earlier = _receipt(given, is_new=False)
    if earlier is not None:
        return earlier
    is_crowded = crowding.is_crowded(filing.bucket)  # apart: nothing of the case leads to the count
    try:
        with files_or_none() as kept, transaction.atomic():
            dispatch = _keep(filing, given, kept, is_crowded=is_crowded)
    except IntegrityError:
        earlier = _receipt(given, is_new=False)
        if earlier is None:
            raise
        return earlier  # the same form, sent twice at once: the other one was first
    hints.start(dispatch.pk)
    receipt = _receipt(given, is_new=True)
    assert receipt is not None
    return receipt


def supplement(complaint: Complaint, *, words: str = "", files: Sequence[GivenFile] = ()) -> None:
    """Keep what the citizen adds later. Text and files travel on with the next delivery.

    Raises TooManyFiles, or IsClosed; then nothing was kept.
    """
    with files_or_none() as kept, transaction.atomic():
        case = Complaint.objects.select_for_update(no_key=True).get(pk=complaint.pk)
        if case.state == Complaint.State.CLOSED:
            raise IsClosed
        _check_pace(case, len(files))
        if words:
            sealed = sealing.seal_words({"text": words}, settings.COMPLAINT_PUBLIC_KEYS[0])
            Message.objects.create(complaint=case, from_reporter=True, words=sealed)
        keep_files(case, files, kept)
        case.mark(Complaint.State.IN_TRIAGE, was=(Complaint.State.NEEDS_INFO,))
        note(case, Event.Kind.SUPPLEMENTED, REPORTER, words=bool(words), files=len(files))


@transaction.atomic
def withdraw(complaint: Complaint) -> bool:
    """Close the case on the citizen's word, and stop what has not left yet. False if it was closed before."""
    sent = locked(complaint)
    if not complaint.mark_closed(Outcome.WITHDRAWN):
        return False
    note(complaint, Event.Kind.WITHDRAWN, REPORTER)
    for dispatch in sent:
        dispatch.mark_cancelled(REPORTER)
    return True


def propose(filing: Filing) -> tuple[Desk, Rule]:
    """The desk that the table of competence names for it today, and the rule that says so."""
    rows = list(CompetenceRule.objects.on(timezone.localdate()))
    amount = filing.about.amount if filing.about else None
    rule = rule_for(Facts(filing.suspicion, filing.level, amount), [row.as_rule() for row in rows])
    return next(row.desk for row in rows if row.desk.code == rule.desk), rule


@contextmanager
def files_or_none() -> Iterator[list[str]]:
    """Names of files that are kept while the transaction is; if it fails, they go with it."""
    kept: list[str] = []
    try:
        yield kept
    except BaseException:
        for name in kept:
            default_storage.delete(name)
        raise


def keep_files(complaint: Complaint, files: Sequence[GivenFile], kept: list[str]) -> None:
    """Seal each file under a name of ours and write it down; `kept` learns the names."""
    public = settings.COMPLAINT_PUBLIC_KEYS[0]
    before = complaint.attachments.count() if files else 0
    for position, file in enumerate(files, start=before + 1):
        sealed = ContentFile(sealing.seal(file.content, public))
        kept.append(f"evidence/{uuid4()}")  # named first: what a full disk took half of goes as well
        default_storage.save(kept[-1], sealed)
        Attachment.objects.create(
            complaint=complaint,
            position=position,
            name=sealing.seal_words({"name": file.name}, public),
            kind=file.kind,
            size=len(file.content),
            sha256=sha256(file.content).hexdigest(),
            original=kept[-1],
        )


def _check_pace(case: Complaint, files: int) -> None:
    """Raises TooManyFiles if these are more than the report takes just now."""
    hour = timedelta(hours=1)
    lately = case.attachments.filter(received_at__gt=timezone.now() - hour).order_by("received_at")
    came = list(lately.values_list("received_at", flat=True)) if files else []
    over = len(came) + files - MOST_FILES_IN_AN_HOUR
    if over > 0:
        raise TooManyFiles(came[min(over, len(came)) - 1] + hour)


def _keep(filing: Filing, given: Access, kept: list[str], *, is_crowded: bool) -> Dispatch:
    public = settings.COMPLAINT_PUBLIC_KEYS[0]
    desk, rule = propose(filing)
    about = filing.about
    complaint = Complaint.objects.create(
        reference=new_reference(),
        nonce_digest=given.nonce_digest,
        key_digest=given.key_digest,
        reporter_key=given.reporter_key,
        about=about.about if about else "",
        snapshot=about.data if about else None,
        snapshot_sha256=about.sha256 if about else "",
        agency_code=about.agency_code if about else "",
        suspicion=filing.suspicion,
        level=filing.level,
        language=filing.language,
        identity=filing.identity,
        matter=sealing.seal_words(filing.matter, public),
        accused=sealing.seal_words({"persons": list(filing.accused)}, public) if filing.accused else None,
        desk=desk,
        desk_reason=rule.reason if filing.language == "th" else rule.reason_en,
    )
    if filing.identity != Identity.ANONYMOUS:
        Reporter.objects.create(complaint=complaint, identity=sealing.seal_words(filing.reporter, public))
    keep_files(complaint, filing.files, kept)
    return book(complaint, files=len(filing.files), is_crowded=is_crowded)


def book(complaint: Complaint, *, files: int = 0, is_crowded: bool = False) -> Dispatch:
    """Put a new complaint on its way to its desk, or have it wait for staff; nothing is ever dropped."""
    desk = complaint.desk
    is_held = desk.held_for_triage or is_crowded or _is_flooded(complaint.about)
    dispatch = Dispatch.objects.create(
        complaint=complaint,
        desk=desk,
        state=Dispatch.State.HELD if is_held else Dispatch.State.PENDING,
        next_attempt_at=None if is_held else Now(),
    )
    note(complaint, Event.Kind.FILED, REPORTER, desk=desk.code, files=files)
    return dispatch


def _is_flooded(about: str) -> bool:
    """Whether more came in an hour than people can have written, this one among them: in all, or about one
    page.
    """
    hour = timezone.now() - timedelta(hours=1)
    same = Count("pk", filter=Q(about=about) & ~Q(about=""))
    counted = Complaint.objects.filter(received_at__gte=hour).aggregate(all=Count("pk"), same=same)
    return bool(counted["all"] > FLOOD or counted["same"] > FLOOD_OF_ONE)


def _receipt(given: Access, *, is_new: bool) -> Receipt | None:
    complaint = (
        Complaint.objects.select_related("desk")
        .prefetch_related("attachments")
        .annotate(waits=Exists(Dispatch.objects.filter(complaint=OuterRef("pk"), state=Dispatch.State.HELD)))
        .filter(nonce_digest=given.nonce_digest)
        .first()
    )
    if complaint is None:
        return None
    return Receipt(
        complaint.reference,
        given.key,
        complaint.received_at,
        complaint.desk,
        list(complaint.attachments.all()),
        complaint.waits,
        is_new,
    )

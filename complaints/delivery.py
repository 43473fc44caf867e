"""`deliver()`: one attempt at one dispatch. Claim, send, record; no transaction is open while it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from django.conf import settings
from django.db.models import Max

from . import offices, redacting, sealed_sheets, sealing
from .channels import CHANNELS
from .channels.base import Channel, DeliveryError, Means
from .dossier import dossier
from .examining import examine_all, opened, sealed
from .letters import Enclosure, Letter
from .models import Attachment, Complaint, Dispatch
from .models.claims import database_time
from .models.vocabulary import Identity
from .reporters import who
from .return_paths import return_path
from .sealing import SealError


def deliver(dispatch_pk: int) -> bool | None:
    """Attempt a dispatch, if it is due, nobody else does and its desk has a place free. True if it arrived,
    or lies ready there; None if there was nothing to attempt.

    Harmless to call at any time and as often as one likes: whoever changes the row owns the attempt.
    """
    dispatch = Dispatch.objects.select_related("desk", "complaint").get(pk=dispatch_pk)
    if dispatch.delivered_at is not None:
        return None  # a hint that came late, as most do where many wait for one desk
    with suppress(SealError):  # said by the letter, which needs the same key
        examine_all(dispatch.complaint)
    attempt = dispatch.claim()
    if not attempt:
        return None
    dispatch.complaint.refresh_from_db()  # the citizen may have chosen to be named since
    try:
        receipt = channel_for(dispatch).send(letter_for(dispatch), means(dispatch))
    except DeliveryError as error:
        if error.wants_no_more:
            dispatch.desk.mark_held()
        dispatch.mark_failed(attempt, str(error), permanent=error.permanent, wait=error.wait)
        return False
    except SealError as error:
        dispatch.mark_failed(attempt, str(error))
        return False
    except Exception:  # whatever it was: the claim is given back, and it is raised again
        dispatch.leave(attempt)
        raise
    if not receipt.has_arrived:
        return dispatch.mark_ready(attempt, receipt.text)
    return dispatch.mark_sent(attempt, receipt.text)


def sweep(*, is_long: bool = False) -> Sequence[int]:
    """What is due now; what has used up its attempts is handed to a person on the way.

    As many as there are free places: each that ends starts the next. The long list is for whoever attempts
    them one after the other.
    """
    for dispatch in Dispatch.objects.spent().select_related("complaint"):
        dispatch.mark_spent()
    return Dispatch.objects.due(is_long=is_long)


def next_in_line(dispatch_pk: int) -> Sequence[int]:
    """What waits for the desk of this dispatch, as many as there are free places: those that were turned away
    while it was on its way.
    """
    return Dispatch.objects.due(Dispatch.objects.values_list("desk_id", flat=True).get(pk=dispatch_pk))


def channel_for(dispatch: Dispatch) -> Channel:
    """The way to the desk; where a stand-in agency is set, every desk is reached there."""
    return CHANNELS["webhook" if settings.STAND_IN_AGENCY else dispatch.desk.channel]


def means(dispatch: Dispatch) -> Means:
    """What channels may use beside the letter of this delivery."""
    place = dispatch.complaint.events.aggregate(last=Max("number"))["last"] or 0
    number, key = str(dispatch.number), settings.COMPLAINT_PEPPER
    return Means(
        signing_key=settings.COMPLAINT_SIGNING_KEY,
        stand_in=settings.STAND_IN_AGENCY,
        sender=settings.DEFAULT_FROM_EMAIL if settings.EMAIL_HOST else "",
        return_path=return_path(number, place, settings.EMAIL_BOUNCES, key),
        portal=f"{settings.STAFF_URL}/admin/" if settings.STAFF_URL else "",
        dossier=dossier,
        now=database_time(),
    )


def letter_for(dispatch: Dispatch) -> Letter:
    """The letter of a dispatch: the sealed parts are opened here, and only what the desk may know goes in.

    Raises SealError where this process does not hold the key or a file is gone, DeliveryError while one is
    being examined.
    """
    complaint, keys = dispatch.complaint, settings.COMPLAINT_PRIVATE_KEYS
    accused = sealing.unseal_words(complaint.accused, keys)["persons"] if complaint.accused else []
    if complaint.matter is None:
        raise SealError("Everything sealed was removed from this complaint.")
    black = redacting.passages_of(complaint)
    matter = redacting.blackened(sealing.unseal_words(complaint.matter, keys), black)
    words = [
        sealing.unseal_words(m.words, keys)["text"] for m in complaint.messages.filter(from_reporter=True)
    ]
    return Letter(
        number=str(dispatch.number),
        reference=complaint.reference,
        version=dispatch.version,
        desk=dispatch.desk.code,
        desk_name=dispatch.desk.name,
        address=dispatch.desk.address,
        received_at=complaint.received_at.isoformat(),
        language=complaint.language,
        identity=complaint.identity,
        suspicion=complaint.suspicion,
        level=complaint.level,
        matter=matter,
        accused=redacting.blackened(accused, black),
        reporter=_reporter(complaint),
        added=redacting.blackened(words, black),
        office=offices.for_letter(dispatch.desk, matter),
        about=complaint.snapshot,
        enclosures=[_enclosure(file) for file in complaint.attachments.prefetch_related("blackenings")],
        screening=sealed_sheets.for_letter(complaint, black),
        openpgp_key=dispatch.desk.openpgp_key,
        host_key=dispatch.desk.host_key,
    )


def _enclosure(file: Attachment) -> Enclosure:
    """A file with its cleaned copy, or the one with black boxes. The original stays sealed."""
    if file.state == Attachment.State.QUARANTINED:
        sealed(str(file.original.name), 1)  # one that is gone is said to be, and is not waited for
        raise DeliveryError("A file is still being examined.")
    black = file.blackening
    content = opened(black.copy if black else file.cleaned) if file.cleaned else None
    return Enclosure(
        position=file.position,
        kind=file.kind,
        size=file.size,
        sha256=file.sha256,
        state=file.state,
        copy_sha256=file.handed_on_sha256,
        is_blackened=black is not None,
        content=content,
    )


def _reporter(complaint: Complaint) -> dict[str, str] | None:
    """Who complains, for a desk's eyes: only of citizens who chose to be named."""
    if complaint.identity != Identity.NAMED:
        return None
    return who(complaint.reporter)

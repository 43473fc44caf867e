"""`examine()`: what is done with a file of evidence before anybody sees it. Open, scan, clean, seal, record.

It happens where the private key is (staff, worker), never in the part that visitors reach.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.fields.files import FieldFile

from . import sealing
from .cleaning import Cleaned, Uncleanable, clean
from .models import Attachment, Complaint, Event
from .models.events import SYSTEM, note
from .models.evidence import MOST_EXAMINATIONS
from .scanning import ScanError, is_harmful

State = Attachment.State
NO_SCANNER = "No virus scanner runs here."
NEVER_BACK = "Looking at the file ended the program, each time."
MISSING = "A sealed file is missing on the disk; bring it back from the backup."


def due() -> Sequence[int]:
    """Files that nobody looked at yet."""
    return list(
        Attachment.objects.unexamined().order_by("next_examination_at", "pk").values_list("pk", flat=True)
    )


def examine_all(complaint: Complaint) -> None:
    """Look at each file of a complaint that nobody looked at yet."""
    for attachment in complaint.attachments.filter(state=State.QUARANTINED):
        examine(attachment.pk)


def examine(attachment_pk: int) -> bool:
    """Look at one file, if it is due and nobody else does. True if it was this call that recorded it.

    Harmless to repeat. Raises SealError where this process does not hold the key, or the file is gone.
    """
    attachment = Attachment.objects.select_related("complaint").get(pk=attachment_pk)
    content = read(attachment, "original")
    examination = attachment.claim()
    if not examination:
        return False
    if examination > MOST_EXAMINATIONS:
        return _record(attachment, examination, State.NOT_SCANNED, NEVER_BACK, None)
    state, trouble = _scanned(content)
    if state == State.QUARANTINED and examination < MOST_EXAMINATIONS:
        return False  # the scanner rests; it is asked again
    if state == State.INFECTED:
        return _record(attachment, examination, state, trouble, None)
    try:
        copy = clean(attachment.kind, content)
    except Uncleanable as error:
        return _record(attachment, examination, _final(state), f"{error} {trouble}".strip(), None)
    return _record(attachment, examination, _final(state), trouble, copy)


def read(attachment: Attachment, which: str) -> bytes:
    """The bytes of the `original`, or of the `cleaned` copy, opened. Raises SealError."""
    return opened(getattr(attachment, which))


def opened(stored: FieldFile) -> bytes:
    """The bytes of a kept file. Raises SealError."""
    return sealing.unseal(sealed(str(stored.name)), settings.COMPLAINT_PRIVATE_KEYS)


def sealed(name: str, most: int = -1) -> bytes:
    """A kept file as it lies on the disk, or so many bytes of it. Raises SealError if it does not."""
    try:
        with default_storage.open(name) as file:
            found: bytes = file.read(most)
    except FileNotFoundError as error:
        raise sealing.SealError(MISSING) from error
    return found


def keep(content: bytes) -> str:
    """Keep a file, sealed, whole or not at all. Returns its name; raises OSError if the disk is full."""
    name, sealed = (
        f"evidence/{uuid4()}",
        ContentFile(sealing.seal(content, settings.COMPLAINT_PUBLIC_KEYS[0])),
    )
    try:
        return default_storage.save(name, sealed)
    except OSError:
        default_storage.delete(name)
        raise


def _scanned(content: bytes) -> tuple[State, str]:
    if not settings.CLAMD_ADDRESS:
        return State.NOT_SCANNED, NO_SCANNER
    try:
        return (State.INFECTED if is_harmful(content, settings.CLAMD_ADDRESS) else State.CLEAN), ""
    except ScanError as error:
        return State.QUARANTINED, str(error)


def _final(state: State) -> State:
    return State.NOT_SCANNED if state == State.QUARANTINED else state


def _record(
    attachment: Attachment, examination: int, state: State, trouble: str, copy: Cleaned | None
) -> bool:
    """Keep the copy, sealed, and what was found, sealed to whoever gave the file. Both or neither."""
    found: dict[str, object] = {"trouble": trouble[:200]}
    if copy is not None:
        found["cleaned"] = keep(copy.content)
        found["cleaned_sha256"] = sha256(copy.content).hexdigest()
        if copy.found:
            words = {"found": json.dumps(list(copy.found), ensure_ascii=False)}
            found["found"] = sealing.seal_words(words, attachment.complaint.reporter_key)
    with transaction.atomic():
        is_ours = attachment.mark_examined(examination, state, **found)
        if is_ours:
            detail = {"file": attachment.position, "state": str(state), "copy": copy is not None}
            note(attachment.complaint, Event.Kind.EXAMINED, SYSTEM, **detail)
    if not is_ours and "cleaned" in found:
        default_storage.delete(str(found["cleaned"]))
    return is_ours

"""Scans of the receipts of letters: attached by staff, cleaned, sealed, and kept as long as evidence is,
unless one was attached by mistake and is taken back.
"""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from . import troubles
from .cleaning import WAITED_SECONDS, Uncleanable, clean
from .examining import keep, opened
from .filing import files_or_none
from .handling import NotPossible
from .kinds import NotAllowed, kind_of
from .models import Complaint, Event, Handover, Slip
from .models.events import note
from .scanning import ScanError, is_harmful

KINDS = ("png", "jpg", "pdf")
MOST_BYTES = 10 * 1024 * 1024
MOST = 5  # of one letter


def attach(letter: Handover, content: bytes, actor: str) -> Slip:
    """Keep the scan of a receipt: known by its content, looked at for what harms, cleaned, sealed.

    Raises NotPossible, which says why; then nothing was kept. Raises OSError if the disk is full.
    """
    kind = _kind_of(content)
    is_scanned = _is_scanned(content)
    try:
        copy = clean(kind, content, seconds=WAITED_SECONDS).content
    except Uncleanable as error:
        raise NotPossible(troubles.told(str(error))) from error
    with files_or_none() as kept, transaction.atomic():
        case = _locked(letter)
        if case.removed_at is not None:
            raise NotPossible(_("Everything sealed was removed from this case; nothing more is kept in it."))
        place = letter.slips.count() + 1  # no place is used again
        if letter.slips.there().count() >= MOST:
            raise NotPossible(_("A letter has %(most)s scans at most.") % {"most": MOST})
        kept.append(keep(copy))
        slip = Slip.objects.create(
            handover=letter, position=place, kind=kind, size=len(copy), sha256=sha256(copy).hexdigest(),
            content=kept[-1], is_scanned=is_scanned, author=actor,
        )  # fmt: skip
        note(case, Event.Kind.ATTACHED, actor, dispatch=str(letter.dispatch.number), position=place)
    return slip


def take_back(slip: Slip, ground: Slip.Ground, actor: str) -> None:
    """Remove the file of a scan that was attached by mistake. What it was, by whom and why stays.

    Raises NotPossible; then nothing was removed.
    """
    with transaction.atomic():
        case = _locked(slip.handover)
        if case.is_held:
            raise NotPossible(_("A hold is set on this case: nothing of it is removed until it is lifted."))
        there = Slip.objects.select_for_update().there().filter(pk=slip.pk).first()
        if there is None:
            raise NotPossible(_("It was taken back before."))
        name = str(there.content.name)
        there.mark_taken_back(ground, actor)
        detail = {"position": there.position, "ground": str(ground), "sha256": there.sha256}
        note(case, Event.Kind.DETACHED, actor, dispatch=str(slip.handover.dispatch.number), **detail)
        transaction.on_commit(lambda: default_storage.delete(name))


def read(slip: Slip) -> bytes:
    """The scan, opened. Raises SealError."""
    return opened(slip.content)


def _locked(letter: Handover) -> Complaint:
    """The case of a letter; what else changes its scans waits."""
    return Complaint.objects.select_for_update(no_key=True).get(dispatches__handover=letter)


def _kind_of(content: bytes) -> str:
    """Raises NotPossible for what is none of the kinds, or too large."""
    if not 0 < len(content) <= MOST_BYTES:
        raise NotPossible(_("A scan has 10 MB at most, and is not empty."))
    try:
        kind = kind_of(content)
    except NotAllowed:
        kind = ""
    if kind not in KINDS:
        raise NotPossible(_("A scan is a picture (JPEG, PNG) or a PDF."))
    return kind


def _is_scanned(content: bytes) -> bool:
    """Whether a virus scanner looked at it; none may run here. Raises NotPossible if it found something."""
    if not settings.CLAMD_ADDRESS:
        return False
    try:
        found = is_harmful(content, settings.CLAMD_ADDRESS)
    except ScanError as error:
        raise NotPossible(_("The virus scanner does not answer just now; try again in a minute.")) from error
    if found:
        raise NotPossible(_("The virus scanner found something harmful in it."))
    return True

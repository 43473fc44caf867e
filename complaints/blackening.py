"""Parts of a picture or a PDF that the competent body does not see: marked, looked at, confirmed, taken back.

The original and the cleaned copy stay as they are. A body gets the copy with black boxes that holds when its
letter is made; what has left is not called back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from hashlib import sha256

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from . import cleaning, examining, sealing, triage
from .cleaning import Seen, Uncleanable
from .cleaning.boxes import Box
from .handling import NotPossible
from .models import Attachment, Blackening, Dispatch, Event
from .models.dispatches import locked
from .models.events import note

KINDS = ("png", "jpg", "pdf")
"""What can be drawn as pictures. Of other files nothing can be blacked out."""
MOST_BOXES = 200


@dataclass(frozen=True, slots=True)
class Marks:
    """What one version says: the boxes of the versions before, those that were added, and why in words."""

    before: Sequence[Box] = field(default=(), repr=False)
    added: Sequence[Box] = field(default=(), repr=False)
    reason: str = field(default="", repr=False)

    @property
    def boxes(self) -> Sequence[Box]:
        """Everything that is black."""
        return [*self.before, *self.added]


def can_be_drawn(file: Attachment) -> bool:
    """Whether parts of this file can be blacked out."""
    return file.kind in KINDS and bool(file.cleaned)


def marks_of(version: Blackening | None) -> Marks:
    """What a version says, opened; nothing where there is none. Raises SealError."""
    if version is None:
        return Marks()
    words = sealing.unseal_words(version.content, settings.COMPLAINT_PRIVATE_KEYS)
    before, added = ([Box(*numbers) for numbers in words[name]] for name in ("before", "added"))
    return Marks(before, added, words["reason"])


def pages_of(file: Attachment) -> int:
    """How many pages the file has; a picture is one. Raises NotPossible, SealError."""
    return page_of(file, None, 1).pages if file.kind == "pdf" else 1


def page_of(file: Attachment, version: Blackening | None, number: int) -> Seen:
    """A page of the cleaned copy, or of a version with black boxes, to look at.

    Raises NotPossible, SealError.
    """
    content = examining.opened(version.copy if version else file.cleaned)
    try:
        return cleaning.see(file.kind, content, number)
    except Uncleanable as error:
        raise NotPossible(_("This page cannot be drawn.")) from error


def preview(file: Attachment, added: Sequence[Box], ground: str, reason: str, actor: str) -> Blackening:
    """Make the copy as it would be delivered, to be looked at. It takes the place of an earlier preview.

    The boxes that hold stay: who adds some never uncovers others. Raises NotPossible, SealError.
    """
    holding = file.blackening
    marks = Marks(marks_of(holding).boxes, added, reason.strip())
    if not added or len(marks.boxes) > MOST_BOXES:
        raise NotPossible(_("Mark one box at least, and no more than %(most)s.") % {"most": MOST_BOXES})
    try:
        copy = cleaning.blacken(file.kind, examining.read(file, "cleaned"), marks.boxes)
    except Uncleanable as error:
        raise NotPossible(
            _("This file cannot be drawn: it is damaged, too long or too large. Nothing was changed.")
        ) from error
    return _draft(file, holding, marks, ground, copy, actor)


@transaction.atomic
def confirm(draft: Blackening, copy_sha256: str, actor: str) -> None:
    """From now on bodies get this copy: the one that was looked at, named by its sum. Raises NotPossible."""
    file = draft.attachment
    _hold_deliveries(file)
    if draft.author != actor or draft.copy_sha256 != copy_sha256 or not draft.mark_confirmed():
        raise NotPossible(_("Somebody has changed it in the meantime; look again."))
    boxes = len(marks_of(draft).boxes)
    detail = {"file": file.position, "version": draft.version, "boxes": boxes, "ground": draft.ground}
    note(file.complaint, Event.Kind.BLACKENED, actor, copy=draft.copy_sha256, **detail)


@transaction.atomic
def take_back(version: Blackening, reason: str, actor: str) -> None:
    """Bodies get what they got before this version, for a reason that only staff read.

    Only the version that holds, and only until a letter with it has arrived. Raises NotPossible.
    """
    file = version.attachment
    _hold_deliveries(file)
    if delivered_since(version):
        raise NotPossible(_("A body has got this copy; it cannot be taken back."))
    if file.blackening != version or not version.mark_taken_back(actor):
        raise NotPossible(_("Somebody has changed it in the meantime; look again."))
    _forget_drafts(file)
    triage.write_note(file.complaint, reason, actor)
    note(file.complaint, Event.Kind.UNCOVERED, actor, file=file.position, version=version.version)


def delivered_since(version: Blackening) -> bool:
    """Whether a letter with this version has arrived."""
    sent = Dispatch.objects.filter(complaint=version.attachment.complaint_id)
    return sent.filter(delivered_at__gte=version.confirmed_at).exists()


def delivered_before(file: Attachment) -> Sequence[Dispatch]:
    """What arrived before the boxes that hold, or at all where none hold: that copy stays as it was."""
    sent = Dispatch.objects.filter(complaint=file.complaint_id, delivered_at__isnull=False)
    if file.blackening:
        sent = sent.filter(delivered_at__lt=file.blackening.confirmed_at)
    return list(sent.select_related("desk").order_by("delivered_at"))


@transaction.atomic
def _draft(
    file: Attachment, holding: Blackening | None, marks: Marks, ground: str, copy: bytes, actor: str
) -> Blackening:
    locked = Attachment.objects.select_for_update().get(pk=file.pk)
    if locked.blackening != holding:
        raise NotPossible(_("Somebody has changed it in the meantime; look again."))
    _forget_drafts(file)
    words = {
        "before": [astuple(box) for box in marks.before],
        "added": [astuple(box) for box in marks.added],
        "reason": marks.reason,
    }
    version = Blackening.objects.filter(attachment=file).aggregate(last=Max("version"))["last"] or 0
    return Blackening.objects.create(
        attachment=file,
        version=version + 1,
        content=sealing.seal_words(words, settings.COMPLAINT_PUBLIC_KEYS[0]),
        ground=Blackening.Ground(ground),
        copy=examining.keep(copy),
        copy_sha256=sha256(copy).hexdigest(),
        author=actor,
    )


def _forget_drafts(file: Attachment) -> None:
    drafts = Blackening.objects.drafts().filter(attachment=file)
    names = [str(draft.copy.name) for draft in drafts]
    drafts.delete()
    transaction.on_commit(lambda: _delete(names))


def _delete(names: Sequence[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _hold_deliveries(file: Attachment) -> None:
    """No delivery of the case begins until this is done. Raises NotPossible while one is on its way."""
    sent = locked(file.complaint)
    Attachment.objects.select_for_update().get(pk=file.pk)
    now = timezone.now()
    if any(one.leased_until is not None and one.leased_until > now for one in sent):
        raise NotPossible(_("A delivery is on its way at this moment; try again in a minute."))

"""Files given as evidence: the original sealed and hashed, a cleaned copy beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .cases import Complaint

if TYPE_CHECKING:
    from .blackening import Blackening

LEASE = timedelta(seconds=90)
"""How long a begun examination is left alone: longer than a file may take, see `cleaning.SECONDS`."""
MOST_EXAMINATIONS = 3


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def unexamined(self) -> AttachmentQuerySet:
        """Those that nobody looked at, and that should be looked at now."""
        return self.filter(state=Attachment.State.QUARANTINED, next_examination_at__lte=Now())


class Attachment(models.Model):
    """One file given with a complaint, or later under its access key."""

    class State(models.TextChoices):
        QUARANTINED = "quarantined", _("not looked at yet")
        CLEAN = "clean", _("scanned, nothing found")
        NOT_SCANNED = "not_scanned", _("not scanned: no scanner runs here")
        INFECTED = "infected", _("harmful: never delivered")

    # Identification
    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="attachments", help_text=_("The complaint.")
    )
    position = models.PositiveSmallIntegerField(
        help_text=_("Place among the files of the complaint, from 1.")
    )
    name = models.BinaryField(help_text=_("The file's name, sealed."))
    kind = models.CharField(max_length=10, help_text=_("Kind of file, by its content."))
    size = models.PositiveIntegerField(help_text=_("Size in bytes."))
    sha256 = models.CharField(max_length=64, help_text=_("SHA-256 of the file as it was given."))
    received_at = models.DateTimeField(db_default=Now(), help_text=_("When it was received."))

    # Content
    original = models.FileField(upload_to="evidence/", help_text=_("The file as it was given, sealed."))
    cleaned = models.FileField(
        upload_to="evidence/", blank=True, help_text=_("A copy without what tells of its maker, sealed.")
    )
    cleaned_sha256 = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of that copy."))

    # What was found
    state = models.CharField(
        max_length=12, choices=State, default=State.QUARANTINED, help_text=_("What the scanner said.")
    )
    found = models.BinaryField(
        null=True, help_text=_("What the file tells of its maker, sealed to whoever gave it.")
    )
    trouble = models.CharField(
        max_length=200, blank=True, help_text=_("Why there is no cleaned copy or no scan, in words of ours.")
    )
    examinations = models.PositiveSmallIntegerField(default=0, help_text=_("Examinations begun."))
    next_examination_at = models.DateTimeField(
        db_default=Now(), help_text=_("When it is examined, if it has not been; later, while that is done.")
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["complaint", "position"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "position"], name="one_file_at_a_place"),
            models.CheckConstraint(
                condition=Q(cleaned="", cleaned_sha256="") | ~Q(cleaned="") & ~Q(cleaned_sha256=""),
                name="cleaned_copy_has_its_hash",
            ),
            models.CheckConstraint(
                condition=~Q(state="infected") | Q(cleaned=""), name="infected_file_has_no_copy"
            ),
        ]
        indexes = [
            # what waits to be examined
            models.Index(
                fields=["next_examination_at"], condition=Q(state="quarantined"), name="attachment_unexamined"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}/{self.position}"

    @property
    def blackening(self) -> Blackening | None:
        """What holds of the black boxes on it: the last that was confirmed and not taken back."""
        holding = [one for one in self.blackenings.all() if one.holds]
        return max(holding, key=lambda one: one.version, default=None)

    @property
    def handed_on_sha256(self) -> str:
        """SHA-256 of the copy that a body gets, with black boxes if there are any; empty without one."""
        return self.blackening.copy_sha256 if self.blackening else self.cleaned_sha256

    def claim(self) -> int:
        """Take the examination, if it is due and nobody else has it. Its number, or 0."""
        mine = Attachment.objects.unexamined().filter(pk=self.pk, examinations=self.examinations)
        taken = mine.update(examinations=F("examinations") + 1, next_examination_at=Now() + LEASE)
        self.refresh_from_db(fields=["examinations"])
        return self.examinations if taken else 0

    def mark_examined(self, examination: int, state: State, **found: Any) -> bool:
        """What was found. False if the examination is no longer ours."""
        mine = Attachment.objects.filter(pk=self.pk, state=self.State.QUARANTINED, examinations=examination)
        return bool(mine.update(state=state, **found))

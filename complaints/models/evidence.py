"""Files given as evidence: the original sealed and hashed, a cleaned copy beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .cases import Complaint


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

    class Meta:
        ordering = ["complaint", "position"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "position"], name="one_file_at_a_place"),
            models.CheckConstraint(
                condition=Q(cleaned="", cleaned_sha256="") | ~Q(cleaned="") & ~Q(cleaned_sha256=""),
                name="cleaned_copy_has_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}/{self.position}"

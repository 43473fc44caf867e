"""What is said after the filing: between staff and citizen, and among staff. All of it sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .cases import Complaint


class Message(models.Model):
    """One message between staff and whoever made the complaint."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="messages", help_text=_("The complaint.")
    )
    from_reporter = models.BooleanField(help_text=_("Whether the citizen wrote it; otherwise staff did."))
    words = models.BinaryField(help_text=_("The text, sealed to the office."))
    words_for_reporter = models.BinaryField(
        null=True, help_text=_("The same text, sealed to the citizen; none of what they wrote themselves.")
    )
    sent_at = models.DateTimeField(db_default=Now(), help_text=_("When it was written."))

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_reporter=True) | Q(words_for_reporter__isnull=False),
                name="message_to_a_citizen_is_sealed_to_them",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Note(models.Model):
    """One note of staff about a case, or the reason they gave for an act; citizens never see it."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="notes", help_text=_("The complaint.")
    )
    author = models.CharField(max_length=150, help_text=_("Staff account."))
    words = models.BinaryField(help_text=_("The text, sealed."))
    written_at = models.DateTimeField(db_default=Now(), help_text=_("When it was written."))

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)


class Redaction(models.Model):
    """Passages of a complaint that staff keep back from the competent body; the original stays as it is."""

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="redaction", help_text=_("The complaint.")
    )
    author = models.CharField(max_length=150, help_text=_("Staff account."))
    passages = models.BinaryField(help_text=_("The passages, word for word, sealed."))
    written_at = models.DateTimeField(db_default=Now(), help_text=_("When they were chosen."))

    def __str__(self) -> str:
        return str(self.complaint_id)

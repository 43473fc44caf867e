"""What citizens think of a line, a project or a service: read by a person, then published beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .cases import Complaint


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def published(self) -> OpinionQuerySet:
        """Those that everybody reads, the newest first."""
        return self.filter(state=Opinion.State.PUBLISHED).order_by("-published_at", "-pk")

    def about(self, address: str) -> OpinionQuerySet:
        """Those on one record, by the address of its page."""
        return self.filter(about=address)

    def waiting(self) -> OpinionQuerySet:
        """Those nobody has read."""
        return self.filter(state=Opinion.State.RECEIVED)


class Opinion(models.Model):
    """One opinion of one citizen on one public record, sealed until a person has read it."""

    class State(models.TextChoices):
        RECEIVED = "received", _("waits to be read")
        PUBLISHED = "published", _("published")
        DECLINED = "declined", _("not published")
        CONVERTED = "converted", _("followed as a complaint")

    # Identification
    nonce_digest = models.CharField(
        max_length=64,
        unique=True,
        help_text=_("Keyed hash of the form's one-time number: one form, one opinion."),
    )
    key_digest = models.CharField(max_length=64, unique=True, help_text=_("Keyed hash of the access key."))
    reporter_key = models.CharField(
        max_length=44, help_text=_("Public key to which answers are sealed; the access key opens them.")
    )
    language = models.CharField(max_length=2, help_text=_("Language in which it was written."))

    # What it is about
    about = models.CharField(max_length=1000, help_text=_("Page of this site that it speaks of."))
    snapshot = models.JSONField(help_text=_("What that page showed then: title, edition, file, figures."))
    snapshot_sha256 = models.CharField(
        max_length=64, help_text=_("SHA-256 of the snapshot, as it was frozen.")
    )
    agency_code = models.CharField(
        max_length=200, blank=True, help_text=_("Code of the agency on that page.")
    )

    # What was said
    words = models.BinaryField(
        null=True, help_text=_("The text as it was written, sealed; none once it was decided upon.")
    )
    published_words = models.TextField(
        blank=True,
        max_length=3_000,
        help_text=_("The text that everybody reads; names of persons are left out."),
    )
    answer = models.TextField(
        blank=True, max_length=3_000, help_text=_("What the agency answers, for everybody.")
    )

    # Where it stands
    state = models.CharField(
        max_length=12, choices=State, default=State.RECEIVED, help_text=_("What became of it.")
    )
    complaint = models.OneToOneField(
        Complaint,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opinion",
        help_text=_("The complaint that was made of it."),
    )

    # Times
    received_at = models.DateTimeField(db_default=Now(), help_text=_("When it was received."))
    published_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was published."))
    answered_at = models.DateTimeField(null=True, blank=True, help_text=_("When the agency answered."))

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False) & ~Q(published_words="")
                | ~Q(state="published") & Q(published_at__isnull=True, published_words=""),
                name="published_opinion_has_words_and_time",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answered_at__isnull=False, state="published") & ~Q(answer=""),
                name="answer_stands_beside_a_published_opinion",
            ),
            models.CheckConstraint(
                condition=Q(state="converted", complaint__isnull=False)
                | ~Q(state="converted") & Q(complaint__isnull=True),
                name="converted_opinion_has_its_complaint",
            ),
        ]
        indexes = [
            # what is published beside a record
            models.Index(
                fields=["about", "-published_at"],
                condition=Q(state="published"),
                name="opinion_beside_record",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def mark(self, state: State, **values: object) -> bool:
        """Decide upon it, once; what was written is opened no more. False if somebody was faster."""
        if state == self.State.PUBLISHED:
            values["published_at"] = timezone.now()
        waiting = Opinion.objects.filter(pk=self.pk).waiting()
        moved = bool(waiting.update(state=state, words=None, **values))
        self.refresh_from_db()
        return moved

    def mark_answered(self, answer: str) -> bool:
        """Put the agency's answer beside it. False if it is not published."""
        published = Opinion.objects.published().filter(pk=self.pk)
        moved = bool(published.update(answer=answer, answered_at=timezone.now()))
        self.refresh_from_db()
        return moved

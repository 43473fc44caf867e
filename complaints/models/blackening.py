"""What of a file the competent body does not see: boxes over its pages, and the copy that has them."""

from __future__ import annotations

from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .evidence import Attachment


class BlackeningQuerySet(models.QuerySet["Blackening"]):
    def drafts(self) -> BlackeningQuerySet:
        """Those that somebody looks at before they confirm them."""
        return self.filter(confirmed_at__isnull=True)


class Blackening(models.Model):
    """One copy of one file in which parts are blacked out: a draft first, confirmed, perhaps taken back."""

    class Ground(models.TextChoices):
        REPORTER = "reporter", _("it would tell who the citizen is")
        PERSON = "person", _("it concerns a person who has nothing to do with the matter")
        SECRET = "secret", _("law or an order keeps it secret")
        OTHER = "other", _("another reason")

    # Identification
    attachment = models.ForeignKey(
        Attachment, on_delete=models.CASCADE, related_name="blackenings", help_text=_("The file.")
    )
    version = models.PositiveSmallIntegerField(
        help_text=_("1 for the first; each further one has the boxes of those before, and more.")
    )

    # Content
    content = models.BinaryField(help_text=_("The boxes and the reason in words, sealed."))
    ground = models.CharField(max_length=10, choices=Ground, help_text=_("Why, in a word."))
    copy = models.FileField(upload_to="evidence/", help_text=_("The copy with black boxes, sealed."))
    copy_sha256 = models.CharField(max_length=64, help_text=_("SHA-256 of that copy."))

    # Who and when
    author = models.CharField(max_length=150, help_text=_("Staff account that drew the boxes."))
    made_at = models.DateTimeField(db_default=Now(), help_text=_("When the copy was made."))
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it was confirmed; from then on bodies get this copy.")
    )
    taken_back_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was taken back."))
    taken_back_by = models.CharField(
        max_length=150, blank=True, help_text=_("Staff account that took it back.")
    )

    objects = BlackeningQuerySet.as_manager()

    class Meta:
        ordering = ["attachment", "version"]
        constraints = [
            models.UniqueConstraint(fields=["attachment", "version"], name="one_blackening_of_a_version"),
            models.UniqueConstraint(
                fields=["attachment"],
                condition=Q(confirmed_at__isnull=True),
                name="one_draft_of_blackening_of_a_file",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by="")
                | Q(taken_back_at__isnull=False, confirmed_at__isnull=False) & ~Q(taken_back_by=""),
                name="taken_back_blackening_has_person_and_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id}/{self.version}"

    @property
    def holds(self) -> bool:
        """Whether it was confirmed and not taken back."""
        return self.confirmed_at is not None and self.taken_back_at is None

    def mark_confirmed(self) -> bool:
        """From now on bodies get this copy. False if it is confirmed already, or there is a newer draft."""
        draft = Blackening.objects.drafts().filter(pk=self.pk)
        confirmed = bool(draft.update(confirmed_at=_this_moment()))
        if confirmed:
            self.refresh_from_db()
        return confirmed

    def mark_taken_back(self, actor: str) -> bool:
        """It holds no longer. False if it was taken back before."""
        holding = Blackening.objects.filter(
            pk=self.pk, confirmed_at__isnull=False, taken_back_at__isnull=True
        )
        taken = bool(holding.update(taken_back_at=_this_moment(), taken_back_by=actor))
        if taken:
            self.refresh_from_db()
        return taken


def _this_moment() -> Func:
    """Not when the transaction began: it may have waited for a delivery to end."""
    return Func(function="clock_timestamp", output_field=models.DateTimeField())

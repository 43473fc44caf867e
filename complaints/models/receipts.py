"""What shows that a delivery went its way: a letter handed over, scans of receipts, what a body signed."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..marks import MOST_ORDER, ORDER
from .desks import Desk
from .dispatches import Dispatch
from .tags import is_no_person


class Handover(models.Model):
    """One letter that staff sent or took to a body: with these lines a delivery on paper is closed."""

    class Way(models.TextChoices):
        EMS = "ems", _("express mail (EMS)")
        REGISTERED = "registered", _("registered mail")
        HAND = "hand", _("by hand")
        SYSTEM = "system", _("electronic correspondence system")

    dispatch = models.OneToOneField(
        Dispatch, on_delete=models.PROTECT, related_name="handover", help_text=_("The delivery.")
    )
    letter_number = models.CharField(
        max_length=MOST_ORDER, validators=[RegexValidator(ORDER)], help_text=_("Number of the letter.")
    )
    letter_on = models.DateField(help_text=_("Day of the letter."))
    way = models.CharField(max_length=10, choices=Way, help_text=_("How it was sent."))
    sent_on = models.DateField(help_text=_("Day on which it was sent, or handed over."))
    unit = models.CharField(
        max_length=100, validators=[is_no_person], help_text=_("Unit of this office that sent it; no names.")
    )
    parcel = models.CharField(
        max_length=13, blank=True, help_text=_("Number of the parcel, such as EX123456785TH; needed for EMS.")
    )
    written_at = models.DateTimeField(db_default=Now(), help_text=_("When staff wrote it down."))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parcel__regex=r"^[A-Z]{2}[0-9]{9}[A-Z]{2}$") | Q(parcel="") & ~Q(way="ems"),
                name="express_letter_has_number_of_parcel",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__gte=F("letter_on")), name="letter_is_sent_after_it_is_dated"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.letter_number, self.way, self.parcel)))


class SlipQuerySet(models.QuerySet["Slip"]):
    def there(self) -> SlipQuerySet:
        """Those that were not taken back."""
        return self.filter(taken_back_at__isnull=True)


class Slip(models.Model):
    """One scan of the paper by which the post or a body confirmed a letter; sealed, and for staff alone.

    Of one that was attached by mistake the row stays, without its file.
    """

    class Ground(models.TextChoices):
        LETTER = "letter", _("it belongs to another letter")
        OTHER = "other", _("it is no receipt of a letter")
        MORE = "more", _("it shows more than the receipt")
        UNREADABLE = "unreadable", _("it cannot be read")
        TWICE = "twice", _("it was attached twice")

    # Identification
    handover = models.ForeignKey(
        Handover, on_delete=models.PROTECT, related_name="slips", help_text=_("The letter.")
    )
    position = models.PositiveSmallIntegerField(help_text=_("Place among the scans of the letter, from 1."))

    # Content
    kind = models.CharField(max_length=10, help_text=_("Kind of file, by its content."))
    size = models.PositiveIntegerField(help_text=_("Size in bytes."))
    sha256 = models.CharField(max_length=64, help_text=_("SHA-256 of the scan as it is kept, unsealed."))
    content = models.FileField(
        upload_to="evidence/",
        blank=True,
        help_text=_("The scan without what tells of its maker, sealed; empty once it was taken back."),
    )
    is_scanned = models.BooleanField(help_text=_("Whether a virus scanner looked at it; it found nothing."))

    # Who and when
    author = models.CharField(max_length=150, help_text=_("Staff account that attached it."))
    attached_at = models.DateTimeField(db_default=Now(), help_text=_("When it was attached."))
    taken_back_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was taken back."))
    taken_back_by = models.CharField(
        max_length=150, blank=True, help_text=_("Staff account that took it back.")
    )
    ground = models.CharField(
        max_length=10, choices=Ground, blank=True, help_text=_("Why it was taken back, in a word.")
    )

    objects = SlipQuerySet.as_manager()

    class Meta:
        ordering = ["handover", "position"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "position"], name="one_slip_at_a_place"),
            models.CheckConstraint(
                condition=Q(kind__in=["png", "jpg", "pdf"]), name="slip_is_a_picture_or_a_pdf"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by="", ground="") & ~Q(content="")
                | Q(taken_back_at__isnull=False, content="") & ~Q(taken_back_by="") & ~Q(ground=""),
                name="taken_back_slip_has_person_ground_and_no_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}/{self.position}"

    def mark_taken_back(self, ground: Ground, actor: str) -> bool:
        """It is there no longer; whoever calls removes the file. False if it was taken back before."""
        there = Slip.objects.there().filter(pk=self.pk)
        values = {"taken_back_at": timezone.now(), "taken_back_by": actor, "ground": ground, "content": ""}
        taken = bool(there.update(**values))
        self.refresh_from_db()
        return taken


class Acknowledgement(models.Model):
    """One signed message by which a desk said what became of a delivery. Each is heard once."""

    desk = models.ForeignKey(
        Desk, on_delete=models.PROTECT, related_name="+", help_text=_("The body that signed it.")
    )
    message_id = models.CharField(max_length=200, help_text=_("Its id: the same one is never heard twice."))
    dispatch = models.ForeignKey(
        Dispatch,
        on_delete=models.PROTECT,
        related_name="acknowledgements",
        help_text=_("The delivery meant."),
    )
    kind = models.CharField(max_length=20, help_text=_("What it says: acknowledged or refused."))
    heard_at = models.DateTimeField(db_default=Now(), help_text=_("When it was received."))

    class Meta:
        ordering = ["heard_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "message_id"], name="one_message_of_a_desk_is_heard_once"
            ),
        ]

    def __str__(self) -> str:
        return self.message_id

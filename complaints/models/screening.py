"""The first look at a complaint, as the agency's own intake takes it: what is asked, what may be decided, and
what was found in a case. Questions and decisions are data that staff keep up to date.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .cases import Complaint
from .desks import Desk, Grade
from .vocabulary import Identity, Level, Suspicion


class ScreeningQuestion(models.Model):
    """One question of the screening sheet, who says that it is asked, and when its answer is suggested."""

    class Group(models.TextChoices):
        COMPETENCE = "competence", _("Competence")
        PARTIES = "parties", _("The parties")
        TIME = "time", _("Limits of time")
        ELSEWHERE = "elsewhere", _("The same case elsewhere")
        FACTS = "facts", _("Facts and evidence")
        NACC = "nacc", _("Reasons to send it to the NACC")

    # The question
    code = models.CharField(max_length=30, unique=True, help_text=_("Short name of the question."))
    group = models.CharField(max_length=12, choices=Group, help_text=_("Part of the sheet."))
    order = models.PositiveSmallIntegerField(default=100, help_text=_("Place in lists, smallest first."))
    question = models.CharField(max_length=300, help_text=_("The question, in Thai."))
    question_en = models.CharField(max_length=300, help_text=_("The question, in English."))
    is_asked = models.BooleanField(default=True, help_text=_("Whether new sheets ask it."))

    # When "yes" is suggested: every condition that is set must hold
    suspicions = ArrayField(
        models.CharField(max_length=20, choices=Suspicion),
        default=list,
        blank=True,
        help_text=_("“Yes” is suggested if it is about one of these."),
    )
    levels = ArrayField(
        models.CharField(max_length=20, choices=Level),
        default=list,
        blank=True,
        help_text=_("“Yes” is suggested if one of these is involved."),
    )
    identities = ArrayField(
        models.CharField(max_length=12, choices=Identity),
        default=list,
        blank=True,
        help_text=_("“Yes” is suggested if the citizen appears so."),
    )
    over_amount = models.DecimalField(
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("“Yes” is suggested if the public figure is above this many baht."),
    )
    when_joined = models.BooleanField(
        default=False, help_text=_("“Yes” is suggested if the case is joined with another one.")
    )

    # Provenance
    source = models.CharField(max_length=500, help_text=_("Law, page or document that says so."))
    grade = models.CharField(max_length=12, choices=Grade, help_text=_("How sure it is."))

    class Meta:
        ordering = ["group", "order", "code"]

    def __str__(self) -> str:
        return self.question

    @property
    def spoken(self) -> str:
        """The question in the reader's language."""
        return self.question if get_language() == "th" else self.question_en


class ScreeningDecision(models.Model):
    """One way in which a first look may end, by the agency's own form."""

    code = models.CharField(max_length=30, unique=True, help_text=_("Short name of the decision."))
    order = models.PositiveSmallIntegerField(default=100, help_text=_("Place in lists, smallest first."))
    name = models.CharField(max_length=300, help_text=_("The decision, in Thai."))
    name_en = models.CharField(max_length=300, help_text=_("The decision, in English."))
    desk = models.ForeignKey(
        Desk,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The body to which it leads; none where it leads to no other body."),
    )
    needs_reason = models.BooleanField(default=False, help_text=_("Whether it must be given a reason."))
    is_offered = models.BooleanField(default=True, help_text=_("Whether new sheets offer it."))
    source = models.CharField(max_length=500, help_text=_("Law, page or document that says so."))
    grade = models.CharField(max_length=12, choices=Grade, help_text=_("How sure it is."))

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def spoken(self) -> str:
        """The decision in the reader's language."""
        return self.name if get_language() == "th" else self.name_en


class ScreeningSheet(models.Model):
    """One version of the screening sheet of a case: written by one person, signed by a second one."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="screening_sheets", help_text=_("The complaint.")
    )
    version = models.PositiveSmallIntegerField(help_text=_("1 for the first; a change makes another one."))
    content = models.BinaryField(
        help_text=_("Questions, marks, remarks and the proposal, as they stood; sealed.")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text=_("Who wrote it.")
    )
    written_at = models.DateTimeField(db_default=Now(), help_text=_("When it was written."))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The second person, who agreed."),
    )
    signed_at = models.DateTimeField(null=True, blank=True, help_text=_("When they agreed."))

    class Meta:
        ordering = ["complaint", "version"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "version"], name="one_sheet_of_a_version"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("written_by")),
                name="nobody_signs_their_own_sheet",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="signed_sheet_has_person_and_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}/{self.version}"

    def mark_signed(self, user_pk: int) -> bool:
        """Sign it, once, as the second person. False if it is signed already, or a later version is there."""
        later = ScreeningSheet.objects.filter(complaint_id=self.complaint_id, version__gt=self.version)
        unsigned = ScreeningSheet.objects.filter(pk=self.pk, signed_at__isnull=True).exclude(
            written_by_id=user_pk
        )
        signed = not later.exists() and bool(unsigned.update(signed_by_id=user_pk, signed_at=timezone.now()))
        self.refresh_from_db()
        return signed

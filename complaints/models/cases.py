"""A complaint and, apart from it, whoever made it. What they said is sealed; see `sealing`."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .desks import Desk
from .tags import Tag
from .vocabulary import Identity, Level, Outcome, Suspicion


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def open(self) -> ComplaintQuerySet:
        """Those that are not closed."""
        return self.exclude(state=Complaint.State.CLOSED)

    def kept_from(self, user: AbstractUser) -> ComplaintQuerySet:
        """Those that this person must not see: a conflict was declared, or it is their own agency, as
        `Complaint.is_about` says of one case.
        """
        declared = Q(conflicts__user=user)
        own = getattr(getattr(user, "member", None), "agency_code", "")
        return self.filter(declared | Q(agency_code__startswith=own) if own else declared)

    def open_to(self, user: AbstractUser) -> ComplaintQuerySet:
        """Those that nothing keeps from this member of staff."""
        kept = Complaint.objects.kept_from(user).values("pk")
        return self.exclude(pk__in=kept)


class Complaint(models.Model):
    """One thing that one citizen reported, at one time, about one public figure or about none."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        IN_TRIAGE = "in_triage", _("being read")
        NEEDS_INFO = "needs_info", _("we have a question")
        ROUTED = "routed", _("the competent body is chosen")
        WITH_AGENCY = "with_agency", _("the competent body has taken it over")
        OUTCOME_REPORTED = "outcome_reported", _("the competent body has answered")
        CLOSED = "closed", _("closed")
        REOPENED = "reopened", _("opened again")

    class Priority(models.IntegerChoices):
        URGENT = 1, _("urgent")
        NORMAL = 2, _("normal")
        LOW = 3, _("can wait")

    # Identification
    reference = models.CharField(
        max_length=9, unique=True, help_text=_("Number that may be spoken; it opens nothing.")
    )
    nonce_digest = models.CharField(
        max_length=64,
        unique=True,
        help_text=_("Keyed hash of the form's one-time number: one form, one case."),
    )
    key_digest = models.CharField(max_length=64, unique=True, help_text=_("Keyed hash of the access key."))
    reporter_key = models.CharField(
        max_length=44, help_text=_("Public key to which answers are sealed; the access key opens them.")
    )

    # What it is about
    about = models.CharField(
        max_length=1000, blank=True, help_text=_("Page of this site that was complained about.")
    )
    snapshot = models.JSONField(
        null=True, blank=True, help_text=_("What that page showed then: title, edition, file, figures.")
    )
    snapshot_sha256 = models.CharField(
        max_length=64, blank=True, help_text=_("SHA-256 of the snapshot, as it was frozen.")
    )
    agency_code = models.CharField(
        max_length=200, blank=True, help_text=_("Code of the agency on that page.")
    )
    suspicion = models.CharField(max_length=20, choices=Suspicion, help_text=_("What it is about."))
    level = models.CharField(max_length=20, choices=Level, help_text=_("Who is involved."))
    language = models.CharField(max_length=2, help_text=_("Language in which to answer."))
    identity = models.CharField(
        max_length=12, choices=Identity, help_text=_("What the citizen says of themselves.")
    )

    # Sealed
    matter = models.BinaryField(null=True, help_text=_("What happened, sealed; none once it was removed."))
    accused = models.BinaryField(null=True, help_text=_("Persons named as involved, sealed."))

    # Where it stands
    state = models.CharField(
        max_length=20, choices=State, default=State.RECEIVED, help_text=_("How far the case has come.")
    )
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, help_text=_("How the case ended."))
    desk = models.ForeignKey(
        Desk, on_delete=models.PROTECT, related_name="complaints", help_text=_("The competent body.")
    )
    desk_reason = models.CharField(max_length=300, help_text=_("Why this body, in the rule's words."))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who works on it."),
    )
    priority = models.PositiveSmallIntegerField(
        choices=Priority, default=Priority.NORMAL, help_text=_("What comes first.")
    )
    duplicate_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duplicates",
        help_text=_("The case in which the same matter is followed."),
    )
    tags = models.ManyToManyField(
        Tag, blank=True, related_name="complaints", help_text=_("Labels by which the office gathers cases.")
    )
    next_action_on = models.DateField(
        null=True, blank=True, help_text=_("Day on which staff want to do something next.")
    )
    next_action = models.BinaryField(null=True, help_text=_("What that is, in a few words, sealed."))
    is_held = models.BooleanField(
        default=False, help_text=_("Kept beyond its time, because a court or an inquiry needs it.")
    )

    # Times
    due_step = models.CharField(
        max_length=16, blank=True, help_text=_("The step of staff that is due next, by its clock.")
    )
    due_at = models.DateTimeField(null=True, blank=True, help_text=_("When that step is due."))
    received_at = models.DateTimeField(db_default=Now(), help_text=_("When it was received."))
    closed_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was closed."))
    put_away_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the closed case was put away: only supervisors open it.")
    )
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When everything sealed was removed.")
    )

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_at__isnull=True, outcome=""),
                name="closed_complaint_has_time_and_outcome",
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[0-9]{9}$"), name="reference_is_nine_digits"
            ),
            models.CheckConstraint(
                condition=Q(matter__isnull=False) | Q(removed_at__isnull=False),
                name="complaint_has_matter_until_it_is_removed",
            ),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=True, snapshot_sha256="")
                | Q(snapshot__isnull=False) & ~Q(snapshot_sha256=""),
                name="snapshot_has_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=models.F("pk")),
                name="case_is_no_duplicate_of_itself",
            ),
            models.CheckConstraint(
                condition=Q(next_action_on__isnull=True, next_action__isnull=True)
                | Q(next_action_on__isnull=False, next_action__isnull=False) & ~Q(state="closed"),
                name="next_action_of_an_open_case_has_day_and_words",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(state="closed", is_held=False, accused__isnull=True),
                name="only_a_closed_case_without_hold_is_emptied",
            ),
        ]
        indexes = [
            # what waits longest
            models.Index(fields=["state", "received_at"], name="complaint_waiting"),
            # what is due next
            models.Index(fields=["due_at"], condition=~Q(state="closed"), name="complaint_due"),
            # what staff want to do next
            models.Index(
                fields=["next_action_on"], condition=~Q(state="closed"), name="complaint_next_action"
            ),
            # how many are about the same page
            models.Index(fields=["about", "received_at"], name="complaint_about"),
        ]

    def __str__(self) -> str:
        return self.reference

    def is_about(self, agency_code: str) -> bool:
        """Whether it is about this agency, or a part of it: kept from whoever works there."""
        return bool(agency_code) and self.agency_code.startswith(agency_code)

    def mark(self, state: Complaint.State, *, was: tuple[Complaint.State, ...]) -> bool:
        """Move the case on, if it still stands where the mover believes. True if this call moved it."""
        values = {"state": state, "closed_at": None, "outcome": "", "put_away_at": None}
        kept = Complaint.objects.filter(pk=self.pk, state__in=was, removed_at__isnull=True)
        moved = kept.update(**values)
        self.refresh_from_db(fields=["state", "closed_at", "outcome"])
        return bool(moved)

    def mark_closed(self, outcome: Outcome) -> bool:
        """Close the case; nothing is to be done next. False if it is closed already."""
        closed = Complaint.objects.filter(pk=self.pk).open()
        moved = closed.update(
            state=self.State.CLOSED,
            outcome=outcome,
            closed_at=timezone.now(),
            next_action_on=None,
            next_action=None,
        )
        self.refresh_from_db(fields=["state", "closed_at", "outcome", "next_action_on", "next_action"])
        return bool(moved)


class Reporter(models.Model):
    """Who made a complaint, if they said so. Apart from the case: opening it is a right of its own."""

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="reporter", help_text=_("The complaint.")
    )
    identity = models.BinaryField(help_text=_("Name and ways to reach them, sealed."))
    later = models.BinaryField(
        null=True, help_text=_("The same, as they gave it when they chose to be named later, sealed.")
    )

    def __str__(self) -> str:
        return self.complaint.reference

"""Where members of staff belong, which cases are kept from them, and who may learn who a citizen is."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .cases import Complaint
from .desks import Desk

OPEN_FOR = timedelta(hours=24)
"""How long an approved request lets its custodian in."""


class Member(models.Model):
    """Where one account of staff belongs: the desk it speaks for, the agency it must not judge."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member", help_text=_("The account.")
    )
    desk = models.ForeignKey(
        Desk,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The body for which a liaison takes deliveries."),
    )
    agency_code = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("Code of the agency they work for: complaints about it are kept from them."),
    )

    provinces = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text=_("Provinces whose cases are proposed to them: names in Thai, parted by commas."),
    )

    def __str__(self) -> str:
        return str(self.user)


class Conflict(models.Model):
    """One case that is kept from one person, because they are too close to it."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="conflicts", help_text=_("The complaint.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Who must not see it."),
    )
    declared_by = models.CharField(max_length=150, help_text=_("Staff account that said so."))
    declared_at = models.DateTimeField(db_default=Now(), help_text=_("When it was said."))

    class Meta:
        ordering = ["complaint", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "user"], name="one_conflict_of_a_person_in_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.user_id}"


class IdentityRequestQuerySet(models.QuerySet["IdentityRequest"]):
    def waiting(self) -> IdentityRequestQuerySet:
        """Those nobody has decided."""
        return self.filter(decided_at__isnull=True)

    def letting_in(self, user_pk: int) -> IdentityRequestQuerySet:
        """Those that let this custodian in now."""
        since = Now() - OPEN_FOR
        return self.filter(asked_by_id=user_pk, is_approved=True, decided_at__gte=since)


class IdentityRequest(models.Model):
    """One wish of a custodian to learn who made a complaint: the reason, and what a second person said."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="identity_requests", help_text=_("The complaint.")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text=_("Who asks.")
    )
    reason = models.BinaryField(help_text=_("Why, sealed to the office."))
    asked_at = models.DateTimeField(db_default=Now(), help_text=_("When it was asked."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The second person."),
    )
    decided_at = models.DateTimeField(null=True, blank=True, help_text=_("When they decided."))
    is_approved = models.BooleanField(default=False, help_text=_("What they decided."))

    objects = IdentityRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="nobody_decides_their_own_request",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_approved=False)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_request_has_person_and_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint} ({self.pk})"

"""Who asked for letters about what. The address is sealed; nothing here can be read by the public process."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .subjects import LONGEST_KEY, Kind

UNCONFIRMED_FOR = timedelta(hours=48)
LEASE = timedelta(minutes=10)  # so long an attempt may take before another may be made
WAITS = (LEASE, timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
MOST_LETTERS = 8  # attempts to bring the letter that asks for a confirmation
MOST_REFUSALS = 3  # mornings on which a mail server refused the address for good
MORNING = 7  # o'clock


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed."""
    return WAITS[min(attempts, len(WAITS)) - 1]


def next_morning(now: datetime) -> datetime:
    """The next time at which letters go out."""
    local = timezone.localtime(now)
    today = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return today if local < today else today + timedelta(days=1)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def due(self) -> SubscriberQuerySet:
        """Those to whom a letter may go now: something is confirmed, and none went today."""
        confirmed = Subscription.objects.filter(subscriber=OuterRef("pk"), confirmed_at__isnull=False)
        not_today = Q(written_on__isnull=True) | Q(written_on__lt=timezone.localdate())
        return self.filter(Exists(confirmed), not_today, next_at__lte=Now())


class Subscriber(models.Model):
    """An address of e-mail to which somebody asked us to write. Removed with the last thing it follows."""

    # Identification
    address_digest = models.CharField(
        max_length=64, unique=True, help_text=_("Keyed hash of the address: two equal ones are known as one.")
    )
    sealed = models.BinaryField(
        help_text=_("The address and the key of its stop link, which only the worker can open.")
    )
    stop_digest = models.CharField(
        max_length=64, unique=True, help_text=_("Keyed hash of the key in the link that stops all letters.")
    )

    # Delivery
    next_at = models.DateTimeField(help_text=_("When the next attempt at a letter may be made."))
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text=_("Attempts since the last letter that went.")
    )
    refusals = models.PositiveSmallIntegerField(
        default=0, help_text=_("How often in a row a mail server refused the address for good.")
    )
    written_on = models.DateField(null=True, help_text=_("The day of the last letter: one a day at most."))

    objects = SubscriberQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)

    def claim(self) -> bool:
        """Book the attempt at today's letter; False if another worker has it, or nothing is due."""
        due = Subscriber.objects.due().filter(pk=self.pk)
        return bool(due.update(attempts=F("attempts") + 1, next_at=Now() + LEASE))

    def mark_written(self, until: datetime, *, sent: bool) -> None:
        """All is told that was published by then; `sent` says that a letter went."""
        now = timezone.now()
        changes: dict[str, Any] = {"next_at": next_morning(now), "attempts": 0}
        if sent:
            changes |= {"written_on": timezone.localdate(now), "refusals": 0}
        Subscriber.objects.filter(pk=self.pk).update(**changes)
        confirmed = Subscription.objects.filter(subscriber=self.pk, confirmed_at__isnull=False)
        confirmed.filter(told_until__lt=until).update(told_until=until)

    def mark_failed(self) -> None:
        """The letter could not be brought; it is tried again after a while."""
        self.refresh_from_db(fields=["attempts"])
        later = timezone.now() + wait_after(self.attempts)
        Subscriber.objects.filter(pk=self.pk).update(next_at=later)

    def mark_refused(self) -> None:
        """The mail server knows no such address: tried again the next morning, and given up in the end."""
        if self.refusals + 1 >= MOST_REFUSALS:
            self.delete()
            return
        morning = next_morning(timezone.now())
        Subscriber.objects.filter(pk=self.pk).update(refusals=F("refusals") + 1, attempts=0, next_at=morning)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def waiting(self) -> SubscriptionQuerySet:
        """Those not yet confirmed whose letter did not go yet, and may be attempted now."""
        return self.filter(
            confirmed_at__isnull=True,
            letter_sent_at__isnull=True,
            next_at__lte=Now(),
            attempts__lt=MOST_LETTERS,
        )

    def lapsed(self) -> SubscriptionQuerySet:
        """Those that nobody confirmed in time."""
        return self.filter(confirmed_at__isnull=True, asked_at__lt=Now() - UNCONFIRMED_FOR)


class Subscription(models.Model):
    """One thing that somebody follows by e-mail. It counts from the moment that they confirm it."""

    # Identification
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions", help_text=_("Who follows.")
    )
    kind = models.CharField(max_length=12, choices=Kind, help_text=_("What sort of thing is followed."))
    key = models.CharField(
        max_length=LONGEST_KEY,
        blank=True,
        help_text=_(
            "Its published code; of a search the words; of editions the data set, if one was chosen."
        ),
    )
    language = models.CharField(max_length=2, help_text=_("The language of the letters: th or en."))

    # Confirmation
    token_digest = models.CharField(
        max_length=64,
        unique=True,
        help_text=_("Keyed hash of the key in the link that confirms and stops it."),
    )
    sealed_token = models.BinaryField(help_text=_("This key, which only the worker can open."))
    asked_at = models.DateTimeField(help_text=_("When it was asked for."))
    next_at = models.DateTimeField(
        help_text=_("When the next attempt at the letter that asks to confirm may be made.")
    )
    attempts = models.PositiveSmallIntegerField(default=0, help_text=_("Attempts at that letter."))
    letter_sent_at = models.DateTimeField(null=True, help_text=_("When that letter went."))
    confirmed_at = models.DateTimeField(null=True, help_text=_("When it was confirmed."))

    # Delivery
    told_until = models.DateTimeField(
        null=True, help_text=_("What was published until then has been told, or was there before.")
    )

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "kind", "key"], name="one_subscription_of_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, told_until__isnull=True)
                | Q(confirmed_at__isnull=False, told_until__isnull=False),
                name="only_confirmed_subscription_is_told",
            ),
        ]
        indexes = [
            # letters to confirm that are due, and what nobody confirmed in time
            models.Index(
                fields=["next_at"], condition=Q(confirmed_at__isnull=True), name="subscription_unconfirmed"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def claim(self) -> bool:
        """Book the attempt at the letter that asks to confirm; False if another worker has it, or it is not
        due.
        """
        waiting = Subscription.objects.waiting().filter(pk=self.pk)
        return bool(waiting.update(attempts=F("attempts") + 1, next_at=Now() + LEASE))

    def mark_sent(self) -> None:
        """The letter that asks to confirm went."""
        Subscription.objects.filter(pk=self.pk).update(letter_sent_at=Now())

    def mark_failed(self) -> None:
        """That letter could not be brought; it is tried again after a while."""
        self.refresh_from_db(fields=["attempts"])
        later = timezone.now() + wait_after(self.attempts)
        Subscription.objects.filter(pk=self.pk).update(next_at=later)


class AskingCount(models.Model):
    """How often one caller, or for one address, letters were asked for in a span of time. Neither is kept."""

    key = models.CharField(
        max_length=64,
        primary_key=True,
        help_text=_("Keyed hash of the caller or the address, under a key that changes each day."),
    )
    span = models.BigIntegerField(help_text=_("The span of time, counted from 1970."))
    count = models.PositiveIntegerField(help_text=_("How many requests were counted in it."))

    def __str__(self) -> str:
        return f"{self.span} {self.count}"

"""How far a complaint has come on its way to a desk. The row is the truth; the task queue is only a hint."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from . import claims
from .cases import Complaint
from .desks import Desk, refresh, tire
from .events import SYSTEM, Event, note
from .tags import is_no_person

LEASE = timedelta(seconds=45)
"""How long a claimed attempt is left alone: longer than a channel may take, see `channels.base.TIMEOUT`."""
WAITS = (
    5,
    300,
    1_800,
    7_200,
    18_000,
    36_000,
    50_400,
    72_000,
    86_400,
)  # seconds: the timetable of Standard Webhooks
MOST_ATTEMPTS = len(WAITS) + 1
JITTER = 0.2
SOFT_BOUNCE_WAITS = timedelta(hours=1)
"""How long at least after a mail server gave up for now: it has tried for hours or days itself."""
LATE = timedelta(minutes=5)
"""How long something may be due and not attempted, before an operator should know."""

ENDED = {"leased_by": None, "leased_until": None}
"""What is set when an attempt has ended, however it did: its place at the desk is free."""


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def due(self, desk_pk: int | None = None, *, is_long: bool = False) -> Sequence[int]:
        """Ids of what should be attempted now, of one desk or all: the longest waiting of each, in turn, as
        many as it has free places; in a long list as many as it may have in a round of the sweep.
        """
        return claims.due(desk_pk, is_long=is_long)

    def spent(self) -> DispatchQuerySet:
        """Those whose last attempt never came back."""
        return self.filter(
            state=Dispatch.State.PENDING, attempts__gte=MOST_ATTEMPTS, next_attempt_at__lte=Now()
        )

    def overdue(self) -> DispatchQuerySet:
        """Those that nobody attempts, though their desk takes letters: neither beat nor a timer runs, or no
        worker, or more comes than they can carry.
        """
        late = Now() - LATE
        is_awake = Q(desk__rests_until__isnull=True) | Q(desk__rests_until__lt=late)
        return self.filter(
            is_awake, state=Dispatch.State.PENDING, next_attempt_at__lt=late, desk__is_open=True
        )


class Dispatch(models.Model):
    """One complaint on its way to one desk, in one version of what is sent."""

    class State(models.TextChoices):
        HELD = "held", _("waits for staff")
        PENDING = "pending", _("on its way")
        READY = "ready", _("lies ready for the body to pick up")
        DELIVERED = "delivered", _("delivered")
        ACKNOWLEDGED = "acknowledged", _("acknowledged by the body")
        REFUSED = "refused", _("refused by the body")
        EXHAUSTED = "exhausted", _("could not be delivered: staff see to it")
        BOUNCED = "bounced", _("sent back by the mail server: staff see to it")
        CANCELLED = "cancelled", _("cancelled")

    class Recall(models.TextChoices):
        DUE = "due", _("the body has it although it was cancelled: staff tell the body")
        TOLD = "told", _("the body has it although it was cancelled, and was told so")

    NOT_ARRIVED = (State.HELD, State.EXHAUSTED, State.BOUNCED, State.PENDING, State.READY)

    # Identification
    number = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("Its number: twice sent is once received."),
    )
    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, related_name="dispatches", help_text=_("The complaint.")
    )
    desk = models.ForeignKey(
        Desk, on_delete=models.PROTECT, related_name="dispatches", help_text=_("The body it goes to.")
    )
    version = models.PositiveSmallIntegerField(
        default=1, help_text=_("1 for the first sending; more for what was added since.")
    )

    # Where it stands
    state = models.CharField(
        max_length=12, choices=State, default=State.PENDING, help_text=_("How far it has come.")
    )
    attempts = models.PositiveSmallIntegerField(default=0, help_text=_("Attempts begun."))
    next_attempt_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it is due; while an attempt runs, when that counts as lost.")
    )
    leased_until = models.DateTimeField(
        null=True, blank=True, help_text=_("While an attempt runs: when it counts as lost.")
    )
    leased_by = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text=_(
            "While an attempt runs: number of the worker's connection to the database; "
            "when that is gone, so is the attempt."
        ),
    )
    last_error = models.CharField(
        max_length=200, blank=True, help_text=_("Why the last attempt failed, in words of ours.")
    )

    recall = models.CharField(
        max_length=4,
        choices=Recall,
        blank=True,
        help_text=_("Whether it reached the body although it was cancelled, and whether the body knows."),
    )

    # Receipt
    delivered_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was delivered."))
    receipt = models.CharField(max_length=200, blank=True, help_text=_("What the body answered on delivery."))
    register_number = models.CharField(
        max_length=100, blank=True, help_text=_("Number in the body's own register.")
    )
    registered_on = models.DateField(
        null=True, blank=True, help_text=_("Day on which the body took it in, as staff were told.")
    )
    taken_in_by = models.CharField(
        max_length=100,
        blank=True,
        validators=[is_no_person],
        help_text=_("Unit or post at the body that took it in; no names."),
    )
    created_at = models.DateTimeField(db_default=Now(), help_text=_("When it was put on its way."))

    objects = DispatchQuerySet.as_manager()

    class Meta:
        ordering = ["complaint", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "desk", "version"], name="one_delivery_of_a_version_to_a_desk"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["delivered", "acknowledged", "refused"])
                | Q(delivered_at__isnull=False) & ~Q(receipt=""),
                name="delivered_dispatch_has_receipt",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", next_attempt_at__isnull=False)
                | ~Q(state="pending") & Q(next_attempt_at__isnull=True),
                name="dispatch_on_its_way_has_next_attempt",
            ),
            models.CheckConstraint(
                condition=Q(leased_until__isnull=True, leased_by__isnull=True)
                | Q(leased_until__isnull=False, leased_by__isnull=False),
                name="running_attempt_has_worker_and_end",
            ),
            models.CheckConstraint(
                condition=Q(registered_on__isnull=True, taken_in_by="")
                | Q(registered_on__isnull=False, delivered_at__isnull=False) & ~Q(taken_in_by=""),
                name="taken_in_has_day_and_unit",
            ),
            models.CheckConstraint(
                condition=Q(recall="") | Q(delivered_at__isnull=False), name="recalled_dispatch_has_arrived"
            ),
        ]
        indexes = [
            # what is due
            models.Index(fields=["next_attempt_at"], condition=Q(state="pending"), name="dispatch_due"),
            # how many attempts run at a desk
            models.Index(
                fields=["desk", "leased_until"],
                condition=Q(leased_until__isnull=False),
                name="dispatch_running",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    def claim(self) -> int:
        """Take the next attempt, if it is due, nobody else has it and the desk has a place free. The number
        of the attempt, or 0: then it stays due, with as many attempts left as before.
        """
        return claims.claim(self.pk, lease=LEASE, most=MOST_ATTEMPTS)

    def leave(self, attempt: int) -> None:
        """Free the place at the desk after an attempt that neither arrived nor failed in a known way. It
        comes due again when its lease is over, unless it was cancelled meanwhile.
        """
        begun = (self.State.PENDING, self.State.CANCELLED)
        Dispatch.objects.filter(pk=self.pk, state__in=begun, attempts=attempt).update(**ENDED)

    @transaction.atomic
    def mark_sent(self, attempt: int, receipt: str) -> bool:
        """It arrived, also where it was cancelled meanwhile. False if the attempt is no longer ours: whoever
        has it now will learn the same.
        """
        moved = self._ours(attempt).update(
            state=self.State.DELIVERED,
            delivered_at=Now(),
            receipt=receipt[:200],
            next_attempt_at=None,
            last_error="",
            **ENDED,
        )
        if moved:
            refresh(self.desk_id)
            note(self.complaint, Event.Kind.DELIVERED, SYSTEM, dispatch=str(self.number), attempt=attempt)
        return bool(moved) or self._reach(receipt, SYSTEM)

    @transaction.atomic
    def mark_ready(self, attempt: int, receipt: str) -> bool:
        """It lies ready for the body to pick up. False if the attempt is no longer ours."""
        moved = self._ours(attempt).update(
            state=self.State.READY, receipt=receipt[:200], next_attempt_at=None, last_error="", **ENDED
        )
        if moved:
            refresh(self.desk_id)
            note(self.complaint, Event.Kind.READY, SYSTEM, dispatch=str(self.number), attempt=attempt)
        else:
            self.leave(attempt)
        return bool(moved)

    @transaction.atomic
    def mark_handed_over(self, actor: str, receipt: str) -> bool:
        """A person handed it over or picked it up, also where it was cancelled meanwhile. False if it had
        arrived before.
        """
        moved = Dispatch.objects.filter(pk=self.pk, state__in=self.NOT_ARRIVED).update(
            state=self.State.DELIVERED,
            delivered_at=Now(),
            receipt=receipt[:200],
            next_attempt_at=None,
            last_error="",
        )
        if moved:
            note(self.complaint, Event.Kind.DELIVERED, actor, dispatch=str(self.number))
        return bool(moved) or self._reach(receipt, actor)

    @transaction.atomic
    def mark_failed(self, attempt: int, error: str, *, permanent: bool = False, wait: int = 0) -> bool:
        """It did not arrive: book the next attempt, after `wait` seconds at least, or hand it to a person."""
        if permanent or attempt >= MOST_ATTEMPTS:
            return self._exhaust(self._ours(attempt), error, attempt)
        seconds = max(wait, WAITS[attempt - 1] * random.uniform(1 - JITTER, 1 + JITTER))
        due = Now() + timedelta(seconds=seconds)
        moved = self._ours(attempt).update(next_attempt_at=due, last_error=error[:200], **ENDED)
        if moved:
            tire(self.desk_id)
            detail = {"dispatch": str(self.number), "attempt": attempt, "error": error[:200]}
            note(self.complaint, Event.Kind.FAILED, SYSTEM, **detail)
        else:
            self.leave(attempt)
        return bool(moved)

    @transaction.atomic
    def mark_spent(self) -> bool:
        """The last attempt never came back: hand it to a person."""
        spent = Dispatch.objects.filter(pk=self.pk).spent()
        return self._exhaust(spent, "The last attempt never came back.", self.attempts)

    @transaction.atomic
    def mark_bounced(self, status: str, *, is_hard: bool) -> bool:
        """A letter that the mail server had taken came back: for good, or to be sent again later; one that
        left although it was cancelled stays cancelled. False if it did not go by mail, or somebody has it by
        another way.
        """
        by_mail = Dispatch.objects.filter(pk=self.pk, receipt__startswith=f"<{self.number}@")
        came_back = by_mail.filter(state__in=[self.State.READY, self.State.DELIVERED])
        is_over = is_hard or self.attempts >= MOST_ATTEMPTS
        values = {
            "delivered_at": None,
            "receipt": "",
            "last_error": f"The mail server sent it back ({status}).",
        }
        moved = came_back.exclude(recall="").update(state=self.State.CANCELLED, recall="", **values)
        moved = moved or came_back.update(
            state=self.State.BOUNCED if is_over else self.State.PENDING,
            next_attempt_at=None if is_over else Now() + SOFT_BOUNCE_WAITS,
            **values,
        )
        if moved:
            detail = {"dispatch": str(self.number), "status": status}
            note(self.complaint, Event.Kind.BOUNCED, SYSTEM, **detail)
        return bool(moved)

    @transaction.atomic
    def mark_acknowledged(
        self, kind: str, register_number: str, *, on: date | None = None, by: str = ""
    ) -> bool:
        """The body says that it has taken it over or refuses it. False if it has said so before.

        It may say so before we know that it arrived, if its answer to the delivery was lost on the way, and
        of one that was cancelled when it had left. Day and unit are what staff were told by letter or
        telephone.
        """
        self._reach("acknowledged", self.desk.code)
        state = self.State.REFUSED if kind == "refused" else self.State.ACKNOWLEDGED
        open_ = [*self.NOT_ARRIVED[1:], self.State.DELIVERED]
        moved = Dispatch.objects.filter(pk=self.pk, state__in=open_).update(
            state=state,
            next_attempt_at=None,
            delivered_at=Coalesce("delivered_at", Now()),
            receipt=Case(When(receipt="", then=Value("acknowledged")), default="receipt"),
            register_number=register_number[:100],
            registered_on=on,
            taken_in_by=by,
        )
        if moved:
            event = Event.Kind.REFUSED if kind == "refused" else Event.Kind.ACKNOWLEDGED
            note(self.complaint, event, self.desk.code, dispatch=str(self.number))
        return bool(moved)

    @transaction.atomic
    def mark_due(self, actor: str) -> bool:
        """Staff send it again, or release it: from the first attempt on."""
        again = Dispatch.objects.filter(pk=self.pk, state__in=self.NOT_ARRIVED)
        moved = again.update(state=self.State.PENDING, attempts=0, next_attempt_at=Now(), last_error="")
        if moved:
            note(self.complaint, Event.Kind.RESENT, actor, dispatch=str(self.number))
        return bool(moved)

    @transaction.atomic
    def mark_cancelled(self, actor: str) -> bool:
        """Staff stop it, if it has not arrived yet."""
        waiting = Dispatch.objects.filter(pk=self.pk, state__in=self.NOT_ARRIVED)
        moved = waiting.update(state=self.State.CANCELLED, next_attempt_at=None)
        if moved:
            note(self.complaint, Event.Kind.CANCELLED, actor, dispatch=str(self.number))
        return bool(moved)

    @transaction.atomic
    def mark_told(self, actor: str) -> bool:
        """Staff told the body that what it has was cancelled. False if there is nothing to tell, or they
        did before.
        """
        untold = Dispatch.objects.filter(pk=self.pk, recall=self.Recall.DUE)
        moved = untold.update(recall=self.Recall.TOLD)
        if moved:
            note(self.complaint, Event.Kind.RECALLED, actor, dispatch=str(self.number))
        return bool(moved)

    def _reach(self, receipt: str, actor: str) -> bool:
        """The body has it although it was cancelled: that is said, and staff tell the body. False if it was
        not cancelled, or had reached the body before.
        """
        cancelled = Dispatch.objects.filter(pk=self.pk, state=self.State.CANCELLED)
        moved = cancelled.update(
            state=self.State.DELIVERED,
            recall=self.Recall.DUE,
            delivered_at=Now(),
            receipt=receipt[:200],
            last_error="",
            **ENDED,
        )
        if moved:
            refresh(self.desk_id)
            note(self.complaint, Event.Kind.DELIVERED, actor, dispatch=str(self.number))
            note(self.complaint, Event.Kind.REACHED, SYSTEM, dispatch=str(self.number))
        return bool(moved)

    def _ours(self, attempt: int) -> models.QuerySet[Dispatch]:
        return Dispatch.objects.filter(pk=self.pk, state=self.State.PENDING, attempts=attempt)

    def _exhaust(self, rows: models.QuerySet[Dispatch], error: str, attempt: int) -> bool:
        values = {"next_attempt_at": None, "last_error": error[:200]}
        moved = rows.update(state=self.State.EXHAUSTED, **values, **ENDED)
        if moved:
            detail = {"dispatch": str(self.number), "attempt": attempt, "error": error[:200]}
            note(self.complaint, Event.Kind.EXHAUSTED, SYSTEM, **detail)
        return bool(moved)


def locked(case: Complaint) -> Sequence[Dispatch]:
    """The deliveries of a case, which nobody else changes until the transaction ends.

    The case is locked first, then these in their order, and the log last, which each entry locks by itself:
    whoever records an attempt takes them in the same order, so neither waits for the other for good.
    """
    Complaint.objects.select_for_update(no_key=True).get(pk=case.pk)
    return list(case.dispatches.select_for_update(no_key=True).order_by("pk"))

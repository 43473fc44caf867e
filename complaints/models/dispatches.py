"""How far a complaint has come on its way to a desk. The row is the truth; the task queue is only a hint."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connection, models, transaction
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

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

FREE = """
    (CASE WHEN desk.failures > 0 THEN 1 ELSE desk.at_once END) - (
        SELECT count(*) FROM complaints_dispatch AS running
        WHERE running.desk_id = desk.id AND running.leased_until > clock_timestamp()
            AND running.leased_by IN (SELECT pid FROM pg_stat_activity))
"""
"""How many more attempts a desk may have at this moment. One that failed last is tried by one alone.
The place of a worker that died is free as soon as the database has noticed that its connection is gone.
"""
OPEN = "desk.is_open AND (desk.rests_until IS NULL OR desk.rests_until <= clock_timestamp())"
QUEUE = """
    SELECT 1 FROM complaints_dispatch AS dispatch JOIN complaints_desk AS desk ON desk.id = dispatch.desk_id
    WHERE dispatch.id = %(pk)s AND state = 'pending' AND next_attempt_at <= clock_timestamp()
    FOR UPDATE OF dispatch SKIP LOCKED FOR NO KEY UPDATE OF desk
"""
"""Those who claim for the same desk do so one after the other; else two would count the same free place."""
CLAIM = f"""
    UPDATE complaints_dispatch AS dispatch
    SET attempts = attempts + 1, leased_by = pg_backend_pid(), leased_until = lost, next_attempt_at = lost
    FROM complaints_desk AS desk,
        (SELECT clock_timestamp() + make_interval(secs => %(lease)s) AS lost) AS moment
    WHERE dispatch.id = %(pk)s AND state = 'pending' AND next_attempt_at <= clock_timestamp()
        AND attempts < %(most)s AND desk.id = dispatch.desk_id AND {OPEN} AND {FREE} > 0
    RETURNING attempts
"""
DUE = f"""
    WITH desk AS MATERIALIZED (
        SELECT desk.id, per_sweep, {FREE} AS free FROM complaints_desk AS desk
        WHERE {OPEN} AND (%(desk)s::bigint IS NULL OR desk.id = %(desk)s::bigint)
    ), waiting AS (
        SELECT dispatch.id, free > 0 AS has_place,
            CASE WHEN %(is_long)s THEN per_sweep ELSE free END AS most,
            row_number() OVER (PARTITION BY desk_id ORDER BY next_attempt_at, dispatch.id) AS place
        FROM complaints_dispatch AS dispatch JOIN desk ON desk.id = dispatch.desk_id
        WHERE state = 'pending' AND next_attempt_at <= clock_timestamp()
    )
    SELECT id FROM waiting WHERE has_place AND place <= most ORDER BY place, id
"""
ENDED = {"leased_by": None, "leased_until": None}
"""What is set when an attempt has ended, however it did: its place at the desk is free."""


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def due(self, desk_pk: int | None = None, *, is_long: bool = False) -> Sequence[int]:
        """Ids of what should be attempted now, of one desk or all: the longest waiting of each, in turn, as
        many as it has free places; in a long list as many as it may have in a round of the sweep.
        """
        with connection.cursor() as cursor:
            cursor.execute(DUE, {"desk": desk_pk, "is_long": is_long})
            return [pk for (pk,) in cursor.fetchall()]

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
        CANCELLED = "cancelled", _("cancelled by staff")

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
        values = {"pk": self.pk, "lease": LEASE.total_seconds(), "most": MOST_ATTEMPTS}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(QUEUE, values)
            if not cursor.fetchone():
                return 0
            cursor.execute(CLAIM, values)
            taken = cursor.fetchone()
        return int(taken[0]) if taken else 0

    def leave(self, attempt: int) -> None:
        """Free the place at the desk after an attempt that neither arrived nor failed in a known way. It
        comes due again when its lease is over.
        """
        self._ours(attempt).update(**ENDED)

    @transaction.atomic
    def mark_sent(self, attempt: int, receipt: str) -> bool:
        """It arrived. False if the attempt is no longer ours: whoever has it now will learn the same."""
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
        return bool(moved)

    @transaction.atomic
    def mark_ready(self, attempt: int, receipt: str) -> bool:
        """It lies ready for the body to pick up. False if the attempt is no longer ours."""
        moved = self._ours(attempt).update(
            state=self.State.READY, receipt=receipt[:200], next_attempt_at=None, last_error="", **ENDED
        )
        if moved:
            refresh(self.desk_id)
            note(self.complaint, Event.Kind.READY, SYSTEM, dispatch=str(self.number), attempt=attempt)
        return bool(moved)

    @transaction.atomic
    def mark_handed_over(self, actor: str, receipt: str) -> bool:
        """A person handed it over or picked it up. False if it had arrived before, or was stopped."""
        moved = Dispatch.objects.filter(pk=self.pk, state__in=self.NOT_ARRIVED).update(
            state=self.State.DELIVERED,
            delivered_at=Now(),
            receipt=receipt[:200],
            next_attempt_at=None,
            last_error="",
        )
        if moved:
            note(self.complaint, Event.Kind.DELIVERED, actor, dispatch=str(self.number))
        return bool(moved)

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
        return bool(moved)

    @transaction.atomic
    def mark_spent(self) -> bool:
        """The last attempt never came back: hand it to a person."""
        spent = Dispatch.objects.filter(pk=self.pk).spent()
        return self._exhaust(spent, "The last attempt never came back.", self.attempts)

    @transaction.atomic
    def mark_bounced(self, status: str, *, is_hard: bool) -> bool:
        """A letter that the mail server had taken came back: for good, or to be sent again later. False if it
        did not go by mail, or somebody has it by another way.
        """
        by_mail = Dispatch.objects.filter(pk=self.pk, receipt__startswith=f"<{self.number}@")
        is_over = is_hard or self.attempts >= MOST_ATTEMPTS
        moved = by_mail.filter(state__in=[self.State.READY, self.State.DELIVERED]).update(
            state=self.State.BOUNCED if is_over else self.State.PENDING,
            next_attempt_at=None if is_over else Now() + SOFT_BOUNCE_WAITS,
            delivered_at=None,
            receipt="",
            last_error=f"The mail server sent it back ({status}).",
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

        It may say so before we know that it arrived, if its answer to the delivery was lost on the way. Day
        and unit are what staff were told by letter or telephone.
        """
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


def database_time() -> int:
    """Seconds since 1970, by the clock that all processes share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::bigint")
        return int(cursor.fetchone()[0])

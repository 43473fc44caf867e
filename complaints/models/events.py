"""What happened to a complaint: an append-only log, chained by the database itself.

Number, time, and hash are computed by a trigger as the row is inserted; others refuse every change. See
migration 0002.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .cases import Complaint

SYSTEM, REPORTER = "system", "reporter"
BROKEN = """
    SELECT id FROM (
        SELECT *, lag(hash, 1, '') OVER chain AS before, row_number() OVER chain AS place
        FROM complaints_event WINDOW chain AS (PARTITION BY complaint_id ORDER BY number)
    ) AS events
    WHERE number <> place OR previous <> before OR hash <> complaints_event_hash(
        complaint_id, number, at, kind, actor, detail, previous)
    ORDER BY id
"""


class EventQuerySet(models.QuerySet["Event"]):
    def broken(self) -> Sequence[int]:
        """Ids of the events whose place in the chain does not check out: none, unless somebody tampered."""
        with connection.cursor() as cursor:
            cursor.execute(BROKEN)
            return [pk for (pk,) in cursor.fetchall()]


class Event(models.Model):
    """One thing that happened to a complaint: in codes, never in a person's words."""

    class Kind(models.TextChoices):
        FILED = "filed", _("filed")
        SUPPLEMENTED = "supplemented", _("something was added by the citizen")
        WITHDRAWN = "withdrawn", _("withdrawn by the citizen")
        RAISED = "raised", _("the citizen said more of who they are")
        MOVED = "moved", _("the case moved on")
        ROUTED = "routed", _("a body was chosen")
        ASSIGNED = "assigned", _("given to a member of staff")
        ASKED = "asked", _("a message was sent to the citizen")
        NOTED = "noted", _("a note was written")
        OPENED = "opened", _("something sealed was opened")
        EXAMINED = "examined", _("a file was examined")
        READY = "ready", _("laid ready for the body to pick up")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("an attempt to deliver failed")
        EXHAUSTED = "exhausted", _("delivery was handed to a person")
        BOUNCED = "bounced", _("sent back by the mail server")
        ATTACHED = "attached", _("the scan of a letter's receipt was attached")
        DETACHED = "detached", _("the scan of a letter's receipt was taken back")
        ACKNOWLEDGED = "acknowledged", _("acknowledged by the body")
        REFUSED = "refused", _("refused by the body")
        RESENT = "resent", _("sent again by staff")
        CANCELLED = "cancelled", _("delivery cancelled")
        REACHED = "reached", _("reached the body although it was cancelled")
        RECALLED = "recalled", _("the body was told that it had been cancelled")
        PRIORITISED = "prioritised", _("the priority was changed")
        PLANNED = "planned", _("the next action was set or cleared")
        TAGGED = "tagged", _("a tag was put on or taken off")
        LINKED = "linked", _("joined with another case on the same matter")
        UNLINKED = "unlinked", _("parted from another case")
        REDACTED = "redacted", _("passages were kept back from the body")
        BLACKENED = "blackened", _("parts of a file were blacked out for the body")
        UNCOVERED = "uncovered", _("black boxes on a file were taken back")
        SCREENED = "screened", _("the screening sheet was written")
        SIGNED = "signed", _("a second person signed the screening sheet")
        BLOCKED = "blocked", _("kept from a member of staff")
        REQUESTED = "requested", _("a custodian asked to learn who the citizen is")
        DECIDED = "decided", _("a second person decided on that")
        EXPORTED = "exported", _("a list, a dossier or a file was taken out")
        REMINDED = "reminded", _("a clock ran out")
        HELD = "held", _("a hold was set or lifted")
        PUT_AWAY = "put_away", _("the closed case was put away")
        REMOVED = "removed", _("everything sealed was removed")
        PUBLISHED = "published", _("an opinion was published")
        ANSWERED = "answered", _("the agency's answer was published")
        DECLINED = "declined", _("an opinion was not published")
        CONVERTED = "converted", _("an opinion became a complaint")

    complaint = models.ForeignKey(
        Complaint,
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        help_text=_("The complaint; none for what concerns the office as a whole."),
    )
    kind = models.CharField(max_length=16, choices=Kind, help_text=_("What happened."))
    actor = models.CharField(
        max_length=150, help_text=_("Who did it: a staff account, `reporter`, `system`, or a desk.")
    )
    detail = models.JSONField(default=dict, help_text=_("Codes and numbers that belong to it."))

    # Computed by the database
    number = models.PositiveIntegerField(
        db_default=0, editable=False, help_text=_("Place in the chain of the complaint, from 1.")
    )
    at = models.DateTimeField(db_default=Now(), editable=False, help_text=_("When it happened."))
    previous = models.CharField(
        max_length=64, db_default="", editable=False, help_text=_("Hash of the event before.")
    )
    hash = models.CharField(
        max_length=64, db_default="", editable=False, help_text=_("SHA-256 of this event and the one before.")
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["complaint", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "number"], name="one_event_at_a_place", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind}"


def note(complaint: Complaint | None, kind: Event.Kind, actor: str, **detail: Any) -> None:
    """Write down what happened. Codes only: no word a person wrote belongs into the detail."""
    Event.objects.create(complaint=complaint, kind=kind, actor=actor, detail=detail)

"""Which purchases may have been paid from which line of the budget: proposed, confirmed or refused."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LineCandidateQuerySet(models.QuerySet["LineCandidate"]):
    def shown(self) -> LineCandidateQuerySet:
        """What visitors see: confirmed ones first, then those that nobody has looked at."""
        kept = self.exclude(state=LineCandidate.State.REFUSED)
        return kept.order_by("state", "-score", "item_id", "project_number")

    def of_line(self, item_id: str) -> LineCandidateQuerySet:
        return self.filter(item_id=item_id)

    def of_project(self, number: str) -> LineCandidateQuerySet:
        return self.filter(project_number=number)


class LineCandidate(models.Model):
    """A line of the budget and a purchase through e-GP that may be about the same thing, and what staff
    said of it.

    Both are named by their published ids, so that a new edition of either leaves a decision in force.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed by a person")
        PROPOSED = "proposed", _("found by comparing texts and amounts, not checked")
        REFUSED = "refused", _("looked at by a person: they do not belong together")

    # Identification
    item_id = models.CharField(max_length=60, help_text=_("Published id of the budget line."))
    project_number = models.CharField(max_length=11, help_text=_("Published number of the project."))
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year of both, in Common Era."))

    # What speaks for it
    score = models.PositiveSmallIntegerField(
        help_text=_("How much speaks for it, 0 to 100: amount 40, words 40, place 20.")
    )
    reasons = models.JSONField(
        default=list, help_text=_("What speaks for it: each reason with its points and what was compared.")
    )
    proposed_at = models.DateTimeField(auto_now_add=True, help_text=_("When it was found first."))

    # What a person said
    state = models.CharField(
        max_length=10, choices=State, default=State.PROPOSED, help_text=_("Whether a person agreed.")
    )
    decided_at = models.DateTimeField(null=True, blank=True, help_text=_("When a person decided."))
    decided_by = models.CharField(max_length=150, blank=True, help_text=_("Staff account that decided."))
    decision_reason = models.TextField(blank=True, help_text=_("The reason given for the decision."))

    objects = LineCandidateQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "item_id", "project_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["item_id", "project_number"], name="one_candidate_of_a_line_and_a_project"
            ),
            models.CheckConstraint(condition=Q(score__lte=100), name="score_is_of_a_hundred"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True, decided_by="", decision_reason="")
                | (
                    Q(state__in=["confirmed", "refused"], decided_at__isnull=False)
                    & ~Q(decided_by="")
                    & ~Q(decision_reason="")
                ),
                name="decided_candidate_says_who_when_and_why",
            ),
        ]
        indexes = [
            # the lines of a purchase
            models.Index(fields=["project_number"], name="line_candidate_project"),
            # what staff have to look at, strongest first
            models.Index(fields=["state", "-score"], name="line_candidate_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} ↔ {self.project_number}"

    def mark_confirmed(self, *, by: str, reason: str) -> None:
        """They belong together."""
        self._decide(self.State.CONFIRMED, by, reason)

    def mark_refused(self, *, by: str, reason: str) -> None:
        """They do not belong together; it is not proposed again."""
        self._decide(self.State.REFUSED, by, reason)

    def _decide(self, state: State, by: str, reason: str) -> None:
        self.state, self.decided_by, self.decision_reason = state, by, reason
        self.decided_at = timezone.now()
        self.save(update_fields=["state", "decided_by", "decision_reason", "decided_at"])


class CandidateRun(models.Model):
    """One search for candidates: over which state of the figures, how far it came, what it proposed."""

    generation = models.CharField(
        max_length=80, unique=True, help_text=_("Which editions and matches of bodies it compared.")
    )
    started_at = models.DateTimeField(auto_now_add=True, help_text=_("When it began."))
    finished_at = models.DateTimeField(
        null=True, help_text=_("When everything was compared; empty while something is left.")
    )
    reached = models.PositiveBigIntegerField(
        default=0,
        help_text=_("The last department that was compared: a broken-off search goes on behind it."),
    )
    compared = models.PositiveIntegerField(default=0, help_text=_("How many purchases were compared."))
    proposed = models.PositiveIntegerField(default=0, help_text=_("How many candidates were found."))

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.generation

"""The desks that take complaints, and the rules that say which is competent: data that staff keep up to
date.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..routing import Rule
from .vocabulary import Level, Suspicion

TIRED_AFTER = 5  # failed attempts in a row, after which a desk rests
SHORTEST_REST, LONGEST_REST = 15, 300  # seconds


class Grade(models.TextChoices):
    """How sure it is."""

    OFFICIAL = "official", _("official page of the body")
    LAW = "law", _("text of the law, in a copy")
    PRESS = "press", _("press or research")
    UNCONFIRMED = "unconfirmed", _("not confirmed by an official source")


class DeskQuerySet(models.QuerySet["Desk"]):
    def shown(self) -> DeskQuerySet:
        """Those a citizen may turn to, in the order of the table."""
        return self.filter(is_open=True).order_by("order", "code")


class Desk(models.Model):
    """One body that takes complaints, how citizens reach it, and how this site delivers to it."""

    class Channel(models.TextChoices):
        WEBHOOK = "webhook", _("signed message to the body's own server")
        EMAIL = "email", _("e-mail")
        PICKUP = "pickup", _("picked up here by the body's liaison")
        SFTP = "sftp", _("put on the body's own server for files (SFTP)")
        PAPER = "paper", _("letter, printed and posted by staff")

    # Identification
    code = models.CharField(max_length=20, unique=True, help_text=_("Short name in addresses and files."))
    name = models.CharField(max_length=200, help_text=_("Name in Thai."))
    name_en = models.CharField(max_length=200, help_text=_("Name in English."))
    takes = models.CharField(max_length=300, help_text=_("What it is competent for, in Thai."))
    takes_en = models.CharField(max_length=300, help_text=_("What it is competent for, in English."))
    hotline = models.CharField(max_length=20, blank=True, help_text=_("Telephone number for citizens."))
    site = models.CharField(max_length=200, blank=True, help_text=_("Its site on the web."))
    order = models.PositiveSmallIntegerField(default=100, help_text=_("Place in lists, smallest first."))

    # Delivery
    is_open = models.BooleanField(default=True, help_text=_("Whether complaints may be sent to it."))
    held_for_triage = models.BooleanField(
        default=False, help_text=_("Whether staff confirm each complaint before it leaves.")
    )
    channel = models.CharField(
        max_length=10, choices=Channel, default=Channel.PAPER, help_text=_("How complaints reach it.")
    )
    address = models.CharField(
        max_length=500, blank=True, help_text=_("Address on the web, or of e-mail, to which they are sent.")
    )
    verify_key = models.CharField(
        max_length=60, blank=True, help_text=_("Public key with which it signs acknowledgements (Ed25519).")
    )
    openpgp_key = models.TextField(
        blank=True,
        help_text=_("Public OpenPGP key to which e-mail is encrypted; without one a notice is sent instead."),
    )
    host_key = models.CharField(
        max_length=1000,
        blank=True,
        help_text=_("Public key of its SFTP server, as ssh-keyscan prints it; no other server is believed."),
    )
    per_sweep = models.PositiveSmallIntegerField(
        default=200, help_text=_("How many deliveries are begun at most in one round of the sweep.")
    )
    at_once = models.PositiveSmallIntegerField(
        default=2,
        help_text=_(
            "How many deliveries may be on their way to it at the same moment; the rest waits, "
            "so that a body that does not answer leaves room for the others."
        ),
    )

    # How it does
    failures = models.PositiveSmallIntegerField(
        default=0, help_text=_("Attempts that failed in a row; none after a success.")
    )
    rests_until = models.DateTimeField(
        null=True, blank=True, help_text=_("Nothing is sent before, because too many attempts failed.")
    )

    # Provenance
    source = models.CharField(max_length=500, help_text=_("Where these words come from."))
    valid_from = models.DateField(help_text=_("Day from which this entry holds."))

    objects = DeskQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["paper", "pickup"]) | ~Q(address=""),
                name="desk_reached_by_wire_has_address",
            ),
            models.CheckConstraint(
                condition=~Q(channel="sftp") | ~Q(host_key=""), name="desk_reached_by_sftp_has_host_key"
            ),
            models.CheckConstraint(condition=Q(at_once__gte=1), name="desk_is_sent_one_at_least"),
        ]

    def __str__(self) -> str:
        return self.spoken_name

    def mark_held(self) -> bool:
        """It wants nothing more as things stand: further complaints wait for staff, who find out why and let
        them go one by one until they open it again. False if they waited already.
        """
        return bool(Desk.objects.filter(pk=self.pk, held_for_triage=False).update(held_for_triage=True))

    @property
    def spoken_name(self) -> str:
        """The name in the reader's language."""
        return self.name if get_language() == "th" else self.name_en

    @property
    def spoken_takes(self) -> str:
        """What it takes, in the reader's language."""
        return self.takes if get_language() == "th" else self.takes_en


def refresh(desk_pk: int) -> None:
    """A desk has taken something: whatever it failed before is forgotten."""
    tired = Q(failures__gt=0) | Q(rests_until__isnull=False)
    Desk.objects.filter(tired, pk=desk_pk).update(failures=0, rests_until=None)


def tire(desk_pk: int) -> None:
    """Count a failure of a desk; after several in a row it rests, longer each time."""
    Desk.objects.filter(pk=desk_pk).update(failures=F("failures") + 1)
    failures = Desk.objects.values_list("failures", flat=True).get(pk=desk_pk)
    if failures >= TIRED_AFTER:
        rest = min(LONGEST_REST, SHORTEST_REST * 2 ** min(failures - TIRED_AFTER, 10))
        Desk.objects.filter(pk=desk_pk).update(rests_until=Now() + timedelta(seconds=rest))


class CompetenceRuleQuerySet(models.QuerySet["CompetenceRule"]):
    def on(self, day: date) -> CompetenceRuleQuerySet:
        """The rules that hold on a day, in the order in which they are asked."""
        holds = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        rules = self.filter(holds, valid_from__lte=day, desk__is_open=True)
        return rules.select_related("desk").order_by("order", "pk")


class CompetenceRule(models.Model):
    """One rule of the table of competence: when all of its conditions hold, this desk is proposed."""

    order = models.PositiveSmallIntegerField(help_text=_("Rules are asked in this order; the first wins."))
    desk = models.ForeignKey(
        Desk, on_delete=models.PROTECT, related_name="rules", help_text=_("The desk that is proposed.")
    )

    # Conditions
    suspicions = ArrayField(
        models.CharField(max_length=20, choices=Suspicion),
        default=list,
        blank=True,
        help_text=_("What it is about: one of these; none means anything."),
    )
    levels = ArrayField(
        models.CharField(max_length=20, choices=Level),
        default=list,
        blank=True,
        help_text=_("Who is involved: one of these; none means anybody."),
    )
    over_amount = models.DecimalField(
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The public figure complained about is above this many baht."),
    )

    # Words and provenance
    reason = models.CharField(max_length=300, help_text=_("Why, in one Thai sentence."))
    reason_en = models.CharField(max_length=300, help_text=_("Why, in one English sentence."))
    source = models.CharField(max_length=500, help_text=_("Law, page or document that says so."))
    grade = models.CharField(max_length=12, choices=Grade, help_text=_("How sure it is."))
    valid_from = models.DateField(help_text=_("First day on which the rule holds."))
    valid_until = models.DateField(null=True, blank=True, help_text=_("Last day on which it holds, if any."))

    objects = CompetenceRuleQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="rule_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    def as_rule(self) -> Rule:
        """The rule as a plain value."""
        return Rule(
            desk=self.desk.code,
            suspicions=frozenset(self.suspicions),
            levels=frozenset(self.levels),
            over_amount=self.over_amount,
            reason=self.reason,
            reason_en=self.reason_en,
        )

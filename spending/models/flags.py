"""Questions that documented rules ask of purchases, and the reasons with which staff settled them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from ..querysets import FlagQuerySet
from .editions import Edition
from .facts import money
from .places import Province
from .procurement import LARGEST_AMOUNT, PURCHASE_SLICES, Buyer, Supplier

SUBJECT_LENGTH = 600


class Dismissal(models.Model):
    """The reason with which staff settled a question. It is public, and kept for good.

    It counts for every edition in which rule, version, subject and evidence are the same. It can be taken
    back,
    with a reason; the row stays.
    """

    # What was settled
    rule = models.CharField(max_length=60, help_text=_("Code of the rule."))
    version = models.PositiveSmallIntegerField(help_text=_("Version of the rule."))
    subject = models.CharField(
        max_length=SUBJECT_LENGTH, help_text=_("Published ids of what the question was about.")
    )
    evidence = models.JSONField(help_text=_("The figures for which the reason was given."))

    # Settled
    reason = models.TextField(help_text=_("Why the question is settled; public, names no person."))
    made_at = models.DateTimeField(auto_now_add=True, help_text=_("When it was settled."))
    made_by = models.CharField(max_length=150, help_text=_("Staff account that settled it; not public."))

    # Taken back
    withdrawn_reason = models.TextField(
        blank=True, help_text=_("Why the reason was taken back; public, names no person.")
    )
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it was taken back; empty where it stands.")
    )
    withdrawn_by = models.CharField(
        max_length=150, blank=True, help_text=_("Staff account that took it back; not public.")
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(made_by=""), name="dismissal_says_why_and_by_whom"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="", withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="") & ~Q(withdrawn_by="")),
                name="withdrawn_dismissal_says_why_and_by_whom",
            ),
        ]
        indexes = [
            # what was said about one subject
            models.Index(fields=["subject", "rule"], name="dismissal_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}"

    @transaction.atomic
    def take_back(self, *, by: str, reason: str) -> None:
        """Open the question again. Raises ValueError without a reason, or if it was taken back before."""
        if not reason.strip():
            raise ValueError(say("Say why the question is open again."))
        if self.withdrawn_at is not None:
            raise ValueError(say("This reason was taken back before."))
        self.withdrawn_reason, self.withdrawn_by = reason.strip(), by
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_reason", "withdrawn_by", "withdrawn_at"])
        self.flags.update(dismissal=None)


class BasisReading(models.Model):
    """One look of staff at a law or a published practice that rules rest on. It is public.

    The newest reading of a basis counts, before the one that came with the rule; rows are never changed.
    """

    class How(models.TextChoices):
        WHOLE = "whole", _("read whole")
        PART = "part", _("read in part")
        TOLD = "told", _("read as told by others")
        NOT = "not", _("not read")

    # What was read
    basis = models.CharField(max_length=60, help_text=_("Code of the law or practice."))
    how = models.CharField(max_length=5, choices=How, help_text=_("How far it was read."))
    words = models.TextField(help_text=_("What was read and what was not; public, names no person."))
    address = models.URLField(
        blank=True, max_length=500, help_text=_("Where everybody can read it; empty where it was not read.")
    )

    # By whom
    made_at = models.DateTimeField(auto_now_add=True, help_text=_("When it was read."))
    made_by = models.CharField(max_length=150, help_text=_("Staff account that read it; not public."))

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(made_by=""), name="reading_says_what_and_by_whom"
            ),
            models.CheckConstraint(
                condition=Q(how="not") | ~Q(address=""), name="what_was_read_has_an_address"
            ),
        ]
        indexes = [
            # the newest reading of a basis
            models.Index(fields=["basis", "-made_at"], name="basis_reading"),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.get_how_display()}"


class Flag(models.Model):
    """One question that one rule asks of one purchase, one contract, or one department and one supplier.

    A flag is a question, not a verdict.
    """

    slices: ClassVar = PURCHASE_SLICES | {"ministry": ("buyer__agency__ministry__code",) * 2 + ("",)}

    class About(models.TextChoices):
        PROJECT = "project", _("a purchase")
        CONTRACT = "contract", _("a contract")
        PAIR = "pair", _("a department and a supplier")

    # Identification
    rule = models.CharField(max_length=60, help_text=_("Code of the rule that asks."))
    version = models.PositiveSmallIntegerField(help_text=_("Version of the rule."))
    about = models.CharField(max_length=10, choices=About, help_text=_("What the question is about."))
    subject = models.CharField(
        max_length=SUBJECT_LENGTH,
        help_text=_(
            "Published ids of what it is about: project number; project number and contract; or year, "
            "department "
            "and supplier."
        ),
    )
    project_number = models.CharField(
        max_length=11, blank=True, help_text=_("Published project number; empty for a pair.")
    )

    # Classification
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Fiscal year in Common Era."))
    buyer = models.ForeignKey(
        Buyer,
        on_delete=models.PROTECT,
        related_name="flags",
        db_index=False,
        help_text=_("The department that buys."),
    )
    supplier = models.ForeignKey(
        Supplier,
        null=True,
        on_delete=models.PROTECT,
        related_name="flags",
        db_index=False,
        help_text=_("The supplier, where the purchase has one alone and it is no natural person."),
    )
    province = models.ForeignKey(
        Province,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("The province of the purchase; none for a pair and where it is not specified."),
    )

    # Evidence
    amount = money(_("The money that the question is about, in baht."), null=True)
    evidence = models.JSONField(help_text=_("The figures that the rule compared, exact, by name."))

    # Provenance and state
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("The edition on whose rows it rests; for a pair the newest of them."),
    )
    raised_at = models.DateTimeField(auto_now_add=True, help_text=_("When it was raised."))
    dismissal = models.ForeignKey(
        Dismissal,
        null=True,
        on_delete=models.PROTECT,
        related_name="flags",
        help_text=_("The public reason with which staff settled it; none where the question is open."),
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "rule"], name="a_rule_asks_a_subject_once"),
            models.CheckConstraint(
                condition=(Q(about="pair") & Q(project_number=""))
                | (~Q(about="pair") & ~Q(project_number="")),
                name="flag_stands_at_a_project_or_a_pair",
            ),
        ]
        indexes = [
            # the questions of one rule, largest first
            models.Index("rule", LARGEST_AMOUNT, name="flag_rule"),
            # the questions to a project and its contracts
            models.Index(fields=["project_number"], name="flag_project"),
            # the questions to a department, largest first
            models.Index("buyer", LARGEST_AMOUNT, name="flag_buyer"),
            # the questions about what a supplier won, largest first
            models.Index("supplier", LARGEST_AMOUNT, name="flag_supplier"),
            # which flags go with an edition
            models.Index(fields=["edition"], name="flag_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}"

    @transaction.atomic
    def dismiss(self, *, by: str, reason: str) -> Dismissal:
        """Settle the question with a public reason. Raises ValueError without one, or if it is settled."""
        if not reason.strip():
            raise ValueError(say("Say why this question is settled."))
        if self.dismissal is not None:
            raise ValueError(say("This question is settled already."))
        self.dismissal = Dismissal.objects.create(
            rule=self.rule,
            version=self.version,
            subject=self.subject,
            evidence=self.evidence,
            reason=reason.strip(),
            made_by=by,
        )
        self.save(update_fields=["dismissal"])
        return self.dismissal


class FlagRun(models.Model):
    """One edition of purchases as the rules were asked of it last: with which versions, and when."""

    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, related_name="flag_run", help_text=_("The edition.")
    )
    versions = models.TextField(help_text=_("The rules asked, each with its version."))
    asked_at = models.DateTimeField(auto_now=True, help_text=_("When the rules were asked."))

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.versions}"

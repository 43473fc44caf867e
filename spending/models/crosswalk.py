"""The crosswalk: bodies as each publisher lists them, and the agency that each was found to be."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .facts import Fact
from .places import Agency
from .procurement import Buyer


class Department(Fact):
    """One department of e-GP's list of those that may buy: its code there and its name."""

    code = models.CharField(max_length=10, help_text=_("Code of the department in e-GP, as published."))
    name = models.CharField(max_length=255, help_text=_("Name of the department, as published."))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_department_of_a_code_in_an_edition")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ListedBodyQuerySet(models.QuerySet["ListedBody"]):
    def in_scheme(self, scheme: str) -> ListedBodyQuerySet:
        return self.filter(scheme=scheme)

    def waiting(self) -> ListedBodyQuerySet:
        """Bodies that are not joined to an agency."""
        return self.filter(agency=None)


class ListedBody(models.Model):
    """A body as one publisher lists it, by its code and name there; joined to an agency or waiting."""

    class Scheme(models.TextChoices):
        BUDGET = "bb", _("Bureau of the Budget")
        CGD = "cgd", _("Comptroller General's Department")
        EGP = "egp", _("e-GP")

    # Identification
    scheme = models.CharField(max_length=4, choices=Scheme, help_text=_("Whose list it stands in."))
    code = models.CharField(
        max_length=200, blank=True, help_text=_("Its code there; empty where the publisher prints none.")
    )
    name = models.CharField(max_length=255, help_text=_("Its name there, as published."))
    letters = models.CharField(
        max_length=255, help_text=_("The name as matching reads it: letters and digits alone.")
    )

    # Where its figures are
    body = models.ForeignKey(
        Agency,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The agency under which its figures were loaded; none in e-GP."),
    )
    buyer = models.OneToOneField(
        Buyer,
        null=True,
        on_delete=models.PROTECT,
        related_name="listed",
        help_text=_("The buying department of that name, where it is the only one."),
    )

    # What it is
    agency = models.ForeignKey(
        Agency,
        null=True,
        on_delete=models.PROTECT,
        related_name="listed",
        help_text=_("The agency that it is; empty while nobody knows."),
    )
    first_met = models.DateTimeField(auto_now_add=True, help_text=_("When it was met first."))

    objects = ListedBodyQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "name", "code"]
        verbose_name_plural = "listed bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code", "name"], name="one_listed_body_of_a_code_and_name"
            )
        ]
        indexes = [
            # bodies of a list that wait for a person, by name
            models.Index(fields=["scheme", "agency", "name"], name="listed_body_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.code} {self.name}"


class BodyMatchQuerySet(models.QuerySet["BodyMatch"]):
    def standing(self) -> BodyMatchQuerySet:
        """Matches that nobody has undone."""
        return self.filter(undone_at=None)


class BodyMatch(models.Model):
    """One statement that a listed body is an agency: how it was found, by whom, when, and whether it was
    undone.
    """

    class How(models.TextChoices):
        CODE = "code", _("by its code")
        NAME = "name", _("by its normalised name")
        PERSON = "person", _("by a person")

    listed = models.ForeignKey(
        ListedBody, on_delete=models.PROTECT, related_name="matches", help_text=_("The body as listed.")
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", help_text=_("The agency that it was said to be.")
    )

    # How it was found
    how = models.CharField(max_length=8, choices=How, help_text=_("By what the two were matched."))
    score = models.PositiveSmallIntegerField(
        null=True, help_text=_("Likeness of the two names when it was matched, 0 to 100.")
    )
    reason = models.TextField(blank=True, help_text=_("The reason that the person gave."))
    by = models.CharField(
        max_length=150, blank=True, help_text=_("Staff account that said so; empty for the machine.")
    )
    at = models.DateTimeField(auto_now_add=True, help_text=_("When it was matched."))

    # Whether it was undone
    undone_at = models.DateTimeField(null=True, help_text=_("When it was undone; empty while it stands."))
    undone_by = models.CharField(max_length=150, blank=True, help_text=_("Staff account that undid it."))
    undone_reason = models.TextField(blank=True, help_text=_("The reason given for undoing it."))

    objects = BodyMatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "body matches"
        constraints = [
            models.UniqueConstraint(
                fields=["listed"], condition=Q(undone_at=None), name="one_standing_match_of_a_listed_body"
            ),
            models.CheckConstraint(
                condition=(Q(how="person") & ~Q(by="") & ~Q(reason=""))
                | (Q(how__in=["code", "name"]) & Q(by="")),
                name="match_by_a_person_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="", undone_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undone_by="") & ~Q(undone_reason="")),
                name="undone_match_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listed_id} = {self.agency_id}"


class MovedFact(models.Model):
    """One row of published figures that stands under another agency than it was loaded under, by a match."""

    class Table(models.TextChoices):
        ALLOCATION = "allocation", _("budget lines")
        COMMITMENT = "commitment", _("obligations")
        DISBURSEMENT = "disbursement", _("weekly report")
        PROJECT = "projectdisbursement", _("projects of past years")

    match = models.ForeignKey(
        BodyMatch,
        on_delete=models.PROTECT,
        related_name="moved",
        help_text=_("The match that it followed; its body says under which agency it was loaded."),
    )
    table = models.CharField(
        max_length=24, choices=Table, help_text=_("In which table of figures the row stands.")
    )
    fact = models.BigIntegerField(help_text=_("The row, by its key in that table."))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "fact"], name="a_fact_is_moved_by_one_match"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.fact}"

"""What became of bodies that were renamed, given another code, merged or split."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SuccessionQuerySet(models.QuerySet["Succession"]):
    def same_body(self) -> SuccessionQuerySet:
        """Those after which the body is still one and the same."""
        return self.filter(how__in=Succession.SAME)


class Succession(models.Model):
    """One body that became another one, or a part of another: under which code, since when, who says so.

    A body that was split has a row for each of its parts. Bodies are named by the codes that stand in their
    addresses, so that a body of which no edition tells any more has a row too.
    """

    class How(models.TextChoices):
        RENAMED = "renamed", _("renamed")
        RECODED = "recoded", _("given another code")
        REPLACED = "replaced", _("replaced by one body that took over its work")
        MERGED = "merged", _("merged with others")
        SPLIT = "split", _("split")

    SAME = (How.RENAMED, How.RECODED, How.REPLACED)

    # Identification
    old_code = models.CharField(max_length=200, help_text=_("The code that stood in its address before."))
    old_name = models.CharField(max_length=255, help_text=_("Its name before, in Thai."))
    new_code = models.CharField(max_length=200, help_text=_("The code of the body that it became."))

    # What happened
    how = models.CharField(max_length=8, choices=How, help_text=_("What happened to it."))
    since = models.DateField(
        null=True, blank=True, help_text=_("The first day of the new body; empty where no source gives it.")
    )

    # Provenance
    source = models.TextField(help_text=_("The law, announcement or published file that says so."))
    source_address = models.URLField(
        max_length=1000, blank=True, help_text=_("Where that can be read, if it has an address.")
    )
    entered_by = models.CharField(
        max_length=150,
        blank=True,
        help_text=_("Staff account that entered it; empty for what comes with the site."),
    )

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["old_name", "new_code"]
        constraints = [
            models.UniqueConstraint(fields=["old_code", "new_code"], name="one_succession_of_two_bodies"),
            models.UniqueConstraint(
                fields=["old_code"],
                condition=Q(how__in=["renamed", "recoded", "replaced"]),
                name="one_body_goes_on_as_one",
            ),
            models.CheckConstraint(condition=~Q(old_code=F("new_code")), name="succession_is_of_two_bodies"),
            models.CheckConstraint(condition=~Q(source=""), name="succession_has_a_source"),
        ]
        indexes = [
            # what a body was before
            models.Index(fields=["new_code"], name="succession_new_code"),
        ]

    def __str__(self) -> str:
        return f"{self.old_name} → {self.new_code}"

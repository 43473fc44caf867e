"""What happened when files were loaded: each attempt, and each row refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spending.models import Edition, SourceFile


class ImportRun(models.Model):
    """One attempt to load one file. It stays whatever becomes of the load."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting for a worker")
        RUNNING = "running", _("running, or broken off")
        PUBLISHED = "published", _("published")
        HELD = "held", _("held for a person to look at")
        UNCHANGED = "unchanged", _("already loaded: nothing changed")
        CHECKED = "checked", _("checked only, nothing kept")
        FAILED = "failed", _("could not be read: nothing kept")

    # Identification
    source = models.CharField(max_length=40, help_text=_("Name of the source that read the file."))
    file_name = models.CharField(max_length=255, help_text=_("The file's name."))
    sha256 = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of the file's bytes."))
    source_file = models.ForeignKey(
        SourceFile,
        null=True,
        on_delete=models.PROTECT,
        related_name="runs",
        help_text=_("The uploaded file, where the attempt began with an upload."),
    )

    # Timestamps
    started_at = models.DateTimeField(auto_now_add=True, help_text=_("When the attempt began."))
    finished_at = models.DateTimeField(null=True, help_text=_("When it ended; empty while it runs."))

    # Result
    outcome = models.CharField(
        max_length=10, choices=Outcome, default=Outcome.RUNNING, help_text=_("What became of it.")
    )
    message = models.TextField(blank=True, help_text=_("What went wrong or why it was held, and where."))
    rows = models.PositiveIntegerField(default=0, help_text=_("Rows read."))
    refused = models.PositiveIntegerField(default=0, help_text=_("Rows refused."))
    editions = models.ManyToManyField(
        Edition, related_name="runs", blank=True, help_text=_("Editions that the attempt made or found.")
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"


class Rejection(models.Model):
    """One row that was refused, with its place, column, value and reason."""

    run = models.ForeignKey(
        ImportRun,
        on_delete=models.CASCADE,
        related_name="rejections",
        help_text=_("The attempt it belongs to."),
    )
    edition = models.ForeignKey(
        Edition,
        null=True,
        on_delete=models.CASCADE,
        related_name="rejections",
        help_text=_("The edition that lacks the row."),
    )
    sheet = models.CharField(max_length=80, blank=True, help_text=_("Title of the sheet."))
    line = models.PositiveIntegerField(help_text=_("Line of the file or row of the sheet."))
    column = models.CharField(max_length=120, blank=True, help_text=_("Column of the cell."))
    value = models.CharField(max_length=300, blank=True, help_text=_("The cell's content, as published."))
    reason = models.TextField(
        help_text=_(
            "Why the row was refused and what would mend it, in English, with places for the figures."
        )
    )
    figures = models.JSONField(default=dict, help_text=_("The figures that belong into the reason."))

    class Meta:
        ordering = ["line"]

    def __str__(self) -> str:
        return f"{self.line} {self.column}"

    @property
    def said(self) -> str:
        """The reason in the reader's language."""
        sentence = gettext(self.reason)
        return sentence % self.figures if self.figures else sentence

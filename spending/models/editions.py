"""Editions: which published file a figure comes from, and which version of it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..moments import Moment


class SourceFile(models.Model):
    """One published file, kept byte for byte as it was received."""

    # Identification
    sha256 = models.CharField(
        max_length=64, unique=True, help_text=_("SHA-256 of the bytes: two equal files have equal sums.")
    )
    name = models.CharField(max_length=255, help_text=_("The file's name as it was received."))
    size = models.PositiveBigIntegerField(help_text=_("Size in bytes."))

    # Provenance
    address = models.URLField(
        max_length=1000, blank=True, help_text=_("Where the file was published, if it came from an address.")
    )
    received_at = models.DateTimeField(auto_now_add=True, help_text=_("When this site received the file."))
    content = models.FileField(
        upload_to="sources/%Y/", blank=True, help_text=_("The kept copy of the published file.")
    )

    def __str__(self) -> str:
        return self.name


class EditionQuerySet(models.QuerySet["Edition"]):
    def of(self, dataset: str) -> EditionQuerySet:
        return self.filter(dataset=dataset)

    def current(self) -> EditionQuerySet:
        return self.filter(is_current=True)

    def shown(self) -> EditionQuerySet:
        """Editions a visitor may see: published ones, current or not."""
        return self.filter(published_at__isnull=False)

    def known_on(self, day: date | None = None) -> EditionQuerySet:
        """The editions that answer on `day` (None: now), one for each part of each data set."""
        return self.current() if day is None else self.filter(pk__in=Edition.objects.answering(day))

    def answering(self, day: date | None = None) -> list[int]:
        """Ids of the editions that answer on `day` (None: now), one for each part of each data set.

        The rule stands in docs/decisions/0001: newest as-of date on or before the day; among several of that
        date the newest published by that day, or the first published where none was. A `Moment` asks for
        those that were shown then.
        """
        if day is None:
            return list(self.current().values_list("pk", flat=True))
        parts: dict[tuple[str, str], list[Edition]] = {}
        for edition in self._until(day):
            parts.setdefault((edition.dataset, edition.part), []).append(edition)
        return [newest_known(editions, day).pk for editions in parts.values()]

    def is_now(self, day: date | None) -> bool:
        """Whether what answers on `day` is what answers now. A day may always get another answer tomorrow, so
        it never is; a `Moment` is as long as nothing was published since, nor withdrawn.
        """
        if not isinstance(day, Moment):
            return day is None
        since = self.shown().filter(published_at__gt=day.at)
        return not since.exists() and set(self.answering(day)) == set(self.answering())

    def shown_since(self) -> Moment | None:
        """The moment since which visitors see what they see now; None where nothing is published."""
        newest = self.shown().aggregate(newest=models.Max("published_at"))["newest"]
        return Moment(newest + timedelta(seconds=1)) if newest else None

    def each_known_on(self, day: date) -> list[int]:
        """Ids of the editions of every date up to `day`, one for each part and date: each published week."""
        dates: dict[tuple[str, str, date], list[Edition]] = {}
        for edition in self._until(day):
            dates.setdefault((edition.dataset, edition.part, edition.as_of), []).append(edition)
        return [newest_known(editions, day).pk for editions in dates.values()]

    def _until(self, day: date) -> EditionQuerySet:
        known = {"published_at__lte": day.at} if isinstance(day, Moment) else {"as_of__lte": day}
        found = self.shown().filter(**known).order_by("as_of", "published_at", "pk")
        return found.only("dataset", "part", "as_of", "published_at")  # what it was checked against is long


def newest_known(editions: Iterable[Edition], day: date) -> Edition:
    """The edition of one part that answers on `day`; `editions` are ordered by date, then publication."""
    ordered = list(editions)
    latest = [edition for edition in ordered if edition.as_of == ordered[-1].as_of]
    known = [e for e in latest if e.published_at is not None and timezone.localdate(e.published_at) <= day]
    return known[-1] if known else latest[0]


class Edition(models.Model):
    """One load of one part of a data set: a volume of the budget book, a week of the disbursement report.

    Every fact belongs to an edition. Visitors see the current edition of each part; earlier ones answer
    `?as_of=`.
    """

    class State(models.TextChoices):
        LOADING = "loading", _("being loaded")
        HELD = "held", _("held for a person to look at")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    # Identification
    dataset = models.CharField(max_length=40, help_text=_("The data set, by the name of its importer."))
    part = models.CharField(
        max_length=60,
        help_text=_("The part of the data set that this edition replaces as a whole, e.g. a volume."),
    )
    fiscal_year = models.PositiveSmallIntegerField(
        null=True, help_text=_("Fiscal year in Common Era, where the part belongs to one year.")
    )
    as_of = models.DateField(help_text=_("The date that the figures speak of."))

    # Provenance
    source_file = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, related_name="editions", help_text=_("The published file.")
    )
    origin_name = models.CharField(
        max_length=255,
        blank=True,
        help_text=_("Name of the published file, where this site holds a re-expression of its figures."),
    )
    origin_sha256 = models.CharField(
        max_length=64, blank=True, help_text=_("SHA-256 of the published file that was re-expressed.")
    )
    publisher = models.CharField(max_length=200, help_text=_("Who published the figures."))
    licence = models.CharField(max_length=200, help_text=_("Under what terms they may be used again."))
    address = models.URLField(
        max_length=1000, blank=True, help_text=_("Where the publisher offers the data set.")
    )

    # Counts and checks
    rows = models.PositiveIntegerField(default=0, help_text=_("Rows read and kept."))
    refused = models.PositiveIntegerField(default=0, help_text=_("Rows refused, each kept with its reason."))
    total = models.DecimalField(
        max_digits=20,
        decimal_places=2,
        default=0,
        help_text=_("Sum of the main amount of all rows, in baht."),
    )
    checks = models.JSONField(
        default=list,
        help_text=_("Sums compared with the totals that the publisher prints or that are known."),
    )
    notes = models.JSONField(
        default=list, help_text=_("Spellings repaired and oddities noticed, with how often and where.")
    )
    amended = models.PositiveIntegerField(
        default=0, help_text=_("How often a natural person was left out of it after it was published.")
    )

    # Publication
    state = models.CharField(
        max_length=12, choices=State, default=State.LOADING, help_text=_("Whether visitors see this edition.")
    )
    is_current = models.BooleanField(
        default=False, help_text=_("Whether this edition answers for its part today.")
    )
    created_at = models.DateTimeField(auto_now_add=True, help_text=_("When the load began."))
    published_at = models.DateTimeField(null=True, blank=True, help_text=_("When visitors first saw it."))
    hold_reason = models.TextField(blank=True, help_text=_("Why the edition was not published by itself."))
    released_by = models.CharField(
        max_length=150, blank=True, help_text=_("Staff account that published a held edition.")
    )
    release_reason = models.TextField(
        blank=True, help_text=_("The reason given for publishing a held edition.")
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["dataset", "part", "-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "part"], condition=Q(is_current=True), name="one_current_edition_of_a_part"
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(state="published"), name="current_edition_is_published"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="published_edition_has_time",
            ),
            models.CheckConstraint(
                condition=Q(released_by="") | ~Q(release_reason=""), name="released_edition_has_reason"
            ),
        ]
        indexes = [
            # which editions answered on a given day
            models.Index(fields=["dataset", "part", "as_of"], name="edition_part_as_of"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.part} ({self.as_of})"

    @property
    def file_name(self) -> str:
        """Name of the published file that lines and cells refer to."""
        return self.origin_name or self.source_file.name

    @property
    def file_sha256(self) -> str:
        """SHA-256 of the published file that lines and cells refer to."""
        return self.origin_sha256 or self.source_file.sha256

    @property
    def is_rewritten(self) -> bool:
        """Whether what this site keeps is not the published file but its figures, rewritten in another."""
        return bool(self.origin_name or self.origin_sha256)

    @property
    def kept_name(self) -> str | None:
        """Name of the file that can be fetched here; None where this site keeps no copy."""
        return self.source_file.name if self.source_file.content else None

    @property
    def kept_sha256(self) -> str | None:
        """SHA-256 of the file that can be fetched here; None where this site keeps no copy."""
        return self.source_file.sha256 if self.source_file.content else None

    @property
    def key(self) -> str:
        """The edition's public name: data set, part and number of the load; also the ETag's root."""
        return f"{self.dataset}-{self.part}-{self.pk}"

    def mark_held(self, reason: str) -> None:
        self.state, self.hold_reason = self.State.HELD, reason
        self.save(update_fields=["state", "hold_reason"])

    @transaction.atomic
    def release(self, *, by: str, reason: str) -> None:
        """Publish a held edition on a person's word. Raises ValueError without a reason or if it is not
        held.
        """
        if not reason.strip():
            raise ValueError(_("Say why this edition may be published."))
        if self.state != self.State.HELD:
            raise ValueError(_("Only a held edition can be released."))
        self.mark_published(timezone.now(), by=by, reason=reason.strip())

    def mark_published(self, at: datetime, *, by: str = "", reason: str = "") -> None:
        """Let visitors see this edition, and make it the current one unless a newer one is already known."""
        self.state, self.published_at = self.State.PUBLISHED, self.published_at or at
        self.released_by, self.release_reason = by, reason
        self.save(update_fields=["state", "published_at", "released_by", "release_reason"])
        siblings = Edition.objects.filter(dataset=self.dataset, part=self.part)
        newest = siblings.filter(state=self.State.PUBLISHED).order_by("as_of", "published_at", "pk").last()
        assert newest is not None  # at least this one
        siblings.filter(is_current=True).exclude(pk=newest.pk).update(is_current=False)
        siblings.filter(pk=newest.pk).update(is_current=True)
        self.refresh_from_db(fields=["is_current"])

"""What was published when, and what it changed: first editions, newer figures, corrections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from .models import Edition


class Step(StrEnum):
    """What an edition is to the one before it of the same part."""

    FIRST = "first"  # nothing was known of the part
    NEWER = "newer"  # the figures speak of a later day
    CORRECTION = "correction"  # other figures of the same day
    EARLIER = "earlier"  # figures of an earlier day, published afterwards


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition that visitors may see, beside the one that was published before it of the same part."""

    edition: Edition
    before: Edition | None

    @property
    def at(self) -> datetime:
        """When visitors first saw it."""
        assert self.edition.published_at is not None  # only published ones are told of
        return self.edition.published_at

    @property
    def step(self) -> Step:
        if self.before is None:
            return Step.FIRST
        if self.before.as_of == self.edition.as_of:
            return Step.CORRECTION
        return Step.NEWER if self.before.as_of < self.edition.as_of else Step.EARLIER

    @property
    def more_rows(self) -> int | None:
        """How many rows more (or fewer) than before; None for the first."""
        return None if self.before is None else self.edition.rows - self.before.rows

    @property
    def more_money(self) -> Decimal | None:
        """How many baht more (or fewer) all rows add up to than before; None for the first."""
        return None if self.before is None else self.edition.total - self.before.total


def publications(dataset: str = "", step: Step | None = None) -> list[Publication]:
    """All publications, newest first, in one query; of one data set, or of one step, where that is asked."""
    editions = Edition.objects.shown().select_related("source_file").order_by("published_at", "pk")
    found = _beside_the_ones_before(editions.of(dataset) if dataset else editions)
    return [one for one in reversed(found) if step is None or one.step == step]


def datasets_published() -> list[str]:
    """The names of the data sets of which anything was published."""
    return sorted(Edition.objects.shown().order_by().values_list("dataset", flat=True).distinct())


def _beside_the_ones_before(editions: Iterable[Edition]) -> list[Publication]:
    last: dict[tuple[str, str], Edition] = {}
    found = []
    for edition in editions:
        key = edition.dataset, edition.part
        found.append(Publication(edition, last.get(key)))
        last[key] = edition
    return found

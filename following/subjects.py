"""What one may follow: a search, a body, a place, a supplier, new editions, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spending.datasets import title_of
from spending.models import Agency, Province, Supplier
from spending.patience import TooSlow, within
from spending.publications import Step, datasets_published
from spending.questions import QuestionError, question
from spending.sentences import named, plain

from .entries import Entry, editions_entries, entries
from .families import FAMILIES

PATIENCE = 5_000  # milliseconds that one statement may take
LONGEST_KEY = 255


class Kind(models.TextChoices):
    """What sort of thing is followed; the value stands in forms and in the database."""

    AGENCY = "agency", gettext_lazy("an agency")
    PROVINCE = "province", gettext_lazy("a province")
    SUPPLIER = "supplier", gettext_lazy("a supplier")
    SEARCH = "search", gettext_lazy("a search")
    EDITIONS = "editions", gettext_lazy("new editions")
    CORRECTIONS = "corrections", gettext_lazy("corrections")


class NoSubject(LookupError):
    """Raised if there is nothing of that kind and name, or it cannot be asked for."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is followed: its kind, its name in addresses, and the row it stands for, if any.

    The key of a search is what was typed; of editions and corrections the data set, "" for all of them.
    """

    kind: Kind
    key: str
    row: Any = None

    @property
    def name(self) -> str:
        """What it is called, in the reader's language."""
        if self.row is not None:
            return plain(named(self.row.name, getattr(self.row, "name_en", "")))
        if self.kind is Kind.SEARCH:
            return _("Search for “%(text)s”") % {"text": self.key}
        what = _("Corrections") if self.kind is Kind.CORRECTIONS else _("New editions")
        return f"{what}: {title_of(self.key)}" if self.key else what

    @property
    def shown(self) -> SafeString | str:
        """The same on a page: a Thai name on an English one is marked as Thai."""
        return named(self.row.name, getattr(self.row, "name_en", "")) if self.row is not None else self.name

    @property
    def address(self) -> str:
        """The page about it."""
        if self.kind is Kind.SEARCH:
            return f"{reverse('spending:search')}?{urlencode({'q': self.key})}"
        if self.row is not None:
            return iri_to_uri(reverse(f"spending:{self.kind.value}", args=[self.key]))
        return f"{reverse('spending:changes')}{self._query}"

    def feed(self, form: str) -> str:
        """The address of its feed in a form: `atom` or `json`."""
        if self.kind is Kind.SEARCH:
            return f"{reverse(f'following:search_{form}')}?{urlencode({'q': self.key})}"
        if self.row is not None:
            return iri_to_uri(reverse(f"following:{self.kind.value}_{form}", args=[self.key]))
        return f"{reverse(f'spending:changes_{form}')}{self._query}"

    @property
    def _query(self) -> str:
        asked = {"dataset": self.key} if self.key else {}
        if self.kind is Kind.CORRECTIONS:
            asked["step"] = Step.CORRECTION.value
        return f"?{urlencode(asked)}" if asked else ""

    def entries(
        self,
        *,
        limit: int,
        since: datetime | None = None,
        until: datetime | None = None,
        behind: int | None = None,
    ) -> Sequence[Entry]:
        """The newest editions that brought or changed something, before one if asked. Raises TooSlow, or
        NoSubject of a search that cannot be asked.
        """
        between: dict[str, Any] = {"since": since, "until": until, "behind": behind}
        if self.kind in (Kind.EDITIONS, Kind.CORRECTIONS):
            step = Step.CORRECTION if self.kind is Kind.CORRECTIONS else None
            return editions_entries(self.key, step, limit=limit, **between)
        try:
            with within(PATIENCE):
                families = FAMILIES[self.kind.value](self.key if self.row is None else self.row)
                return entries(families, limit=limit, **between)
        except QuestionError as error:
            raise NoSubject from error


ROWS: dict[Kind, Any] = {Kind.AGENCY: Agency, Kind.PROVINCE: Province, Kind.SUPPLIER: Supplier}


def subject_of(kind: str, key: str) -> Subject:
    """The subject of a kind and a name in addresses. Raises NoSubject."""
    if kind not in Kind.values or len(key) > LONGEST_KEY or "\x00" in key:
        raise NoSubject
    known = Kind(kind)
    if known in ROWS:
        row = ROWS[known].objects.filter(code=key).first()
        if row is None:
            raise NoSubject
        return Subject(known, key, row)
    if known is Kind.SEARCH:
        return Subject(known, _asked(key))
    if key and key not in datasets_published():
        raise NoSubject
    return Subject(known, key)


def _asked(text: str) -> str:
    """A question without blanks around it. Raises NoSubject if it cannot be looked for."""
    try:
        question(text)
    except QuestionError as error:
        raise NoSubject from error
    return text.strip()


__all__ = ["Kind", "NoSubject", "Subject", "TooSlow", "subject_of"]

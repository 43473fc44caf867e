"""What a rule is: whom it asks what, on which basis, in which days, and the one SELECT that finds it. Plain
values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_noop as _

FOREVER = date(9999, 12, 31)


class About(StrEnum):
    """What a question is put to; the values of `Flag.About`."""

    PROJECT = "project"
    CONTRACT = "contract"
    PAIR = "pair"


class Figure(StrEnum):
    """How one value of the evidence is written."""

    BAHT = "baht"
    SHARE = "share"  # 0 to 1
    COUNT = "count"
    DAY = "day"
    NUMBERS = "numbers"  # published project numbers
    WORDS = "words"


class How(StrEnum):
    """How far a basis was confirmed by reading it; the values of `BasisReading.How`."""

    WHOLE = "whole"
    PART = "part"
    TOLD = "told"  # in the words of somebody who tells of it
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at a basis: how far it was read, what that was, where it stands in public, on which day."""

    how: How
    words: str
    address: str = ""
    day: date | None = None


UNREAD = Reading(How.NOT, _("Written from knowledge of the law; nobody has compared it with the text yet."))


@dataclass(frozen=True, slots=True)
class Basis:
    """A law or a published practice that a rule rests on, with the place in it and where it is published.

    `reading` is how far it was confirmed when the rule was written; staff add later readings
    (`BasisReading`), under its `code`.
    """

    code: str
    title: str
    place: str
    address: str = ""
    is_law: bool = False
    reading: Reading = UNREAD


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value that a rule compares: its name in the data, its kind, and what it is, in words."""

    name: str
    figure: Figure
    means: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One documented question.

    `code` is its address, `version` grows whenever `sql`, `limits` or the days change. It asks only of
    purchases of the days from `since` to `until` (none: still in force). All words are message ids,
    translated where they are
    shown. `sql` selects the columns of `columns.COLUMNS`; `limits` are its parameters beside `editions`,
    `years`, `since`
    and `until`.
    """

    code: str
    version: int
    about: About
    since: date
    until: date | None
    title: str
    question: str
    asks: str
    basis: tuple[Basis, ...]
    lawful: str
    unseen: str
    evidence: tuple[Evidence, ...]
    sql: str
    limits: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The rule with its version, as a run remembers it."""
        return f"{self.code}.{self.version}"

    @property
    def reads_years(self) -> bool:
        """Whether it reads whole years rather than the rows of one edition."""
        return self.about is About.PAIR

    def values(self) -> dict[str, Any]:
        """The parameters of `sql` that belong to the rule."""
        return {**self.limits, "since": self.since, "until": self.until or FOREVER}

"""What is known of the data itself: checks, repairs, refusals, coverage of the act, totals that disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .coverage import Coverage, acts
from .models import AllocationTotal, Edition, ReferenceTotal
from .overview import Overview

NOTE_KINDS: Mapping[str, Promise] = {
    "repaired_agency": _("Spelling of an agency's name repaired"),
    "repaired_category": _("Spelling of a category repaired"),
    "repaired_plan": _("Spelling of a plan repaired"),
    "repaired_item": _("Name of an item that stood in the place of its category, put back"),
    "repaired_code": _("Code written in the usual form"),
    "repeated_row": _("The same row twice in the file, kept and marked"),
    "restored_range": _("A sum for several years restored from equal parts"),
    "amount_cut_short": _("An amount that the publisher's extraction cut short"),
    "extraction_warning": _("A doubt noted by the publisher's extraction"),
    "of_which": _("A part that obliges other years, printed below its line and in it"),
    "obligation_differs": _("Years of an obligation that do not come to the sum printed beside them"),
    "project_money_differs": _("Rows of one project that disagree about its money; the first was read"),
    "unusable_tax_id": _("A tax id that a spreadsheet destroyed; the winner is known by name alone"),
    "person_left_out": _("A natural person named in words, left out"),
    "person_left_out_later": _("A natural person named in words, left out after the edition was loaded"),
    "agreed_above_budget": _("An agreed price above the budget"),
    "method_from_title": _("Method of purchase read from the end of the title"),
    "hidden_sheet": _("A hidden sheet, not read"),
    "missing_sheet": _("A sheet that other reports have"),
    "another_currency": _("A budget in another currency than the tender: not compared"),
    "blank_amount": _("A row without an amount: no figure"),
    "amount_rounded": _("An amount finer than a millionth of its currency: rounded to it"),
    "unreadable_day": _("A date that cannot be read: no day"),
    "part_of_another": _("A name that is another publisher's: kept apart under a name of its own"),
    "missing_month": _("A month that is not in the file"),
}
"""What is noticed in rows that are read all the same, in words."""


@dataclass(frozen=True, slots=True)
class Check:
    """A sum that the publisher prints (or that is known) beside the same sum of the rows read. Baht.

    `advisory` marks sums that the publisher's own file is known to get wrong: no reason to hold it back.
    """

    name: str
    expected: Decimal
    found: Decimal
    holds: bool
    advisory: bool

    @property
    def difference(self) -> Decimal:
        return self.found - self.expected


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing noticed: what was printed, what it was read as, how often, on which of the first lines."""

    kind: str
    published: str
    read_as: str
    count: int
    lines: tuple[int, ...]

    @property
    def title(self) -> str:
        return str(NOTE_KINDS.get(self.kind, self.kind))


@dataclass(frozen=True, slots=True)
class Collection:
    """The current editions of one data set, by part, and how many earlier ones are kept."""

    dataset: str
    editions: tuple[Edition, ...]
    earlier: int

    @property
    def rows(self) -> int:
        return sum(edition.rows for edition in self.editions)

    @property
    def refused(self) -> int:
        return sum(edition.refused for edition in self.editions)

    @property
    def publishers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(edition.publisher for edition in self.editions))

    @property
    def newest(self) -> Edition:
        return max(self.editions, key=lambda edition: (edition.as_of, edition.pk))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One total that two published figures put differently, in baht.

    Either a printed sum beside the sum of its rows, called by its `name`; or what two publishers say of a
    whole fiscal year (Common Era), called by the year and the `measure`.
    """

    first: Decimal
    second: Decimal
    editions: tuple[Edition, ...]
    name: str = ""
    year: int | None = None
    measure: str = ""

    @property
    def difference(self) -> Decimal:
        return self.second - self.first

    @property
    def share(self) -> Decimal | None:
        """The difference as a share of the first figure."""
        return abs(self.difference) / self.first if self.first else None


@dataclass(frozen=True, slots=True)
class YearKnown:
    """How much of a year's act (Common Era) is known line by line, and how much by the body that holds it."""

    lines: Coverage
    by_body: Decimal

    @property
    def by_body_share(self) -> Decimal | None:
        """The share (0 to 1) of the act whose holder is known; None where nothing of it is."""
        if self.lines.act is None or self.by_body == 0:
            return None
        return min(self.by_body / self.lines.act, Decimal(1))


def checks_of(edition: Edition) -> tuple[Check, ...]:
    """The sums compared when the edition was loaded, those that do not hold first."""
    checks = [
        Check(
            name=check["name"],
            expected=Decimal(check["expected"]),
            found=Decimal(check["found"]),
            holds=check["holds"],
            advisory=check.get("advisory", False),
        )
        for check in edition.checks
    ]
    return tuple(sorted(checks, key=lambda check: check.holds))


def remarks_of(edition: Edition) -> tuple[Remark, ...]:
    """What was noticed when the edition was loaded, the most frequent first."""
    return tuple(
        Remark(note["kind"], note["published"], note["read_as"], note["count"], tuple(note["lines"]))
        for note in edition.notes
    )


def counted_kinds(remarks: Iterable[Remark]) -> list[tuple[str, int]]:
    """How many rows each kind of remark is about, the most frequent first."""
    counts: dict[str, int] = {}
    for remark in remarks:
        counts[remark.title] = counts.get(remark.title, 0) + remark.count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def collections() -> tuple[Collection, ...]:
    """Every data set with its current editions, the newest figures first, in two queries."""
    editions = Edition.objects.current().select_related("source_file").order_by("dataset", "part", "pk")
    published = dict(Edition.objects.shown().order_by().values_list("dataset").annotate(count=Count("pk")))
    by_dataset: dict[str, list[Edition]] = {}
    for edition in editions:
        by_dataset.setdefault(edition.dataset, []).append(edition)
    found = [
        Collection(dataset, tuple(sorted(current, key=_numbered)), published[dataset] - len(current))
        for dataset, current in by_dataset.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.newest.as_of, one.dataset), reverse=True))


def years_covered(reported: Iterable[Overview]) -> tuple[YearKnown, ...]:
    """The coverage of every year's act, newest first, in three queries; `reported` are the years of the
    weekly report.
    """
    weekly = {one.year: one for one in reported}
    given = acts() | {year: one.act for year, one in weekly.items() if one.act is not None}
    lines = _sums(AllocationTotal.objects.current())
    totals = ReferenceTotal.objects.current().of_bodies().filter(measure=ReferenceTotal.Measure.ACT)
    bodies = _sums(totals) | {year: one.known for year, one in weekly.items()}
    years = sorted({*given, *lines, *bodies}, reverse=True)
    return tuple(
        YearKnown(Coverage(year, lines.get(year, Decimal(0)), given.get(year)), bodies.get(year, Decimal(0)))
        for year in years
    )


def disagreements(found: Iterable[Collection]) -> tuple[Disagreement, ...]:
    """Sums of current editions that do not hold, and whole-year totals that publishers put differently."""
    unheld = [
        Disagreement(check.expected, check.found, (edition,), name=check.name)
        for collection in found
        for edition in collection.editions
        for check in checks_of(edition)
        if not check.holds
    ]
    return (*unheld, *_between_publishers())


def _numbered(edition: Edition) -> list[tuple[bool, int, str]]:
    """The part with its numbers counted, so that volume 10 comes after volume 9."""
    pieces = re.findall(r"\d+|\D+", edition.part)
    return [(piece.isdigit(), int(piece) if piece.isdigit() else 0, piece) for piece in pieces]


def _between_publishers() -> list[Disagreement]:
    totals = (
        ReferenceTotal.objects.current()
        .of_whole_budget()
        .select_related("edition")
        .order_by("-fiscal_year", "measure", "edition__as_of", "edition")
    )
    by_total: dict[tuple[int, str], list[ReferenceTotal]] = {}
    for total in totals:
        by_total.setdefault((total.fiscal_year, total.measure), []).append(total)
    return [
        Disagreement(
            first.amount,
            second.amount,
            (first.edition, second.edition),
            year=year,
            measure=str(ReferenceTotal.Measure(measure).label),
        )
        for (year, measure), said in by_total.items()
        for first, second in pairwise(said)
        if first.amount != second.amount
    ]


def _sums(facts: QuerySet[Any]) -> dict[int, Decimal]:
    rows = facts.order_by().values_list("fiscal_year").annotate(sum=Sum("amount"))
    return dict(rows)

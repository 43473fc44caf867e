"""Two years or two editions side by side: which lines a comparison reads, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Count, F, Sum
from django.utils.translation import gettext as _

from .columns import Column
from .differences import How, Item, Match, compare
from .models import Allocation, Edition, Project
from .parameters import PARAMETERS, BadQuery
from .purchase_filters import DATASETS as PURCHASES
from .querysets import FactQuerySet

BOOK = "budget_book"
MOST = 12_000  # lines of one side; more are compared body by body
WORDS = ("from", "to", "ministry", "agency", "how")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a fiscal year of budget books, or one edition. `text` is as it stands in
    addresses.
    """

    text: str
    year: int | None = None
    edition: Edition | None = None

    @property
    def of_purchases(self) -> bool:
        return self.edition is not None and self.edition.dataset in PURCHASES

    def lines(self) -> Any:
        """The rows of this side: budget lines, or purchases."""
        if self.of_purchases:
            return Project.objects.filter(edition=self.edition)
        if self.edition is not None:
            return Allocation.objects.filter(edition=self.edition)
        return Allocation.objects.current().in_year(self.year or 0)


@dataclass(frozen=True)
class Comparison:
    """What is compared: two sides, within a body where one is chosen, and which kinds of match are shown."""

    before: Side
    after: Side
    ministry: str = ""
    agency: str = ""
    how: How | None = None

    @property
    def of_purchases(self) -> bool:
        return self.before.of_purchases

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many lines each side has."""
        return self._lines(self.before).count(), self._lines(self.after).count()

    @property
    def is_too_long(self) -> bool:
        """Whether a body must be chosen first."""
        return max(self.counts) > MOST

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """All matches, those that changed most first. Empty where a body must be chosen first."""
        if self.is_too_long:
            return ()
        item = _purchase if self.of_purchases else line_item
        sides = [[item(row) for row in self._lines(side)] for side in (self.before, self.after)]
        found = compare(*sides, ids_agree=self._ids_agree, by_words=not self.of_purchases)
        return tuple(sorted(found, key=lambda one: (one.how in UNCHANGED, -abs(one.change))))

    @property
    def shown(self) -> Sequence[Match]:
        """The matches of the kind asked for; all of them where none is."""
        return [one for one in self.matches if self.how in (None, one.how)]

    @cached_property
    def bodies(self) -> list[dict[str, Any]]:
        """The bodies of a side that is too long, by name, with the lines and baht of the first side."""
        lines = self.before.lines()
        name = F("buyer__agency__code") if self.of_purchases else F("ministry__code")
        body = "buyer__agency" if self.of_purchases else "ministry"
        names = {"title": F(f"{body}__name"), "title_en": F(f"{body}__name_en")}
        money = "agreed_price" if self.of_purchases else "amount"
        rows = lines.order_by().values(code=name, **names).annotate(lines=Count("pk"), sum=Sum(money))
        return list(rows.exclude(code=None).order_by("-sum"))

    @property
    def _ids_agree(self) -> bool:
        """Purchases have numbers for good; lines of a book keep theirs between editions of one volume."""
        one, other = self.before.edition, self.after.edition
        if self.of_purchases:
            return True
        return one is not None and other is not None and one.part == other.part

    def _lines(self, side: Side) -> FactQuerySet:
        lines: FactQuerySet = side.lines()
        own = "buyer__agency" if self.of_purchases else "agency"
        above = "buyer__agency__ministry" if self.of_purchases else "ministry"
        if self.agency:
            lines = lines.filter(**{f"{own}__code": self.agency})
        if self.ministry:
            lines = lines.filter(**{f"{above}__code": self.ministry})
        related = ("buyer",) if self.of_purchases else ("ministry", "agency", "plan", "activity", "category")
        return lines.select_related(*related).order_by("line", "pk")


UNCHANGED = (How.ID, How.PATH)


def comparison_of(texts: Mapping[str, str]) -> Comparison:
    """The comparison that an address asks for. Raises BadQuery."""
    for name in texts:
        if name not in WORDS:
            message = _("There is no parameter %(name)s; there are: %(known)s.")
            raise BadQuery(name, message % {"name": name, "known": ", ".join(WORDS)})
    before, after = (_side(name, texts.get(name, "")) for name in ("from", "to"))
    if before.of_purchases != after.of_purchases:
        raise BadQuery("to", _("A book cannot be compared with purchases."))
    how = texts.get("how", "")
    if how and how not in set(How):
        raise BadQuery(
            "how", _("%(name)s takes one of: %(known)s.") % {"name": "how", "known": ", ".join(How)}
        )
    chosen = How(how) if how else None
    return Comparison(before, after, texts.get("ministry", ""), texts.get("agency", ""), chosen)


def comparable_editions() -> list[Edition]:
    """The editions that can be compared, those of one part beside each other, newest first."""
    found = Edition.objects.shown().filter(dataset__in=(BOOK, *PURCHASES))
    return list(found.order_by("dataset", "part", "-as_of", "-pk"))


def book_years() -> list[int]:
    """The fiscal years (Common Era) of current budget books, newest first."""
    years = Edition.objects.current().of(BOOK).values_list("fiscal_year", flat=True).distinct()
    return sorted({year for year in years if year is not None}, reverse=True)


def _side(name: str, text: str) -> Side:
    """A side by a fiscal year, or by the public key of an edition. Raises BadQuery."""
    if not text:
        raise BadQuery(
            name, _("Say what to compare: from and to take a fiscal year or the key of an edition.")
        )
    number = text.rsplit("-", 1)[-1]
    if "-" in text and number.isascii() and number.isdigit():
        edition = Edition.objects.shown().filter(pk=int(number[:9]), dataset__in=(BOOK, *PURCHASES)).first()
        if edition is not None and edition.key == text:
            return Side(text, edition=edition)
        raise BadQuery(name, _("There is no edition %(key)s that can be compared.") % {"key": text})
    try:
        year: int = PARAMETERS["year"].value(text)
    except BadQuery as error:
        words = _("%(name)s takes a fiscal year (2565 or 2022) or the key of an edition.")
        raise BadQuery(name, words % {"name": name}) from error
    if year not in book_years():
        raise BadQuery(name, _("No book of the year %(year)s is published line by line.") % {"year": text})
    return Side(text, year=year)


def line_item(line: Allocation) -> Item:
    """A budget line as it is compared."""
    path = (
        line.agency.name,
        line.plan.name,
        line.activity.name if line.activity else "",
        line.category.path if line.category else "",
    )
    return Item(line.item_id, line.description, path, line.amount)


def _purchase(project: Project) -> Item:
    """A purchase as it is compared: its agreed price, with what else may change."""
    facts: dict[str, date | Decimal | str | None] = {
        "budget": project.budget,
        "reference_price": project.reference_price,
        "method": project.method,
        "status": project.status,
    }
    told = tuple((name, "" if value is None else str(value)) for name, value in facts.items())
    return Item(project.number, project.name, (project.buyer.name,), project.agreed_price, told)


def _ids(side: str) -> Any:
    return lambda match: " ".join(item.id for item in getattr(match, side))


def _texts(side: str) -> Any:
    return lambda match: " | ".join(item.text for item in getattr(match, side))


def _paths(match: Match) -> str:
    return " / ".join(filter(None, (*match.after, *match.before)[0].path))


COLUMNS = (
    Column("how", lambda match: match.how.value, "how the lines were matched"),
    Column("score", lambda match: match.score, "how like the words are, 0 to 100, where that decided"),
    Column("from_ids", _ids("before"), "published ids before; several with spaces between"),
    Column("to_ids", _ids("after"), "published ids after"),
    Column("path", _paths, "where the line stands: body, plan, output or project, category"),
    Column("from_text", _texts("before"), "text before; several with | between"),
    Column("to_text", _texts("after"), "text after"),
    Column("from_amount", lambda match: match.amounts[0], "baht before; empty where no line is there"),
    Column("to_amount", lambda match: match.amounts[1], "baht after"),
    Column("change", lambda match: match.change, "baht after less baht before"),
    Column("changed", lambda match: " ".join(match.changed), "names of the values that differ"),
)
"""The columns of a comparison: the same in CSV, XLSX, Parquet, JSON lines and the API."""
AMOUNT = Allocation._meta.get_field("amount")
KIND_OF: dict[str, Any] = {
    **dict.fromkeys(column.name for column in COLUMNS),
    **dict.fromkeys(("from_amount", "to_amount", "change"), AMOUNT),
    "score": models.IntegerField(),
}
"""The kind of value of each column as a field of a model; None for text."""

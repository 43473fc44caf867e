"""The lines of an agency that adds up, as records; names are settled as those of the extracted tables are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from .. import known
from ..errors import Reason, RecordError, gettext_noop
from ..records import AllocationRecord, Body, CommitmentRecord, Entry, Head, Note
from ..spelling import tidy
from . import bb_budget_names as names
from .bb_budget_pdf_outline import Instalment, Item
from .bb_budget_pdf_parts import BUDGET_TYPES, Part, Plan, Unit, joined, settled

CROSS_CUTTING = "แผนงานบูรณาการ"
_ACTIVITY = re.compile(r"(ผลผลิต|โครงการ|กิจกรรม)(?:ที่ ?\d+)? ?: ?(.+)$")
_NO_ACTIVITY = "รายการ"  # personnel and other money for no output or project
_KINDS = {"ผลผลิต": "output", "กิจกรรม": "output", "โครงการ": "project"}


class Above(NamedTuple):
    """What all lines of an output or project share."""

    ministry: Body
    agency: Body
    plan: str
    activity_kind: str
    activity: str


@dataclass(slots=True)
class Records:
    """Makes the records of one volume. A line's id is the volume, its printed page and which it is there."""

    head: Head
    fiscal_year: int
    on_page: Counter[str] = field(default_factory=Counter)

    def of(self, part: Part) -> list[Entry]:
        """All lines of an agency. Raises RecordError at a name that cannot be read: it is refused then."""
        ministry = _ministry(part)
        agency = _agency(ministry, part)
        entries: list[Entry] = []
        for plan in part.plans:
            for unit in plan.units:
                above = _above(ministry, agency, plan, unit)
                for item in unit.heading.items:
                    _check_type(above, item)
                    entries += self._of_item(above, item, ())
        return entries

    def _of_item(self, above: Above, item: Item, path: tuple[str, ...]) -> Iterator[Entry]:
        if item.items:
            below = (*path, _category(item.text))
            for each in item.items:
                yield from self._of_item(above, each, below)
            return
        item_id = self._id(item)
        yield from self._line(above, item, path, item_id)
        for number, each in enumerate(item.of_which, start=1):
            yield Note("of_which", each.place, names.legible(each.text, ""), f"{item.text} ({item.amount:,})")
            yield from self._years(above, each, f"{item_id}.{number}", item_id)

    def _line(self, above: Above, item: Item, path: tuple[str, ...], item_id: str) -> Iterator[Entry]:
        central = above.ministry.name == names.CENTRAL_FUND  # which the book does not split by type
        yield AllocationRecord(
            item.place,
            item_id,
            self.fiscal_year,
            above.ministry,
            above.agency,
            above.plan,
            above.plan.startswith(CROSS_CUTTING),
            above.activity_kind,
            above.activity,
            () if central else path or (_category(item.text),),
            names.required(item.text, ""),
            item.amount or Decimal(0),
            any(each.instalments for each in (item, *item.of_which)),
            item.page,
        )
        yield from self._years(above, item, item_id, item_id)

    def _years(self, above: Above, item: Item, item_id: str, line_item_id: str) -> Iterator[Entry]:
        yield from _doubts(item, self.fiscal_year)
        for step in item.instalments:
            yield CommitmentRecord(
                item.place,
                item_id if step.first_year == self.fiscal_year else f"{item_id}-{step.first_year}",
                line_item_id,
                step.first_year,
                step.last_year,
                above.ministry,
                above.agency,
                names.required(item.text, ""),
                step.amount,
                item.page,
            )

    def _id(self, item: Item) -> str:
        page = f"f{item.place}" if item.page is None else f"p{item.page}"
        self.on_page[page] += 1
        return f"{self.head.part}.{page}-{self.on_page[page]}"


def _ministry(part: Part) -> Body:
    return Body(settled(known.ministries(), part.ministry) or tidy(part.ministry), kind="ministry")


def _agency(ministry: Body, part: Part) -> Body:
    found = settled(known.agencies(), part.agency)
    if found is None:
        return names.town(part.agency) or Body(
            tidy(part.agency), kind=names.kind_of_body(ministry.name, part.agency)
        )
    return Body(found, kind=names.kind_of_body(ministry.name, found))


def _above(ministry: Body, agency: Body, plan: Plan, unit: Unit) -> Above:
    name = settled(known.plans(), plan.name) or names.required(plan.name, "")
    words = names.legible(joined(unit.heading.words), "")
    if match := _ACTIVITY.match(words):
        return Above(ministry, agency, name, _KINDS[match[1]], match[2])
    if words.startswith(_NO_ACTIVITY) or ministry.name == names.CENTRAL_FUND:
        return Above(ministry, agency, name, "", "")
    raise RecordError(
        "", words, Reason(gettext_noop("The heading names no output, no project and no personnel."))
    )


def _check_type(above: Above, item: Item) -> None:
    if item.text not in BUDGET_TYPES and above.ministry.name != names.CENTRAL_FUND:
        raise RecordError("", item.text, Reason(gettext_noop("This is none of the five budget types.")))


def _category(printed: str) -> str:
    """A category as it is known, or as it is printed; `/` stands between the names of a path."""
    words = names.required(printed, "")
    return (settled(known.categories(), words) or words).replace("/", names.SLASH)


def _doubts(item: Item, fiscal_year: int) -> Iterator[Note]:
    """Where the years of an obligation do not come to what is printed beside them: all is kept, and said."""
    steps: list[Instalment] = item.instalments
    own = [step.amount for step in steps if step.first_year == fiscal_year == step.last_year]
    if steps and item.whole is not None and item.whole != item.of_all_years:
        yield Note("obligation_differs", item.place, f"{item.whole:,}", f"{item.of_all_years:,}")
    if own and own != [item.amount]:
        yield Note("obligation_differs", item.place, f"{item.amount:,}", f"{own[0]:,}")

"""One row of the budget book: which columns it has, and how its cells are read."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from spending.fiscal import first_day

from ..errors import Reason, RecordError, gettext_noop
from ..parsing import flag, fraction, integer, money, text, year
from ..reading import Row
from ..records import Body, Head
from . import bb_budget_names as names
from .bb_budget_names import CATEGORY_COLUMNS, REMEMBERED, Repair, Repairs

OF_ONE_ITEM = (
    "REF_DOC", "REF_PAGE_NO", "MINISTRY", "BUDGETARY_UNIT", "CROSS_FUNC?", "BUDGET_PLAN", "OUTPUT", "PROJECT",
    *CATEGORY_COLUMNS, "ITEM_DESCRIPTION", "OBLIGED?",
)  # fmt: skip
COLUMNS = ("ITEM_ID", *OF_ONE_ITEM, "FISCAL_YEAR", "AMOUNT")
OPTIONAL = ("", "DEBUG_LOG")  # a row index, which says nothing; and the extraction's own doubts
WARNING_LETTERS = 200  # kept of what the extraction says: it goes on with the raw text of the page

_item_of = itemgetter(*OF_ONE_ITEM)
content_of = itemgetter(*OF_ONE_ITEM, "FISCAL_YEAR", "AMOUNT")
_levels_of = itemgetter(*CATEGORY_COLUMNS)
_VOLUME = re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}(?:\(\d{1,2}\))?", re.ASCII)  # year, issue, volume: 2022.3.3(1)
_RUNNING_NUMBER = re.compile(r"[.-]\d{1,9}", re.ASCII)
_MANY_DECIMALS = re.compile(r"\.\d{3,}$")
_year = lru_cache(REMEMBERED)(lambda value: year(value, "FISCAL_YEAR", calendar="ce"))
_page = lru_cache(REMEMBERED)(lambda value: integer(value, "REF_PAGE_NO", least=1, most=9_999, blank=None))
_obliged = lru_cache(REMEMBERED)(lambda value: flag(value, "OBLIGED?"))
_cross_cutting = lru_cache(REMEMBERED)(lambda value: flag(value, "CROSS_FUNC?"))


class Line(NamedTuple):
    """A row that was read. `amount` is in baht; where it `is_part` of a split sum it is no whole satang."""

    line: int
    item: tuple[str, ...]  # of an obligation, the published cells that all its rows share
    item_id: str
    fiscal_year: int
    amount: Decimal
    is_part: bool
    page: int | None
    ministry: Body
    agency: Body
    plan: str
    cross_cutting: bool
    activity_kind: str
    activity: str
    category: tuple[str, ...]
    description: str
    obliged: bool
    repairs: Repairs


@lru_cache(REMEMBERED)
def head_of(volume: str) -> Head:
    """The volume that a row belongs to; its figures speak of the first day of the fiscal year."""
    part = text(volume, "REF_DOC")
    if not _VOLUME.fullmatch(part):
        sentence = gettext_noop("This is no number of a volume, such as 2022.3.10.")
        raise RecordError("REF_DOC", volume, Reason(sentence))
    fiscal_year = year(part[:4], "REF_DOC", calendar="ce")
    return Head(part, fiscal_year, first_day(fiscal_year))


def read_line(row: Row, head: Head) -> Line:
    """Read a row of a volume. Raises RecordError naming the first cell that is not as published elsewhere."""
    cells = row.values
    item_id = _item_id(cells["ITEM_ID"], head.part)
    obliged = _obliged(cells["OBLIGED?"])
    fiscal_year = _year(cells["FISCAL_YEAR"])
    if fiscal_year != head.fiscal_year and not obliged:
        sentence = gettext_noop("Only an obligation has amounts of other years than the book's.")
        raise RecordError("FISCAL_YEAR", cells["FISCAL_YEAR"], Reason(sentence))
    amount, is_part, doubts = _amount(cells["AMOUNT"], obliged=obliged)
    page = _page(cells["REF_PAGE_NO"])
    bodies = names.bodies(cells["MINISTRY"], cells["BUDGETARY_UNIT"])
    plan, repaired_plan = names.plan(cells["BUDGET_PLAN"])
    activity_kind, activity = names.activity(cells["OUTPUT"], cells["PROJECT"])
    path, repaired_path = names.category(bodies.ministry.name, _levels_of(cells))
    category, description, repaired_item = _described(path, cells["ITEM_DESCRIPTION"])
    if page is None:
        doubts += (Repair("missing_page", description, ""),)
    if cells["DEBUG_LOG"]:
        doubts += (Repair("extraction_warning", cells["DEBUG_LOG"][:WARNING_LETTERS], ""),)
    return Line(
        row.line,
        _item_of(cells) if obliged else (),
        item_id,
        fiscal_year,
        amount,
        is_part,
        page,
        bodies.ministry,
        bodies.agency,
        plan,
        _cross_cutting(cells["CROSS_FUNC?"]),
        activity_kind,
        activity,
        category,
        description,
        obliged,
        bodies.repairs + repaired_plan + repaired_path + repaired_item + doubts,
    )


def _item_id(value: str, part: str) -> str:
    """`2022.3.9.0` or `2022.3.9-1`: the volume and a running number in it."""
    if value.startswith(part) and _RUNNING_NUMBER.fullmatch(value, len(part)):
        return value
    sentence = gettext_noop("The id is not that of the volume (%(part)s) and a running number.")
    raise RecordError("ITEM_ID", value, Reason(sentence, part=part))


def _amount(value: str, *, obliged: bool) -> tuple[Decimal, bool, Repairs]:
    """An amount, whether it is a part of a split sum, and a note if digits are missing.

    The extraction has cut the end of some figures off (`18,250,00`, `25,`). What is left is taken, as the
    verified totals of the volumes do; the note says which lines hold too little.
    """
    if obliged and _MANY_DECIMALS.search(value):
        return fraction(value, "AMOUNT"), True, ()
    try:
        return money(value, "AMOUNT"), False, ()
    except RecordError:
        amount = money(value, "AMOUNT", loose_commas=True)
        return amount, False, (Repair("amount_cut_short", value, f"{amount:,}"),)


def _described(path: tuple[str, ...], value: str) -> tuple[tuple[str, ...], str, Repairs]:
    """The category, the description and a note if they had changed places; without a description, the finest
    level is the item itself.
    """
    description = names.legible(value, "ITEM_DESCRIPTION")
    if names.is_heading_left_over(path, description):
        item = path[1].replace(names.SLASH, "/")
        return path[:1], item, (Repair("repaired_item", f"{item} / {description}", item),)
    if description:
        return path, description, ()
    if len(path) < 2:
        sentence = gettext_noop("Nothing says what the money is for.")
        raise RecordError("ITEM_DESCRIPTION", value, Reason(sentence))
    return path[:-1], path[-1], ()

"""Whether the lines of an agency add up to every total that the book prints for it.

The book prints an amount with each ministry, agency, plan, output or project and category. Each is compared
with the sum of what stands below it. Nothing is mended: where one total differs, the agency is refused as a
whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ..errors import Reason, RecordError, gettext_noop
from .bb_budget_pdf_outline import Item, Series, outline
from .bb_budget_pdf_parts import BUDGET_TYPES, Part, Plan, Unit

ROUNDING = 50  # baht: overview tables print million baht with four decimals


class Difference(NamedTuple):
    """A total that is not the sum of its lines, or a line without a place: where it is printed, and why."""

    place: int
    name: str
    reason: Reason


def differences(part: Part) -> list[Difference]:
    """All totals of an agency that its lines do not add up to; none if it may be kept."""
    found = [difference for plan in part.plans for difference in _of_plan(plan)]
    total = _sum(plan.amount for plan in part.plans)
    if total != part.amount:
        found.append(_difference(part.place, part.page, part.agency, part.amount, total))
    return found or list(_of_types(part))


def _of_plan(plan: Plan) -> Iterator[Difference]:
    for unit in plan.units:
        yield from _of_unit(unit)
    total = _sum(unit.heading.amount for unit in plan.units)
    if plan.amount != total:
        yield _difference(plan.place, plan.page, plan.name, plan.amount, total)


def _of_unit(unit: Unit) -> Iterator[Difference]:
    try:
        outline(unit.heading, unit.lines)
    except RecordError as error:
        yield Difference(unit.heading.place, error.value, Reason(error.reason))
        return
    for item in unit.heading.all():
        yield from _of_item(item)


def _of_item(item: Item) -> Iterator[Difference]:
    set_apart(item)
    below = _sum(each.amount for each in item.items)
    if item.amount is None or (item.items and below != item.amount):
        yield _difference(item.place, item.page, item.text, item.amount, below)
    apart = _sum(each.amount for each in item.of_which)
    if item.amount is not None and apart > item.amount:
        yield _difference(item.place, item.page, item.text, item.amount, apart)


def set_apart(item: Item) -> None:
    """Tell lines that an item consists of from those that only say which part of it obliges other years.

    The book numbers the latter `(5.1)`, or `(1)` where only obligations are listed; they come to less than
    the item. All that make up an item come to all of it.
    """
    for each in [each for each in item.of_which if each.amount is None and each.number.series is Series.DASH]:
        item.of_which.remove(each)
        item.words.append(f"- {each.text}")
    listed = _sum(each.amount for each in item.items)
    if item.of_which and not item.items and _sum(each.amount for each in item.of_which) == item.amount:
        item.items, item.of_which = item.of_which, []
    elif item.items and item.amount is not None and listed < item.amount and _only_obliges(item.items):
        item.items, item.of_which = [], item.items


def _only_obliges(items: Iterable[Item]) -> bool:
    return all(each.instalments and each.number.series is Series.WHOLE for each in items)


def _of_types(part: Part) -> Iterator[Difference]:
    """The total of each budget type, as the summary of the agency prints it."""
    if not part.by_type:
        return
    tops = [item for plan in part.plans for unit in plan.units for item in unit.heading.items]
    for name, printed in zip(BUDGET_TYPES, part.by_type, strict=False):
        total = _sum(item.amount for item in tops if item.text == name)
        if abs(total - printed) > ROUNDING:
            yield _difference(part.place, part.page, f"{part.agency}: {name}", printed, total)


def _difference(
    place: int, page: int | None, name: str, printed: Decimal | None, summed: Decimal
) -> Difference:
    if printed is None:
        sentence = gettext_noop("No amount is printed with this line (printed page %(page)s).")
        return Difference(place, name, Reason(sentence, page=_number(page)))
    sentence = gettext_noop(
        "Printed page %(page)s gives %(printed)s baht, but the lines below come to %(summed)s baht."
    )
    figures = {
        "page": _number(page),
        "printed": f"{printed:,f}".removesuffix(".0000"),
        "summed": f"{summed:,f}",
    }
    return Difference(place, name, Reason(sentence, **figures))


def _number(page: int | None) -> str:
    return "–" if page is None else str(page)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))

"""The headline figures of the site, asked the way its pages ask them: what a dump is held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .. import elsewhere
from ..breakdowns import NONE_CODE, Dimension
from ..fiscal import buddhist
from ..purchases import SLICES
from ..resources import RESOURCES, Resource
from .manifest import ROWS, Headline


@dataclass(frozen=True, slots=True)
class Shown:
    """A split that pages show of every year: the resource, the dimension and the column of its codes, the
    measures, and the page, with `{year}` for the year in the Buddhist Era. `largest` is how many slices the
    page shows one by one, where those are not all.
    """

    resource: str
    by: Dimension
    column: str
    measures: tuple[str, ...]
    page: str
    largest: int | None = None


PURCHASES = "/procurement/{year}/"
BOUGHT = ("agreed_price", ROWS)
WON = ("amount", ROWS)

SHOWN = (
    Shown("allocations", Dimension.MINISTRY, "ministry_code", ("amount",), "/budget/{year}/"),
    Shown("commitments", Dimension.MINISTRY, "ministry_code", ("amount",), "/obligations/"),
    Shown(
        "disbursements",
        Dimension.AGENCY,
        "agency_code",
        ("disbursed", "after_transfer"),
        "/disbursements/{year}/",
    ),
    Shown(
        "project-disbursements", Dimension.MINISTRY, "ministry_code", ("budgeted", "disbursed"), "/provinces/"
    ),
    Shown(
        "projects",
        Dimension.YEAR,
        "fiscal_year",
        ("budget", "reference_price", "agreed_price", ROWS),
        PURCHASES,
    ),
    Shown("contracts", Dimension.YEAR, "fiscal_year", WON, PURCHASES),
    Shown("projects", Dimension.METHOD, "method", ("budget", *BOUGHT), PURCHASES),
    Shown("projects", Dimension.TYPE, "kind", BOUGHT, PURCHASES, SLICES),
    Shown("projects", Dimension.BUYER, "buyer_code", BOUGHT, PURCHASES, SLICES),
    Shown("projects", Dimension.PROVINCE, "province", BOUGHT, PURCHASES, SLICES),
    Shown("contracts", Dimension.SUPPLIER, "supplier_code", WON, PURCHASES, SLICES),
    Shown("contracts", Dimension.WINNER, "winner", WON, PURCHASES),
    Shown("local-budgets", Dimension.AGENCY, "agency_code", ("approved",), "/local/{year}/"),
)


def headlines() -> Iterator[Headline]:
    """Every figure of every split, year by year."""
    for shown in SHOWN:
        resource = RESOURCES[shown.resource]
        for year in _years(resource):
            yield from _of_year(shown, resource, year)
    yield from _elsewhere()


def _elsewhere() -> Iterator[Headline]:
    """What the page about other publishers shows: each sum in the currency that it holds beside it."""
    found = [("open-contracts", "stage", sums) for sums in elsewhere.purchases()]
    found += [("package-figures", "figure", sums) for sums in elsewhere.budgets()]
    for resource, kind, sums in found:
        if sums.amount is not None:
            where = {"publisher": sums.publisher or NONE_CODE, kind: sums.kind, "currency": sums.currency}
            yield Headline(resource, "amount", where, sums.amount, "/elsewhere/")


def _years(resource: Resource) -> list[int]:
    facts = resource.filter({}).facts().order_by()
    return sorted(facts.values_list("fiscal_year", flat=True).distinct())


def _of_year(shown: Shown, resource: Resource, year: int) -> Iterator[Headline]:
    texts = {"year": str(buddhist(year)), "by": shown.by.value}
    query = resource.filter(texts)
    always = {"fiscal_year": str(year)} | _always(shown)
    page = shown.page.format(year=buddhist(year))
    for measure in shown.measures:
        summed = shown.measures[0] if measure == ROWS else measure
        for row in query.broken_down(shown.by, measure=summed, limit=shown.largest).rows:
            amount = Decimal(row.lines) if measure == ROWS else row.amount
            yield Headline(shown.resource, measure, always | {shown.column: row.code}, amount, page)


def _always(shown: Shown) -> dict[str, str]:
    """What every row of a split holds: the weekly report has cuts that overlap, and pages add up one."""
    return {"cut": "ministry"} if shown.resource == "disbursements" else {}

"""The headline figures of the site, asked the way its pages ask them: what a dump is held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import elsewhere
from ..breakdowns import NONE_CODE, Dimension
from ..fiscal import buddhist
from ..resources import RESOURCES, Resource
from .manifest import Headline


@dataclass(frozen=True, slots=True)
class Shown:
    """A split that pages show of every year: the resource, the dimension and the column of its codes, the
    measures, and the page, with `{year}` for the year in the Buddhist Era.
    """

    resource: str
    by: Dimension
    column: str
    measures: tuple[str, ...]
    page: str


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
    Shown("projects", Dimension.METHOD, "method", ("budget", "agreed_price"), "/procurement/{year}/"),
    Shown("contracts", Dimension.WINNER, "winner", ("amount",), "/procurement/{year}/"),
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
        for row in query.broken_down(shown.by, measure=measure).rows:
            yield Headline(shown.resource, measure, always | {shown.column: row.code}, row.amount, page)


def _always(shown: Shown) -> dict[str, str]:
    """What every row of a split holds: the weekly report has cuts that overlap, and pages add up one."""
    return {"cut": "ministry"} if shown.resource == "disbursements" else {}

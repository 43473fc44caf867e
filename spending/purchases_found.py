"""What a search finds among purchases: their titles, who won, and who bought. No natural person is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Sum, Window

from . import lately, winners
from .found import NOTHING, Group, Hit, Kind, estimated, expectation, spans
from .matching import condition, named, rank
from .models import Buyer, Edition, Project, ProjectBuyerTotal, Supplier
from .querysets import ProjectQuerySet
from .questions import Reading

MOST = 3_000  # purchases that are counted and ranked; of more the newest are shown
SURELY_FEW = 1_000  # purchases that the database expects; where it expects more, the newest are looked at
SURELY_QUICK = 50_000  # pages of the table that it expects to cost as much; where more, likewise
RANKED_WELL = 2_000  # purchases whose words are compared one by one
MOST_NAMES_COUNTED = 5_000  # suppliers
KINDS = (Kind.PURCHASE, Kind.SUPPLIER, Kind.BUYER)


def purchases_found(
    purchases: ProjectQuerySet,
    reading: Reading,
    day: date | None,
    *,
    year: int | None = None,
    start: int,
    size: int,
    names: int,
) -> dict[Kind, Group]:
    """The purchases under a query that answer a reading, and the suppliers and departments so called.

    `year` (Common Era) is the one that the query asks for, None for all. Amounts are budgets of purchases
    (baht), what suppliers won, and what departments agreed on. `start` and `size` are of purchases, `names`
    the most of suppliers and departments each.
    """
    return {
        Kind.PURCHASE: _purchases(purchases, reading, day, year, start, size),
        Kind.SUPPLIER: _suppliers(reading, day, names),
        Kind.BUYER: _buyers(reading, day, names),
    }


def _purchases(
    purchases: ProjectQuerySet, reading: Reading, day: date | None, year: int | None, start: int, size: int
) -> Group:
    editions = _newest_editions(day, reading.year or year)
    if not editions:
        return NOTHING
    asked = condition(reading, Project)
    answering = purchases.filter(asked).order_by()
    number, cost = expectation(answering.values("pk"))
    if number > SURELY_FEW or cost > SURELY_QUICK:
        number = lately.share(purchases, asked, editions[0]).of(estimated(purchases.values("pk")))
    found = _ranked(answering, reading, number, start, size) if number <= MOST else None
    if found is not None:
        return found
    keys = lately.newest_first(purchases, asked, editions, slice(start, start + size))
    return Group(max(number, MOST), None, _shown(keys, reading), about=True)


def _newest_editions(day: date | None, year: int | None) -> list[int]:
    """The editions that answer, the newest year first."""
    among = Edition.objects.filter(pk__in=winners.editions(day, year))
    return list(among.order_by(F("fiscal_year").desc(nulls_last=True), "-pk").values_list("pk", flat=True))


def _ranked(
    answering: ProjectQuerySet, reading: Reading, expected: int, start: int, size: int
) -> Group | None:
    """The purchases that answer, counted, best first; None if they are more than MOST."""
    score = rank(reading, roughly=expected > RANKED_WELL)
    rows = list(answering.annotate(score=score).values_list("pk", "score", "budget", "number")[: MOST + 1])
    if len(rows) > MOST:
        return None
    rows.sort(key=_order)
    amount = sum((row[2] for row in rows if row[2] is not None), Decimal(0))
    return Group(len(rows), amount, _shown([row[0] for row in rows[start : start + size]], reading))


def _order(row: tuple[int, int, Decimal | None, str]) -> tuple[int, bool, Decimal, str]:
    """Best first; equals by budget, the largest first and those without one last; then by number."""
    _key, score, budget, number = row
    return -score, budget is None, -(budget or Decimal(0)), number


def _shown(keys: Sequence[int], reading: Reading) -> tuple[Hit, ...]:
    rows = Project.objects.select_related("buyer", "province").in_bulk(keys)
    return tuple(_purchase(rows[key], reading) for key in keys)


def _purchase(project: Project, reading: Reading) -> Hit:
    return Hit(
        Kind.PURCHASE,
        project.number,
        project.name,
        spans(project.name, reading),
        project.budget,
        year=project.fiscal_year,
        agency=project.buyer.name,
        place=project.province.name if project.province else "",
    )


def _suppliers(reading: Reading, day: date | None, size: int) -> Group:
    if not reading.terms:
        return NOTHING
    kept = winners.counted(reading.year) if day is None else None
    won = winners.winners(day, reading.year, kept=kept is not None)
    won = won.filter(supplier__in=_so_called(Supplier, reading))
    about = 0 if kept is not None and kept <= MOST_NAMES_COUNTED else _so_called_about(reading, kept)
    if about > MOST_NAMES_COUNTED:  # the largest winners are looked through until so many are found
        rows = list(won.order_by("-won", "code")[:size])
        return Group(about, None, tuple(_supplier(row, reading) for row in rows), about=True)
    # All are found, counted and sorted: a sum is in the order of no index.
    counted = won.annotate(every=Window(Count("*"))).order_by((F("won") + Decimal(0)).desc(), "code")
    rows = list(counted[:size])
    return Group(rows[0]["every"] if rows else 0, None, tuple(_supplier(row, reading) for row in rows))


def _so_called_about(reading: Reading, suppliers: int | None) -> int:
    """About how many of so many suppliers (None: of all) are so called: what the database expects where that
    is few, else by the share of those that were met last.
    """
    number = estimated(_so_called(Supplier, reading))
    if number <= MOST_NAMES_COUNTED:
        return number
    every = Supplier.objects.order_by()
    met = lately.share(every, named(reading.with_synonyms))
    return met.of(estimated(every.values("pk")) if suppliers is None else suppliers)


def _buyers(reading: Reading, day: date | None, size: int) -> Group:
    totals = ProjectBuyerTotal.objects.current(day).filter(buyer__in=_so_called(Buyer, reading))
    if not reading.terms:
        return NOTHING
    if reading.year is not None:
        totals = totals.in_year(reading.year)
    # Summed by their keys: names are read of those that are shown.
    groups = totals.order_by().values("buyer").annotate(sum=Sum("agreed_price"), last=Max("fiscal_year"))
    rows = list(groups.annotate(every=Window(Count("*"))).order_by("-sum", "buyer")[:size])
    called = Buyer.objects.in_bulk([row["buyer"] for row in rows])
    hits = (_department(called[row["buyer"]], row["sum"], row["last"], reading) for row in rows)
    return Group(rows[0]["every"] if rows else 0, None, tuple(hits))


def _so_called(model: Any, reading: Reading) -> Any:
    return model._default_manager.filter(named(reading.with_synonyms)).order_by().values("pk")


def _supplier(row: dict[str, Any], reading: Reading) -> Hit:
    return Hit(Kind.SUPPLIER, row["code"], row["name"], spans(row["name"], reading), row["won"])


def _department(buyer: Buyer, amount: Decimal, year: int, reading: Reading) -> Hit:
    """A department with the newest year in which it bought, where its page stands."""
    return Hit(Kind.BUYER, buyer.code, buyer.name, spans(buyer.name, reading), amount, year=year)

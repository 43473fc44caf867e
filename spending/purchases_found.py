"""What a search finds among purchases: their titles, who won, and who bought. No natural person is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Sum, Window

from . import winners
from .found import NOTHING, Group, Hit, Kind, estimated, roughly, spans
from .in_order import InOrder
from .matching import condition, named, rank
from .models import Buyer, Project, ProjectBuyerTotal, Supplier
from .querysets import LARGEST_BUDGET, ProjectQuerySet
from .questions import Reading

MOST = 10_000  # purchases that are counted and ranked; of more the largest are shown
RANKED_WELL = 2_000  # purchases whose words are compared one by one
MOST_NAMES_COUNTED = 5_000  # suppliers
KINDS = (Kind.PURCHASE, Kind.SUPPLIER, Kind.BUYER)


def purchases_found(
    purchases: ProjectQuerySet, reading: Reading, day: date | None, *, start: int, size: int, names: int
) -> dict[Kind, Group]:
    """The purchases under a query that answer a reading, and the suppliers and departments so called.

    Amounts are budgets of purchases (baht), what suppliers won, and what departments agreed on. `start` and
    `size` are of purchases, `names` the most of suppliers and departments each.
    """
    return {
        Kind.PURCHASE: _purchases(purchases, reading, day, start, size),
        Kind.SUPPLIER: _suppliers(reading, day, names),
        Kind.BUYER: _buyers(reading, day, names),
    }


def _purchases(
    purchases: ProjectQuerySet, reading: Reading, day: date | None, start: int, size: int
) -> Group:
    answering = purchases.filter(condition(reading, Project)).order_by()
    expected = estimated(answering.values("pk"))
    found = _ranked(answering, reading, expected, start, size) if expected <= MOST else None
    return found or _largest(answering, reading, day, max(expected, MOST), start, size)


def _ranked(
    answering: ProjectQuerySet, reading: Reading, expected: int, start: int, size: int
) -> Group | None:
    """The purchases that answer, counted, best first, all in one query; None if they are more than MOST."""
    few = Project.objects.filter(pk__in=answering.values("pk")[: MOST + 1])
    scored = few.annotate(
        score=rank(reading, roughly=expected > RANKED_WELL),
        every=Window(Count("pk")),
        together=Window(Sum("budget")),
    )
    order = ("-score", *LARGEST_BUDGET)
    rows = list(scored.order_by(*order).values_list("pk", "every", "together")[start : start + size])
    if rows:
        count, amount = rows[0][1], rows[0][2]
    else:
        sums = few.aggregate(every=Count("pk"), together=Sum("budget"))
        count, amount = sums["every"], sums["together"]
    if count > MOST:
        return None
    shown = Project.objects.select_related("buyer", "province").in_bulk([row[0] for row in rows])
    return Group(count, amount or Decimal(0), tuple(_purchase(shown[row[0]], reading) for row in rows))


def _largest(
    answering: ProjectQuerySet, reading: Reading, day: date | None, expected: int, start: int, size: int
) -> Group:
    """The largest of more purchases than are counted while somebody waits."""
    rows = answering.select_related("buyer", "province")
    found = InOrder(rows, winners.editions(day, reading.year), LARGEST_BUDGET)[start : start + size]
    return Group(roughly(expected), None, tuple(_purchase(row, reading) for row in found), about=True)


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
    so_called = _so_called(Supplier, reading)
    number = winners.counted(reading.year) if day is None else None
    few = number is not None and number <= MOST_NAMES_COUNTED
    expected = 0 if few else estimated(so_called)
    won = winners.winners(day, reading.year, kept=number is not None).filter(supplier__in=so_called)
    about = expected > MOST_NAMES_COUNTED
    count = roughly(expected) if about else won.count()
    rows = won.order_by("-won", "code")[:size] if count else ()
    return Group(count, None, tuple(_name(Kind.SUPPLIER, row, row["won"], reading) for row in rows), about)


def _buyers(reading: Reading, day: date | None, size: int) -> Group:
    totals = ProjectBuyerTotal.objects.current(day).filter(buyer__in=_so_called(Buyer, reading))
    if not reading.terms:
        return NOTHING
    if reading.year is not None:
        totals = totals.in_year(reading.year)
    named_so = {"code": F("buyer__code"), "name": F("buyer__name")}
    groups = totals.order_by().values(**named_so).annotate(sum=Sum("agreed_price"), last=Max("fiscal_year"))
    count = groups.count()
    rows = groups.order_by("-sum", "code")[:size] if count else ()
    hits = (_name(Kind.BUYER, row, row["sum"], reading, year=row["last"]) for row in rows)
    return Group(count, None, tuple(hits))


def _so_called(model: Any, reading: Reading) -> Any:
    return model._default_manager.filter(named(reading.with_synonyms)).order_by().values("pk")


def _name(kind: Kind, row: dict[str, Any], amount: Decimal, reading: Reading, year: int | None = None) -> Hit:
    """A name; of a department also the newest year in which it bought, where its page stands."""
    return Hit(kind, row["code"], row["name"], spans(row["name"], reading), amount, year=year)

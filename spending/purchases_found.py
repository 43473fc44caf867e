"""What a search finds among purchases: their titles, who won, and who bought. No natural person is named."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Max, Sum

from .found import MANY, NOTHING, Group, Hit, Kind, facts_found, spans
from .matching import condition, named, rank
from .models import Buyer, ContractTotal, Project, ProjectTotal, Supplier
from .querysets import ProjectQuerySet
from .questions import Reading

KINDS = (Kind.PURCHASE, Kind.SUPPLIER, Kind.BUYER)


def purchases_found(
    purchases: ProjectQuerySet, reading: Reading, day: date | None, *, start: int, size: int, names: int
) -> dict[Kind, Group]:
    """The purchases under a query that answer a reading, and the suppliers and departments so called.

    Amounts are budgets of purchases (baht), what suppliers won, and what departments agreed on. `start` and
    `size` are of purchases, `names` the most of suppliers and departments each.
    """
    return {
        Kind.PURCHASE: _purchases(purchases, reading, start, size),
        Kind.SUPPLIER: _suppliers(reading, day, names),
        Kind.BUYER: _buyers(reading, day, names),
    }


def _purchases(purchases: ProjectQuerySet, reading: Reading, start: int, size: int) -> Group:
    count, amount = facts_found(purchases, reading, "budget")
    if count <= start:
        return Group(count, amount, ())
    found = purchases.filter(condition(reading, Project)).annotate(score=rank(reading, roughly=count > MANY))
    keys = list(
        found.order_by("-score", "-budget", "number").values_list("pk", flat=True)[start : start + size]
    )
    rows = Project.objects.select_related("buyer", "province").in_bulk(keys)
    return Group(count, amount, tuple(_purchase(rows[key], reading) for key in keys))


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
    totals = ContractTotal.objects.current(day).filter(supplier__in=_so_called(Supplier, reading))
    return _named(Kind.SUPPLIER, "supplier", totals, "amount", reading, size)


def _buyers(reading: Reading, day: date | None, size: int) -> Group:
    totals = ProjectTotal.objects.current(day).filter(buyer__in=_so_called(Buyer, reading))
    return _named(Kind.BUYER, "buyer", totals, "agreed_price", reading, size)


def _so_called(model: Any, reading: Reading) -> Any:
    return model._default_manager.filter(named(reading.with_synonyms)).order_by().values("pk")


def _named(kind: Kind, column: str, totals: Any, measure: str, reading: Reading, size: int) -> Group:
    """The names that stand behind some totals, most money first."""
    if not reading.terms:
        return NOTHING
    if reading.year is not None:
        totals = totals.in_year(reading.year)
    named_so = {"code": F(f"{column}__code"), "name": F(f"{column}__name")}
    groups = totals.order_by().values(**named_so).annotate(sum=Sum(measure), last=Max("fiscal_year"))
    count = groups.count()
    rows = groups.order_by("-sum", "code")[:size] if count else ()
    return Group(count, None, tuple(_name(kind, row, reading) for row in rows))


def _name(kind: Kind, row: dict[str, Any], reading: Reading) -> Hit:
    """A name; of a department also the newest year in which it bought, where its page stands."""
    year = row["last"] if kind is Kind.BUYER else None
    return Hit(kind, row["code"], row["name"], spans(row["name"], reading), row["sum"], year=year)

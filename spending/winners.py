"""Who won most, from sums kept beside the totals: of a year or of all, as today's editions have it.

The sums say which editions they were made from. Where others are current, or a day is asked for, the totals
answer instead: the same figures, in a time that grows with the contracts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q, QuerySet, Sum

from .breakdowns import NONE_CODE, Breakdown, Dimension, Row, beside, share_of
from .models import ContractTotal, ContractYearTotal, Edition, SupplierCount, SupplierTotal, WinnerKind
from .models.procurement_totals import ALL_YEARS
from .statements import Hole, kept_rows

DATASETS = ("egp_contracts", "cgdcontract")  # whose editions hold contracts of e-GP
NAMES = {name: F(f"supplier__{name}") for name in ("code", "tax_id", "name")}
NAMELESS = (WinnerKind.PERSON, WinnerKind.UNKNOWN)


def editions(day: date | None = None, year: int | None = None) -> list[int]:
    """The editions of purchases that answer on `day` (None: now), ascending; of one fiscal year (Common Era)
    those that may hold rows of it.
    """
    return sorted(edition for edition, _year in editions_and_years(day, year))


def editions_and_years(day: date | None = None, year: int | None = None) -> list[tuple[int, int | None]]:
    """The same, each with the fiscal year of its rows, None where these are of several."""

    def told() -> QuerySet[Edition, tuple[int, int | None]]:
        found = Edition.objects.known_on(day).filter(dataset__in=DATASETS)
        return found.order_by().values_list("pk", "fiscal_year")

    rows: Iterable[Any] = told() if day else kept_rows("editions of purchases", told)
    return [(edition, of_it) for edition, of_it in rows if year is None or of_it in (year, None)]


def counted(year: int | None = None) -> int | None:
    """How many suppliers won something in a year (Common Era; None: in all together); None where that is not
    kept for the editions of today. One query.
    """

    def numbers() -> QuerySet[SupplierCount, tuple[int, int]]:
        today = Edition.objects.current().filter(dataset__in=DATASETS).order_by("pk").values("pk")
        known = SupplierCount.objects.filter(editions=ArraySubquery(today))
        asked = known.filter(Q(fiscal_year=ALL_YEARS) | Q(fiscal_year=Hole("year")))
        return asked.values_list("fiscal_year", "suppliers")

    found: dict[int, int] = dict(kept_rows("suppliers counted", numbers, year=year or ALL_YEARS))
    return found.get(year or ALL_YEARS, 0) if found else None


def sums(day: date | None = None, year: int | None = None) -> QuerySet[Any]:
    """What suppliers won on `day` (None: now), in a year (Common Era; None: in all): cells of `supplier`,
    `amount` and `lines`. One for each supplier where the sums of today's editions are kept.
    """
    if day is None and counted(year) is not None:
        return SupplierTotal.objects.filter(fiscal_year=year or ALL_YEARS)
    totals: QuerySet[Any] = ContractTotal.objects.current(day).filter(supplier__isnull=False)
    return totals if year is None else totals.filter(fiscal_year=year)


def winners(day: date | None = None, year: int | None = None) -> QuerySet[Any, Any]:
    """Suppliers with what they won, as `sums` has it, in no order.

    Rows of `supplier`, `code`, `tax_id`, `name`, `won` (baht) and `contracts`.
    """
    cells = sums(day, year).order_by()
    if cells.model is SupplierTotal:
        return _kept(year)
    summed = {"won": Sum("amount"), "contracts": Sum("lines")}
    rows: QuerySet[Any, Any] = cells.values("supplier", **NAMES).annotate(**summed)
    return rows


def kept_sums(year: int | None) -> QuerySet[Any, Any]:
    """The sums of a year that are kept, where `counted` has a number; `won` is in baht."""
    of_year = SupplierTotal.objects.filter(fiscal_year=year or ALL_YEARS)
    kept: QuerySet[Any, Any] = of_year.annotate(won=F("amount"))
    return kept


def _kept(year: int | None) -> QuerySet[Any, Any]:
    kept: QuerySet[Any, Any] = kept_sums(year).values("supplier", "won", **NAMES, contracts=F("lines"))
    return kept


def largest(year: int | None, limit: int) -> Breakdown | None:
    """What was contracted in a year (Common Era; None: in all), split by supplier, the `limit` largest shown.

    Natural persons and winners that are not published are one slice without a name. None where the sums of
    today's editions are not kept.
    """
    number = counted(year)
    if number is None:
        return None
    whole = ContractYearTotal.objects.current()
    if year is not None:
        whole = whole.in_year(year)
    nameless = Q(winner_kind__in=NAMELESS)
    sums = whole.order_by().aggregate(
        whole=Sum("amount"),
        counted=Sum("lines"),
        nameless=Sum("amount", filter=nameless),
        nameless_counted=Sum("lines", filter=nameless),
    )
    total = sums["whole"] or Decimal(0)
    first = _kept(year).order_by("-won", "code")[:limit]
    found = [(row["code"], row["name"], row["won"], row["contracts"]) for row in first]
    if sums["nameless_counted"]:
        found.append((NONE_CODE, "", sums["nameless"], sums["nameless_counted"]))
        number += 1
    rows = [
        Row(code, name, "", amount, lines, share_of(amount, total)) for code, name, amount, lines in found
    ]
    rows.sort(key=lambda row: (-row.amount, row.code))
    lines = sums["counted"] or 0
    rest, hidden = beside(rows[:limit], number, total, lines)
    return Breakdown(Dimension.SUPPLIER, tuple(rows[:limit]), total, lines, rest, hidden)

"""The budgets of local bodies as pages ask for them: the years, the sums, how far the money is spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum

from .local_querysets import LocalBudgetQuerySet
from .models import Edition, LocalBudget

AMOUNTS = ("approved", "increased", "decreased", "committed", "disbursed", "remaining")


@dataclass(frozen=True, slots=True)
class LocalSums:
    """Some lines of local budgets together, in baht: `bodies` local bodies, `lines` lines.

    `spending` is None unless every line says how far its money is spent.
    """

    bodies: int
    lines: int
    approved: Decimal
    spending: Spending | None


@dataclass(frozen=True, slots=True)
class Spending:
    """How far granted money is spent, in baht: moved by transfers, bound, paid, left."""

    increased: Decimal
    decreased: Decimal
    committed: Decimal
    disbursed: Decimal
    remaining: Decimal


def local_years(day: date | None = None) -> list[int]:
    """The fiscal years (Common Era) of which local budgets are known, newest first."""
    years = LocalBudget.objects.current(day).order_by().values_list("fiscal_year", flat=True).distinct()
    return sorted(years, reverse=True)


def fullest_year(day: date | None = None) -> int | None:
    """The year of which the budgets of most local bodies are known, the newest of equal ones."""
    bodies = LocalBudget.objects.current(day).order_by().values("fiscal_year")
    counted = bodies.annotate(number=Count("body", distinct=True))
    best = max(((row["number"], row["fiscal_year"]) for row in counted), default=None)
    return None if best is None else best[1]


def local_sums(lines: LocalBudgetQuerySet) -> LocalSums:
    """The sums of some lines, in one query."""
    found = lines.order_by().aggregate(
        bodies=Count("body", distinct=True),
        lines=Count("pk"),
        told=Count("remaining"),
        **{f"sum_{name}": Sum(name) for name in AMOUNTS},
    )
    spent = (
        Spending(*(found[f"sum_{name}"] for name in AMOUNTS[1:]))
        if found["told"] == found["lines"] > 0
        else None
    )
    return LocalSums(found["bodies"], found["lines"], found["sum_approved"] or Decimal(0), spent)


def editions_of(lines: LocalBudgetQuerySet) -> Sequence[Edition]:
    """The editions that some lines were read from."""
    own = lines.order_by().values("edition")
    return list(Edition.objects.filter(pk__in=own).select_related("source_file").order_by("part"))

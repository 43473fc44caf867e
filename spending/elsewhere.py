"""What other publishers' data come to: each publisher and currency by itself, never added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from .elsewhere_filters import OpenContractFilter, OpenProcessFilter, PackageFigureFilter
from .models import Edition

DATASETS = ("ocds", "fiscal_packages")


@dataclass(frozen=True, slots=True)
class Sums:
    """Rows of one publisher, kind and currency: how many, and what they come to in that currency."""

    publisher: str
    kind: str  # "award", "contract", or the name of a measure
    currency: str
    rows: int
    amount: Decimal | None


def purchases() -> Sequence[Sums]:
    """Awards and contracts in OCDS, by publisher, stage and currency."""
    rows = OpenContractFilter({}).lines().order_by().values("publisher", "stage", "currency")
    found = rows.annotate(number=Count("pk"), sum=Sum("amount"))
    return [
        Sums(row["publisher"], row["stage"], row["currency"], row["number"], row["sum"])
        for row in found.order_by("publisher", "stage", "currency")
    ]


def processes() -> int:
    """How many contracting processes of other publishers are known."""
    known: int = OpenProcessFilter({}).lines().count()
    return known


def budgets() -> Sequence[Sums]:
    """Figures of Fiscal Data Packages, by package, measure and currency."""
    rows = PackageFigureFilter({}).lines().order_by().values("publisher", "package", "measure", "currency")
    found = rows.annotate(number=Count("pk"), sum=Sum("amount"))
    return [
        Sums(row["publisher"], row["measure"], row["currency"], row["number"], row["sum"])
        for row in found.order_by("publisher", "package", "measure", "currency")
    ]


def editions() -> Sequence[Edition]:
    """The files behind all this."""
    found = Edition.objects.current().filter(dataset__in=DATASETS)
    return list(found.select_related("source_file").order_by("dataset", "part"))

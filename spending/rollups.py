"""The totals kept beside the facts: made once with each edition, so that a breakdown need not read lines."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from . import purchase_rollups

CELL = ("edition_id", "fiscal_year", "ministry_id", "agency_id", "plan_id", "activity_id", "category_id")


def build(editions: Iterable[int]) -> None:
    """Sum the facts of new editions to their cells, within the transaction at hand."""
    editions = list(editions)
    cell = ", ".join(CELL)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO spending_allocationtotal ({cell}, lines, amount) "
            f"SELECT {cell}, count(*), sum(amount) FROM spending_allocation "
            f"WHERE edition_id = ANY(%s) GROUP BY {cell}",
            [editions],
        )
    purchase_rollups.build(editions)


def rebuild(agencies: Iterable[int]) -> None:
    """Sum the facts of some agencies anew, in all editions, within the transaction at hand."""
    agencies = list(agencies)
    cell = ", ".join(CELL)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM spending_allocationtotal WHERE agency_id = ANY(%s)", [agencies])
        cursor.execute(
            f"INSERT INTO spending_allocationtotal ({cell}, lines, amount) "
            f"SELECT {cell}, count(*), sum(amount) FROM spending_allocation "
            f"WHERE agency_id = ANY(%s) GROUP BY {cell}",
            [agencies],
        )

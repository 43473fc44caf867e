"""What PostgreSQL is told after a load, so that the next search is planned well."""

from __future__ import annotations

from django.db import connection

INDEXES = (
    "allocation_search",
    "project_disbursement_search",
    "project_search",
    "supplier_search",
    "buyer_search",
)
SMALL_TABLES = ("edition", "agency", "plan", "activity", "category")
LARGE_TABLES = (
    "allocation",
    "allocationtotal",
    "projectdisbursement",
    "project",
    "contract",
    "supplier",
    "buyer",
    "projecttotal",
    "projectbuyertotal",
    "projectyeartotal",
    "contracttotal",
    "contractwaytotal",
    "contractbuyertotal",
    "contractyeartotal",
    "suppliertotal",
)
WRITTEN_ANEW = ("flag", "suppliertotal")  # whose rows go when another edition answers
GROWN = """
    SELECT pg_relation_size(oid) > 1.5 * greatest(relpages, 1) * current_setting('block_size')::int
    FROM pg_class WHERE oid = %s::regclass
"""


def settle() -> None:
    """Merge rows just added into the search indexes, and count the rows of tables anew.

    It takes milliseconds; a large table is looked at only when it has grown by half. Where PostgreSQL
    believes that there are only a few editions or agencies, it looks into the search index once for each.
    The loader calls this last, when the new edition is current.
    """
    with connection.cursor() as cursor:
        for index in INDEXES:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        for table in SMALL_TABLES:
            cursor.execute(f"ANALYZE spending_{table}")
        for table in LARGE_TABLES:
            cursor.execute(GROWN, [f"spending_{table}"])
            if cursor.fetchone()[0]:
                cursor.execute(f"ANALYZE spending_{table}")


def reuse() -> None:
    """Give the room of rows that went to those which come next, so that no table grows by being corrected.

    The loader calls this behind its transaction. Nobody waits for it: the tables are not cut short.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for table in WRITTEN_ANEW:
            cursor.execute(f"VACUUM (TRUNCATE off) spending_{table}")

"""What PostgreSQL is told after a load, so that the next search is planned well."""

from __future__ import annotations

from django.db import connection

INDEXES = ("allocation_search", "project_disbursement_search")
SMALL_TABLES = ("edition", "agency", "plan", "activity", "category")


def settle() -> None:
    """Merge rows just added into the search indexes, and count the rows of small tables anew.

    It takes milliseconds. Where PostgreSQL believes that there are only a few editions or agencies, it looks
    into the search index once for each. The loader calls this last, when the new edition is current.
    """
    with connection.cursor() as cursor:
        for index in INDEXES:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        for table in SMALL_TABLES:
            cursor.execute(f"ANALYZE spending_{table}")

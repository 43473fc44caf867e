"""Who may attempt what now: asked of the database, so that a row has one owner and a desk never more than its
places.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction

FREE = """
    (CASE WHEN desk.failures > 0 THEN 1 ELSE desk.at_once END) - (
        SELECT count(*) FROM complaints_dispatch AS running
        WHERE running.desk_id = desk.id AND running.leased_until > clock_timestamp()
            AND running.leased_by IN (SELECT pid FROM pg_stat_activity))
"""
"""How many more attempts a desk may have at this moment. One that failed last is tried by one alone.
The place of a worker that died is free as soon as the database has noticed that its connection is gone.
"""
OPEN = "desk.is_open AND (desk.rests_until IS NULL OR desk.rests_until <= clock_timestamp())"
QUEUE = """
    SELECT 1 FROM complaints_dispatch AS dispatch JOIN complaints_desk AS desk ON desk.id = dispatch.desk_id
    WHERE dispatch.id = %(pk)s AND state = 'pending' AND next_attempt_at <= clock_timestamp()
    FOR UPDATE OF dispatch SKIP LOCKED FOR NO KEY UPDATE OF desk
"""
"""Those who claim for the same desk do so one after the other; else two would count the same free place."""
CLAIM = f"""
    UPDATE complaints_dispatch AS dispatch
    SET attempts = attempts + 1, leased_by = pg_backend_pid(), leased_until = lost, next_attempt_at = lost
    FROM complaints_desk AS desk,
        (SELECT clock_timestamp() + make_interval(secs => %(lease)s) AS lost) AS moment
    WHERE dispatch.id = %(pk)s AND state = 'pending' AND next_attempt_at <= clock_timestamp()
        AND attempts < %(most)s AND desk.id = dispatch.desk_id AND {OPEN} AND {FREE} > 0
    RETURNING attempts
"""
DUE = f"""
    WITH desk AS MATERIALIZED (
        SELECT desk.id, per_sweep, {FREE} AS free FROM complaints_desk AS desk
        WHERE {OPEN} AND (%(desk)s::bigint IS NULL OR desk.id = %(desk)s::bigint)
    ), waiting AS (
        SELECT dispatch.id, free > 0 AS has_place,
            CASE WHEN %(is_long)s THEN per_sweep ELSE free END AS most,
            row_number() OVER (PARTITION BY desk_id ORDER BY next_attempt_at, dispatch.id) AS place
        FROM complaints_dispatch AS dispatch JOIN desk ON desk.id = dispatch.desk_id
        WHERE state = 'pending' AND next_attempt_at <= clock_timestamp()
    )
    SELECT id FROM waiting WHERE has_place AND place <= most ORDER BY place, id
"""


def claim(pk: int, *, lease: timedelta, most: int) -> int:
    """Take the next of so many attempts at a delivery, for so long. Its number, or 0."""
    values = {"pk": pk, "lease": lease.total_seconds(), "most": most}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(QUEUE, values)
        if not cursor.fetchone():
            return 0
        cursor.execute(CLAIM, values)
        taken = cursor.fetchone()
    return int(taken[0]) if taken else 0


def due(desk_pk: int | None, *, is_long: bool) -> Sequence[int]:
    """Ids of what should be attempted now; see `DispatchQuerySet.due`."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"desk": desk_pk, "is_long": is_long})
        return [pk for (pk,) in cursor.fetchall()]


def database_time() -> int:
    """Seconds since 1970, by the clock that all processes share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::bigint")
        return int(cursor.fetchone()[0])

"""Let loaded figures follow the crosswalk: to the agency that their body was found to be, and back.

A figure is loaded under the agency that its name or code leads to. Where that body is joined to another
agency, its rows go there, and each is noted (`MovedFact`), so that undoing the match brings back just these.
All of it happens in the transaction of the match, with the totals: visitors see the figures under the one
agency or under the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from . import rollups
from .models import Agency, Allocation, BodyMatch, Commitment, Disbursement, ListedBody, MovedFact
from .models import ProjectDisbursement as PastProject

OF_SCHEME: dict[str, tuple[type[Any], ...]] = {
    ListedBody.Scheme.BUDGET: (Allocation, Commitment, PastProject),
    ListedBody.Scheme.CGD: (Disbursement,),
}
"""The figures of each list, by the agency under which they stand."""


def leading_elsewhere() -> QuerySet[BodyMatch]:
    """The standing matches whose body's figures are loaded under another agency. Those of ministries are left
    where they are: a ministry's figures are those of its agencies.
    """
    found = BodyMatch.objects.standing().exclude(listed__body=None).exclude(listed__body=F("agency"))
    return found.exclude(listed__body__kind=Agency.Kind.MINISTRY).select_related("listed")


@transaction.atomic
def move(matches: Iterable[BodyMatch], editions: Collection[int] | None = None) -> int:
    """Let the figures of some matches (of `leading_elsewhere`) follow them, in all editions or in some; how
    many rows did. Harmless to run again.
    """
    touched: set[int] = set()
    count = 0
    for match in matches:
        for model in OF_SCHEME.get(match.listed.scheme, ()):
            moved = _move(match, model, editions)
            count += moved
            if moved:
                touched |= {match.agency_id, match.listed.body_id or match.agency_id}
    if touched and editions is None:
        rollups.rebuild(touched)
    return count


@transaction.atomic
def bring_back(matches: Iterable[BodyMatch]) -> int:
    """Bring the figures that followed some matches back under the agency they were loaded under; how many."""
    touched: set[int] = set()
    count = 0
    for match in matches:
        for model in OF_SCHEME.get(match.listed.scheme, ()):
            noted = MovedFact.objects.filter(match=match, table=model._meta.model_name)
            rows = model._base_manager.filter(pk__in=noted.values("fact"))
            count += rows.update(agency=match.listed.body_id)
            noted.delete()
            touched |= {match.agency_id, match.listed.body_id or match.agency_id}
    if count:
        rollups.rebuild(touched)
    return count


def follow_all() -> int:
    """Let all figures stand where the crosswalk says, also those loaded while a match was made or undone."""
    undone = BodyMatch.objects.exclude(undone_at=None).filter(moved__isnull=False).distinct()
    return bring_back(undone.select_related("listed")) + move(leading_elsewhere())


def _move(match: BodyMatch, model: type[Any], editions: Collection[int] | None) -> int:
    """Note the rows of a body that stand where they were loaded, and move them; how many."""
    table, listed = model._meta.model_name, match.listed
    noted = 'SELECT 1 FROM spending_movedfact m WHERE m."table" = %s AND m.fact = f.id'
    asked = ["f.agency_id = %s", f"NOT EXISTS ({noted})"]
    values: list[Any] = [listed.body_id, table]
    if listed.scheme == ListedBody.Scheme.CGD:
        asked += ["f.body_code = %s", "f.body_name = %s"]
        values += [listed.code, listed.name]
    if editions is not None:
        asked.append("f.edition_id = ANY(%s)")
        values.append(list(editions))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO spending_movedfact (match_id, "table", fact) '
            f"SELECT %s, %s, f.id FROM {model._meta.db_table} f WHERE {' AND '.join(asked)}",
            [match.pk, table, *values],
        )
        cursor.execute(
            f"UPDATE {model._meta.db_table} f SET agency_id = %s FROM spending_movedfact m "
            f'WHERE m.match_id = %s AND m."table" = %s AND m.fact = f.id AND f.agency_id = %s',
            [match.agency_id, match.pk, table, listed.body_id],
        )
        return int(cursor.rowcount)

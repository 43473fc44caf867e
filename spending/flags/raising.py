"""Raising flags: the one verb `refresh()`, called when an edition is published, harmless to call again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from ..models import ContractYearTotal, Edition, Flag, FlagRun, ProjectYearTotal
from ..purchase_filters import DATASETS
from .base import Rule
from .register import RULES
from .selects import COLUMNS

FLAG_LOCK = 2_565_002  # key of the advisory lock that lets one refresh write at a time
LARGE = 5_000  # rows of an edition from which the planner must be told what is new
PLANNING = (
    "ANALYZE spending_contract (edition_id, project_number)",
    "ANALYZE spending_project (edition_id, number)",
    "SET LOCAL enable_nestloop = off",  # it takes rows of an edition just loaded for few
)

_RAISE = """
    INSERT INTO spending_flag (rule, version, about, raised_at, {columns})
    SELECT %(rule)s, %(version)s, %(about)s, now(), found.* FROM ({select}) found
    ON CONFLICT DO NOTHING
"""
_SETTLE = """
    UPDATE spending_flag flag SET dismissal_id = said.id
    FROM spending_dismissal said
    WHERE flag.dismissal_id IS NULL AND said.withdrawn_at IS NULL AND said.rule = flag.rule
        AND said.version = flag.version AND said.subject = flag.subject AND said.evidence = flag.evidence
"""


@transaction.atomic
def refresh(rules: Iterable[Rule] = RULES.values()) -> int:
    """Ask the rules of every current edition that they were not asked of in these versions.

    Flags of editions that answer no longer go. Works within the transaction at hand; returns how many
    flags stand after it.
    """
    rules = list(rules)
    versions = " ".join(rule.name for rule in rules)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FLAG_LOCK])
    current = Edition.objects.current().filter(dataset__in=DATASETS)
    fresh = list(current.exclude(flag_run__versions=versions).values_list("pk", flat=True))
    gone = list(FlagRun.objects.exclude(edition__in=current).values_list("edition", flat=True))
    if fresh or gone:
        _ask(rules, fresh, gone)
        FlagRun.objects.filter(edition__in=[*gone, *fresh]).delete()
        FlagRun.objects.bulk_create(FlagRun(edition_id=pk, versions=versions) for pk in fresh)
    return Flag.objects.count()


def _ask(rules: list[Rule], fresh: list[int], gone: list[int]) -> None:
    """Raise anew what rests on changed editions, and what rests on their years."""
    years = _years([*fresh, *gone])
    Flag.objects.filter(edition__in=[*fresh, *gone]).delete()
    Flag.objects.filter(about=Flag.About.PAIR, fiscal_year__in=years).delete()
    large = Edition.objects.filter(pk__in=fresh, rows__gte=LARGE).exists()
    with connection.cursor() as cursor:
        for statement in PLANNING if large else ():
            cursor.execute(statement)
        for rule in rules:
            statement = _RAISE.format(columns=", ".join(COLUMNS), select=rule.sql)
            scope = {"editions": fresh, "years": years}
            named = {"rule": rule.code, "version": rule.version, "about": rule.about.value}
            cursor.execute(statement, rule.values() | scope | named)
        cursor.execute(_SETTLE)
        cursor.execute("RESET enable_nestloop")


def _years(editions: list[int]) -> list[int]:
    """The fiscal years (Common Era) of the purchases of some editions."""
    found: set[int] = set()
    for totals in (ProjectYearTotal, ContractYearTotal):
        found |= set(totals.objects.filter(edition__in=editions).values_list("fiscal_year", flat=True))
    return sorted(found)

"""The totals beside purchases, and which of two overlapping rows counts: made once with each edition.

`build()` works on the rows of new editions alone. `keep_winners()` sums what each supplier won over the
editions that are current; it changes only what another edition has changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from .models import CONTRACT_TOTALS, PROJECT_TOTALS, SupplierCount
from .models.procurement_totals import ALL_YEARS, SPLIT_COLUMNS
from .winners import editions as answering

WINNERS_LOCK = 2_565_004  # key of the advisory lock that lets one process at a time sum winners
KEYS = {"buyer": "buyer_id", "province": "province_id", "supplier": "supplier_id"}

_BEFORE = (
    "other.edition_id < fresh.edition_id AND other.counted "
    "AND (edition.is_current OR edition.id = ANY(%(new)s)) "
    "AND (edition.dataset, edition.part) <> (own.dataset, own.part)"
)
_PROJECT_STANDS_ELSEWHERE = f"""
    UPDATE spending_project fresh SET counted = false
    FROM spending_edition own
    WHERE fresh.edition_id = ANY(%(new)s) AND own.id = fresh.edition_id AND EXISTS (
        SELECT 1 FROM spending_project other JOIN spending_edition edition ON edition.id = other.edition_id
        WHERE other.number = fresh.number AND {_BEFORE})
"""
_CONTRACT_STANDS_ELSEWHERE = f"""
    UPDATE spending_contract fresh SET counted = false
    FROM spending_edition own
    WHERE fresh.edition_id = ANY(%(new)s) AND own.id = fresh.edition_id AND EXISTS (
        SELECT 1 FROM spending_contract other JOIN spending_edition edition ON edition.id = other.edition_id
        WHERE other.project_number = fresh.project_number AND other.winner_kind = fresh.winner_kind
        AND other.supplier_id IS NOT DISTINCT FROM fresh.supplier_id
        AND other.amount IS NOT DISTINCT FROM fresh.amount
        AND (other.contract_no = fresh.contract_no OR other.contract_no = '' OR fresh.contract_no = '')
        AND {_BEFORE})
"""
# Cells of one supplier, and of one department, lie side by side: a page about it reads few blocks.
_PROJECT_TOTALS = """
    INSERT INTO spending_projecttotal ({cell}, lines, budget, reference_price, agreed_price)
    SELECT {cell}, count(*), coalesce(sum(budget), 0), coalesce(sum(reference_price), 0),
        coalesce(sum(agreed_price), 0)
    FROM spending_project WHERE edition_id = ANY(%(new)s) AND counted GROUP BY {cell} ORDER BY buyer_id
"""
_CONTRACT_TOTALS = """
    INSERT INTO spending_contracttotal ({cell}, lines, amount)
    SELECT {cell}, count(*), coalesce(sum(amount), 0)
    FROM spending_contract WHERE edition_id = ANY(%(new)s) AND counted
    GROUP BY {cell} ORDER BY supplier_id, buyer_id
"""
_CARRIED_OVER = """
    INSERT INTO spending_contractbuyertotal ({cell}, lines, amount, carried_over)
    SELECT {cell}, count(*), coalesce(sum(amount), 0),
        coalesce(sum(amount) FILTER (WHERE signed_on < make_date(fiscal_year - 1, 10, 1)), 0)
    FROM spending_contract WHERE edition_id = ANY(%(new)s) AND counted GROUP BY {cell} ORDER BY buyer_id
"""
_PROJECT_SMALLER = """
    INSERT INTO {table} ({cell}, lines, budget, reference_price, agreed_price)
    SELECT {cell}, sum(lines), sum(budget), sum(reference_price), sum(agreed_price)
    FROM {of} WHERE edition_id = ANY(%(new)s) GROUP BY {cell} ORDER BY {cell}
"""
_CONTRACT_SMALLER = """
    INSERT INTO {table} ({cell}, lines, amount)
    SELECT {cell}, sum(lines), sum(amount)
    FROM {of} WHERE edition_id = ANY(%(new)s) GROUP BY {cell} ORDER BY {order}
"""

_WINNERS_OF_YEARS = """
    SELECT fiscal_year::int AS fiscal_year, supplier_id, sum(lines) AS lines, sum(amount) AS amount
    FROM spending_contracttotal
    WHERE edition_id = ANY(%(current)s) AND fiscal_year = ANY(%(years)s) AND supplier_id IS NOT NULL
    GROUP BY fiscal_year, supplier_id
"""
_WINNERS_OF_ALL = """
    SELECT 0 AS fiscal_year, supplier_id, sum(lines) AS lines, sum(amount) AS amount
    FROM spending_suppliertotal WHERE fiscal_year <> 0 GROUP BY supplier_id
"""
_KEEP = """
    WITH fresh AS MATERIALIZED ({fresh}),
    gone AS (
        DELETE FROM spending_suppliertotal old WHERE {those} AND NOT EXISTS (
            SELECT 1 FROM fresh WHERE fresh.supplier_id = old.supplier_id
            AND fresh.fiscal_year = old.fiscal_year)
    )
    INSERT INTO spending_suppliertotal (fiscal_year, supplier_id, lines, amount)
    SELECT fresh.fiscal_year, fresh.supplier_id, fresh.lines, fresh.amount
    FROM fresh LEFT JOIN spending_suppliertotal old
        ON old.supplier_id = fresh.supplier_id AND old.fiscal_year = fresh.fiscal_year AND {those}
    WHERE old.id IS NULL OR (old.lines, old.amount) <> (fresh.lines, fresh.amount)
    ORDER BY fresh.fiscal_year, fresh.supplier_id
    ON CONFLICT (fiscal_year, supplier_id) DO UPDATE SET lines = excluded.lines, amount = excluded.amount
"""
_BUYERS = """
    WITH fresh AS MATERIALIZED (
        SELECT buyer_id, max(fiscal_year) AS last_year, sum(agreed_price) AS agreed_price
        FROM spending_projectbuyertotal WHERE edition_id = ANY(%(current)s) GROUP BY buyer_id),
    gone AS (
        DELETE FROM spending_buyertotal old
        WHERE NOT EXISTS (SELECT 1 FROM fresh WHERE fresh.buyer_id = old.buyer_id))
    INSERT INTO spending_buyertotal (buyer_id, last_year, agreed_price)
    SELECT fresh.* FROM fresh LEFT JOIN spending_buyertotal old USING (buyer_id)
    WHERE (old.last_year, old.agreed_price) IS DISTINCT FROM (fresh.last_year, fresh.agreed_price)
    ORDER BY buyer_id
    ON CONFLICT (buyer_id) DO UPDATE SET last_year = excluded.last_year, agreed_price = excluded.agreed_price
"""
_COUNT = """
    INSERT INTO spending_suppliercount (fiscal_year, suppliers, editions)
    SELECT fiscal_year, count(*), %(current)s::bigint[] FROM spending_suppliertotal GROUP BY fiscal_year
    UNION ALL SELECT 0, 0, %(current)s::bigint[] WHERE NOT EXISTS (SELECT 1 FROM spending_suppliertotal)
"""


def build(editions: list[int]) -> None:
    """Say which rows of new editions another edition counts already, and sum the others to their cells.

    Works within the transaction at hand. The rule stands in docs/decisions/0004.
    """
    with connection.cursor() as cursor:
        for statement in (_PROJECT_STANDS_ELSEWHERE, _CONTRACT_STANDS_ELSEWHERE, *_sums()):
            cursor.execute(statement, {"new": editions})


def _sums() -> Iterator[str]:
    """What fills the totals: the finest from the rows, each other from the smallest that holds what it
    needs.
    """
    *smaller_ones, finest = PROJECT_TOTALS
    yield _PROJECT_TOTALS.format(cell=_cell(finest))
    for smaller in smaller_ones:
        names = {"table": smaller._meta.db_table, "of": finest._meta.db_table, "cell": _cell(smaller)}
        yield _PROJECT_SMALLER.format(**names)
    of_year, of_buyer, of_place, way, all_of = CONTRACT_TOTALS
    yield _CONTRACT_TOTALS.format(cell=_cell(all_of))
    yield _CARRIED_OVER.format(cell=_cell(of_buyer))
    for model, of, order in (
        (way, all_of, "buyer_id"),
        (of_year, way, "fiscal_year"),
        (of_place, way, "province_id"),
    ):
        names = {"table": model._meta.db_table, "of": of._meta.db_table, "cell": _cell(model)}
        yield _CONTRACT_SMALLER.format(**names, order=order)


def _cell(model: type) -> str:
    """The columns that keep the rows of totals apart."""
    own = model.splits()  # type: ignore[attr-defined]
    return ", ".join(["edition_id", "fiscal_year", *(KEYS.get(n, n) for n in SPLIT_COLUMNS if n in own)])


@transaction.atomic
def keep_winners() -> None:
    """Sum what each supplier won, and each department agreed on, in the editions that are current now, where
    others were when it was done last. Harmless to call again.

    Rows whose sums stay the same are not touched, so a corrected edition leaves little behind.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WINNERS_LOCK])
    current = answering()
    known = SupplierCount.objects.filter(fiscal_year=ALL_YEARS).values_list("editions", flat=True).first()
    changed = set(current) ^ set(known or ())
    if known is not None and not changed:
        return
    years = list(
        CONTRACT_TOTALS[0]
        .objects.filter(edition__in=changed)
        .order_by()
        .values_list("fiscal_year", flat=True)
        .distinct()
    )
    of_years = {"fresh": _WINNERS_OF_YEARS, "those": "old.fiscal_year = ANY(%(years)s)"}
    of_all = {"fresh": _WINNERS_OF_ALL, "those": "old.fiscal_year = 0"}
    asked = {"current": current, "years": years}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP.format(**of_years), asked)
        cursor.execute(_KEEP.format(**of_all), asked)
        cursor.execute(_BUYERS, asked)
        cursor.execute("DELETE FROM spending_suppliercount")
        cursor.execute(_COUNT, asked)

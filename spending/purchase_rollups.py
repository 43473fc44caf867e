"""The totals beside purchases, and which of two overlapping rows counts: made once with each edition."""

from __future__ import annotations

from django.db import connection

CELL = "edition_id, fiscal_year, buyer_id, kind, method, province_id"
WON = f"{CELL}, winner_kind, supplier_id"

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
_PROJECT_TOTALS = f"""
    INSERT INTO spending_projecttotal ({CELL}, lines, budget, reference_price, agreed_price)
    SELECT {CELL}, count(*), coalesce(sum(budget), 0), coalesce(sum(reference_price), 0),
        coalesce(sum(agreed_price), 0)
    FROM spending_project WHERE edition_id = ANY(%(new)s) AND counted GROUP BY {CELL}
"""
_CONTRACT_TOTALS = f"""
    INSERT INTO spending_contracttotal ({WON}, lines, amount)
    SELECT {WON}, count(*), coalesce(sum(amount), 0)
    FROM spending_contract WHERE edition_id = ANY(%(new)s) AND counted GROUP BY {WON}
"""


def build(editions: list[int]) -> None:
    """Say which rows of new editions another edition counts already, and sum the others to their cells.

    Works within the transaction at hand. The rule stands in docs/decisions/0004.
    """
    statements = (_PROJECT_STANDS_ELSEWHERE, _CONTRACT_STANDS_ELSEWHERE, _PROJECT_TOTALS, _CONTRACT_TOTALS)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, {"new": editions})

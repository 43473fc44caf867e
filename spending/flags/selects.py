"""The SELECTs that rules share: which columns a flag has, and which purchases lie in the life of a rule."""

from __future__ import annotations

COLUMNS = (
    "edition_id",
    "fiscal_year",
    "subject",
    "project_number",
    "buyer_id",
    "supplier_id",
    "province_id",
    "amount",
    "evidence",
)
"""What the SELECT of a rule gives, in this order."""

SPECIFIC = "%เฉพาะเจาะจง%"
COMPETITIVE = ["%e-bidding%", "%e-market%", "%คัดเลือก%", "%ประกาศเชิญชวน%", "%ประกวดราคา%", "%สอบราคา%"]


def within_life(*days: str, year: str) -> str:
    """The condition that a purchase was made while a rule's basis was in force.

    The first published of `days` counts; where there is none, the whole fiscal `year` must lie within it.
    """
    known = ", ".join(days)
    return (
        f"coalesce({known}, make_date({year} - 1, 10, 1)) >= %(since)s "
        f"AND coalesce({known}, make_date({year}, 9, 30)) <= %(until)s"
    )


_ONLY_SUPPLIER = """
    (SELECT c.edition_id, c.project_number, min(c.supplier_id) AS supplier_id FROM spending_contract c
     WHERE c.edition_id = ANY(%(editions)s) AND c.counted GROUP BY c.edition_id, c.project_number
     HAVING count(*) = count(c.supplier_id) AND min(c.supplier_id) = max(c.supplier_id))
"""
"""The one supplier of a project, where all of its contracts name the same."""


def of_projects(condition: str, evidence: str) -> str:
    """A SELECT of purchases that a condition holds for; `p` is the purchase."""
    life = within_life("p.announced_on", "p.recorded_on", year="p.fiscal_year")
    return f"""
        SELECT p.edition_id, p.fiscal_year, p.number, p.number, p.buyer_id, won.supplier_id, p.province_id,
            p.agreed_price, jsonb_strip_nulls(jsonb_build_object({evidence}))
        FROM spending_project p
        LEFT JOIN {_ONLY_SUPPLIER} won ON won.edition_id = p.edition_id AND won.project_number = p.number
        WHERE p.edition_id = ANY(%(editions)s) AND p.counted AND {life} AND {condition}
    """


CONTRACT_CODE = """
    (coalesce(nullif(replace(c.contract_no, '/', '\u2215'), ''), '-') || '~'
     || coalesce((SELECT s.code FROM spending_supplier s WHERE s.id = c.supplier_id), c.winner_kind)
     || coalesce((SELECT '~' || (count(*) + 1) FROM spending_contract o JOIN spending_edition e ON e.id =
     o.edition_id
        WHERE o.project_number = c.project_number AND o.counted AND e.is_current
        AND o.contract_no = c.contract_no AND o.winner_kind = c.winner_kind
        AND o.supplier_id IS NOT DISTINCT FROM c.supplier_id
        AND (o.edition_id, o.line, o.id) < (c.edition_id, c.line, c.id) HAVING count(*) > 0), ''))
"""
"""How a contract stands in addresses; the same as `contract_codes.codes()`."""

"""Several purchases of one kind from one supplier, each just under the limit of the specific method, within a
month.
"""

from django.utils.translation import gettext_noop as _

from ..base import About, Evidence, Figure, Rule
from ..selects import SPECIFIC, within_life
from ..sources import BANK_SPLIT, GUIDE_SPLIT, IN_FORCE, LIMIT_SPECIFIC, REGULATION_20

_DAY = "coalesce(c.signed_on, p.announced_on, p.recorded_on)"
_SQL = f"""
    WITH small AS (
        SELECT DISTINCT ON (p.fiscal_year, p.number, c.supplier_id)
            p.edition_id, p.fiscal_year, p.number, p.buyer_id, c.supplier_id, p.kind, p.agreed_price, {_DAY}
            AS day FROM spending_project p JOIN spending_edition e ON e.id = p.edition_id AND e.is_current
            JOIN spending_contract c ON c.project_number = p.number AND c.edition_id = p.edition_id AND
            c.counted WHERE p.fiscal_year = ANY(%(years)s) AND p.counted AND c.supplier_id IS NOT NULL AND
            p.method LIKE %(specific)s AND p.agreed_price BETWEEN %(least)s AND %(limit)s AND {_DAY} IS NOT
            NULL AND {within_life(_DAY, year="p.fiscal_year")} ORDER BY p.fiscal_year, p.number,
            c.supplier_id, {_DAY} ), begins AS ( SELECT DISTINCT fiscal_year, buyer_id, supplier_id, kind,
            day FROM small ), found AS ( SELECT a.fiscal_year, a.buyer_id, a.supplier_id, a.kind,
            max(b.edition_id) AS edition_id, count(*) AS purchases, sum(b.agreed_price) AS amount,
            min(b.day) AS first_day, max(b.day) AS last_day, string_agg(b.number, ' ' ORDER BY b.number) AS
            numbers FROM begins a JOIN small b USING (fiscal_year, buyer_id, supplier_id, kind) WHERE b.day
            BETWEEN a.day AND a.day + %(days)s GROUP BY a.fiscal_year, a.buyer_id, a.supplier_id, a.kind,
            a.day HAVING count(*) > 1 AND sum(b.agreed_price) > %(limit)s ), largest AS ( SELECT DISTINCT ON
            (fiscal_year, buyer_id, supplier_id) * FROM found ORDER BY fiscal_year, buyer_id, supplier_id,
            amount DESC, first_day, numbers ) SELECT largest.edition_id, largest.fiscal_year,
            largest.fiscal_year || '/' || buyer.code || '/' || supplier.code, '', largest.buyer_id,
            largest.supplier_id, NULL::bigint, largest.amount, jsonb_build_object('purchases',
            largest.purchases, 'together', largest.amount::text, 'limit', %(limit)s::numeric(20,2)::text,
            'first_day', largest.first_day, 'last_day', largest.last_day, 'kind', largest.kind, 'numbers',
            largest.numbers) FROM largest JOIN spending_buyer buyer ON buyer.id = largest.buyer_id JOIN
            spending_supplier supplier ON supplier.id = largest.supplier_id
"""

RULE = Rule(
    code="split-purchases",
    version=1,
    about=About.PAIR,
    since=IN_FORCE,
    until=None,
    title=_("Several purchases just under 500,000 baht within 30 days"),
    question=_("Could these have been one purchase by an open call?"),
    asks=_(
        "Asks of two or more purchases of one type by the specific method, by one department from one "
        "supplier within 30 days, each from "
        "400,000 to 500,000 baht and together above 500,000. Of several such groups in a year the largest "
        "is shown. The 400,000 baht and the "
        "30 days are this site's own limits."
    ),
    basis=(REGULATION_20, LIMIT_SPECIFIC, GUIDE_SPLIT, BANK_SPLIT),
    lawful=_(
        "Different units or needs that came up one after the other, different places of work, or supplies "
        "that cannot be "
        "bought ahead."
    ),
    unseen=_(
        "Purchases without a published day cannot be compared, nor those that natural persons won, since "
        "these are not told "
        "apart here."
    ),
    evidence=(
        Evidence("purchases", Figure.COUNT, _("purchases")),
        Evidence("together", Figure.BAHT, _("together")),
        Evidence("limit", Figure.BAHT, _("limit of the regulation")),
        Evidence("first_day", Figure.DAY, _("first")),
        Evidence("last_day", Figure.DAY, _("last")),
        Evidence("kind", Figure.WORDS, _("type")),
        Evidence("numbers", Figure.NUMBERS, _("project numbers")),
    ),
    sql=_SQL,
    limits={"specific": SPECIFIC, "least": 400_000, "limit": 500_000, "days": 30},
)

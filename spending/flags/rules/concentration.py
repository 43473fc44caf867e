"""One supplier that has half or more of what a department contracted in a year."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from ..base import About, Evidence, Figure, Rule
from ..sources import GUIDE_SHARE, WINNERS_SHARE

_SQL = """
    WITH published AS (
        SELECT id FROM spending_edition
        WHERE is_current AND dataset = ANY(%(datasets)s) AND part ~ %(whole)s
    ), won AS (
        SELECT t.fiscal_year, t.buyer_id, t.supplier_id, sum(t.lines) AS contracts, sum(t.amount) AS amount,
            max(t.edition_id) AS edition_id
        FROM spending_contracttotal t JOIN published e ON e.id = t.edition_id
        WHERE t.fiscal_year = ANY(%(years)s)
            AND make_date(t.fiscal_year - 1, 10, 1) >= %(since)s AND make_date(t.fiscal_year, 9, 30) <=
            %(until)s
        GROUP BY t.fiscal_year, t.buyer_id, t.supplier_id
    ), whole AS (
        SELECT fiscal_year, buyer_id, sum(contracts) AS contracts, sum(amount) AS amount
        FROM won GROUP BY fiscal_year, buyer_id
        HAVING sum(contracts) >= %(contracts)s AND sum(amount) >= %(least)s
    )
    SELECT won.edition_id, won.fiscal_year, won.fiscal_year || '/' || buyer.code || '/' || supplier.code, '',
        won.buyer_id, won.supplier_id, NULL::bigint, won.amount,
        jsonb_build_object('won', won.amount::text, 'of', whole.amount::text, 'share', round(won.amount /
        whole.amount, 6)::text,
            'contracts', won.contracts, 'of_contracts', whole.contracts)
    FROM won JOIN whole USING (fiscal_year, buyer_id)
    JOIN spending_buyer buyer ON buyer.id = won.buyer_id
    JOIN spending_supplier supplier ON supplier.id = won.supplier_id
    WHERE won.amount >= whole.amount * %(share)s
"""

RULE = Rule(
    code="concentration",
    version=1,
    about=About.PAIR,
    since=date(2014, 10, 1),  # the first year that e-GP publishes, fiscal year 2558
    until=None,
    title=_("One supplier has half of a department's contracts"),
    question=_("Why does so much of the department's money go to one supplier?"),
    asks=_(
        "Asks of every supplier that won half or more of the money that a department contracted in a "
        "fiscal year, of at least 5 contracts "
        "and 10 million baht together. These limits are this site's own."
    ),
    basis=(GUIDE_SHARE, WINNERS_SHARE),
    lawful=_(
        "One large work in a year of few others, a market with one supplier such as electricity or water, "
        "or a public body that "
        "works for others."
    ),
    unseen=_(
        "Asked only where the contracts of a year are published as a whole or in its pieces: an extract "
        "says nothing about the "
        "whole of a department. Purchases outside e-GP are not seen."
    ),
    evidence=(
        Evidence("won", Figure.BAHT, _("won by the supplier")),
        Evidence("of", Figure.BAHT, _("contracted by the department")),
        Evidence("share", Figure.SHARE, _("share")),
        Evidence("contracts", Figure.COUNT, _("contracts of the supplier")),
        Evidence("of_contracts", Figure.COUNT, _("contracts of the department")),
    ),
    sql=_SQL,
    limits={
        "datasets": ["egp_contracts", "cgdcontract"],
        "whole": r"^\d{4}(-\d{1,3})?$",
        "contracts": 5,
        "least": 10_000_000,
        "share": Decimal("0.5"),
    },
)

"""A contract that was signed before its purchase was announced."""

from django.utils.translation import gettext_noop as _

from ..base import About, Evidence, Figure, Rule
from ..selects import COMPETITIVE, CONTRACT_CODE, SPECIFIC, within_life
from ..sources import ACT_62, ACT_66, IN_FORCE, LIMIT_SMALL

_SQL = f"""
    SELECT c.edition_id, c.fiscal_year, c.project_number || '/' || {CONTRACT_CODE}, c.project_number,
    c.buyer_id, c.supplier_id,
        c.province_id, c.amount,
        jsonb_build_object('signed_on', c.signed_on, 'announced_on', p.announced_on,
            'days', p.announced_on - c.signed_on, 'method', p.method)
    FROM spending_contract c
    JOIN spending_project p ON p.number = c.project_number AND p.edition_id = c.edition_id
    WHERE c.edition_id = ANY(%(editions)s) AND c.counted AND c.signed_on < p.announced_on
        AND p.method LIKE ANY(%(competitive)s) AND p.method NOT LIKE %(specific)s
        AND p.agreed_price > %(least)s
        AND {within_life("c.signed_on", year="c.fiscal_year")}
"""

RULE = Rule(
    code="signed-before-announcement",
    version=2,
    about=About.CONTRACT,
    since=IN_FORCE,
    until=None,
    title=_("Signed before it was announced"),
    question=_("How could the contract be signed before the purchase was announced?"),
    asks=_(
        "Asks of contracts of purchases above 100,000 baht by a call, an auction or a selection whose day of "
        "signing lies before the day on which the purchase was announced."
    ),
    basis=(ACT_66, ACT_62, LIMIT_SMALL),
    lawful=_(
        "A day typed wrongly, a contract that was recorded in e-GP afterwards, or an urgent need under "
        "section 56, for which the law does not ask to wait."
    ),
    unseen=_(
        "The files hold one day of announcement; which announcement it was they do not say, nor whether the "
        "need was urgent."
    ),
    evidence=(
        Evidence("signed_on", Figure.DAY, _("signed")),
        Evidence("announced_on", Figure.DAY, _("announced")),
        Evidence("days", Figure.COUNT, _("days between")),
        Evidence("method", Figure.WORDS, _("method")),
    ),
    sql=_SQL,
    limits={"competitive": COMPETITIVE, "specific": SPECIFIC, "least": 100_000},
)

"""A contract that was signed before its purchase was announced."""

from django.utils.translation import gettext_noop as _

from ..base import About, Evidence, Figure, Rule
from ..selects import CONTRACT_CODE, within_life
from ..sources import IN_FORCE, act

_SQL = f"""
    SELECT c.edition_id, c.fiscal_year, c.project_number || '/' || {CONTRACT_CODE}, c.project_number,
    c.buyer_id, c.supplier_id,
        c.province_id, c.amount,
        jsonb_build_object('signed_on', c.signed_on, 'announced_on', p.announced_on,
            'days', p.announced_on - c.signed_on)
    FROM spending_contract c
    JOIN spending_project p ON p.number = c.project_number AND p.edition_id = c.edition_id
    WHERE c.edition_id = ANY(%(editions)s) AND c.counted AND c.signed_on < p.announced_on
        AND {within_life("c.signed_on", year="c.fiscal_year")}
"""

RULE = Rule(
    code="signed-before-announcement",
    version=1,
    about=About.CONTRACT,
    since=IN_FORCE,
    until=None,
    title=_("Signed before it was announced"),
    question=_("How could the contract be signed before the purchase was announced?"),
    asks=_(
        "Asks of every contract whose day of signing lies before the day on which its purchase was announced."
    ),
    basis=(
        act(_("section 66: the result is announced, and the contract signed after the time for appeals")),
        act(_("section 62: announcements are published in the information system")),
    ),
    lawful=_(
        "A day typed wrongly, a contract that was recorded in e-GP afterwards, or an urgent purchase that "
        "the law lets be announced "
        "later."
    ),
    unseen=_("The files hold one day of announcement; which announcement it was they do not say."),
    evidence=(
        Evidence("signed_on", Figure.DAY, _("signed")),
        Evidence("announced_on", Figure.DAY, _("announced")),
        Evidence("days", Figure.COUNT, _("days between")),
    ),
    sql=_SQL,
)

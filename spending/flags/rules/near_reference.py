"""A price agreed after competition that lies a hair below the reference price."""

from decimal import Decimal

from django.utils.translation import gettext_noop as _

from ..base import About, Evidence, Figure, Rule
from ..selects import COMPETITIVE, of_projects
from ..sources import ACT_4, GUIDE_ESTIMATE, IN_FORCE, NEAR_ESTIMATE

RULE = Rule(
    code="near-reference",
    version=1,
    about=About.PROJECT,
    since=IN_FORCE,
    until=None,
    title=_("Agreed within 1 % of the reference price after competition"),
    question=_("How did an open competition end so near the reference price?"),
    asks=_(
        "Asks of purchases above 500,000 baht by a call, an auction or a selection whose agreed price is "
        "the reference price or "
        "less than 1 % below it. The 1 % is this site's own limit."
    ),
    basis=(GUIDE_ESTIMATE, NEAR_ESTIMATE, ACT_4),
    lawful=_(
        "Prices that the state sets, goods of one price everywhere, a single offer that was near, or a "
        "reference price "
        "taken from the market the day before."
    ),
    unseen=_("The published files hold neither the other offers nor how the reference price was made."),
    evidence=(
        Evidence("agreed_price", Figure.BAHT, _("agreed price")),
        Evidence("reference_price", Figure.BAHT, _("reference price")),
        Evidence("below", Figure.SHARE, _("below the reference price")),
        Evidence("method", Figure.WORDS, _("method")),
    ),
    sql=of_projects(
        "p.method LIKE ANY(%(competitive)s) AND p.method NOT LIKE %(specific)s AND p.agreed_price > "
        "%(least)s "
        "AND p.agreed_price <= p.reference_price AND p.agreed_price > p.reference_price * (1 - %(hair)s)",
        "'agreed_price', p.agreed_price::text, 'reference_price', p.reference_price::text, "
        "'below', round((p.reference_price - p.agreed_price) / p.reference_price, 6)::text, 'method', "
        "p.method",
    ),
    limits={
        "competitive": COMPETITIVE,
        "specific": "%เฉพาะเจาะจง%",
        "least": 500_000,
        "hair": Decimal("0.01"),
    },
)
